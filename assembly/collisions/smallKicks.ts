import { KEYS, KICKS, PHILOX_HIGH, PHILOX_LOW, WORDS } from '../layout';
import { ANGLE, PHILOX_M0, PHILOX_M1 } from '../math/constants';
import { azimuthOf, cosineOfTurn, logarithm, uniform24 } from '../math/elementary';
import { M0, M1 } from '../random/philox';

/**
 * Words and kicks in one pass for the commonest case, tau <= 2e-3, where 2w = t (c0 + c1 t + c2 t^2), t = ln u, is enough. The
 * bits are those of `drawWords` and `kicksAny`, in 8 % less time: Philox waits for shuffles, the kick for multiplications,
 * so two rounds for the next four lanes stand beside a kick of the last four.
 */
export function drawSmallKicks(first: usize, lanes: usize, step: u32, purpose: u32, replica: u32): void {
  const m0 = v128.load(PHILOX_M0);
  const m1 = v128.load(PHILOX_M1);
  const shared = <u64>purpose * M1;
  const second = <u64>(<u32>(shared >> 32) ^ step ^ load<u32>(KEYS)) * M0;
  const x0 = i32x4.splat(<u32>shared ^ load<u32>(KEYS, 32));
  const x2 = i32x4.splat(<u32>(second >> 32) ^ load<u32>(KEYS, 48));
  const x3 = i32x4.splat(<u32>second);
  const y2 = i32x4.splat(replica ^ load<u32>(KEYS, 16));
  const c0 = v128.load(ANGLE);
  const c1 = v128.load(ANGLE + 16);
  const c2 = v128.load(ANGLE + 32);
  // the first turn makes kicks of whatever the scratch holds, below the first one's place: they are never read
  let words = WORDS - 64;
  let kicks = KICKS - 128;
  for (let at = first << 2, end = ((first + lanes) << 2) + 16; at < end; at += 16) {
    const start = v128.xor(v128.load(PHILOX_HIGH + at), y2);
    const low = i64x2.extmul_low_i32x4_u(start, m1);
    const high = i64x2.extmul_high_i32x4_u(start, m1);
    let w0 = v128.xor(v128.shuffle<i32>(low, high, 1, 3, 5, 7), x0);
    let w1 = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
    let w2 = v128.xor(v128.load(PHILOX_LOW + at), x2);
    let w3 = x3;
    for (let key = KEYS + 64; key < KEYS + 320; key += 64) {
      const word = v128.load(words);
      const a = i64x2.extmul_low_i32x4_u(w0, m0);
      const b = i64x2.extmul_high_i32x4_u(w0, m0);
      const c = i64x2.extmul_low_i32x4_u(w2, m1);
      const d = i64x2.extmul_high_i32x4_u(w2, m1);
      const t = logarithm(uniform24(word));
      const v0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), w1), v128.load(key));
      const v2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), w3), v128.load(key, 16));
      const v1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
      const v3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
      v128.store(kicks, f32x4.mul(t, f32x4.add(c0, f32x4.mul(t, f32x4.add(c1, f32x4.mul(t, c2))))));
      const e = i64x2.extmul_low_i32x4_u(v0, m0);
      const f = i64x2.extmul_high_i32x4_u(v0, m0);
      const g = i64x2.extmul_low_i32x4_u(v2, m1);
      const h = i64x2.extmul_high_i32x4_u(v2, m1);
      v128.store(kicks, cosineOfTurn(azimuthOf(word)), 16);
      w0 = v128.xor(v128.xor(v128.shuffle<i32>(g, h, 1, 3, 5, 7), v1), v128.load(key, 32));
      w2 = v128.xor(v128.xor(v128.shuffle<i32>(e, f, 1, 3, 5, 7), v3), v128.load(key, 48));
      w1 = v128.shuffle<i32>(g, h, 0, 2, 4, 6);
      w3 = v128.shuffle<i32>(e, f, 0, 2, 4, 6);
      words += 16;
      kicks += 32;
    }
    v128.store(words, w0);
    v128.store(words, w1, 16);
    v128.store(words, w2, 32);
    v128.store(words, w3, 48);
  }
}
