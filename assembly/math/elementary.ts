import {
  AZIMUTH,
  COS_0,
  COS_1,
  COS_2,
  COS_3,
  COS_4,
  EXPONENT24,
  HALF,
  LN_2,
  LN_A,
  LN_B,
  LN_C,
  ONE,
  QUARTER,
  SIZE_BITS,
  SQRT_HALF_BITS,
  TWO,
  UNIT32,
} from './constants';

/**
 * ln(u), u in (0, 1), f32x4. Writes u = 2^e (1 + f) with 1 + f in [sqrt(1/2), sqrt 2) and uses
 * ln(1 + f) = 2 artanh(s) = s (2 + s^2 P(s^2)), s = f/(2 + f); the three coefficients of P are a minimax fit on
 * |s| <= 3 - 2 sqrt 2 (relative error 8e-10; what remains is f32 rounding, 2e-7 relative).
 */
export function logarithm(u: v128): v128 {
  const e = i32x4.shr_s(i32x4.sub(u, v128.load(SQRT_HALF_BITS)), 23);
  const f = f32x4.sub(i32x4.sub(u, i32x4.shl(e, 23)), v128.load(ONE));
  const s = f32x4.div(f, f32x4.add(v128.load(TWO), f));
  const z = f32x4.mul(s, s);
  let p = f32x4.add(v128.load(LN_B), f32x4.mul(z, v128.load(LN_C)));
  p = f32x4.add(v128.load(LN_A), f32x4.mul(z, p));
  p = f32x4.add(v128.load(TWO), f32x4.mul(z, p));
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(e), v128.load(LN_2)), f32x4.mul(s, p));
}

/**
 * The upper 24 bits of a word as a uniform number, midpoints of 2^24 equal cells: never 0, never 1. Dividing by 2^24 is a
 * subtraction from the exponent.
 */
export function uniform24(word: v128): v128 {
  return i32x4.sub(f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_u(word, 8)), v128.load(HALF)), v128.load(EXPONENT24));
}

/**
 * The azimuth of a kick from the word that gave its angle, as a word of its own: times 2^24 + 2^8 + 1. The 8 spare bits
 * lead, so that a given angle has 256 equally spaced azimuths (to 1.5e-5 of a turn at the seam), and the angle's low bits
 * shift them. Over all 2^32 words the moments <E^(k/2) cos^k phi>, k = 1 .. 4, are those of independent angle and azimuth
 * to 1e-7.
 */
export function azimuthOf(word: v128): v128 {
  return i32x4.mul(word, v128.load(AZIMUTH));
}

/**
 * cos(2 pi y), y = signed word / 2^32, f32x4: as the sine of the complement, sin(2 pi z) = z P(z^2) on |z| <= 1/4.
 * Coefficients from a minimax fit; error 4e-9 before rounding.
 */
export function cosineOfTurn(word: v128): v128 {
  const turn = f32x4.mul(f32x4.convert_i32x4_s(word), v128.load(UNIT32));
  const y = f32x4.sub(v128.load(QUARTER), v128.and(turn, v128.load(SIZE_BITS)));
  const z = f32x4.mul(y, y);
  let p = f32x4.add(v128.load(COS_3), f32x4.mul(z, v128.load(COS_4)));
  p = f32x4.add(v128.load(COS_2), f32x4.mul(z, p));
  p = f32x4.add(v128.load(COS_1), f32x4.mul(z, p));
  p = f32x4.add(v128.load(COS_0), f32x4.mul(z, p));
  return f32x4.mul(p, y);
}
