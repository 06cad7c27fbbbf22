import type { One, Sample } from './sample.js';
import { chiSquaredDeviation } from './student.js';

/** A fraction, and whether the groups spread as independent particles would. */
export interface Fraction extends Omit<One, 'degreesOfFreedom'> {
  readonly degreesOfFreedom?: number;
  readonly spreadNote?: string;
}

/** Deviation of the groups' chi-squared from a binomial one at which the groups' own spread is quoted instead. */
const SPREAD_LIMIT = 4;

/**
 * Fraction of the ensemble that a tally counts: element `index` of `name` over the particles started.
 *
 * The error is binomial, `sqrt(q (1 - q)/n)` with `q = (k + 1/2)/(n + 1)`, which is not 0 when all or none are counted.
 * If the groups spread otherwise (chi-squared over groups more than 4 standard deviations off), the jackknife's error is
 * quoted and said. With stratified starts it is always the jackknife's: the share that comes from the draw of the start is
 * gone from it. Where all or none are counted the groups show nothing, and the binomial error is quoted as its bound.
 */
export function fractionOf(sample: Sample, name: string, index: number): Fraction {
  return fractionOfCounts(
    sample.total(name)[index],
    sample.particles,
    sample.groups(name).map((group) => group[index]),
    sample.sizes,
    sample.stratified,
  );
}

/**
 * The same from counts.
 * @example
 * fractionOfCounts(25, 100, [12, 13], [50, 50]).value // ≈ 0.25
 * fractionOfCounts(0, 100, [0, 0], [50, 50]).standardError // ≈ 0.00702
 * fractionOfCounts(25, 100, [12, 13], [50, 50], true).standardError // ≈ 0.01
 */
export function fractionOfCounts(
  counted: number,
  particles: number,
  groups: readonly number[],
  sizes: readonly number[],
  stratified = false,
): Fraction {
  if (!(particles > 0)) return { value: NaN, standardError: NaN };
  const value = counted / particles;
  const q = (counted + 0.5) / (particles + 1);
  const standardError = Math.sqrt((q * (1 - q)) / particles);
  const degreesOfFreedom = groups.length - 1;
  // a chi-squared of fewer than 5 expected counts a group is not chi-squared
  const expected = Math.min(counted, particles - counted) / groups.length;
  if (degreesOfFreedom < 1 || expected === 0 || (expected < 5 && !stratified)) return { value, standardError };
  let chiSquared = 0;
  let variance = 0;
  for (let g = 0; g < groups.length; g++) {
    const deviation = (groups[g] - value * sizes[g]) ** 2;
    chiSquared += deviation / (sizes[g] * value * (1 - value));
    variance += deviation / (sizes[g] * (particles - sizes[g]));
  }
  const binomial = Math.abs(chiSquaredDeviation(chiSquared, degreesOfFreedom)) < SPREAD_LIMIT;
  if (binomial && !stratified) return { value, standardError };
  return {
    value,
    // half a count at the least: equal groups are not proof of an exact value
    standardError: Math.max(Math.sqrt(variance / groups.length), 0.5 / particles),
    degreesOfFreedom,
    ...(!stratified && {
      spreadNote: `error from the spread of the groups (${chiSquared < degreesOfFreedom ? 'smaller' : 'larger'} than binomial)`,
    }),
  };
}
