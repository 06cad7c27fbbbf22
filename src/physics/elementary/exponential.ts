import { scaleByPowerOfTwo, splitExponent } from './bits.js';
import { type Pair, quickSum, twoProduct, twoSum } from './pair.js';

const LN2_HIGH = 0.6931471805592082; // 40 bits of ln 2: times any exponent exact
const LN2_LOW = 7.371002565167799e-13;
const INVERSE_LN2 = 1.4426950408889634;
const THIRD_LOW = 1.850371707708594e-17; // 1/3 - double(1/3)

/** 1/n! for n = 0 .. 20: n! is exact in a double up to 22!, so each entry is correctly rounded. */
export const INVERSE_FACTORIAL: readonly number[] = inverseFactorials();

function inverseFactorials(): number[] {
  const table = [1];
  for (let n = 1, factorial = 1; n <= 20; n++) {
    factorial *= n;
    table.push(1 / factorial);
  }
  return table;
}

/** `[k, s]` with `exp(high + low) = 2^k (1 + s)`, |s| <= sqrt 2 - 1; Taylor series to r^14/14! on |r| <= ln 2/2. */
function exponentialParts(high: number, low: number): [number, number] {
  const k = Math.floor(high * INVERSE_LN2 + 0.5);
  const [r, rest] = twoSum(high - k * LN2_HIGH, low - k * LN2_LOW);
  let p = INVERSE_FACTORIAL[14];
  for (let n = 13; n >= 2; n--) p = p * r + INVERSE_FACTORIAL[n];
  return [k, r + (rest + (r * rest + r * r * p))];
}

/** `exp(high + low)`, with |low| far below |high|. */
export function expPair(high: number, low: number): number {
  if (!(high < 710)) return high > 0 ? Infinity : high;
  if (high < -746) return 0;
  const [k, s] = exponentialParts(high, low);
  return scaleByPowerOfTwo(1 + s, k);
}

/**
 * Logarithm as a pair, for finite x > 0: `2 atanh(f/(2 + f)) + k ln 2`, relative error about 2^-64.
 * The first two terms of the series are carried as pairs, the rest (below 2e-4 of it) in one double.
 */
export function logPair(x: number, below = 0): Pair {
  let [m, k] = splitExponent(x);
  let rest = below === 0 ? 0 : scaleByPowerOfTwo(below, -k);
  if (m > 1.4142135623730951) {
    m /= 2;
    rest /= 2;
    k += 1;
  }
  const f = m - 1;
  const [denominator, denominatorLow] = twoSum(m, 1);
  const s = (f + rest) / denominator;
  const [p, pLow] = twoProduct(s, denominator);
  const sLow = (f - p - pLow + rest - s * (denominatorLow + rest)) / denominator;
  const [z, zError] = twoProduct(s, s);
  const zLow = zError + 2 * s * sLow;
  let tail = 1 / 23;
  for (let n = 21; n >= 5; n -= 2) tail = tail * z + 1 / n;
  const [third, thirdLow] = twoProduct(z, 1 / 3);
  const [t, tLow] = quickSum(third, thirdLow + zLow / 3 + z * THIRD_LOW + z * z * tail);
  const [u, uLow] = twoProduct(s, t);
  const [sum, sumLow] = quickSum(s, u);
  const seriesLow = sumLow + (uLow + s * tLow + sLow * t + sLow);
  const [total, totalLow] = twoSum(k * LN2_HIGH, 2 * sum);
  return quickSum(total, totalLow + (2 * seriesLow + k * LN2_LOW));
}

/**
 * e^x; error below 1 ulp.
 * @example
 * exp(1) // ≈ 2.71828182845905
 * exp(-Infinity) // => 0
 */
export function exp(x: number): number {
  return expPair(x, 0);
}

/**
 * e^x - 1 without cancellation; error below 2 ulp.
 * @example
 * expm1(1e-10) // ≈ 1.00000000005e-10
 */
export function expm1(x: number): number {
  if (x > 40) return exp(x);
  if (x < -40) return -1;
  if (Math.abs(x) < 1e-300 || Number.isNaN(x)) return x;
  const [k, s] = exponentialParts(x, 0);
  if (k === 0) return s;
  const scale = scaleByPowerOfTwo(1, k);
  return scale - 1 + scale * s;
}

/**
 * Natural logarithm; error below 0.6 ulp; NaN below 0, -Infinity at 0.
 * @example
 * log(10) // ≈ 2.30258509299405
 */
export function log(x: number): number {
  if (x > 0 && x < Infinity) return logPair(x)[0];
  return x === 0 ? -Infinity : x > 0 ? Infinity : NaN;
}

/**
 * ln(1 + x) without loss at small x; error below 1 ulp.
 * @example
 * log1p(1e-10) // ≈ 9.9999999995e-11
 */
export function log1p(x: number): number {
  if (Math.abs(x) < 1e-17) return x;
  if (!(x > -1 && x < Infinity)) return log(1 + x);
  const [high, low] = twoSum(1, x);
  return logPair(high, low)[0];
}

/**
 * x^y with the conventions of `Math.pow`; error below 1 ulp, whole results exact.
 * @example
 * pow(2, 10) // => 1024
 * pow(10, -0.5) // ≈ 0.316227766016838
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y) || (Math.abs(x) === 1 && Math.abs(y) === Infinity)) return NaN;
  const whole = Math.floor(y) === y;
  const odd = whole && Math.abs(y) < 9007199254740992 && y - 2 * Math.floor(y / 2) === 1;
  const sign = odd && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  const base = Math.abs(x);
  if (base === 0 || base === Infinity) return sign * ((base === 0) === y > 0 ? 0 : Infinity);
  if (x < 0 && !whole && Math.abs(y) !== Infinity) return NaN;
  if (base === 1) return sign;
  const [high, low] = logPair(base);
  const estimate = y * high;
  if (!(Math.abs(estimate) < 800)) return estimate > 0 ? sign * Infinity : sign * 0;
  const [product, error] = twoProduct(y, high);
  return sign * expPair(product, error + y * low);
}

/**
 * Cube root, of either sign; error below 1 ulp.
 * @example
 * cbrt(-27) // => -3
 */
export function cbrt(x: number): number {
  if (x === 0 || !(Math.abs(x) < Infinity)) return x;
  const [high, low] = logPair(Math.abs(x));
  const [third, error] = twoProduct(high, 1 / 3);
  const root = expPair(third, error + (low / 3 + high * THIRD_LOW));
  return x < 0 ? -root : root;
}
