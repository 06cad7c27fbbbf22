/** `summary.json`: the numbers of a run for programs, in a layout that only grows. */
import type { PrecisionReport } from '../analysis/precision.js';
import type { Equilibrium, Estimate } from '../analysis/types.js';
import type { Provenance } from '../engine/result.js';
import { printableJson } from '../scenario/faults.js';
import { type AnyResult, isOrbits, type ResultData } from './data.js';
import { referenceUnits } from './units.js';

/** Raised whenever a key changes its meaning or goes; new keys do not raise it. */
export const summarySchema = 'losscone.summary/1';

/** A number with its standard error and unit. What cannot be determined is `null` and `note` says why. */
export interface SummaryNumber {
  value: number | null;
  /** Same unit as `value`; 0 where the number is exact, `null` where it is not known. */
  standardError: number | null;
  /** SI; `1` for pure numbers. */
  unit: string;
  label?: string;
  /** What exact theory gives, where there is exact theory. */
  reference?: number;
  /** `(value - reference)/standardError`. */
  z?: number;
  note?: string;
  /** For intervals by Student's t. */
  degreesOfFreedom?: number;
  /** The window of a fit, times in s, and how good it is: chi-squared per degree of freedom, and the chance of a larger one. */
  fit?: {
    from: number;
    to: number;
    points: number;
    worst: number;
    chiSquared?: number;
    freedom?: number;
    pValue?: number;
  };
  /** What it tends to in limits, same unit. */
  limits?: { value: number; label: string }[];
}

/** A moment by which equilibrium was judged; `lastOff` is the last time at which it was off [s], `null` if it never was. */
export interface SummaryEvidence {
  label: string;
  value: number | null;
  standardError: number | null;
  expected: number;
  lastOff: number | null;
}

/** The content of `summary.json`, of a run of any kind. */
export interface RunSummary {
  schema: typeof summarySchema;
  /** What was followed; absent: a motion along a line. */
  kind?: 'orbits';
  name: string;
  description: string;
  /** False where the run was interrupted: the numbers are then of the particles done. */
  complete: boolean;
  /** SHA-256 of the merged integer tallies: the same for any number of workers, in Node and in browsers. */
  hash: string;
  seed: string;
  particles: { done: number; total: number };
  estimates: Record<string, SummaryNumber>;
  /** Of orbits in space with waves, of each: where theory puts its resonance and where it was found. */
  resonances?: Record<string, SummaryNumber>[];
  /** Fractions of the ensemble. */
  fates: Record<string, SummaryNumber>;
  /** The numbers that the scenario fixes: nu, speed, length, mirrorRatio, xiLossCone, ... */
  reference: Record<string, SummaryNumber>;
  /** What a run to a precision came to: wanted and reached standard errors, as a fraction (`relative`) or in `unit`. */
  precision?: Omit<PrecisionReport, 'estimates'> & { estimates: Record<string, unknown>[] };
  run: { particleSteps: number; seconds: number; workers: number; warnings: string[] };
  provenance: Provenance;
}

/** Of a motion along a line. */
export interface Summary extends RunSummary {
  /** Decay rates of `<P_l>`, index l = 0..8. */
  legendreRates: SummaryNumber[];
  /** Times by which a quarter, a half and three quarters are lost. */
  lossTimeQuartiles: SummaryNumber[];
  /** Whether equilibrium or the slowest mode was reached, and since when [s]. */
  equilibrium: { kind: string; reached: string; since: number | null; words: string; evidence: SummaryEvidence[] };
}

/**
 * A run's numbers as `summary.json` holds them.
 *
 * @param result a run, finished or interrupted
 * @returns a plain object without NaN or Infinity, `JSON.stringify` gives the file
 */
export function summarise(result: ResultData): Summary;
export function summarise(result: AnyResult): RunSummary;
export function summarise(result: AnyResult): RunSummary {
  const { scenario, plan, estimates } = result;
  const single: Record<string, SummaryNumber> = {};
  for (const [name, value] of Object.entries(estimates)) if (isEstimate(value)) single[name] = summaryNumber(value);
  const reference: Record<string, SummaryNumber> = {};
  for (const [name, value] of Object.entries(plan.reference))
    if (typeof value === 'number')
      reference[name] = {
        ...finite(value),
        standardError: Number.isFinite(value) ? 0 : null,
        unit: referenceUnits[name] ?? '1',
      };
  return {
    schema: summarySchema,
    ...(isOrbits(result) && { kind: 'orbits' as const }),
    name: scenario.name,
    description: scenario.description,
    complete: result.complete,
    hash: result.hash,
    seed: scenario.seed,
    particles: { done: result.particles.done, total: result.particles.total },
    estimates: single,
    fates: Object.fromEntries(Object.entries(estimates.fates).map(([name, value]) => [name, summaryNumber(value)])),
    ...('resonances' in estimates &&
      estimates.resonances?.length > 0 && {
        resonances: estimates.resonances.map((one) =>
          Object.fromEntries(Object.entries(one).map(([name, value]) => [name, summaryNumber(value)])),
        ),
      }),
    ...('legendreRates' in estimates && {
      legendreRates: estimates.legendreRates.map(summaryNumber),
      lossTimeQuartiles: estimates.lossTimeQuartiles.map(summaryNumber),
      equilibrium: summaryEquilibrium(estimates.equilibrium),
    }),
    reference,
    ...(result.precision && { precision: precisionSummary(result.precision) }),
    run: {
      particleSteps: result.steps,
      seconds: result.seconds,
      workers: result.workers,
      warnings: [...result.warnings],
    },
    provenance: { ...result.provenance },
  };
}

/** The text of `summary.json`. */
export const summaryText = (result: AnyResult): string =>
  printableJson(`${JSON.stringify(summarise(result), null, 2)}\n`);

function isEstimate(value: unknown): value is Estimate {
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number';
}

export function summaryNumber(estimate: Estimate): SummaryNumber {
  const { value, standardError, unit, label, reference, note, degreesOfFreedom, fit, limits } = estimate;
  const known = finite(value);
  const remarks = [note, note ? undefined : known.note].filter((text) => text !== undefined);
  const z = reference !== undefined ? (value - reference) / standardError : Number.NaN;
  return {
    value: known.value,
    standardError: Number.isFinite(standardError) ? standardError : null,
    unit,
    label,
    ...(reference !== undefined && Number.isFinite(reference) ? { reference } : {}),
    ...(Number.isFinite(z) ? { z } : {}),
    ...(remarks.length > 0 ? { note: remarks.join('; ') } : {}),
    ...(degreesOfFreedom !== undefined ? { degreesOfFreedom } : {}),
    ...(fit ? { fit: { ...fit } } : {}),
    ...(limits ? { limits: limits.map(({ value, label }) => ({ value, label })) } : {}),
  };
}

function precisionSummary({ estimates, ...report }: PrecisionReport): Summary['precision'] {
  return {
    ...report,
    estimates: estimates.map((one) => ({ ...one, reached: Number.isFinite(one.reached) ? one.reached : null })),
  };
}

const orNull = (value: number) => (Number.isFinite(value) ? value : null);

function summaryEquilibrium({ kind, reached, since, words, evidence }: Equilibrium): Summary['equilibrium'] {
  return {
    kind,
    reached,
    since: orNull(since),
    words,
    evidence: evidence.map(({ label, value, standardError, expected, lastOff }) => ({
      label,
      value: orNull(value),
      standardError: orNull(standardError),
      expected,
      lastOff: orNull(lastOff),
    })),
  };
}

function finite(value: number): { value: number | null; note?: string } {
  if (Number.isFinite(value)) return { value };
  return { value: null, note: Number.isNaN(value) ? 'not determined' : 'infinite' };
}
