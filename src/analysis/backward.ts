import { type Kick, type PitchGrid, scatter } from './kicks.js';
import { Motion } from './motion.js';
import { GHOSTS, lagrange, type MotionLine, Nodes, POINTS, strengthAt } from './nodes.js';

/**
 * Expected moments of mu of those still inside, for every place and pitch of the start at once: Kolmogorov's backward
 * equation on a grid in (s, xi).
 *
 * With `m = (1 - xi^2) Bmin/B` (mu over its largest value at the midplane) and x the path, scattering at `kappa = nu/v` and
 * motion act on `V_k = <m^k; inside> - m_0^k` as functions of the start. Motion keeps m and takes V along; scattering is
 * exact on the polynomials of `PitchGrid`, and so is what it makes of m^k itself: V is all that the grid holds, and errors
 * are parts of the growth. Those who leave through a throat are not inside: there `V_k = -m^k`. Then
 * `<(m - m_0)^2; inside> = V_2 - 2 m_0 V_1 + m_0^2 V_0`.
 *
 * Kicks and motion take turns, kicks by the weights of Simpson's rule (1, 4, 2, 4, ..., 1)/3: of fourth order in the step
 * where a particle passes many steps between two turns of its velocity, of second order in `kappa` times the step.
 */

/** V_0, V_1, V_2 at the start's places, `[place][pitch]`, against the path. */
export interface MomentRay {
  /** Path between two of them [m]; the first is at none. */
  readonly step: number;
  readonly fields: readonly (readonly Float64Array[])[];
}

/** Steps of the grid that a length of path takes, even, and enough to interpolate between. */
export const stepsOf = (path: number, longest: number): number => 2 * Math.max(5, Math.ceil(path / longest / 2));

/**
 * Follows the moments along a length of path.
 * @param line finely tabulated
 * @param count of nodes along it
 * @param kappa scattering rate over speed [1/m]
 * @param path [m]
 * @param longest step [m]
 * @param places distances from the line's first end where moments are asked for [m]
 */
export function backwardMoments(
  line: MotionLine,
  count: number,
  pitches: PitchGrid,
  kappa: number,
  path: number,
  longest: number,
  places: readonly number[],
): MomentRay {
  const steps = stepsOf(path, longest);
  const h = path / steps;
  const width = pitches.xi.length;
  const offset = GHOSTS * width;
  const nodes = new Nodes(line, count);
  const motion = new Motion(line, nodes, pitches, h);
  const kicks = [1 / 3, 4 / 3, 2 / 3].map((part) => pitches.kick(part * kappa * h));
  const beta = Float64Array.from({ length: count }, (_, k) => 1 / strengthAt(line, nodes.place(k)));
  const open = line.ends.includes('open');
  const watched = places.map((s) => {
    const weights = new Float64Array(POINTS);
    return { first: nodes.stencil(s, weights), weights };
  });
  // where nobody leaves V_0 stays 0
  const powers = open ? [0, 1, 2] : [1, 2];
  const scales = powers.map((k) => beta.map((x) => x ** k));
  const gone = powers.map((k) =>
    Float64Array.from(
      { length: count * width },
      (_, c) => -(((1 - pitches.xi[c % width] ** 2) * beta[Math.floor(c / width)]) ** k),
    ),
  );
  const blank = () => powers.map(() => new Float64Array((count + 2 * GHOSTS) * width));
  let [f, other] = [blank(), blank()];
  const act = (kick: Kick) => {
    for (let n = 0; n < f.length; n++) scatter(kick, powers[n], scales[n], f[n], other[n], width, offset);
  };
  const swap = () => {
    [f, other] = [other, f];
  };
  const none = new Float64Array(places.length * width);
  const fields: Float64Array[][] = [[none, none, none]];
  act(kicks[0]);
  swap();
  for (let step = 2; step <= steps; step += 2) {
    motion.move(f, other, gone);
    swap();
    act(kicks[1]);
    swap();
    motion.move(f, other, gone);
    swap();
    // the last kick is a third; two thirds are the end of one pair and the start of the next
    act(kicks[0]);
    fields.push([...(open ? [] : [none]), ...other.map(rows)]);
    act(kicks[2]);
    swap();
  }
  return { step: 2 * h, fields };

  function rows(f: Float64Array): Float64Array {
    motion.extend(f);
    const found = new Float64Array(places.length * width);
    watched.forEach(({ first, weights }, p) => {
      for (let i = 0; i < width; i++) {
        let sum = 0;
        for (let a = 0; a < POINTS; a++) sum += weights[a] * f[(first + a) * width + offset + i];
        found[p * width + i] = sum;
      }
    });
    return found;
  }
}

/** The moments after a length of path, between the six that were kept about it: added to `into` with a weight. */
export function addMoments(
  { step, fields }: MomentRay,
  path: number,
  weight: number,
  into: readonly Float64Array[],
): void {
  const weights = new Float64Array(POINTS);
  const place = path / step;
  const first = Math.min(fields.length - POINTS, Math.max(0, Math.floor(place) - POINTS / 2 + 1));
  lagrange(place - first, weights);
  const [w0, w1, w2, w3, w4, w5] = weights.map((w) => weight * w);
  for (let k = 0; k < into.length; k++) {
    const sum = into[k];
    const [f0, f1, f2, f3, f4, f5] = fields.slice(first, first + POINTS).map((field) => field[k]);
    for (let c = 0; c < sum.length; c++)
      sum[c] += w0 * f0[c] + w1 * f1[c] + w2 * f2[c] + w3 * f3[c] + w4 * f4[c] + w5 * f5[c];
  }
}
