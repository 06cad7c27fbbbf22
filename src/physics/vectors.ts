/** Vectors in three dimensions, as lists of three numbers. */

export type Vector = readonly [x: number, y: number, z: number];

/**
 * Length of a vector, without overflow of what is not itself too large.
 * @example
 * size([2, 3, 6]) // => 7
 */
export function size([x, y, z]: Vector): number {
  return Math.sqrt(x * x + y * y + z * z);
}

/**
 * @example
 * dot([1, 2, 3], [4, 5, 6]) // => 32
 */
export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * @example
 * cross([1, 0, 0], [0, 1, 0]) // => [0,0,1]
 */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/**
 * `a + factor b`
 * @example
 * plus([1, 2, 3], [1, 1, 1], 2) // => [3,4,5]
 */
export function plus(a: Vector, b: Vector, factor = 1): Vector {
  return [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]];
}

/**
 * @example
 * times([1, 2, 3], 2) // => [2,4,6]
 */
export function times(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}
