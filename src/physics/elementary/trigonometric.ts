import { scaleByPowerOfTwo, splitExponent } from './bits.js';
import { INVERSE_FACTORIAL } from './exponential.js';
import { type Pair, quickSum, twoSum } from './pair.js';

/** pi/2 in three pieces of 30 bits (times any whole number below 2^23 exact) and a rest. */
const HALF_PI = [1.570796325802803, 9.920935791635221e-10, 5.17018297889025e-19, 2.9038559739793605e-28];
const TWO_OVER_PI = 0.6366197723675814;
const LARGE = 1e6;

/** `[quadrant, r]`: `x = quadrant pi/2 + r`, |r| <= pi/4, r as a pair. */
function reduceAngle(x: number): [quadrant: number, r: Pair] {
  if (Math.abs(x) > LARGE) return reduceLargeAngle(x);
  const k = Math.floor(x * TWO_OVER_PI + 0.5);
  const [a, aLow] = twoSum(x - k * HALF_PI[0], -k * HALF_PI[1]);
  const [b, bLow] = twoSum(aLow, -k * HALF_PI[2]);
  const [c, cLow] = twoSum(a, b);
  return [k - 4 * Math.floor(k / 4), quickSum(c, cLow + (bLow - k * HALF_PI[3]))];
}

const FRACTION_BITS = 1240n; // 1024 for the largest double, 53 for its digits, 60 for how near to a multiple it can lie, and room
let halfPiInteger = 0n;

/** pi/2 2^1240 by Machin's formula, `pi = 16 atan(1/5) - 4 atan(1/239)`, in whole numbers. */
function halfPiBits(): bigint {
  const guard = 32n;
  const arctangentOfInverse = (n: bigint): bigint => {
    let power = (1n << (FRACTION_BITS + guard)) / n;
    let sum = 0n;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += k % 4n === 1n ? power / k : -(power / k);
      power /= n * n;
    }
    return sum;
  };
  return (8n * arctangentOfInverse(5n) - 2n * arctangentOfInverse(239n)) >> guard;
}

/** The same for |x| > 1e6, in whole numbers, so that no digit is lost at any size. */
function reduceLargeAngle(x: number): [quadrant: number, r: Pair] {
  halfPiInteger ||= halfPiBits();
  const [mantissa, exponent] = splitExponent(Math.abs(x));
  const angle = BigInt(mantissa * 4503599627370496) << (FRACTION_BITS - 52n + BigInt(exponent));
  const turns = (2n * angle + halfPiInteger) / (2n * halfPiInteger);
  const rest = angle - turns * halfPiInteger;
  const digits = rest >> (FRACTION_BITS - 200n);
  const high = scaleByPowerOfTwo(Number(digits), -200);
  const low = scaleByPowerOfTwo(Number(digits - BigInt(Number(digits))), -200);
  const quadrant = Number(turns % 4n);
  return x > 0 ? [quadrant, [high, low]] : [(4 - quadrant) % 4, [-high, -low]];
}

/** sin(r + low) for |r| <= pi/4: Taylor series to r^19. */
function sineSeries([r, low]: Pair): number {
  const z = r * r;
  let p = -INVERSE_FACTORIAL[19];
  for (let n = 17; n >= 3; n -= 2) p = p * z + (n % 4 === 1 ? INVERSE_FACTORIAL[n] : -INVERSE_FACTORIAL[n]);
  return r + (r * z * p + low * (1 - z / 2));
}

/** cos(r + low) for |r| <= pi/4: Taylor series to r^20, the rounding of `1 - r^2/2` given back. */
function cosineSeries([r, low]: Pair): number {
  const z = r * r;
  let p = INVERSE_FACTORIAL[20];
  for (let n = 18; n >= 4; n -= 2) p = p * z + (n % 4 === 0 ? INVERSE_FACTORIAL[n] : -INVERSE_FACTORIAL[n]);
  const [first, firstLow] = quickSum(1, -z / 2);
  return first + (firstLow + (z * z * p - r * low));
}

/**
 * Sine of an angle [rad] of any size; error below 1 ulp.
 * @example
 * sin(0.5) // ≈ 0.479425538604203
 * sin(1e22) // ≈ -0.852200849767189
 */
export function sin(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  if (Math.abs(x) < 1e-100) return x;
  const [quadrant, r] = reduceAngle(x);
  const value = quadrant % 2 === 0 ? sineSeries(r) : cosineSeries(r);
  return quadrant < 2 ? value : -value;
}

/**
 * Cosine of an angle [rad] of any size; error below 1 ulp.
 * @example
 * cos(1) // ≈ 0.54030230586814
 */
export function cos(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  const [quadrant, r] = reduceAngle(x);
  const value = quadrant % 2 === 0 ? cosineSeries(r) : sineSeries(r);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/**
 * Tangent of an angle [rad] of any size; error below 2 ulp.
 * @example
 * tan(1) // ≈ 1.5574077246549
 */
export function tan(x: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  if (Math.abs(x) < 1e-100) return x;
  const [quadrant, r] = reduceAngle(x);
  return quadrant % 2 === 0 ? sineSeries(r) / cosineSeries(r) : -cosineSeries(r) / sineSeries(r);
}
