import type { Column } from '../../scenario/columns.js';
import { tableSection } from '../../scenario/columns.js';
import { section, tag } from '../../scenario/leaves.js';
import { cellOf, splineGrid, weights } from './basis.js';
import { buildBottle } from './bottle.js';
import { checkDivergence, FEWEST_OF_GRID, regularGrid } from './regularGrid.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC, type Vector } from './types.js';

const ROWS = FEWEST_OF_GRID ** 3;

const place = (description: string) => ({
  description,
  dimensions: ['length'] as const,
  limits: { what: 'a place', min: -1e13, max: 1e13 },
  rows: ROWS,
});
const component = (description: string) => ({
  description,
  dimensions: ['magneticField'] as const,
  limits: { what: 'a component of B', min: -1e12, max: 1e12 },
  rows: ROWS,
});

const schema = tableSection(
  { kind: tag('grid', 'A field on a regular grid') },
  {
    x: place('Places along x'),
    y: place('Places along y'),
    z: place('Places along z'),
    Bx: component('Field along x at these places'),
    By: component('Field along y'),
    Bz: component('Field along z'),
  },
  (shape) => section(shape, 'A field on a regular grid in space: lists x, y, z, Bx, By, Bz, or a CSV file.'),
).transform(
  ({ kind, x, y, z, Bx, By, Bz }: { kind: 'grid' } & Record<'x' | 'y' | 'z' | 'Bx' | 'By' | 'Bz', Column>) => ({
    kind,
    x: x.values,
    y: y.values,
    z: z.values,
    Bx: Bx.values,
    By: By.values,
    Bz: Bz.values,
  }),
);

interface Grid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly number[];
  readonly Bx: readonly number[];
  readonly By: readonly number[];
  readonly Bz: readonly number[];
}

/**
 * A field on a regular grid, each component a product of cubic B-splines (error of the fourth power of the distance of the places), and its
 * divergence no larger than `divergence` [T/m], which is estimated from the grid; particles that leave the grid are lost.
 * @param spec x, y, z [m] and Bx, By, Bz [T], one row a place, in any order, at least five places along each axis
 * @throws SectionFault where the rows are no regular grid, or their divergence is beyond the grid's error
 * @example
 * const quadrupole = gridOf((x, y) => ({ B: [y, x, 1], E: [0, 0, 0] }), 1, 5);
 * buildGrid(quadrupole).at(0.3, 0.2, 0.1, 0).B[0] // ≈ 0.2
 */
export function buildGrid(spec: Grid): SpaceField {
  const { axes, cells } = regularGrid(spec);
  const [X, Y, Z] = axes;
  const shape = axes.map(({ count }) => count);
  const onGrid = (values: readonly number[]) => {
    const table = new Float64Array(values.length);
    values.forEach((value, row) => {
      table[cells[row]] = value;
    });
    return table;
  };
  const values = [onGrid(spec.Bx), onGrid(spec.By), onGrid(spec.Bz)] as const;
  const divergence = checkDivergence(axes, values);
  const coefficients = values.map((table) => splineGrid(table, shape));
  const [row, plane] = [X.count + 2, (X.count + 2) * (Y.count + 2)];
  const at = (x: number, y: number, z: number) => {
    const [i, t] = cellOf((x - X.first) / X.step, X.count - 1);
    const [j, u] = cellOf((y - Y.first) / Y.step, Y.count - 1);
    const [k, v] = cellOf((z - Z.first) / Z.step, Z.count - 1);
    const [wx, wy, wz] = [weights(t), weights(u), weights(v)];
    const sums = coefficients.map((table) => {
      let sum = 0;
      for (let c = 0; c < 4; c++)
        for (let b = 0; b < 4; b++) {
          const node = (k + c) * plane + (j + b) * row + i;
          const along =
            wx[0] * table[node] + wx[1] * table[node + 1] + (wx[2] * table[node + 2] + wx[3] * table[node + 3]);
          sum += wz[c] * wy[b] * along;
        }
      return sum;
    });
    return { B: [sums[0], sums[1], sums[2]] as const, E: STATIC };
  };
  const middle = axes.map(({ first, step, count }) => first + (step * (count - 1)) / 2);
  const origin: Vector = [middle[0], middle[1], middle[2]];
  const largest = Math.sqrt(
    values[0].reduce(
      (most, _, node) =>
        Math.max(
          most,
          values.reduce((sum, b) => sum + b[node] * b[node], 0),
        ),
      0,
    ),
  );
  const last = axes.map(({ first, step, count }) => first + step * (count - 1));
  return {
    kind: 'grid',
    at,
    strength: largest,
    scale: 2 * Math.min(...axes.map(({ step }) => step)),
    frequency: 0,
    electric: false,
    divergence,
    passes: ({ field, length }) => {
      const nodes = new Float64Array(4 * coefficients[0].length);
      coefficients.forEach((table, axis) => {
        table.forEach((value, node) => {
          nodes[4 * node + axis] = value / field;
        });
      });
      const head = [
        ...axes.map(({ first }) => first / length),
        ...axes.map(({ step }) => length / step),
        ...axes.map(({ count }) => count - 1),
      ];
      return [{ pass: PASSES.grid, numbers: head.concat(Array.from(nodes)) }];
    },
    ends: { lowX: X.first, highX: last[0], lowY: Y.first, highY: last[1], lowZ: Z.first, highZ: last[2] },
    origin,
  };
}

/** Rows of a field on a cube about the origin, `count` places along each axis, as a table gives them. */
export function gridOf(at: SpaceField['at'], halfWidth: number, count: number): Grid {
  const rows = Array.from({ length: count ** 3 }, (_, row) => {
    const [x, y, z] = [row % count, Math.floor(row / count) % count, Math.floor(row / count / count)].map(
      (i) => halfWidth * ((2 * i) / (count - 1) - 1),
    );
    return [x, y, z, ...at(x, y, z, 0).B];
  });
  const column = (i: number) => rows.map((row) => row[i]);
  return { x: column(0), y: column(1), z: column(2), Bx: column(3), By: column(4), Bz: column(5) };
}

const bottle = gridOf(buildBottle({ B: 1, scale: 2 }).at, 1, 5);

export const grid = {
  kind: 'grid',
  schema,
  example: {
    kind: 'grid',
    x: { unit: 'm', values: bottle.x },
    y: { unit: 'm', values: bottle.y },
    z: { unit: 'm', values: bottle.z },
    Bx: { unit: 'T', values: bottle.Bx },
    By: { unit: 'T', values: bottle.By },
    Bz: { unit: 'T', values: bottle.Bz },
  },
  build: buildGrid,
} as const satisfies SpaceProfile<'grid', typeof schema>;
