import { ID, KEYS, PHILOX_HIGH, PHILOX_LOW, WORDS } from '../layout';
import { PHILOX_M0, PHILOX_M1 } from '../math/constants';

/**
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): a random number is a pure function of counter and key.
 *
 *   key      seed, 64 bits
 *   counter  (particle, low 32 bits; step; purpose | particle, high bits << 8; replica)
 *
 * What a draw is for stands in the purpose, so that no two draws of a run share a counter.
 */
export const PURPOSE_KICK: u32 = 0;
export const PURPOSE_START: u32 = 1;
export const PURPOSE_RIM: u32 = 2;
export const PURPOSE_GYROPHASE: u32 = 3;
/** Further kicks of one step: 64 draws, 64 .. 127. */
export const PURPOSE_REST: u32 = 64;

export const M0: u64 = 0xd2511f53;
export const M1: u64 = 0xcd9e8d57;

let seedLow: u32 = 0;
let seedHigh: u32 = 0;

/** Words of the last scalar call. */
export let word0: u32 = 0;
export let word1: u32 = 0;
export let word2: u32 = 0;
export let word3: u32 = 0;

/** Keeps the seed and lays out the ten round keys, splatted. */
export function setSeed(low: u32, high: u32): void {
  seedLow = low;
  seedHigh = high;
  for (let round = 0; round < 10; round++) {
    const at = KEYS + ((<usize>round) << 5);
    v128.store(at, i32x4.splat(low));
    v128.store(at, i32x4.splat(high), 16);
    low += 0x9e3779b9;
    high += 0xbb67ae85;
  }
}

/** One particle, for the rare draws: the start, the rim of a cone. */
export function philox(c0: u32, c1: u32, c2: u32, c3: u32): void {
  let k0 = seedLow;
  let k1 = seedHigh;
  for (let round = 0; round < 10; round++) {
    const a = <u64>c0 * M0;
    const b = <u64>c2 * M1;
    c0 = <u32>(b >> 32) ^ c1 ^ k0;
    c2 = <u32>(a >> 32) ^ c3 ^ k1;
    c1 = <u32>b;
    c3 = <u32>a;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/** The first product of the first round is a constant of the particle: kept per lane. */
export function keepFirstProduct(lane: usize, particle: u32): void {
  const product = <u64>particle * M0;
  store<u32>(PHILOX_HIGH + (lane << 2), <u32>(product >> 32));
  store<u32>(PHILOX_LOW + (lane << 2), <u32>product);
}

/**
 * The replica word of a lane. In the first round it meets the high half of that product in an exclusive or and nothing
 * else: a lane whose half has absorbed a replica draws that replica's numbers, at no cost.
 */
export function replicaOf(lane: usize, particle: u32): u32 {
  return load<u32>(PHILOX_HIGH + (lane << 2)) ^ <u32>((<u64>particle * M0) >> 32);
}

/**
 * Four random words for each lane of a tile: word q of lane i stands at WORDS[i / 4][q][i % 4].
 *
 * Counter words 1 to 3 are the same for all lanes, so the first round costs the lanes nothing and the second one product
 * in place of two: seventeen of the twenty vector products remain. The bits are those of the plain algorithm.
 */
export function drawWords(first: usize, lanes: usize, step: u32, purpose: u32, replica: u32): void {
  const m0 = v128.load(PHILOX_M0);
  const m1 = v128.load(PHILOX_M1);
  const shared = <u64>purpose * M1;
  const c0 = <u32>(shared >> 32) ^ step ^ load<u32>(KEYS);
  const second = <u64>c0 * M0;
  const x0 = i32x4.splat(<u32>shared ^ load<u32>(KEYS, 32));
  const x2 = i32x4.splat(<u32>(second >> 32) ^ load<u32>(KEYS, 48));
  const x3 = i32x4.splat(<u32>second);
  const y2 = i32x4.splat(replica ^ load<u32>(KEYS, 16));
  let out = WORDS;
  for (let at = first << 2, end = (first + lanes) << 2; at < end; at += 16) {
    const c2 = v128.xor(v128.load(PHILOX_HIGH + at), y2);
    const low = i64x2.extmul_low_i32x4_u(c2, m1);
    const high = i64x2.extmul_high_i32x4_u(c2, m1);
    let w0 = v128.xor(v128.shuffle<i32>(low, high, 1, 3, 5, 7), x0);
    let w1 = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
    let w2 = v128.xor(v128.load(PHILOX_LOW + at), x2);
    let w3 = x3;
    for (let key = KEYS + 64; key < KEYS + 320; key += 32) {
      const a = i64x2.extmul_low_i32x4_u(w0, m0);
      const b = i64x2.extmul_high_i32x4_u(w0, m0);
      const c = i64x2.extmul_low_i32x4_u(w2, m1);
      const d = i64x2.extmul_high_i32x4_u(w2, m1);
      w0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), w1), v128.load(key));
      w2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), w3), v128.load(key, 16));
      w1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
      w3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    }
    v128.store(out, w0);
    v128.store(out, w1, 16);
    v128.store(out, w2, 32);
    v128.store(out, w3, 48);
    out += 64;
  }
}

/** Uniform in (0, 1) from 53 bits of two words. */
export function uniform53(high: u32, low: u32): f64 {
  return (<f64>(high >>> 5) * 67108864.0 + <f64>(low >>> 6) + 0.5) * 1.1102230246251565e-16;
}

/** For the known-answer test: word `index` of a scalar call. */
export function philoxWord(index: i32, c0: u32, c1: u32, c2: u32, c3: u32): u32 {
  philox(c0, c1, c2, c3);
  return index == 0 ? word0 : index == 1 ? word1 : index == 2 ? word2 : word3;
}
