/**
 * The verdicts on random numbers: |z| < 5, with fixed seeds, never retried. Each verdict adds the probability that it fails although nothing is
 * wrong to its test; `alarms.ts` sums them over a run of the tests.
 *
 * A verdict is as rare as five standard errors of a normal number, 5.7e-7: by Student's t where the error is itself from a few groups
 * (6.2 of them of 31 degrees of freedom, whose tails would reach 5 by chance forty times as often), and as a whole where a list is judged
 * (the share of each is 5.7e-7 over their number). Controls must be beyond the same limit.
 *
 * A test's power is how surely one of its verdicts sees a fault of 2 % of what it is on, and the least fault that it sees almost surely: one
 * that stands three standard errors beyond the limit, 8 for a limit of 5. Every random test has a control and a power, or `alarms.ts` fails.
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
    powers?: Power[];
  }
}

export interface Power {
  /** Probability to see a fault of 2 %. */
  seen: number;
  /** The least fault that is seen almost surely, relative to what is tested. */
  least: number;
}

/** The fault that tests are to see. */
export const FAULT = 0.02;
/** Standard errors beyond the limit at which a fault is seen almost surely, in 99.87 % of the samples. */
const SURE = 3;

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

/** Tells what a verdict sees. */
export function sees(power: Power): void {
  const meta = TestRunner.getCurrentTest()!.meta;
  meta.powers = [...(meta.powers ?? []), power];
}

/**
 * What a verdict sees whose score a fault of 2 % would move by so many standard errors. A score of Student's t spreads by more where it is large.
 * @param open standard errors that are allowed besides, whatever is wrong
 * @returns whether 2 % are seen almost surely
 */
export function powered(shift: number, limit = LIMIT, degreesOfFreedom = Number.POSITIVE_INFINITY, open = 0): boolean {
  if (!(shift > 0)) return false;
  const width = Math.sqrt(1 + limit ** 2 / (2 * degreesOfFreedom));
  const sure = open + limit + SURE * width;
  sees({ seen: normalShare((shift - open - limit) / width), least: (FAULT * sure) / shift });
  return shift >= sure;
}

/** P(normal < z). */
export function normalShare(z: number): number {
  const tail = studentTail(Math.abs(z), Number.POSITIVE_INFINITY) / 2;
  return z < 0 ? tail : 1 - tail;
}

const list = (scores: number | Iterable<number>) => (typeof scores === 'number' ? [scores] : [...scores]);

/** The largest size; NaN where one of them is not a number. */
const largest = (all: readonly number[]) => all.reduce((most, z) => Math.max(most, Math.abs(z)), 0);

/**
 * Deviations that chance alone explains.
 * @param scores in standard errors; a list is one verdict
 * @param degreesOfFreedom of Student's t, where the errors are from so few groups; infinite where they are known
 * @param shift by how much a fault of 2 % would move them, where that is known
 */
export function sound(
  scores: number | Iterable<number>,
  label = '',
  degreesOfFreedom?: number,
  shift: number | Iterable<number> = Number.NaN,
): void {
  const all = list(scores);
  const limit = limitOf(all.length, degreesOfFreedom);
  expect(all.length, `${label} has nothing to compare`).toBeGreaterThan(0);
  count(RARE);
  powered(largest(list(shift)), limit, degreesOfFreedom);
  expect(largest(all), label).toBeLessThan(limit);
}

/**
 * Numbers within their errors of their references, as one verdict. Where a fault of 2 % is seen almost surely it is the negative control:
 * references 2 % off, to either side.
 */
export function near(
  found: readonly { value: number; error: number; reference: number }[],
  label = '',
  degreesOfFreedom?: number,
): void {
  const off = (factor: number) => found.map(({ reference, ...one }) => z(one, factor * reference));
  const shift = largest(found.map(({ reference, error }) => (error > 0 ? (FAULT * reference) / error : 0)));
  sound(off(1), label, degreesOfFreedom);
  if (!powered(shift, limitOf(found.length, degreesOfFreedom), degreesOfFreedom)) return;
  refuted(
    Math.max(largest(off(1 + FAULT)), largest(off(1 - FAULT))),
    `${label}: 2 % off`,
    degreesOfFreedom,
    found.length,
  );
}

/**
 * The negative control: among the deviations is one that chance does not explain.
 * @param number of those that the verdict is on, where these are only the largest
 */
export function refuted(
  scores: number | Iterable<number>,
  label = 'negative control',
  degreesOfFreedom?: number,
  number?: number,
): void {
  const all = list(scores);
  const limit = limitOf(number ?? all.length, degreesOfFreedom);
  controlled(largest(all) / limit);
  expect(largest(all), label).toBeGreaterThan(limit);
}

/** `(value - reference)/error`; 0 where an exactly known value equals its reference. */
export const z = ({ value, error }: { value: number; error: number }, reference: number) =>
  value === reference ? 0 : (value - reference) / error;

const scoreOf = ({ value, standardError }: Estimate, reference?: number) =>
  z({ value, error: standardError }, reference ?? Number.NaN);

/** An estimate within its error of a reference, its own if none is given. */
export function agrees(
  { value, standardError, label, degreesOfFreedom, ...own }: Estimate,
  reference = own.reference,
): void {
  near([{ value, error: standardError, reference: reference ?? Number.NaN }], label, degreesOfFreedom);
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

/** A curve, as far as a verdict needs it. */
interface Drawn {
  value: ArrayLike<number>;
  standardError: ArrayLike<number>;
  reference?: ArrayLike<number>;
  label: string;
}

/** A curve within its errors of its reference, as one verdict. */
export function follows(
  { value, standardError, reference, label }: Drawn,
  exact: (index: number) => number = (i) => reference![i],
  degreesOfFreedom?: number,
): void {
  const points = Array.from(value, (y, i) => ({ value: y, error: standardError[i], reference: exact(i) }));
  const known = points.filter(({ error, ...one }) => error > 0 && Number.isFinite(one.value - one.reference));
  near(known, label, degreesOfFreedom);
}

/** A fit whose points stand no further off than their errors allow; these are of 32 groups. */
export function fits({ points, worst }: { points: number; worst: number }): void {
  count(RARE);
  expect(worst).toBeLessThan(limitOf(points, 31));
}

/**
 * Two samples, or a sample and its law: sqrt(N) D < 2.75.
 * @param shift sqrt(N) D of a law that is 2 % off, without chance; a bridge spreads by 1/2 at most
 */
export function sameLaw(statistic: number, label = '', shift = Number.NaN): void {
  count(lawTail(KOLMOGOROV_LIMIT));
  powered(2 * shift, 2 * KOLMOGOROV_LIMIT);
  expect(statistic, label).toBeLessThan(KOLMOGOROV_LIMIT);
}

/** The negative control: another law. */
export function otherLaw(statistic: number, label = 'negative control'): void {
  controlled(statistic / KOLMOGOROV_LIMIT);
  expect(statistic, label).toBeGreaterThan(KOLMOGOROV_LIMIT);
}

/** Degrees of freedom that a fit of some points leaves to 32 groups, about. */
const LEFT = 28;
/** A chance as the deviation that is as rare, by Student's t of a fit's groups; rarer ones than can be told apart are as rare as these. */
const deviationOf = (p: number) => studentQuantile(1 - Math.min(1, Math.max(1e-15, p)) / 2, LEFT);

/**
 * A p-value that is not too small.
 * @param least its own false-alarm probability
 * @param faulty what it is on the same data with a fault of some size
 */
export function soundP(p: number | undefined, least: number, label = '', faulty?: (fault: number) => number): void {
  count(least);
  if (faulty) {
    const limit = deviationOf(least);
    const width = Math.sqrt(1 + limit ** 2 / (2 * LEFT));
    const beyond = (fault: number) => (deviationOf(faulty(fault)) - limit) / width;
    const size = [FAULT, 0.05, 0.1, 0.2, 0.5, 1].find((fault) => beyond(fault) > SURE);
    sees({ seen: normalShare(beyond(FAULT)), least: size ?? Number.POSITIVE_INFINITY });
  }
  expect(p, label).toBeGreaterThan(least);
}

/** The negative control: a p-value that is too small, of what does not fit. */
export function refutedP(p: number | undefined, least: number, label = 'negative control'): void {
  controlled(deviationOf(p ?? Number.NaN) / deviationOf(least));
  expect(p, label).toBeLessThan(least);
}

/**
 * The spread of a sample of normal numbers over what it should be: within 5 of its errors, `1/sqrt(2 (n - 1))`. A spread of few numbers is
 * too large more often than too small; the chance is that of chi-squared (Wilson and Hilferty). A fault is one of the quoted errors.
 * @param n size of the sample
 */
export function soundSpread(ratio: number, n: number, label = ''): void {
  const width = LIMIT / Math.sqrt(2 * (n - 1));
  powered(FAULT * Math.sqrt(2 * (n - 1)));
  count(spreadTail(1 + width, n) + spreadTail(1 - width, n));
  expect(Math.abs(ratio - 1), label).toBeLessThan(width);
}

/** The negative control: a spread that is off, of errors that are wrong. */
export function otherSpread(ratio: number, n: number, label = 'negative control'): void {
  refuted((ratio - 1) * Math.sqrt(2 * (n - 1)), label);
}

/** Chance that the spread of n normal numbers is further from 1 than this ratio is, on its side. */
export function spreadTail(ratio: number, n: number): number {
  if (ratio <= 0) return 0;
  return studentTail(Math.abs(chiSquaredDeviation((n - 1) * ratio * ratio, n - 1)), Number.POSITIVE_INFINITY) / 2;
}

/** P(hits <= most) of n independent trials of probability p. */
export function binomialTail(most: number, n: number, p: number): number {
  // in logarithms: 0.05^n is no number from n = 249 on
  let term = n * Math.log1p(-p);
  let sum = 0;
  for (let k = 0; k <= Math.min(most, n); k++) {
    sum += Math.exp(term);
    term += Math.log(((n - k) / (k + 1)) * (p / (1 - p)));
  }
  return Math.min(1, sum);
}

/**
 * The share of n independent 95 % intervals that hold the truth, not below a bound. A fault is one of the errors: intervals that are too short.
 * @param expected what it is where nothing is wrong; 0.95, or less where a run ends by its own error
 */
export function soundShare(hits: number, n: number, expected: number, least: number, label = ''): void {
  const fewest = Math.ceil(least * n - 1e-9);
  count(binomialTail(fewest - 1, n, expected));
  const reach = studentQuantile((1 + expected) / 2, Number.POSITIVE_INFINITY);
  const seen = (fault: number) =>
    binomialTail(fewest - 1, n, 1 - studentTail((1 - fault) * reach, Number.POSITIVE_INFINITY));
  let fault = FAULT;
  while (fault < 1 && seen(fault) < normalShare(SURE)) fault += 0.01;
  sees({ seen: seen(FAULT), least: fault });
  expect(hits / n, label).toBeGreaterThanOrEqual(least - 1e-12);
}

/** The negative control: too few intervals hold the truth. */
export function lowShare(hits: number, n: number, least: number, label = 'negative control'): void {
  controlled((1 - hits / n) / (1 - least));
  expect(hits / n, label).toBeLessThan(least);
}

/** The bound of a share of 95 % intervals: so low that it would be as rare as five standard errors. */
export function leastCoverage(n: number, expected = 0.95): number {
  let k = 0;
  while (binomialTail(k, n, expected) < RARE) k++;
  return k / n;
}

export function soundCoverage(coverage: number, n: number, label = ''): void {
  soundShare(Math.round(coverage * n), n, 0.95, leastCoverage(n), label);
}

/** Chi-squared of deviations that is not too large (Wilson and Hilferty), each brought to a normal number's by its chance. */
export function soundSum(scores: readonly number[], label = '', degreesOfFreedom = Number.POSITIVE_INFINITY): void {
  const normal = (t: number) =>
    studentQuantile(1 - studentTail(Math.abs(t), degreesOfFreedom) / 2, Number.POSITIVE_INFINITY);
  count(RARE / 2);
  const sum = scores.reduce((all, t) => all + normal(t) ** 2, 0);
  expect(chiSquaredDeviation(sum, scores.length), label).toBeLessThan(LIMIT);
}
