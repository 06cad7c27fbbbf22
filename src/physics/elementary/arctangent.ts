/** atan(k/8), k = 0 .. 8, as double and the rest. */
const TABLE = [
  [0.0, 0.0],
  [0.12435499454676144, -3.1253241424539383e-18],
  [0.24497866312686414, 1.0698755618734451e-17],
  [0.35877067027057225, -2.4623815582638635e-17],
  [0.4636476090008061, 2.2698777452961687e-17],
  [0.5585993153435624, -5.4556305485916264e-18],
  [0.6435011087932844, 1.5834785051444286e-17],
  [0.7188299996216245, -2.1478388444456983e-17],
  [0.7853981633974483, 3.061616997868383e-17],
];
const HALF_PI = 1.5707963267948966;
const HALF_PI_LOW = 6.123233995736766e-17;
const PI = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;

/**
 * Angle of the point (x, y) [rad], in [-pi, pi], with the signs of `Math.atan2`; error below 2 ulp.
 * With q = k/8 nearest to min/max, `atan(min/max) = atan q + atan((min - q max)/(max + q min))`: then a short Taylor series.
 * @example
 * atan2(1, -1) // ≈ 2.35619449019234
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  let a = Math.abs(y);
  let b = Math.abs(x);
  const left = x < 0 || Object.is(x, -0);
  const below = y < 0 || Object.is(y, -0);
  if (a === Infinity && b === Infinity) a = b = 1;
  const steep = a > b;
  if (steep) [a, b] = [b, a];
  if (b === Infinity) [a, b] = [0, 1];
  if (b > 1e300) {
    a *= 1e-16;
    b *= 1e-16;
  } else if (b < 1e-280) {
    a *= 1e280;
    b *= 1e280;
  }
  const k = a === 0 ? 0 : Math.floor((8 * a) / b + 0.5);
  const q = k / 8;
  const t = a === 0 ? 0 : (a - q * b) / (b + q * a);
  const z = t * t;
  let p = 1 / 17;
  for (let n = 15; n >= 3; n -= 2) p = 1 / n - z * p;
  const small = -t * z * p + TABLE[k][1];
  let angle: number;
  if (steep && left) angle = HALF_PI + TABLE[k][0] + (HALF_PI_LOW + t + small);
  else if (steep) angle = HALF_PI - TABLE[k][0] + (HALF_PI_LOW - t - small);
  else if (left) angle = PI - TABLE[k][0] + (PI_LOW - t - small);
  else angle = TABLE[k][0] + (t + small);
  return below ? -angle : angle;
}

/**
 * Arc tangent [rad]; error below 1 ulp.
 * @example
 * atan(2) // ≈ 1.10714871779409
 */
export function atan(x: number): number {
  return atan2(x, 1);
}

/**
 * Arc sine [rad]; error below 2 ulp; NaN outside [-1, 1].
 * @example
 * asin(0.5) // ≈ 0.523598775598299
 */
export function asin(x: number): number {
  return Math.abs(x) <= 1 ? atan2(x, Math.sqrt((1 - x) * (1 + x))) : NaN;
}

/**
 * Arc cosine [rad]; error below 2 ulp, also next to 1; NaN outside [-1, 1].
 * @example
 * acos(0.5) // ≈ 1.0471975511966
 */
export function acos(x: number): number {
  return Math.abs(x) <= 1 ? 2 * atan2(Math.sqrt(1 - x), Math.sqrt(1 + x)) : NaN;
}
