/** Numerical faults as what they are: particles that were followed until then and no longer. */
import { kaplanMeier } from './lossTimes.js';

/**
 * Numbers that would be alive at some times without faults: of those at risk in each interval (those with a fault in it
 * count half) the same part is lost as of those who were followed (Kaplan and Meier).
 * @param inside numbers inside at these times
 * @param faults faults up to each of these times
 * @example
 * [...withoutFaults([8, 4, 3], [0, 0, 1])] // => [8, 4, 4]
 */
export function withoutFaults(inside: ArrayLike<number>, faults: ArrayLike<number>): Float64Array {
  const alive = Float64Array.from(inside);
  for (let j = 0; j + 1 < alive.length; j++) {
    const gone = faults[j + 1] - faults[j];
    const atRisk = inside[j] - gone / 2;
    const lost = Math.max(0, inside[j] - inside[j + 1] - gone);
    alive[j + 1] = atRisk > 0 ? alive[j] * Math.max(0, 1 - lost / atRisk) : 0;
  }
  return alive;
}

/** Faults up to each of some times, those of a bin spread evenly over it. */
export function faultsUntil(
  faultTimes: Float64Array,
  edges: ArrayLike<number>,
  times: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(times, (t) => {
    let sum = 0;
    for (let k = 0; k < faultTimes.length; k++) {
      sum += faultTimes[k] * Math.min(1, Math.max(0, (t - edges[k]) / (edges[k + 1] - edges[k])));
    }
    return sum;
  });
}

/**
 * Mean loss times of the particles that met with a fault, summed [s]: until the middle of the bin in which it was found, and
 * then as long as those who were left (Kaplan and Meier) still had.
 * @param lossTimes losses by side and bin
 * @param faultTimes faults by bin
 * @param edges of the bins [s]
 * @param rest what each of those inside at the end has yet to spend [s]
 */
export function timeOfFaults(
  lossTimes: Float64Array,
  faultTimes: Float64Array,
  edges: ArrayLike<number>,
  particles: number,
  rest: number,
): number {
  const bins = faultTimes.length;
  const lost = faultTimes.map((_, k) => lossTimes[k] + lossTimes[bins + k]);
  const { fraction } = kaplanMeier(particles, lost, faultTimes);
  let later = fraction[bins] * rest;
  let sum = 0;
  for (let k = bins - 1; k >= 0; k--) {
    const half = (edges[k + 1] - edges[k]) / 2;
    const middle = (fraction[k] + fraction[k + 1]) / 2;
    const after = later + ((middle + fraction[k + 1]) / 2) * half;
    if (faultTimes[k] > 0) sum += faultTimes[k] * (edges[k] + half + (middle > 0 ? after / middle : 0));
    later = after + ((fraction[k] + middle) / 2) * half;
  }
  return sum;
}
