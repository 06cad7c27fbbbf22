/** How closely a run's estimates are known, and how closely they should be: what decides when a run may end. */

import { offer, Refusal, show } from '../scenario/faults.js';
import { readQuantity } from '../scenario/units.js';
import { isEstimate } from './estimates.js';
import type { Estimate } from './types.js';

/**
 * The standard error that an estimate should have: a number is relative to its value (`0.01`: 1 %); a text is relative
 * (`'1 %'`) or absolute, with its unit (`'1 us'`, `'0.002'` for a pure number).
 */
export type WantedPrecision = number | string;

/** One estimate's precision, wanted and reached. */
export interface Precision {
  /** The estimate, e.g. `lossRate` or `fates.lostLeft`. */
  readonly name: string;
  /** The standard error wanted: a fraction of the value (`relative`), or in `unit`. */
  readonly wanted: number;
  readonly relative: boolean;
  /** The estimate's SI unit. */
  readonly unit: string;
  /** The standard error that there is, measured as `wanted`; NaN where the estimate is not determined. */
  readonly reached: number;
  readonly met: boolean;
  /** Why the estimate is not determined. */
  readonly note?: string;
}

/** What a run to a precision came to. */
export interface PrecisionReport {
  /** Whether every precision that was wanted was reached. */
  readonly reached: boolean;
  /** Particles that were taken, and the most that were allowed. */
  readonly particles: number;
  readonly most: number;
  /** In words: why the run ended. */
  readonly why: string;
  readonly estimates: readonly Precision[];
}

/** A precision that is wanted, read. */
export interface PrecisionTarget {
  readonly name: string;
  readonly wanted: number;
  readonly relative: boolean;
}

/**
 * Every single number of a run by its name: `lossRate`, `fates.lostLeft`, `legendreRates.2`.
 * @example
 * const one = { value: 1, standardError: 0.1, unit: '1', label: 'x' }
 * Object.keys(namedEstimates({ filling: one, fates: { lostLeft: one }, legendreRates: [one] })) // => ['filling', 'fates.lostLeft', 'legendreRates.0']
 */
export function namedEstimates(estimates: object): Record<string, Estimate> {
  const found: Record<string, Estimate> = {};
  const gather = (value: unknown, name: string, depth: number) => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (isEstimate(value)) found[name] = value;
    else if (depth < 2)
      for (const [key, inner] of Object.entries(value)) gather(inner, name === '' ? key : `${name}.${key}`, depth + 1);
  };
  gather(estimates, '', 0);
  return found;
}

/**
 * Reads the precision that is wanted of an estimate.
 *
 * @param name of the estimate
 * @param text relative (`0.01`, `'1%'`) or absolute with its unit (`'1 us'`)
 * @param estimates of this scenario, of any data or none: their names and units
 * @throws Refusal for a name that is no estimate (with the nearest that is), or a text that is no precision of it
 * @example
 * const estimates = { confinementTime: { value: NaN, standardError: NaN, unit: 's', label: 'x' } }
 * readPrecision('confinementTime', '1 us', estimates) // => { name: 'confinementTime', wanted: 1e-6, relative: false }
 * readPrecision('confinementTime', 0.01, estimates).relative // true
 * readPrecision('confinmentTime', '1%', estimates) // throws did you mean confinementTime?
 * readPrecision('confinementTime', '1 m', estimates) // throws "1 m" is no precision of a quantity in s
 */
export function readPrecision(
  name: string,
  text: WantedPrecision,
  estimates: Readonly<Record<string, Pick<Estimate, 'unit'>>>,
): PrecisionTarget {
  if (!Object.hasOwn(estimates, name)) {
    throw new Refusal(`${show(name)} is not an estimate`, offer(name, Object.keys(estimates)));
  }
  const { unit } = estimates[name];
  const target = read(text, unit);
  if (target === null || !(target.wanted > 0 && Number.isFinite(target.wanted))) {
    const example = unit === '1' ? '0.01' : `0.01 ${unit}`;
    throw new Refusal(
      `${show(text)} is no precision of ${unit === '1' ? 'a pure number' : `a quantity in ${unit}`}`,
      `must be a standard error > 0, relative or absolute, e.g. 1% or ${example}`,
    );
  }
  return { name, ...target };
}

function read(text: WantedPrecision, unit: string): Pick<PrecisionTarget, 'wanted' | 'relative'> | null {
  if (typeof text === 'number') return { wanted: text, relative: true };
  if (typeof text !== 'string') return null;
  const number = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
  const plain = new RegExp(`^\\s*(${number})\\s*(%?)\\s*$`).exec(text);
  if (plain?.[2] === '%') return { wanted: Number(plain[1]) / 100, relative: true };
  if (plain) return unit === '1' ? { wanted: Number(plain[1]), relative: false } : null;
  try {
    const { value, exponents } = readQuantity(text);
    const own = readQuantity(`1 ${unit}`).exponents;
    return exponents.every((power, i) => power === own[i]) ? { wanted: value, relative: false } : null;
  } catch {
    return null;
  }
}

/**
 * How precise an estimate is, in the measure of what is wanted. A value that is known exactly meets every wish.
 * @example
 * const lossRate = { value: 200, standardError: 3, unit: '1/s', label: 'loss rate' }
 * precisionOf({ name: 'lossRate', wanted: 0.01, relative: true }, lossRate).reached // ≈ 0.015
 * precisionOf({ name: 'lossRate', wanted: 4, relative: false }, lossRate).met // true
 */
export function precisionOf(target: PrecisionTarget, estimate: Estimate): Precision {
  const { value, standardError, unit, note } = estimate;
  const error = Number.isNaN(value) ? Number.NaN : standardError;
  const reached = target.relative && error !== 0 ? error / Math.abs(value) : error;
  return {
    ...target,
    unit,
    reached,
    met: reached <= target.wanted,
    ...(Number.isNaN(reached) && { note: note ?? 'it has no standard error yet' }),
  };
}

/**
 * By what factor the data of a run must grow for all precisions that are wanted: errors fall as 1/sqrt(n).
 * @returns 1 where all are met; NaN where one is not determined
 * @example
 * const one = { name: 'filling', wanted: 0.01, relative: true, unit: '1', reached: 0.02, met: false }
 * growthNeeded([one]) // => 4
 */
export function growthNeeded(precisions: readonly Precision[]): number {
  return precisions.reduce((most, { reached, wanted }) => Math.max(most, (reached / wanted) ** 2), 1);
}

/**
 * A precision in words.
 * @example
 * precisionText({ name: 'lossRate', wanted: 0.01, relative: true, unit: '1/s', reached: 0.0153, met: false }) // => 'lossRate to 1.53 % (wanted 1 %)'
 */
export function precisionText({ name, wanted, relative, unit, reached, note }: Precision): string {
  const show = (x: number) => (relative ? `${short(100 * x)} %` : `${short(x)}${unit === '1' ? '' : ` ${unit}`}`);
  if (Number.isNaN(reached)) return `${name} not determined: ${note} (wanted to ${show(wanted)})`;
  return `${name} to ${show(reached)} (wanted ${show(wanted)})`;
}

const short = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(3))) : 'any extent');
