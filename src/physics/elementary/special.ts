import { exp, expPair, log } from './exponential.js';
import { twoProduct } from './pair.js';
import { sin } from './trigonometric.js';

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const HALF_LN_TWO_PI = 0.9189385332046728;
const PI = 3.141592653589793;

/** exp(-x^2) with the rounding of x^2 given back. */
function gaussian(x: number): number {
  const [square, low] = twoProduct(x, x);
  return expPair(-square, -low);
}

/** erf for |x| <= 2: `2/sqrt(pi) x e^(-x^2) sum (2x^2)^n/(2n+1)!!`, all terms positive; Horner over 48 terms. */
function erfSeries(x: number): number {
  let sum = 1;
  for (let n = 48; n >= 1; n--) sum = 1 + ((2 * x * x) / (2 * n + 1)) * sum;
  return TWO_OVER_SQRT_PI * x * gaussian(x) * sum;
}

/** erfc for x >= 1 by its continued fraction, `e^(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))`. */
function erfcFraction(x: number): number {
  let below = x;
  for (let n = Math.floor(20 + 240 / (x * x)); n >= 1; n--) below = x + n / 2 / below;
  return ((TWO_OVER_SQRT_PI / 2) * gaussian(x)) / below;
}

/**
 * Error function, `2/sqrt(pi) ∫_0^x e^(-t^2) dt`; error below 4 ulp. Source: DLMF 7.6.2, 7.9.1.
 * @example
 * erf(1) // ≈ 0.842700792949715
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a > 2)) return a > 1e-150 ? erfSeries(x) : TWO_OVER_SQRT_PI * x;
  const value = a > 6 ? 1 : 1 - erfcFraction(a);
  return x < 0 ? -value : value;
}

/**
 * Complementary error function, accurate in its tail (relative error about 1e-15).
 * @example
 * erfc(5) // ≈ 1.53745979442803e-12
 */
export function erfc(x: number): number {
  if (!(x > 1)) return 1 - erf(x);
  return x > 27 ? 0 : erfcFraction(x);
}

/**
 * Logarithm of |Gamma(x)|: Stirling's series, x moved above 12 by the recurrence, reflected below 0. Source: DLMF 5.11.1, 5.5.
 * Error below 4e-15 max(1, |value|); infinite at 0, -1, -2, ...
 * @example
 * lgamma(0.5) // ≈ 0.5723649429247
 * lgamma(101) // ≈ 363.73937555556
 */
export function lgamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  if (x <= 0) return Math.floor(x) === x ? Infinity : log(PI / Math.abs(sin(PI * (x - Math.floor(x))))) - lgamma(1 - x);
  let shift = 1;
  while (x < 12) {
    shift *= x;
    x += 1;
  }
  if (!(x < 1e300)) return x;
  const z = 1 / (x * x);
  const series =
    (1 / 12 -
      z *
        (1 / 360 -
          z *
            (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156 - z * (3617 / 122400)))))))) /
    x;
  return (x - 0.5) * log(x) - x + (HALF_LN_TWO_PI + series) - log(shift);
}

/**
 * Gamma function for 0 < x < 171, relative error about 1e-14.
 * @example
 * gamma(5) // ≈ 24
 */
export function gamma(x: number): number {
  return exp(lgamma(x));
}
