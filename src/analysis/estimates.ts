import { studentQuantile } from './student.js';
import type { Estimate, Limit } from './types.js';

/**
 * Confidence interval of an estimate: value -+ t s.e., t of its degrees of freedom (normal if it has none).
 * @param level in (0, 1)
 * @returns [low, high] in the estimate's unit; NaN where the estimate has none
 * @example
 * interval({ value: 1, standardError: 0.1, unit: '1', label: 'x', degreesOfFreedom: 31 })[1] // ≈ 1.203951344640
 */
export function interval(estimate: Estimate, level = 0.95): [number, number] {
  const half = studentQuantile((1 + level) / 2, estimate.degreesOfFreedom ?? Infinity) * estimate.standardError;
  return [estimate.value - half, estimate.value + half];
}

/**
 * `z = (estimate - reference)/standardError`; the verdict of the house is |z| < 5.
 * @param reference what theory says; the estimate's own reference if left out
 * @returns NaN where either is lacking; 0 where an exactly known value equals its reference
 * @example
 * zScore({ value: 1.2, standardError: 0.1, unit: '1', label: 'x', reference: 1 }) // ≈ 2
 */
export function zScore(estimate: Estimate, reference: number | undefined = estimate.reference): number {
  const difference = estimate.value - (reference ?? NaN);
  return difference === 0 ? 0 : difference / estimate.standardError;
}

/** An estimate that the data do not allow, with the reason. */
export function unavailable(label: string, unit: string, note: string): Estimate {
  return { value: NaN, standardError: NaN, unit, label, note };
}

/** What is lacking where nothing shows how far particles spread. */
export const NEEDS_GROUPS = 'needs particles in two groups or more';

/**
 * What is estimated, without numbers that have no error: estimates, their lists and records; curves stay as they are.
 * @example
 * withoutBareNumbers({ time: { value: 3, standardError: NaN, unit: 's', label: 'x' } }).time.note // => 'needs particles in two groups or more'
 * withoutBareNumbers({ time: { value: 3, standardError: 0, unit: 's', label: 'x' } }).time.value // => 3
 */
export function withoutBareNumbers<T>(found: T, depth = 0): T {
  if (typeof found !== 'object' || found === null || ArrayBuffer.isView(found)) return found;
  if (isEstimate(found)) {
    if (Number.isNaN(found.value) || !Number.isNaN(found.standardError)) return found;
    return { ...found, value: NaN, note: notes(NEEDS_GROUPS, found.note) };
  }
  if (depth > 1 || 'value' in found) return found;
  const within = (one: unknown) => withoutBareNumbers(one, depth + 1);
  if (Array.isArray(found)) return found.map(within) as T;
  return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, within(one)])) as T;
}

/** Whether something is an estimate and no curve, list or record of them. */
export function isEstimate(found: object): found is Estimate {
  return 'value' in found && typeof found.value === 'number';
}

/** The estimate with the limits that it has. */
export function withLimits(estimate: Estimate, limits: readonly Limit[]): Estimate {
  return limits.length > 0 ? { ...estimate, limits } : estimate;
}

/** Joins the notes that there are. */
export function notes(...parts: (string | undefined | false)[]): string | undefined {
  return parts.filter(Boolean).join('; ') || undefined;
}

/** A number for a note: three significant digits. */
export function short(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return String(x);
  return Math.abs(x) >= 1e-3 && Math.abs(x) < 1e6 ? String(Number(x.toPrecision(3))) : x.toExponential(2);
}
