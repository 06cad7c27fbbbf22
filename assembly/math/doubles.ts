/** Small pieces of elementary functions of pairs of doubles. */

/** `1.5 2^52`: a number below 2^31 added to it is rounded to a whole number, which its low bits then hold. */
export const WHOLE: f64 = 6755399441055744.0;

/** One step of Horner's scheme: `p z + c`. */
export function horner(p: v128, z: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(p, z), f64x2.splat(c));
}
