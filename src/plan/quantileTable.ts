/**
 * A distribution of one starting value, as the kernel draws it: rows of (cumulative probability, value), linear between.
 * One row stands for one value.
 */
import { integral } from './quadrature.js';

/** `[c0, x0, c1, x1, ...]`, both columns rising from (0, lowest) to (1, highest). */
export type QuantileTable = Float64Array;

/** Everything at one value. */
export function single(value: number): QuantileTable {
  return Float64Array.of(0, value);
}

/** Uniform between two values. */
export function uniformBetween(low: number, high: number): QuantileTable {
  return Float64Array.of(0, low, 1, high);
}

/**
 * The table of a density at given nodes, each cell with its exact share of the probability (four-point Gauss-Legendre).
 * @param nodes rising values, at least two
 * @param density not negative, need not be normalised
 */
export function fromDensity(nodes: ArrayLike<number>, density: (x: number) => number): QuantileTable {
  const cumulative = new Float64Array(nodes.length);
  let sum = 0;
  for (let i = 1; i < nodes.length; i++) {
    sum += integral(density, nodes[i - 1], nodes[i]);
    cumulative[i] = sum;
  }
  if (!(sum > 0)) throw new RangeError('density: is zero everywhere (must have a positive integral)');
  const table = new Float64Array(2 * nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    table[2 * i] = i === nodes.length - 1 ? 1 : cumulative[i] / sum;
    table[2 * i + 1] = nodes[i];
  }
  return table;
}

/** The table of a density that is linear between its rows; each row's cell is divided into `parts`. */
export function fromRows(x: ArrayLike<number>, density: ArrayLike<number>, parts = 64): QuantileTable {
  const nodes: number[] = [x[0]];
  for (let i = 1; i < x.length; i++) {
    for (let k = 1; k <= parts; k++) nodes.push(k === parts ? x[i] : x[i - 1] + ((x[i] - x[i - 1]) * k) / parts);
  }
  let cell = 0;
  return fromDensity(nodes, (at) => {
    if (at < x[cell]) cell = 0;
    while (cell < x.length - 2 && at > x[cell + 1]) cell++;
    const share = (at - x[cell]) / (x[cell + 1] - x[cell]);
    return density[cell] + share * (density[cell + 1] - density[cell]);
  });
}

/** Equally spaced values. */
export function evenly(low: number, high: number, cells: number): Float64Array {
  return Float64Array.from({ length: cells + 1 }, (_, i) => (i === cells ? high : low + ((high - low) * i) / cells));
}

/** Number of cells: 0 where there is one value. */
export function cellsOf(table: QuantileTable): number {
  return table.length / 2 - 1;
}

/** Share of the probability below x. */
export function shareBelow(table: QuantileTable, x: number): number {
  const cells = cellsOf(table);
  if (x <= table[1]) return 0;
  if (x >= table[2 * cells + 1]) return 1;
  let low = 0;
  let high = cells;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (table[2 * middle + 1] <= x) low = middle;
    else high = middle;
  }
  const share = (x - table[2 * low + 1]) / (table[2 * low + 3] - table[2 * low + 1]);
  return table[2 * low] + share * (table[2 * low + 2] - table[2 * low]);
}

/** Mean of a function of the value. */
export function meanOf(table: QuantileTable, f: (x: number) => number): number {
  if (cellsOf(table) === 0) return f(table[1]);
  let sum = 0;
  for (let i = 0; i < cellsOf(table); i++) {
    const share = table[2 * i + 2] - table[2 * i];
    if (share > 0) sum += share * f((table[2 * i + 1] + table[2 * i + 3]) / 2);
  }
  return sum;
}

/** The value below which a share of the probability lies. */
export function quantile(table: QuantileTable, share: number): number {
  const cells = cellsOf(table);
  if (cells === 0) return table[1];
  let i = 0;
  while (i < cells - 1 && table[2 * i + 2] < share) i++;
  const [c0, c1] = [table[2 * i], table[2 * i + 2]];
  return c1 > c0
    ? table[2 * i + 1] + ((share - c0) / (c1 - c0)) * (table[2 * i + 3] - table[2 * i + 1])
    : table[2 * i + 3];
}
