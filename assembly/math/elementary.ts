import { COS_0, COS_1, COS_2, COS_3, COS_4, HALF, LN_2, LN_A, LN_B, LN_C, LN_D, SQRT_HALF_BITS, ONE, QUARTER, TWO, UNIT24, UNIT32 } from './constants';

/**
 * -ln(u), u in (0, 1), f32x4. Writes u = 2^e (1 + f) with 1 + f in [sqrt(1/2), sqrt 2) and uses
 * ln(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f/(2 + f), R = s^2 P(s^2) with the four coefficients of
 * P from a minimax fit on |s| <= 3 - 2 sqrt 2 (error 5e-12; what remains is f32 rounding, 1.2e-7 relative).
 */
export function negativeLog(u: v128): v128 {
  const e = i32x4.shr_s(i32x4.sub(u, v128.load(SQRT_HALF_BITS)), 23);
  const f = f32x4.sub(i32x4.sub(u, i32x4.shl(e, 23)), v128.load(ONE));
  const s = f32x4.div(f, f32x4.add(v128.load(TWO), f));
  const z = f32x4.mul(s, s);
  const w = f32x4.mul(z, z);
  const odd = f32x4.mul(z, f32x4.add(v128.load(LN_A), f32x4.mul(w, v128.load(LN_C))));
  const even = f32x4.mul(w, f32x4.add(v128.load(LN_B), f32x4.mul(w, v128.load(LN_D))));
  const half = f32x4.mul(v128.load(HALF), f32x4.mul(f, f));
  const tail = f32x4.mul(s, f32x4.add(half, f32x4.add(even, odd)));
  return f32x4.sub(f32x4.sub(half, tail), f32x4.add(f, f32x4.mul(f32x4.convert_i32x4_s(e), v128.load(LN_2))));
}

/** The upper 24 bits of a word as a uniform number, midpoints of 2^24 equal cells: never 0, never 1. */
export function uniform24(word: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(word, 8)), v128.load(HALF)), v128.load(UNIT24));
}

/**
 * cos(2 pi y), y = signed word / 2^32, f32x4: as the sine of the complement, sin(2 pi z) = z P(z^2) on |z| <= 1/4.
 * Coefficients from a minimax fit; error 4e-9 before rounding.
 */
export function cosineOfTurn(word: v128): v128 {
  const y = f32x4.sub(v128.load(QUARTER), f32x4.abs(f32x4.mul(f32x4.convert_i32x4_s(word), v128.load(UNIT32))));
  const z = f32x4.mul(y, y);
  let p = f32x4.add(v128.load(COS_3), f32x4.mul(z, v128.load(COS_4)));
  p = f32x4.add(v128.load(COS_2), f32x4.mul(z, p));
  p = f32x4.add(v128.load(COS_1), f32x4.mul(z, p));
  p = f32x4.add(v128.load(COS_0), f32x4.mul(z, p));
  return f32x4.mul(p, y);
}
