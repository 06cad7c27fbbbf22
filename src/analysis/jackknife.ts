/** An estimate of several numbers at once, with the spread that the groups give them. */
export interface Jackknifed {
  readonly value: Float64Array;
  /** NaN where there are fewer than two groups, or where a number cannot be had without one of the groups. */
  readonly standardError: Float64Array;
  /** Groups with particles, less one: the degrees of freedom of Student's t. */
  readonly degreesOfFreedom: number;
}

/** The sums of one group (or of all, or of all but one), one array for each tally. */
export type Sums = readonly Float64Array[];

/**
 * Delete-one-group jackknife for groups of any sizes.
 *
 * With `h_g = n/n_g` and pseudo-values `p_g = h_g T - (h_g - 1) T_(g)`: `var = mean over g of (p_g - P)^2/(h_g - 1)`,
 * `P = sum p_g/h_g`. For equal groups this is the usual `(g-1)/g sum (T_(g) - mean)^2`; for a mean it is unbiased whatever the
 * sizes, so runs that were stopped early have right errors too. The value returned is T of all the data, not P.
 * @param total the sums of all groups
 * @param groups the sums of each group, same shapes
 * @param sizes independent particles in each group; groups of size 0 are left out
 * @param estimator a function of sums; called once for all and once without each group
 * Source: Busing, Meijer & van der Leeden, Statistics and Computing 9, 3 (1999).
 * @example
 * jackknife([Float64Array.of(6)], [[Float64Array.of(1)], [Float64Array.of(2)], [Float64Array.of(3)]], [1, 1, 1],
 *   ([s], n) => Float64Array.of(s[0] / n)).standardError[0] // ≈ 0.57735026919
 */
export function jackknife(
  total: Sums,
  groups: readonly Sums[],
  sizes: ArrayLike<number>,
  estimator: (sums: Sums, particles: number) => Float64Array,
): Jackknifed {
  let particles = 0;
  const members: number[] = [];
  for (let g = 0; g < groups.length; g++) {
    if (!(sizes[g] > 0)) continue;
    members.push(g);
    particles += sizes[g];
  }
  const value = estimator(total, particles);
  const standardError = new Float64Array(value.length).fill(NaN);
  const degreesOfFreedom = Math.max(0, members.length - 1);
  if (members.length < 2) return { value, standardError, degreesOfFreedom };

  const without = members.map((g) =>
    estimator(
      total.map((all, k) => difference(all, groups[g][k])),
      particles - sizes[g],
    ),
  );
  for (let i = 0; i < value.length; i++) {
    let centre = 0;
    const pseudo = members.map((g, j) => {
      const h = particles / sizes[g];
      const p = h * value[i] - (h - 1) * without[j][i];
      centre += p / h;
      return p;
    });
    let variance = 0;
    members.forEach((g, j) => {
      variance += (pseudo[j] - centre) ** 2 / (particles / sizes[g] - 1);
    });
    standardError[i] = Math.sqrt(variance / members.length);
  }
  return { value, standardError, degreesOfFreedom };
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const c = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) c[i] = a[i] - b[i];
  return c;
}
