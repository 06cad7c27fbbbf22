/** How two runs share the workers. */

/**
 * Workers of each of two runs at once; undefined where one run comes after the other.
 * @example
 * sharesOf(7) // => [4,3]
 * sharesOf(1) // => undefined
 */
export function sharesOf(workers: number): readonly [number, number] | undefined {
  return workers < 2 ? undefined : [Math.ceil(workers / 2), Math.floor(workers / 2)];
}
