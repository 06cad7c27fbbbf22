import { CONSTANTS } from '../layout';

/**
 * Vector constants that the passes load from memory. V8 rebuilds a `splat` of a literal from general registers at every
 * use inside a loop (two or three instructions each); a load is one. Measured on the kick pass: 8 % of its time.
 */
export const SQRT_HALF_BITS: usize = CONSTANTS;
export const ONE: usize = CONSTANTS + 16;
export const TWO: usize = CONSTANTS + 32;
export const HALF: usize = CONSTANTS + 48;
export const LN_A: usize = CONSTANTS + 64;
export const LN_B: usize = CONSTANTS + 80;
export const LN_C: usize = CONSTANTS + 96;
export const SIZE_BITS: usize = CONSTANTS + 112; // all but the sign
export const LN_2: usize = CONSTANTS + 128;
export const EXPONENT24: usize = CONSTANTS + 144; // 24 steps of the exponent
export const QUARTER: usize = CONSTANTS + 160;
export const UNIT32: usize = CONSTANTS + 176; // 2^-32
export const COS_0: usize = CONSTANTS + 192;
export const COS_1: usize = CONSTANTS + 208;
export const COS_2: usize = CONSTANTS + 224;
export const COS_3: usize = CONSTANTS + 240;
export const COS_4: usize = CONSTANTS + 256;
export const PHILOX_M0: usize = CONSTANTS + 272;
export const PHILOX_M1: usize = CONSTANTS + 288;
export const AZIMUTH: usize = CONSTANTS + 304;
/** Nine coefficients and the offset of the current stage's angle polynomial, splatted f32. */
export const ANGLE: usize = CONSTANTS + 320;
export const ANGLE_D: usize = ANGLE + 8 * 16;
export const ANGLE_REST: usize = ANGLE + 9 * 16;
/** Angle polynomial where tau differs from lane to lane. */
export const LANE_0: usize = ANGLE + 10 * 16;

/** (2l - 1)/l and (l - 1)/l for l = 2 .. 8, f64x2. */
export const LEGENDRE: usize = ANGLE + 32 * 16;

export function prepareConstants(): void {
  for (let l: usize = 2; l <= 8; l++) {
    v128.store(LEGENDRE + ((l - 2) << 5), f64x2.splat((2.0 * <f64>l - 1.0) / <f64>l));
    v128.store(LEGENDRE + ((l - 2) << 5), f64x2.splat((<f64>l - 1.0) / <f64>l), 16);
  }
  v128.store(SQRT_HALF_BITS, i32x4.splat(0x3f3504f3));
  v128.store(ONE, f32x4.splat(1.0));
  v128.store(TWO, f32x4.splat(2.0));
  v128.store(HALF, f32x4.splat(0.5));
  v128.store(LN_A, f32x4.splat(0.666667760856675));
  v128.store(LN_B, f32x4.splat(0.39977573992674026));
  v128.store(LN_C, f32x4.splat(0.29870937901837835));
  v128.store(SIZE_BITS, i32x4.splat(0x7fffffff));
  v128.store(LN_2, f32x4.splat(0.69314718));
  v128.store(EXPONENT24, i32x4.splat(24 << 23));
  v128.store(QUARTER, f32x4.splat(0.25));
  v128.store(UNIT32, f32x4.splat(2.3283064365386963e-10));
  v128.store(COS_0, f32x4.splat(6.283185160089249));
  v128.store(COS_1, f32x4.splat(-41.34165503135727));
  v128.store(COS_2, f32x4.splat(81.60100406929581));
  v128.store(COS_3, f32x4.splat(-76.54978219683679));
  v128.store(COS_4, f32x4.splat(39.53670529123733));
  v128.store(PHILOX_M0, i32x4.splat(0xd2511f53));
  v128.store(PHILOX_M1, i32x4.splat(0xcd9e8d57));
  v128.store(AZIMUTH, i32x4.splat(0x01000101));
}
