/** A sine through the places at which a distribution is seen, all of whose particles move together. */
import type { HeatData } from '../messages.js';

export interface Swing {
  /** Largest distance from the midplane [m], and its standard error. */
  readonly amplitude: number;
  readonly amplitudeError: number;
  /** Time to and fro [s], and its standard error. */
  readonly period: number;
  readonly periodError: number;
}

/** Mean place at each moment, as far as there is anybody; null from then on. */
export function placesOf({ f, shape, edges }: Pick<HeatData, 'f' | 'shape' | 'edges'>): number[] {
  const [times, columns, rows] = shape;
  const places: number[] = [];
  for (let t = 0; t < times; t++) {
    let [all, moment] = [0, 0];
    for (let c = 0; c < columns; c++)
      for (let r = 0; r < rows; r++) {
        const share = f[(t * columns + c) * rows + r] * (edges[c + 1] - edges[c]);
        all += share;
        moment += (share * (edges[c] + edges[c + 1])) / 2;
      }
    if (!(all > 0)) break;
    places.push(moment / all);
  }
  return places;
}

/**
 * Least squares of `s = A sin(2 pi t/T)` (Gauss and Newton, from a given guess); errors are those that the scatter about the curve gives.
 * @returns undefined where it does not settle or too few moments are there
 */
export function fitSwing(times: ArrayLike<number>, places: readonly number[], guess: Swing): Swing | undefined {
  if (places.length < 8) return undefined;
  let A = guess.amplitude;
  let omega = (2 * Math.PI) / guess.period;
  for (let round = 0; ; round++) {
    let [aa, ab, bb, ar, br, rr] = [0, 0, 0, 0, 0, 0];
    places.forEach((s, i) => {
      const phase = omega * times[i];
      const [a, b] = [Math.sin(phase), A * times[i] * Math.cos(phase)];
      const left = s - A * a;
      aa += a * a;
      ab += a * b;
      bb += b * b;
      ar += a * left;
      br += b * left;
      rr += left * left;
    });
    const determinant = aa * bb - ab * ab;
    if (!(determinant > 0)) return undefined;
    const [stepA, stepOmega] = [(bb * ar - ab * br) / determinant, (aa * br - ab * ar) / determinant];
    if (Math.abs(stepA) < 1e-9 * Math.abs(A) && Math.abs(stepOmega) < 1e-9 * omega) {
      const scatter = Math.sqrt(rr / (places.length - 2));
      const period = (2 * Math.PI) / omega;
      return {
        amplitude: A,
        amplitudeError: scatter * Math.sqrt(bb / determinant),
        period,
        periodError: (period / omega) * scatter * Math.sqrt(aa / determinant),
      };
    }
    A += stepA;
    omega += stepOmega;
    if (round > 40 || !(A > 0 && omega > 0)) return undefined;
  }
}
