/** The numbers that two runs have in common, and by how much more than chance they differ. */
import { studentTail } from '../../index.js';
import type { NumberRow } from '../messages.js';

/** Above this |z| a difference is marked. */
export const marked = 3;

export interface ComparedRow {
  readonly name: string;
  readonly label: string;
  /** What the second run calls it, where it calls it otherwise: it may then be another thing. */
  readonly otherLabel?: string;
  readonly unit: string;
  readonly a: NumberRow;
  readonly b: NumberRow;
  /** Second less first, and its standard error as of independent runs. */
  readonly difference: number;
  readonly standardError: number;
  /** Difference over standard error; infinite where both are exact and differ; NaN where an error is not known or nothing can differ. */
  readonly z: number;
  /** Chance of a larger |z| between equals. */
  readonly chance: number;
}

/** Below this part of the values a difference is rounding. */
const rounding = 1e-13;

/**
 * Degrees of freedom of the error of a difference, rounded down.
 * Source: Welch, Biometrika 34, 28 (1947).
 */
function freedom(a: NumberRow, b: NumberRow): number {
  const parts = [a, b].map(({ standardError, degreesOfFreedom = Number.POSITIVE_INFINITY }) => ({
    variance: standardError ** 2,
    degreesOfFreedom,
  }));
  const spread = parts.reduce((sum, part) => sum + part.variance ** 2 / part.degreesOfFreedom, 0);
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  return spread > 0 ? Math.max(1, Math.floor(variance ** 2 / spread + 1e-9)) : Number.POSITIVE_INFINITY;
}

/** @returns z of a difference; see `ComparedRow.z` */
export function zOf(difference: number, standardError: number, size: number): number {
  if (Math.abs(difference) <= rounding * size) return standardError > 0 ? 0 : Number.NaN;
  return difference / standardError;
}

function compared(a: NumberRow, b: NumberRow): ComparedRow {
  const difference = b.value - a.value;
  const standardError = Math.hypot(a.standardError, b.standardError);
  const z = zOf(difference, standardError, Math.max(Math.abs(a.value), Math.abs(b.value)));
  const { name, label, unit } = a;
  return {
    name,
    label,
    ...(b.label !== label && { otherLabel: b.label }),
    unit,
    a,
    b,
    difference,
    standardError,
    z,
    chance: Number.isFinite(z) ? studentTail(Math.abs(z), freedom(a, b)) : Number.NaN,
  };
}

/**
 * What both runs have, in the order of the first.
 * @param first numbers of one run
 * @param second of the other
 * @returns a row for each name that both have in one unit; what cannot differ (exactly zero in both) is left out
 */
export function compareNumbers(first: readonly NumberRow[], second: readonly NumberRow[]): ComparedRow[] {
  const others = new Map(second.map((row) => [row.name, row]));
  const same = (a: NumberRow, b: NumberRow) => a.label === b.label && a.value === b.value && a.unit === b.unit;
  // Some numbers stand in the estimates under two names.
  const once = first.filter((row, i) => first.findIndex((other) => same(row, other)) === i);
  return once.flatMap((a) => {
    const b = others.get(a.name);
    if (!b || b.unit !== a.unit) return [];
    if (a.value === 0 && b.value === 0) return [];
    return [compared(a, b)];
  });
}

export interface Verdict {
  /** Rows with a z. */
  readonly tested: number;
  readonly beyond: number;
  /** How many of them would be beyond by chance, if nothing differed and all were independent. */
  readonly expected: number;
  readonly largest: number;
}

/** How many numbers differ, and how many would by chance: each at its own degrees of freedom. */
export function verdictOf(rows: readonly ComparedRow[]): Verdict {
  const tested = rows.filter(({ z }) => !Number.isNaN(z));
  return {
    tested: tested.length,
    beyond: tested.filter(({ z }) => Math.abs(z) > marked).length,
    expected: tested.reduce((sum, { a, b }) => sum + studentTail(marked, freedom(a, b)), 0),
    largest: tested.reduce((most, { z }) => Math.max(most, Math.abs(z)), 0),
  };
}
