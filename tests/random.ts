/**
 * The verdicts on random numbers: |z| < 5, with fixed seeds, never retried. Each verdict adds the probability that it fails although nothing is
 * wrong to its test; `alarms.ts` sums them over a run of the tests.
 *
 * A verdict is as rare as five standard errors of a normal number, 5.7e-7: by Student's t where the error is itself from a few groups
 * (6.2 of them of 31 degrees of freedom, whose tails would reach 5 by chance forty times as often), and as a whole where a list is judged
 * (the share of each is 5.7e-7 over their number). Controls must be beyond the same limit; how far they stand is the test's power.
 */
import { expect, TestRunner } from 'vitest';
import type { Curve, Estimate } from '../src/analysis/index.js';
import { chiSquaredDeviation, studentQuantile, studentTail } from '../src/analysis/student.js';
import { KOLMOGOROV_LIMIT, LIMIT, lawTail } from '../src/validation/verdict.js';

export { KOLMOGOROV_LIMIT, LIMIT } from '../src/validation/verdict.js';

declare module 'vitest' {
  interface TaskMeta {
    /** Probability that the test fails by chance, a bound: the sum of its verdicts'. */
    falseAlarm?: number;
    verdicts?: number;
    /** How far its negative controls stood, in five standard errors or what is as rare: above 1. */
    controls?: number[];
    /** How many standard errors a fault of 2 % of a reference would be. */
    powers?: number[];
  }
}

/** How rarely a sound normal number is further off than five standard errors. */
export const RARE = studentTail(LIMIT, Number.POSITIVE_INFINITY);

const limits = new Map<string, number>();

/**
 * What |z| or |t| of each of a number of scores must stay below, so that one of them fails by chance as rarely as one normal number is
 * beyond 5. The tails of Student's t of 31 degrees of freedom reach 5 forty times as often, and 6.2 as rarely.
 */
export function limitOf(scores: number, degreesOfFreedom = Number.POSITIVE_INFINITY): number {
  if (scores === 1 && degreesOfFreedom === Number.POSITIVE_INFINITY) return LIMIT;
  const key = `${scores} ${degreesOfFreedom}`;
  const limit = limits.get(key) ?? studentQuantile(1 - RARE / scores / 2, degreesOfFreedom);
  limits.set(key, limit);
  return limit;
}

/** Adds verdicts to the test that runs. */
export function count(probability: number, verdicts = 1): void {
  const meta = TestRunner.getCurrentTest()?.meta;
  if (meta === undefined) throw new Error('random: a verdict outside of a test');
  meta.falseAlarm = (meta.falseAlarm ?? 0) + probability;
  meta.verdicts = (meta.verdicts ?? 0) + verdicts;
}

/** Tells how far off a control was, in limits. */
export function controlled(limits: number): void {
  const meta = TestRunner.getCurrentTest()!.meta;
  meta.controls = [...(meta.controls ?? []), limits];
}

/** Tells how well a verdict would see a fault of 2 % of its reference. */
export function powered(reference: number, error: number): void {
  if (!(Math.abs(reference) > 0 && error > 0)) return;
  const meta = TestRunner.getCurrentTest()!.meta;
  meta.powers = [...(meta.powers ?? []), (0.02 * Math.abs(reference)) / error];
}

const list = (scores: number | Iterable<number>) => (typeof scores === 'number' ? [scores] : [...scores]);

/** The largest size; NaN where one of them is not a number. */
const largest = (all: readonly number[]) => all.reduce((most, z) => Math.max(most, Math.abs(z)), 0);

/**
 * Deviations that chance alone explains.
 * @param scores in standard errors; a list is one verdict
 * @param degreesOfFreedom of Student's t, where the errors are from so few groups; infinite where they are known
 */
export function sound(scores: number | Iterable<number>, label = '', degreesOfFreedom?: number): void {
  const all = list(scores);
  expect(all.length, `${label} has nothing to compare`).toBeGreaterThan(0);
  count(RARE);
  expect(largest(all), label).toBeLessThan(limitOf(all.length, degreesOfFreedom));
}

/** The negative control: among the deviations is one that chance does not explain. */
export function refuted(
  scores: number | Iterable<number>,
  label = 'negative control',
  degreesOfFreedom?: number,
): void {
  const all = list(scores);
  const limit = limitOf(all.length, degreesOfFreedom);
  controlled(largest(all) / limit);
  expect(largest(all), label).toBeGreaterThan(limit);
}

/** `(value - reference)/error`; 0 where an exactly known value equals its reference. */
export const z = ({ value, error }: { value: number; error: number }, reference: number) =>
  value === reference ? 0 : (value - reference) / error;

const scoreOf = ({ value, standardError }: Estimate, reference?: number) =>
  z({ value, error: standardError }, reference ?? Number.NaN);

/** An estimate within its error of a reference, its own if none is given. */
export function agrees(found: Estimate, reference = found.reference): void {
  powered(reference ?? Number.NaN, found.standardError);
  sound(scoreOf(found, reference), found.label, found.degreesOfFreedom);
}

/** The negative control: an estimate that is off. */
export function disagrees(found: Estimate, wrong = found.reference): void {
  refuted(scoreOf(found, wrong), `negative control: ${found.label}`, found.degreesOfFreedom);
}

/** A curve's deviations from a reference where it has errors. */
export function scores(
  { value, standardError, reference }: Pick<Curve, 'value' | 'standardError' | 'reference'>,
  exact: (index: number) => number = (i) => reference![i],
): number[] {
  return Array.from(value, (y, i) => (y - exact(i)) / standardError[i]).filter(Number.isFinite);
}

/** A fit whose points stand no further off than their errors allow; these are of 32 groups. */
export function fits({ points, worst }: { points: number; worst: number }): void {
  count(RARE);
  expect(worst).toBeLessThan(limitOf(points, 31));
}

/** Two samples, or a sample and its law: sqrt(N) D < 2.75. */
export function sameLaw(statistic: number, label = ''): void {
  count(lawTail(KOLMOGOROV_LIMIT));
  expect(statistic, label).toBeLessThan(KOLMOGOROV_LIMIT);
}

/** The negative control: another law. */
export function otherLaw(statistic: number, label = 'negative control'): void {
  controlled(statistic / KOLMOGOROV_LIMIT);
  expect(statistic, label).toBeGreaterThan(KOLMOGOROV_LIMIT);
}

/** A p-value that is not too small; `least` is its own false-alarm probability. */
export function soundP(p: number | undefined, least: number, label = ''): void {
  count(least);
  expect(p, label).toBeGreaterThan(least);
}

/**
 * The spread of a sample of normal numbers over what it should be: within 5 of its errors, `1/sqrt(2 (n - 1))`. A spread of few numbers is
 * too large more often than too small; the chance is that of chi-squared (Wilson and Hilferty).
 * @param n size of the sample
 */
export function soundSpread(ratio: number, n: number, label = ''): void {
  const width = LIMIT / Math.sqrt(2 * (n - 1));
  count(spreadTail(1 + width, n) + spreadTail(1 - width, n));
  expect(Math.abs(ratio - 1), label).toBeLessThan(width);
}

/** Chance that the spread of n normal numbers is further from 1 than this ratio is, on its side. */
export function spreadTail(ratio: number, n: number): number {
  if (ratio <= 0) return 0;
  return studentTail(Math.abs(chiSquaredDeviation((n - 1) * ratio * ratio, n - 1)), Number.POSITIVE_INFINITY) / 2;
}

/** P(hits <= most) of n independent trials of probability p. */
export function binomialTail(most: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = 0;
  for (let k = 0; k <= most; k++) {
    sum += term;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
}

/** A share of n independent trials that is not below a bound, where `expected` is right. */
export function soundShare(hits: number, n: number, expected: number, least: number, label = ''): void {
  count(binomialTail(Math.ceil(least * n - 1e-9) - 1, n, expected));
  expect(hits / n, label).toBeGreaterThanOrEqual(least - 1e-12);
}

/** The share of 95 % intervals that hold the truth: not so low that it would be as rare as five standard errors. */
export function soundCoverage(coverage: number, n: number, label = ''): void {
  let k = 0;
  while (binomialTail(k, n, 0.95) < RARE) k++;
  soundShare(Math.round(coverage * n), n, 0.95, k / n, label);
}

/** Chi-squared of deviations that is not too large (Wilson and Hilferty), each brought to a normal number's by its chance. */
export function soundSum(scores: readonly number[], label = '', degreesOfFreedom = Number.POSITIVE_INFINITY): void {
  const normal = (t: number) =>
    studentQuantile(1 - studentTail(Math.abs(t), degreesOfFreedom) / 2, Number.POSITIVE_INFINITY);
  count(RARE / 2);
  const sum = scores.reduce((all, t) => all + normal(t) ** 2, 0);
  expect(chiSquaredDeviation(sum, scores.length), label).toBeLessThan(LIMIT);
}
