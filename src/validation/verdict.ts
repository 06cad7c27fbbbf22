/** The one verdict on a finding, and how often the whole table would be wrong by chance. */
import { studentTail } from '../analysis/student.js';
import type { Control, Finding } from './case.js';
import type { Measured } from './statistics.js';

/** Standard errors that an estimate may be off. */
export const LIMIT = 5;
/** Limit of sqrt(N) D, as rare as 5 standard errors. */
export const KOLMOGOROV_LIMIT = 2.75;

type Extra = Partial<Pick<Finding, 'controls' | 'at' | 'tolerance'>>;

/** A random number against an exact reference. */
export function agreement(
  label: string,
  unit: string,
  measured: Measured,
  reference: number,
  extra: Extra = {},
): Finding {
  return finding(label, unit, measured, reference, 'z', extra);
}

/** A random number that must lie clearly above, or below, a bound. */
export function beyond(
  label: string,
  unit: string,
  measured: Measured,
  test: 'above' | 'below',
  reference: number,
  extra: Extra = {},
): Finding {
  return finding(label, unit, measured, reference, test, extra);
}

/** A number against a reference with a systematic tolerance (absolute, in `unit`). */
export function within(
  label: string,
  unit: string,
  measured: Measured,
  reference: number,
  tolerance: number,
  extra: Extra = {},
): Finding {
  return finding(label, unit, measured, reference, 'tolerance', { ...extra, tolerance });
}

/** A whole law: sqrt(N) D of a sample, and what it is against laws that are wrong. */
export function law(label: string, distance: number, particles: number, wrong: Record<string, number>): Finding {
  const controls = Object.entries(wrong).map(([what, estimate]): Control => ({ what, estimate }));
  const measured = { value: distance, error: 0, count: particles };
  return finding(label, '1', measured, KOLMOGOROV_LIMIT, 'kolmogorov', { controls });
}

function finding(
  label: string,
  unit: string,
  { value, error, count, degreesOfFreedom = Number.POSITIVE_INFINITY }: Measured,
  reference: number,
  test: Finding['test'],
  { controls = [], at, tolerance = 0 }: Extra,
): Finding {
  const rest = { reference, test, tolerance, particles: count, degreesOfFreedom, controls };
  return { label, unit, estimate: value, standardError: error, ...rest, ...(at ? { at } : {}) };
}

/** Wrong references by factors of the right one. */
export const factors = (reference: number, ...wrong: readonly number[]): Control[] =>
  wrong.map((factor) => ({ what: `reference times ${factor}`, reference: factor * reference }));

export interface Verdict {
  /** z; sqrt(N) D; or the deviation over its tolerance. */
  readonly score: number;
  /** What |score| must stay below; for `above` and `below`, what it must exceed. */
  readonly limit: number;
  readonly passed: boolean;
}

/**
 * Judges a finding.
 * @returns score, its limit, and whether it passes; a score that is not a number does not
 * @example
 * import { agreement } from './verdict.js'
 * judge(agreement('', '1', { value: 1.1, error: 0.1, count: 9 }, 1)).score // ≈ 1.0
 * judge(agreement('', '1', { value: 1.6, error: 0.1, count: 9 }, 1)).passed // false
 * judge(agreement('', '1', { value: NaN, error: 0.1, count: 9 }, 1)).passed // false
 */
export function judge({ test, estimate, standardError, reference, tolerance }: Finding): Verdict {
  const off = estimate - reference;
  if (test === 'kolmogorov') return { score: estimate, limit: reference, passed: estimate < reference };
  if (test === 'tolerance')
    return { score: off === 0 ? 0 : off / tolerance, limit: 1, passed: Math.abs(off) <= tolerance };
  if (test === 'above' || test === 'below') {
    const score = off / standardError;
    return { score, limit: LIMIT, passed: (test === 'above' ? score : -score) > LIMIT };
  }
  // what a quoted reference leaves open counts for nothing
  const score = (Math.sign(off) * Math.max(0, Math.abs(off) - tolerance)) / standardError;
  return { score, limit: LIMIT, passed: Math.abs(score) < LIMIT };
}

/** A finding as one of its negative controls has it. */
export const asControl = (finding: Finding, { estimate, reference }: Control): Finding => ({
  ...finding,
  estimate: estimate ?? finding.estimate,
  reference: reference ?? finding.reference,
});

/**
 * Probability that a sound build fails at least one of these findings by chance: the sum of their own, which bounds it whether they are
 * independent or not. Tolerances and one-sided bounds count nothing.
 * @returns probability
 * @example
 * import { agreement } from './verdict.js'
 * falseAlarm([agreement('', '1', { value: 1, error: 1, count: 9 }, 1)]) // ≈ 5.733e-7
 */
export function falseAlarm(findings: readonly Finding[]): number {
  return findings.reduce((sum, { test, degreesOfFreedom }) => {
    if (test === 'z') return sum + studentTail(LIMIT, degreesOfFreedom);
    return test === 'kolmogorov' ? sum + lawTail(KOLMOGOROV_LIMIT) : sum;
  }, 0);
}

/** P(sqrt(N) D > x) of a sound sample, N large: `2 sum (-1)^(k-1) exp(-2 k^2 x^2)`. Source: Kolmogorov (1933). */
export function lawTail(x: number): number {
  let sum = 0;
  for (let k = 1; k < 20; k++) sum += (k % 2 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}
