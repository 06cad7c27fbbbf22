/** From a function along the line to the kernel's form of it: values and slopes on a uniform grid. */
import type { LineField, LineGrid, LineTable } from './types.js';

/** Relative error at which a grid is fine enough. */
const ENOUGH = 1e-8;
/** Nodes a table may have: one megabyte for B and its slope would leave the cache, 128 kB stays in it. */
export const MAX_NODES = 8192;
/** Cells beyond either throat, at the least: a step that crosses a throat is still evaluated inside the table. */
export const MARGIN = 2;
/** The part of the length that a refined grid reaches beyond either throat, however fine its cells: a long step's. */
const REACH = 1 / 32;

/** A function of s and its derivative. */
export interface Differentiable {
  value(s: number): number;
  slope(s: number): number;
}

/** Values and slopes of a function at the nodes of a grid. */
export function sample(f: Differentiable, { s0, ds, nodes }: LineGrid): LineTable {
  const value = new Float64Array(nodes);
  const slope = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) {
    value[i] = f.value(s0 + i * ds);
    slope[i] = f.slope(s0 + i * ds);
  }
  return { kind: 'tabulated', s0, ds, value, slope };
}

/**
 * The cubic Hermite interpolant of a table as the kernel evaluates it.
 * @param s [m], inside the table
 * @example
 * hermite({ kind: 'tabulated', s0: 0, ds: 1, value: Float64Array.of(0, 1), slope: Float64Array.of(0, 3) }, 0.5) // => 0.125
 */
export function hermite({ s0, ds, value, slope }: LineTable, s: number): number {
  const i = Math.max(0, Math.min(value.length - 2, Math.floor((s - s0) / ds)));
  const t = (s - s0) / ds - i;
  const rise = value[i + 1] - value[i];
  const a = slope[i] * ds;
  const b = slope[i + 1] * ds;
  return value[i] + t * (a + t * (3 * rise - 2 * a - b + t * (a + b - 2 * rise)));
}

/** Largest |interpolant - f|/size(s) at the quarter points of every cell between two places. */
export function interpolationError(
  table: LineTable,
  f: Differentiable,
  size: (value: number) => number,
  from: number,
  to: number,
): number {
  let worst = 0;
  const first = Math.max(0, Math.floor((from - table.s0) / table.ds));
  const last = Math.min(table.value.length - 1, Math.ceil((to - table.s0) / table.ds));
  for (let i = first; i < last; i++) {
    for (const t of [0.25, 0.5, 0.75]) {
      const s = table.s0 + (i + t) * table.ds;
      const exact = f.value(s);
      worst = Math.max(worst, Math.abs(hermite(table, s) - exact) / size(exact));
    }
  }
  return worst;
}

const marginOf = (cells: number) => Math.max(MARGIN, Math.ceil(cells * REACH));

/** The grid that covers two places with `cells` cells between them and the margin beyond. */
export function gridBetween(sLeft: number, sRight: number, cells: number): LineGrid {
  const ds = (sRight - sLeft) / cells;
  const margin = marginOf(cells);
  return { s0: sLeft - margin * ds, ds, nodes: cells + 1 + 2 * margin };
}

/** The most cells whose margins still fit: 7680 + 1 + 2 * 240 nodes. */
const FULLEST = 7680;

/** Refines a grid between two places until its interpolant is exact enough or the grid is full. */
export function refine(
  f: Differentiable,
  size: (value: number) => number,
  sLeft: number,
  sRight: number,
): { table: LineTable; error: number } {
  for (let cells = 128; ; cells *= 2) {
    const table = sample(f, gridBetween(sLeft, sRight, Math.min(cells, FULLEST)));
    const error = interpolationError(table, f, size, sLeft, sRight);
    if (error < ENOUGH || cells >= FULLEST) return { table, error };
  }
}

/**
 * A field whose kernel form is a table of its strength and gradient, fine enough for a relative error of B below 1e-7 or
 * as fine as 8192 nodes.
 * @param grid a grid on which the interpolant is known to be exact, where there is one
 */
export function tabulate(
  field: Omit<LineField, 'length' | 'kernel' | 'interpolationError'>,
  grid?: LineGrid,
): LineField {
  const f: Differentiable = { value: field.strength, slope: field.gradient };
  const { sLeft, sRight } = field;
  let found: { table: LineTable; error: number };
  if (grid === undefined) found = refine(f, Math.abs, sLeft, sRight);
  else {
    const table = sample(f, grid);
    found = { table, error: interpolationError(table, f, Math.abs, sLeft, sRight) };
  }
  const { s0, ds, value, slope } = found.table;
  return {
    ...field,
    length: sRight - sLeft,
    kernel: { kind: 'tabulated', s0, ds, B: value, dBds: slope },
    interpolationError: found.error,
  };
}
