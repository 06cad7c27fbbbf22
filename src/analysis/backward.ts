import { type Kick, type PitchGrid, scatter } from './kicks.js';
import type { Motion } from './motion.js';
import { GHOSTS, lagrange, type MotionLine, type Nodes, POINTS, strengthAt } from './nodes.js';

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

/** V_0, V_1, V_2 at the start's places, `[place][pitch]`, after lengths of path. */
export interface MomentRay {
  /** Rising, the first 0 [m]. */
  readonly paths: readonly number[];
  readonly fields: readonly (readonly Float64Array[])[];
}

/** What moments are followed on. */
export interface BackwardGrid {
  readonly line: MotionLine;
  readonly nodes: Nodes;
  readonly pitches: PitchGrid;
  /** Distances from the line's first end where moments are asked for [m]. */
  readonly places: readonly number[];
  /** The motion over a length of path [m]. */
  motion(step: number): Motion;
}

/** Steps to each of these lengths of path from the one before: even, and to one alone enough to interpolate between. */
export function stepsTo(paths: readonly number[], longest: number): number[] {
  const fewest = paths.length > 1 ? 1 : POINTS - 1;
  return paths.map((path, j) => 2 * Math.max(fewest, Math.ceil((path - (paths[j - 1] ?? 0)) / longest / 2 - 1e-9)));
}

/**
 * Follows the moments along a path.
 * @param kappa scattering rate over speed [1/m]
 * @param paths rising lengths, at which moments are kept, as they are between them [m]
 * @param longest step [m]
 */
export function backwardMoments(
  { line, nodes, pitches, places, motion }: BackwardGrid,
  kappa: number,
  paths: readonly number[],
  longest: number,
): MomentRay {
  const width = pitches.xi.length;
  const offset = GHOSTS * width;
  const { count } = nodes;
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
  const kept = [0];
  stepsTo(paths, longest).forEach((steps, j) => {
    const from = paths[j - 1] ?? 0;
    const h = (paths[j] - from) / steps;
    const move = motion(h);
    const kicks = [1 / 3, 4 / 3, 2 / 3].map((part) => pitches.kick(part * kappa * h));
    act(kicks[0]);
    swap();
    for (let step = 2; step <= steps; step += 2) {
      move.move(f, other, gone);
      swap();
      act(kicks[1]);
      swap();
      move.move(f, other, gone);
      swap();
      // the last kick is a third; two thirds are the end of one pair and the start of the next
      act(kicks[0]);
      for (const one of other) move.extend(one);
      fields.push([...(open ? [] : [none]), ...other.map(rows)]);
      kept.push(step === steps ? paths[j] : from + step * h);
      if (step < steps) act(kicks[2]);
      swap();
    }
  });
  return { paths: kept, fields };

  function rows(f: Float64Array): Float64Array {
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

/** The moments after a length of path, as they were kept or between the six that were kept about it: added to `into` with a weight. */
export function addMoments(
  { paths, fields }: MomentRay,
  path: number,
  weight: number,
  into: readonly Float64Array[],
): void {
  let next = paths.findIndex((one) => one >= path * (1 - 1e-9));
  if (next < 0) next = paths.length - 1;
  if (paths[next] <= path * (1 + 1e-9)) {
    into.forEach((sum, k) => {
      const field = fields[next][k];
      for (let c = 0; c < sum.length; c++) sum[c] += weight * field[c];
    });
    return;
  }
  const first = Math.min(fields.length - POINTS, Math.max(0, next - POINTS / 2));
  const weights = new Float64Array(POINTS);
  lagrange(path, weights, paths.slice(first, first + POINTS));
  const [w0, w1, w2, w3, w4, w5] = weights.map((w) => weight * w);
  for (let k = 0; k < into.length; k++) {
    const sum = into[k];
    const [f0, f1, f2, f3, f4, f5] = fields.slice(first, first + POINTS).map((field) => field[k]);
    for (let c = 0; c < sum.length; c++)
      sum[c] += w0 * f0[c] + w1 * f1[c] + w2 * f2[c] + w3 * f3[c] + w4 * f4[c] + w5 * f5[c];
  }
}
