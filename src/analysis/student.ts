import { erf } from '../physics/elementary.js';

/**
 * Quantile of Student's t distribution (of the normal one for infinitely many degrees of freedom).
 *
 * The distribution function of a whole number of degrees of freedom is a finite trigonometric sum in
 * `theta = atan(t/sqrt(dof))`; it is inverted by bisection in theta.
 * @param probability in (0, 1)
 * @param degreesOfFreedom a whole number >= 1, or Infinity
 * @returns t with P(T <= t) = probability; NaN outside these ranges
 * Source: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
 * @example
 * studentQuantile(0.975, 31) // ≈ 2.03951344640
 * studentQuantile(0.975, Infinity) // ≈ 1.95996398454
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1) || !(degreesOfFreedom >= 1)) return NaN;
  if (probability < 0.5) return -studentQuantile(1 - probability, degreesOfFreedom);
  const central = 2 * probability - 1;
  const normal = degreesOfFreedom === Infinity;
  let low = 0;
  let high = normal ? 40 : Math.PI / 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    const reached = normal ? erf(middle / Math.SQRT2) : studentCentral(middle, degreesOfFreedom);
    if (reached < central) low = middle;
    else high = middle;
  }
  return normal ? low : Math.sqrt(degreesOfFreedom) * Math.tan(low);
}

/**
 * Probability that Student's t (the normal variable for infinitely many degrees of freedom) lies beyond `t` on either side.
 * @param t >= 0
 * @param degreesOfFreedom a whole number >= 1, or Infinity
 * @returns P(|T| > t), to about 1e-15 absolute
 * Source: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
 * @example
 * studentTail(5, Infinity) // => 5.7330e-7 ±1e-11
 * studentTail(2.03951344640, 31) // ≈ 0.0500000000
 */
export function studentTail(t: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === Infinity) return 1 - erf(t / Math.SQRT2);
  return 1 - studentCentral(Math.atan(t / Math.sqrt(degreesOfFreedom)), degreesOfFreedom);
}

/** P(|T| <= sqrt(dof) tan theta). */
function studentCentral(theta: number, dof: number): number {
  const sine = Math.sin(theta);
  const cosine = Math.cos(theta);
  const odd = dof % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = dof === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= dof - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + sine * sum) : sine * sum;
}

/**
 * Probability that Fisher's F exceeds a value: a finite sum for an even number of degrees of freedom above, and Student's t
 * for one.
 * @param F >= 0
 * @param above degrees of freedom of the numerator: 1 or an even number
 * @param below degrees of freedom of the denominator, a whole number >= 1
 * Source: Abramowitz & Stegun (1964), 26.6.4.
 * @example
 * fisherTail(3.32, 2, 30) // ≈ 0.04983
 * fisherTail(4.17, 1, 30) // ≈ 0.0500
 */
export function fisherTail(F: number, above: number, below: number): number {
  if (above === 1) return 1 - studentCentral(Math.atan(Math.sqrt(F / below)), below);
  const x = below / (below + above * F);
  let term = 1;
  let sum = 1;
  for (let i = 1; i < above / 2; i++) {
    term *= ((below + 2 * i - 2) / (2 * i)) * (1 - x);
    sum += term;
  }
  return x ** (below / 2) * sum;
}

/**
 * How far a chi-squared sum stands from what it should be, in standard deviations of a normal variable.
 * `z = ((chi2/dof)^(1/3) - (1 - 2/(9 dof)))/sqrt(2/(9 dof))`
 * @param chiSquared >= 0
 * @param degreesOfFreedom >= 1
 * Source: Wilson & Hilferty, PNAS 17, 684 (1931).
 * @example
 * chiSquaredDeviation(44.985, 31) // ≈ 1.64543
 */
export function chiSquaredDeviation(chiSquared: number, degreesOfFreedom: number): number {
  const width = 2 / (9 * degreesOfFreedom);
  return (Math.cbrt(chiSquared / degreesOfFreedom) - (1 - width)) / Math.sqrt(width);
}
