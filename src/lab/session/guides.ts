/** What is drawn beneath paths in space: lines of the scenario's field, and what the field has of its own (a planet's radius, a ring, a sheet). */
import type { SpaceField, Vector } from '../../index.js';
import type { Guide } from '../messages.js';

export type Box = readonly [low: Vector, high: Vector];

/** Points of a field line in either direction, at most. */
const most = 260;
/** Steps that a line takes through the shorter sides of the box. */
const steps = 90;
const round = 72;

const within = ([x, y, z]: Vector, [low, high]: Box) =>
  x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1] && z >= low[2] && z <= high[2];

/**
 * A line of B from a place on, both ways, as far as it is in the box and outside of a sphere.
 * @param field the field
 * @param start where it goes through [m]
 * @param box corners [m]
 * @param hole radius of the sphere at the origin [m]
 * @param time at which the field is taken [s]
 * @example
 * const up = { at: () => ({ B: [0, 0, 1], E: [0, 0, 0] }) }
 * const line = fieldLine(up, [0, 0, 0], [[-1, -1, -1], [1, 1, 1]])
 * line.slice(0, 3).map((x) => Math.round(x)) // => [0, 0, -1]
 * line.slice(-3).map((x) => Math.round(x)) // => [0, 0, 1]
 */
export function fieldLine(
  field: Pick<SpaceField, 'at'>,
  start: Vector,
  box: Box,
  hole = 0,
  time = 0,
): readonly number[] {
  const sides = [0, 1, 2].map((i) => box[1][i] - box[0][i]).sort((a, b) => a - b);
  const h = Math.max(sides[1] / steps, sides[2] / most);
  const along = ([x, y, z]: Vector): Vector => {
    const [bx, by, bz] = field.at(x, y, z, time).B;
    const size = Math.hypot(bx, by, bz) || 1;
    return [bx / size, by / size, bz / size];
  };
  const moved = ([x, y, z]: Vector, [bx, by, bz]: Vector, d: number): Vector => [x + d * bx, y + d * by, z + d * bz];
  const half = (sign: number) => {
    const points: Vector[] = [];
    let at = start;
    for (let i = 0; i < most && within(at, box) && Math.hypot(...at) >= hole; i++) {
      points.push(at);
      const d = sign * h;
      // the midpoint rule: good to a part of a pixel, which is all that it is for
      at = moved(at, along(moved(at, along(at), d / 2)), d);
    }
    return points;
  };
  return [...half(-1).reverse(), ...half(1).slice(1)].flat();
}

const line = (kind: Guide['kind'], points: ArrayLike<number>): Guide => ({ kind, points: Float32Array.from(points) });

/** A circle about the z axis or, with a ring, a section of its torus. */
const circle = (kind: Guide['kind'], of: (cos: number, sin: number) => Vector) =>
  line(
    kind,
    Array.from({ length: round + 1 }, (_, i) => {
      const angle = (2 * Math.PI * i) / round;
      return of(Math.cos(angle), Math.sin(angle));
    }).flat(),
  );

/** Points of a lattice in the plane z: lines of the field go through them. */
function lattice([low, high]: Box, z: number, count: number): Vector[] {
  const place = (axis: 0 | 1, i: number) => low[axis] + ((i + 0.5) / count) * (high[axis] - low[axis]);
  return Array.from({ length: count * count }, (_, i) => [place(0, i % count), place(1, Math.floor(i / count)), z]);
}

/** Places on circles in the plane z = 0. */
const rings = (radii: readonly number[], count: number): Vector[] =>
  radii.flatMap((radius) =>
    Array.from({ length: count }, (_, i): Vector => {
      const angle = (2 * Math.PI * (i + 0.5)) / count;
      return [radius * Math.cos(angle), radius * Math.sin(angle), 0];
    }),
  );

interface Ends {
  readonly lowZ: number | null;
  readonly highZ: number | null;
}

/**
 * The guides of a field.
 * @param field the field
 * @param box what is shown
 * @param ends planes where particles are lost [m]
 * @param time at which it is taken [s]
 */
export function guidesOf(field: SpaceField, box: Box, ends: Ends, time = 0): Guide[] {
  const [low, high] = box;
  const { innerRadius = 0, majorRadius, minorRadius } = field.ends ?? {};
  const reach = Math.min(high[0], high[1]);
  const lines = (starts: readonly Vector[]) =>
    starts.map((start) => line('field', fieldLine(field, start, box, innerRadius, time)));
  const edges = [ends.lowZ, ends.highZ].flatMap((z) =>
    z !== null && z >= low[2] && z <= high[2]
      ? [circle('edge', (cos, sin) => [0.98 * reach * cos, 0.98 * reach * sin, z])]
      : [],
  );
  if (majorRadius !== undefined && minorRadius !== undefined) {
    const [R, a] = [majorRadius, minorRadius];
    const sections = Array.from({ length: 12 }, (_, i) => (2 * Math.PI * i) / 12);
    return [
      line('axis', [0, 0, -1.4 * a, 0, 0, 1.4 * a]),
      circle('axis', (cos, sin) => [R * cos, R * sin, 0]),
      ...[R - a, R + a].map((radius) => circle('field', (cos, sin) => [radius * cos, radius * sin, 0])),
      ...sections.map((phi) =>
        circle('field', (cos, sin) => {
          const radius = R + a * cos;
          return [radius * Math.cos(phi), radius * Math.sin(phi), a * sin];
        }),
      ),
    ];
  }
  if (innerRadius > 0)
    return [...lines(rings([0.45 * reach, 0.9 * reach], 10)), line('axis', [0, 0, low[2], 0, 0, high[2]])];
  if (['currentSheet', 'sheets', 'step'].includes(field.kind)) {
    const grid = Array.from({ length: 7 }, (_, i) => i / 6).flatMap((part) => {
      const [x, y] = [0, 1].map((k) => low[k] + part * (high[k] - low[k]));
      return [line('plane', [x, low[1], 0, x, high[1], 0]), line('plane', [low[0], y, 0, high[0], y, 0])];
    });
    return [...grid, ...lines(lattice(box, 0, 4))];
  }
  if (low[0] === -high[0] && low[1] === -high[1])
    return [...edges, line('axis', [0, 0, low[2], 0, 0, high[2]]), ...lines(rings([0.35 * reach, 0.8 * reach], 8))];
  return [...edges, ...lines(lattice(box, (low[2] + high[2]) / 2, 3))];
}
