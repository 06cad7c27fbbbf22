import { horner, WHOLE } from './doubles';

/**
 * Sine and cosine of pairs of doubles with the same bits everywhere. `x = k pi/2 + r`, |r| <= pi/4, with pi/2 in two pieces of 32
 * bits (times any whole k below 2^21 exact) and a rest; then `r + r^3 P(r^2)` and `1 - r^2/2 + r^4 Q(r^2)`, of which the parity
 * of k picks. P and Q interpolate at Chebyshev's nodes (errors 2e-17 and 8e-19). Absolute error below 3e-16 for |x| < 3e6.
 */
const HALF_PI_0: f64 = 1.5707963267341256;
const HALF_PI_1: f64 = 6.077100506303966e-11;
const HALF_PI_2: f64 = 2.0222662487111665e-21;
const TWO_OVER_PI: f64 = 0.6366197723675814;

/** Of the last call of `sineAndCosine`. */
export let sine: v128 = i64x2(0, 0);
export let cosine: v128 = i64x2(0, 0);

/** Leaves the sine and the cosine of x in `sine` and `cosine`. */
export function sineAndCosine(x: v128): void {
  const magic = f64x2.add(f64x2.mul(x, f64x2.splat(TWO_OVER_PI)), f64x2.splat(WHOLE));
  const k = f64x2.sub(magic, f64x2.splat(WHOLE));
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(HALF_PI_0)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(HALF_PI_1)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(HALF_PI_2)));
  const z = f64x2.mul(r, r);
  let p = horner(f64x2.splat(1.591810123027412e-10), z, -2.5051131455427946e-8);
  p = horner(p, z, 2.755731610068303e-6);
  p = horner(p, z, -0.0001984126983675497);
  p = horner(p, z, 0.008333333333330946);
  p = horner(p, z, -0.16666666666666666);
  const s = f64x2.add(r, f64x2.mul(r, f64x2.mul(z, p)));
  let q = horner(f64x2.splat(-1.1382614868556325e-11), z, 2.0876146024689747e-9);
  q = horner(q, z, -2.7557317270560326e-7);
  q = horner(q, z, 2.4801587298763433e-5);
  q = horner(q, z, -0.0013888888888887395);
  q = horner(q, z, 0.041666666666666664);
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const c = f64x2.add(f64x2.sub(f64x2.splat(1.0), half), f64x2.mul(f64x2.mul(z, z), q));
  // bit 0 of k: sine and cosine change places; bit 1, of k or of k + 1: the sign
  const odd = i64x2.shr_s(i64x2.shl(magic, 63), 63);
  const two = i64x2.splat(2);
  sine = v128.xor(v128.bitselect(c, s, odd), i64x2.shl(v128.and(magic, two), 62));
  cosine = v128.xor(v128.bitselect(s, c, odd), i64x2.shl(v128.and(i64x2.add(magic, i64x2.splat(1)), two), 62));
}
