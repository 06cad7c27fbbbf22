/** Fewer, larger cells where a run has too few particles for a heat map of its own bins. */
import type { Distribution } from '../analysis/types.js';

/** Particles that a cell with any of them should hold on average: an error of about 30 %, under a colour step. */
const enough = 10;
/** Cells along an axis that are left at least. */
const fewest = 8;

export interface Joined {
  /** Edges of the larger cells. */
  readonly second: Float64Array;
  readonly pitch: Float64Array;
  /** f of a snapshot in them, row-major: its mean over the bins that a cell joins. */
  readonly slice: (t: number) => Float64Array;
  /** Their standard errors: bins are counted apart, so theirs add in squares. */
  readonly errors: (t: number) => Float64Array;
  /** How many bins a cell joins along either axis. */
  readonly by: readonly [number, number];
}

/**
 * Joins neighbouring bins, by powers of two that divide their number, until a cell that is not empty holds ten particles
 * on average over the snapshots that are drawn.
 *
 * @param distribution `[time, second axis, xi]`
 * @param times indices of the snapshots to draw
 */
export function joinCells(distribution: Distribution, times: readonly number[]): Joined {
  const [, rows, columns] = distribution.shape;
  const [, { edges: second }, { edges: pitch }] = distribution.axes;
  const by: [number, number] = [1, 1];
  for (;;) {
    if (perCell(distribution, times, by) >= enough) break;
    // The axis with more cells first, so that they stay about square.
    const axes = rows / by[0] >= columns / by[1] ? [0, 1] : [1, 0];
    const axis = axes.find((k) => canDouble([rows, columns][k], by[k]));
    if (axis === undefined) break;
    by[axis] *= 2;
  }
  const [a, b] = by;
  const mean = (t: number, of: Float64Array, power: 1 | 2) => {
    const f = new Float64Array((rows / a) * (columns / b));
    const weight = new Float64Array(f.length);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const cell = Math.floor(i / a) * (columns / b) + Math.floor(j / b);
        const area = (second[i + 1] - second[i]) * (pitch[j + 1] - pitch[j]);
        f[cell] += (area * of[(t * rows + i) * columns + j]) ** power;
        weight[cell] += area;
      }
    return f.map((sum, cell) => sum ** (1 / power) / weight[cell]);
  };
  return {
    second: second.filter((_, i) => i % a === 0),
    pitch: pitch.filter((_, j) => j % b === 0),
    slice: (t) => mean(t, distribution.f, 1),
    errors: (t) => mean(t, distribution.standardError, 2),
    by,
  };
}

const canDouble = (bins: number, by: number) => bins % (2 * by) === 0 && bins / (2 * by) >= fewest;

/** Mean number of particles in the cells that have any. */
function perCell({ counts, shape }: Distribution, times: readonly number[], [a, b]: readonly [number, number]): number {
  const [, rows, columns] = shape;
  let particles = 0;
  let occupied = 0;
  for (const t of times) {
    const cells = new Float64Array((rows / a) * (columns / b));
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        cells[Math.floor(i / a) * (columns / b) + Math.floor(j / b)] += counts[(t * rows + i) * columns + j];
    for (const n of cells) {
      particles += n;
      occupied += n > 0 ? 1 : 0;
    }
  }
  return occupied > 0 ? particles / occupied : 0;
}
