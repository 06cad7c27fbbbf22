/** Time that particles spend, from the rows of samples that stand behind those of the snapshots. */

import type { ChunkTallies } from '../plan/tallies.js';
import { LEGENDRE } from '../plan/tallySpecs.js';

/** The kernel's tallies by time, all rows; counts without the bins beyond the axes. */
interface Rows {
  readonly inside: BigInt64Array;
  readonly local: Uint32Array;
  readonly midplane: Uint32Array;
  readonly place: Uint32Array;
}

/**
 * Counts of every panel times the length of its cells, summed over the panels, in cells of the first.
 * @param lengths of the panels' cells: whole numbers
 * @param first row of the first panel
 */
export function dwellTallies(lengths: readonly number[], first: number, rows: Rows): ChunkTallies {
  // numbers below 2^53 all the way: loops over BigInts have crashed engines
  const summed = (counts: Uint32Array) => {
    const size = counts.length / (first + lengths.length);
    const words = new Uint32Array(2 * size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let p = 0; p < lengths.length; p++) sum += lengths[p] * counts[(first + p) * size + i];
      words[2 * i] = sum;
      words[2 * i + 1] = Math.floor(sum / 2 ** 32);
    }
    return new BigInt64Array(words.buffer);
  };
  // P_0 of those inside is their number, a fixed-point one
  const numbers = Uint32Array.from({ length: first + lengths.length }, (_, row) =>
    Number(rows.inside[row * LEGENDRE] >> 32n),
  );
  return {
    dwell: summed(numbers),
    dwellLocal: summed(rows.local),
    dwellMidplane: summed(rows.midplane),
    dwellPlace: summed(rows.place),
  };
}
