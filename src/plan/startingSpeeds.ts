import { cellsOf, type QuantileTable } from './quantileTable.js';

/** The starting speeds in cells, for what is worked out speed by speed. */
export interface StartingSpeeds {
  /** Edges of the cells by momentum [kg m/s]; twice the one momentum where there is but one. */
  readonly momenta: Float64Array;
  /** Share of the particles that start in each cell. */
  readonly shares: Float64Array;
  /** Scattering rate, its mean over the particles of the cell [1/s]. */
  readonly rates: Float64Array;
}

/** A cell has not more than one of this many parts of all particles, of their energies squared and of their scattering. */
const PARTS = 32;
/** Nor is it wider than this part of the momentum below which nearly all start ... */
const WIDEST = 1 / 48;
const NEARLY_ALL = 0.999;
/** ... and what lies beyond this part of all three is left to the last cell. */
const LEAST = 1e-5;

/**
 * Divides the starting speeds so that no cell has many of the particles, much of their energy squared, which the spread
 * of mu goes by, or much of their scattering, some of which may be that of a few slow ones.
 * @param table quantiles of the momentum [kg m/s]
 * @param nu scattering rate [1/s] by momentum [kg m/s]
 */
export function startingSpeeds(table: QuantileTable, nu: (p: number) => number): StartingSpeeds {
  const rows = cellsOf(table);
  if (rows === 0)
    return {
      momenta: Float64Array.of(table[1], table[1]),
      shares: Float64Array.of(1),
      rates: Float64Array.of(nu(table[1])),
    };
  const share = Float64Array.from({ length: rows }, (_, i) => table[2 * i + 2] - table[2 * i]);
  const middle = Float64Array.from({ length: rows }, (_, i) => (table[2 * i + 1] + table[2 * i + 3]) / 2);
  const rate = middle.map(nu);
  const parts = [share, share.map((w, i) => w * middle[i] ** 4), share.map((w, i) => w * rate[i])]
    .map((of) => ({ of, whole: of.reduce((sum, x) => sum + x, 0) }))
    .filter(({ whole }) => whole > 0);
  const most = (i: number) => parts.reduce((sum, { of, whole }) => Math.max(sum, of[i] / whole), 0);
  let last = rows - 1;
  for (let beyond = 0; last > 0; last--) {
    beyond += most(last);
    if (beyond > LEAST) break;
  }
  const first = share.findIndex((w) => w > 0);
  const widest = WIDEST * table[2 * share.findIndex((_, i) => table[2 * i + 2] >= NEARLY_ALL) + 3];
  const [momenta, shares, rates] = [[table[2 * first + 1]], [] as number[], [] as number[]];
  let [reached, held, scattered] = [0, 0, 0];
  for (let i = first; i < rows; i++) {
    reached += most(i);
    held += share[i];
    scattered += share[i] * rate[i];
    const width = table[2 * i + 3] - momenta[momenta.length - 1];
    if (i < last ? reached < 1 / PARTS && width < widest : i < rows - 1) continue;
    if (!(held > 0)) {
      momenta[momenta.length - 1] = table[2 * i + 3];
      continue;
    }
    momenta.push(table[2 * Math.min(i, last) + 3]);
    shares.push(held);
    rates.push(scattered / held);
    [reached, held, scattered] = [0, 0, 0];
  }
  return { momenta: Float64Array.from(momenta), shares: Float64Array.from(shares), rates: Float64Array.from(rates) };
}
