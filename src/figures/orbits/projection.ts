/** How three dimensions are drawn on two: without perspective, from a fixed direction, so that lengths can be compared. */
import type { Point } from './paths.js';

export type Place = readonly [x: number, y: number, z: number];

/** Which axis of space runs to the right, which into the page and which up; they are right-handed. */
export type View = readonly [right: 0 | 1 | 2, into: 0 | 1 | 2, up: 0 | 1 | 2];

/** A box along the axes. */
export interface Box {
  readonly low: Place;
  readonly high: Place;
}

// 30 degrees about the vertical, 20 degrees down
const [COS, SIN] = [Math.sqrt(3) / 2, 0.5];
const [TILT_COS, TILT_SIN] = [0.9396926207859084, 0.3420201433256687];

/**
 * Where a place stands on the page.
 * @example
 * project([0, 0, 1], [0, 1, 2]).x // => 0
 * project([1, 0, 0], [0, 1, 2]).x // ≈ 0.866
 */
export function project(place: Place, [right, into, up]: View): Point {
  const [a, b, c] = [place[right], place[into], place[up]];
  return { x: a * COS + b * SIN, y: c * TILT_COS + (b * COS - a * SIN) * TILT_SIN };
}

/** The box around some places, with a little thickness where they have none. */
export function boxAround(axes: readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>][]): Box {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const place of axes)
    place.forEach((values, axis) => {
      for (let i = 0; i < values.length; i++) {
        low[axis] = Math.min(low[axis], values[i]);
        high[axis] = Math.max(high[axis], values[i]);
      }
    });
  const largest = Math.max(...high.map((value, axis) => value - low[axis])) || 1;
  for (const axis of [0, 1, 2]) {
    const missing = Math.max(0, 0.03 * largest - (high[axis] - low[axis]));
    low[axis] -= missing / 2;
    high[axis] += missing / 2;
  }
  return { low, high };
}

/** Up is z, unless the box is longest along it by far: then z runs to the right. */
export function viewOf({ low, high }: Box): View {
  const [x, y, z] = high.map((value, axis) => value - low[axis]);
  return z > 1.5 * Math.max(x, y) ? [2, 0, 1] : [0, 1, 2];
}

/** The edges of a box that what is in it does not hide behind, each as two corners. */
export function edgesOf({ low, high }: Box, [right, into, up]: View): [Place, Place][] {
  const corner = (a: 0 | 1, b: 0 | 1, c: 0 | 1): Place => {
    const place: [number, number, number] = [0, 0, 0];
    place[right] = [low, high][a][right];
    place[into] = [low, high][b][into];
    place[up] = [low, high][c][up];
    return place;
  };
  return [
    [corner(0, 0, 0), corner(1, 0, 0)],
    [corner(1, 0, 0), corner(1, 1, 0)],
    [corner(0, 1, 0), corner(1, 1, 0)],
    [corner(0, 0, 0), corner(0, 1, 0)],
    [corner(0, 0, 0), corner(0, 0, 1)],
    [corner(0, 1, 0), corner(0, 1, 1)],
    [corner(1, 1, 0), corner(1, 1, 1)],
    [corner(0, 0, 1), corner(0, 1, 1)],
    [corner(0, 1, 1), corner(1, 1, 1)],
  ];
}
