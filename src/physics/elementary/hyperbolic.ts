import { exp, expm1, expPair, log, log1p } from './exponential.js';
import { twoSum } from './pair.js';

const LN2 = 0.6931471805599453;
const LN2_LOW = 2.319046813846299e-17;

/**
 * Hyperbolic sine; error below 3 ulp.
 * @example
 * sinh(1) // ≈ 1.1752011936438
 */
export function sinh(x: number): number {
  const a = Math.abs(x);
  let value: number;
  if (a < 22) {
    const e = expm1(a);
    value = a < 1e-9 ? a : (e + e / (e + 1)) / 2;
  } else {
    const [high, low] = twoSum(a, -LN2);
    value = a > 1e4 ? Infinity : expPair(high, low - LN2_LOW);
  }
  if (Number.isNaN(a)) return NaN;
  return x < 0 || Object.is(x, -0) ? -value : value;
}

/**
 * Hyperbolic cosine; error below 2 ulp.
 * @example
 * cosh(1) // ≈ 1.54308063481524
 */
export function cosh(x: number): number {
  const a = Math.abs(x);
  if (a > 22) return Math.abs(sinh(a));
  const e = exp(a);
  return (e + 1 / e) / 2;
}

/**
 * Hyperbolic tangent; error below 3 ulp.
 * @example
 * tanh(0.5) // ≈ 0.46211715726001
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (!(a > 1e-9)) return x;
  const e = a > 22 ? 0 : expm1(2 * a);
  const value = a > 22 ? 1 : e / (e + 2);
  return x < 0 ? -value : value;
}

/**
 * Inverse hyperbolic sine; error below 3 ulp.
 * @example
 * asinh(1) // ≈ 0.881373587019543
 */
export function asinh(x: number): number {
  const a = Math.abs(x);
  if (!(a > 1e-9)) return x;
  const value = a > 1e9 ? log(a) + LN2 : log1p(a + (a * a) / (1 + Math.sqrt(a * a + 1)));
  return x < 0 ? -value : value;
}

/**
 * Inverse hyperbolic cosine; NaN below 1.
 * @example
 * acosh(2) // ≈ 1.31695789692482
 */
export function acosh(x: number): number {
  if (x > 1e9) return log(x) + LN2;
  return log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
}
