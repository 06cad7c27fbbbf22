/** Rows of places and fields, as a regular grid; what is none is refused by row. */
import { MAX_ROWS } from '../../scenario/columns.js';
import { SectionFault } from '../../scenario/faults.js';

/** Places along one axis: the first, their distance and how many. */
export interface Axis {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** Distances may differ by this part: places are written with few digits. */
const UNEVEN = 1e-4;
export const FEWEST_OF_GRID = 5;
/** A few rows on a diagonal span a grid that no memory holds; up to here the missing place is named. */
const MOST_PLACES = 10 * MAX_ROWS;

function axisOf(name: string, places: readonly number[]): Axis {
  const sorted = [...places].sort((a, b) => a - b);
  const range = sorted[sorted.length - 1] - sorted[0];
  const refuse = (found: string, message: string) => new SectionFault({ path: name, found, message });
  const distinct: number[] = [];
  const rows: number[] = [];
  sorted.forEach((place, i) => {
    if (i === 0 || place - sorted[i - 1] > 1e-7 * range) {
      distinct.push(place);
      rows.push(0);
    }
    rows[rows.length - 1]++;
  });
  if (distinct.length < FEWEST_OF_GRID)
    throw refuse(
      `${distinct.length} places`,
      `has ${distinct.length} different place${distinct.length === 1 ? '' : 's'} (must have at least ${FEWEST_OF_GRID})`,
    );
  const first = distinct[0];
  const step = (distinct[distinct.length - 1] - first) / (distinct.length - 1);
  const uneven = (place: number, i: number) => Math.abs(place - first - i * step) > UNEVEN * step;
  if (distinct.some(uneven)) {
    // a stray place has fewer rows than the others
    const fewest = rows.reduce((least, n) => Math.min(least, n), Infinity);
    const odd = rows.some((n) => n > fewest) ? distinct[rows.indexOf(fewest)] : (distinct.find(uneven) as number);
    const row = places.findIndex((place) => Math.abs(place - odd) <= 1e-7 * range) + 1;
    throw refuse(
      `${odd} m`,
      `row ${row}: ${odd} m is off an even grid of ${distinct.length} places from ${first} m to ${distinct[distinct.length - 1]} m (must be at equal distances)`,
    );
  }
  return { first, step, count: distinct.length };
}

/**
 * The axes of a grid and where in it each row belongs, x fastest.
 * @throws SectionFault where the rows are no regular grid, a place comes twice or is missing
 */
export function regularGrid(places: {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly number[];
}): { axes: readonly [Axis, Axis, Axis]; cells: Int32Array } {
  const { x, y, z } = places;
  const axes = [axisOf('x', x), axisOf('y', y), axisOf('z', z)] as const;
  const index = (axis: Axis, place: number) => Math.round((place - axis.first) / axis.step);
  const [nx, ny, nz] = axes.map(({ count }) => count);
  if (nx * ny * nz > MOST_PLACES)
    throw new SectionFault({
      path: 'x',
      found: `${x.length} rows`,
      message: `has ${x.length} rows, a grid of ${nx} x ${ny} x ${nz} places has ${nx * ny * nz} (must have a row for each)`,
    });
  const rowOf = new Int32Array(nx * ny * nz).fill(-1);
  const cells = Int32Array.from(x, (_, row) => {
    const at = (index(axes[2], z[row]) * ny + index(axes[1], y[row])) * nx + index(axes[0], x[row]);
    if (rowOf[at] !== -1)
      throw new SectionFault({
        path: 'x',
        found: `row ${row + 1}`,
        message: `row ${row + 1}: (${x[row]}, ${y[row]}, ${z[row]}) m comes twice, first in row ${rowOf[at] + 1} (must come once)`,
      });
    rowOf[at] = row;
    return at;
  });
  const missing = rowOf.indexOf(-1);
  if (missing !== -1) {
    const at = [missing % nx, Math.floor(missing / nx) % ny, Math.floor(missing / nx / ny)].map(
      (i, axis) => axes[axis].first + i * axes[axis].step,
    );
    throw new SectionFault({
      path: 'x',
      found: `${x.length} rows`,
      message: `has ${x.length} rows, a grid of ${nx} x ${ny} x ${nz} places has ${rowOf.length}; (${at.join(', ')}) m is missing (must be there)`,
    });
  }
  return { axes, cells };
}

/** Part of the field's size by which neighbouring values may be off: numbers are written with few digits. */
const DIGITS = 1e-4;
/** How often the grid error may be exceeded: it is an estimate. */
const SAFETY = 3;

/**
 * How far central differences along an axis may be off at a place: where those over one and over two places are off from each other by d,
 * that over one is off by about d/3. Of the line through the place and the eight beside it the second largest, so that one wrong value
 * is not excused by what it does itself.
 */
function errorsAlong(axes: readonly [Axis, Axis, Axis], stride: readonly number[], values: Float64Array, axis: number) {
  const { step, count } = axes[axis];
  const s = stride[axis];
  const [one, other] = [0, 1, 2].filter((i) => i !== axis);
  const apart = (node: number, place: number) => {
    let off = 0;
    for (let shift = -1; shift <= 1; shift++) {
      const near = Math.min(count - 3, Math.max(2, place + shift));
      const middle = node + (near - place) * s;
      const fine = (values[middle + s] - values[middle - s]) / (2 * step);
      const coarse = (values[middle + 2 * s] - values[middle - 2 * s]) / (4 * step);
      off = Math.max(off, Math.abs(fine - coarse) / 3);
    }
    return off;
  };
  return (node: number, place: number) => {
    let [most, second] = [0, 0];
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++) {
        const off = apart(node + i * stride[one] + j * stride[other], place);
        second = Math.max(second, Math.min(most, off));
        most = Math.max(most, off);
      }
    return second;
  };
}

/**
 * How far div B may be from zero at each place because the grid is coarse, and how far it is, by central differences. Places beside the
 * edges are not looked at.
 * @returns the largest grid error [T/m]
 * @throws SectionFault naming the place where div B is farthest beyond its grid error
 */
export function checkDivergence(
  axes: readonly [Axis, Axis, Axis],
  B: readonly [Float64Array, Float64Array, Float64Array],
) {
  const stride = [1, axes[0].count, axes[0].count * axes[1].count];
  const counts = axes.map(({ count }) => count);
  const errors = B.map((values, axis) => errorsAlong(axes, stride, values, axis));
  let largest = 0;
  let worst = { ratio: 1, at: [0, 0, 0], divergence: 0, allowed: 0 };
  for (let k = 1; k < counts[2] - 1; k++)
    for (let j = 1; j < counts[1] - 1; j++)
      for (let i = 1; i < counts[0] - 1; i++) {
        const at = [i, j, k];
        const node = i * stride[0] + j * stride[1] + k * stride[2];
        let divergence = 0;
        let error = 0;
        let size = 0;
        for (let axis = 0; axis < 3; axis++) {
          const { step } = axes[axis];
          const values = B[axis];
          const s = stride[axis];
          divergence += (values[node + s] - values[node - s]) / (2 * step);
          error += errors[axis](node, at[axis]);
          size = Math.max(size, ...B.map((component) => Math.abs(component[node + s]) / step));
        }
        const allowed = SAFETY * error + DIGITS * size;
        largest = Math.max(largest, allowed);
        const ratio = Math.abs(divergence) / allowed;
        if (ratio > worst.ratio) worst = { ratio, at, divergence, allowed };
      }
  if (worst.ratio > 1) {
    const place = worst.at.map((i, axis) => axes[axis].first + i * axes[axis].step);
    throw new SectionFault({
      path: 'Bx',
      found: `${worst.divergence} T/m`,
      message: `has a divergence of ${worst.divergence.toPrecision(3)} T/m at (${place.join(', ')}) m (must be 0 to the grid's error there, ${worst.allowed.toPrecision(3)} T/m)`,
    });
  }
  return largest;
}
