/** How far two samples of kicks would stand apart if those of one were a little larger. */

/**
 * The statistic of the two-sample test, without chance, of a law counted in bins and the same with all values 2 % larger: within a bin the
 * law is taken as even in log x.
 * @param edges of the bins
 * @param sizes of the samples
 */
export function scaledApart(
  counts: ArrayLike<number>,
  edges: ArrayLike<number>,
  sizes: readonly [number, number],
): number {
  const scale = Math.log(1.02);
  const total = Array.prototype.reduce.call(counts, (a, b) => a + b, 0) as number;
  let most = 0;
  for (let i = 0; i < counts.length; i++) {
    // of either sign; the bins about 0 have none
    const width = Math.abs(Math.log(edges[i + 1] / edges[i]));
    // what leaves the bin
    if (width > 0 && width < Infinity) most = Math.max(most, (counts[i] / total) * Math.min(1, scale / width));
  }
  return most * Math.sqrt((sizes[0] * sizes[1]) / (sizes[0] + sizes[1]));
}
