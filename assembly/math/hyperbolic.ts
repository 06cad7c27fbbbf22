import { horner, WHOLE } from './doubles';

/** ln 2: 32 bits, times any whole number below 2^21 exact, and a rest. */
const LN2_0: f64 = 0.6931471803691238;
const LN2_1: f64 = 1.9082149292705877e-10;
const INVERSE_LN2: f64 = 1.4426950408889634;
/** Beyond it tanh is 1 to the last bit: 2|x| at the most. */
const LARGEST: f64 = 40.0;

/**
 * Hyperbolic tangent of pairs of doubles with the same bits everywhere: `e/(e + 2)`, `e = exp(2|x|) - 1 = 2^k (exp(r) - 1) + 2^k - 1`,
 * |r| <= ln 2/2, `exp(r) - 1 = r + r^2 P(r)`; P interpolates at Chebyshev's nodes (relative error 1e-18). Relative error below 1e-15,
 * near 0 as well.
 */
export function tanh(x: v128): v128 {
  const y = f64x2.pmin(f64x2.splat(LARGEST), f64x2.mul(f64x2.splat(2.0), f64x2.abs(x)));
  const magic = f64x2.add(f64x2.mul(y, f64x2.splat(INVERSE_LN2)), f64x2.splat(WHOLE));
  const k = f64x2.sub(magic, f64x2.splat(WHOLE));
  const r = f64x2.sub(f64x2.sub(y, f64x2.mul(k, f64x2.splat(LN2_0))), f64x2.mul(k, f64x2.splat(LN2_1)));
  let p = horner(f64x2.splat(2.0914686968086876e-9), r, 2.5105217004720745e-8);
  p = horner(p, r, 2.75572736431103e-7);
  p = horner(p, r, 2.7557255400206422e-6);
  p = horner(p, r, 2.4801587325547743e-5);
  p = horner(p, r, 0.00019841269874820627);
  p = horner(p, r, 0.0013888888888883748);
  p = horner(p, r, 0.008333333333326136);
  p = horner(p, r, 0.04166666666666667);
  p = horner(p, r, 0.1666666666666667);
  p = horner(p, r, 0.5);
  const less = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p));
  const power = i64x2.shl(i64x2.add(magic, i64x2.splat(1023)), 52);
  const e = f64x2.add(f64x2.mul(power, less), f64x2.sub(power, f64x2.splat(1.0)));
  const size = f64x2.div(e, f64x2.add(e, f64x2.splat(2.0)));
  return v128.or(size, v128.and(x, f64x2.splat(-0.0)));
}
