/**
 * The engine's random numbers as a stream of bytes, for a battery of statistical tests (tests/battery). Not part of the
 * kernel: compiled by itself, from the generator's own source, so that gigabytes cost seconds.
 *
 * A layout is an order in which draws lie one after another, or the bits that a use takes of them. Its bytes are a pure
 * function of layout and chunk; each chunk holds 2^18 Philox calls, all four words.
 */
import { TABLES, TILE, WORDS } from '../layout';
import { prepareConstants } from '../math/constants';
import { azimuthOf } from '../math/elementary';
import {
  drawWords,
  keepFirstProduct,
  M0,
  M1,
  PURPOSE_KICK,
  PURPOSE_REST,
  PURPOSE_RIM,
  philox,
  setSeed,
  uniform53,
  word0,
  word1,
  word2,
  word3,
} from './philox';

/** The engine's own order: a tile of 256 particles, draw after draw, 64 of each, then the next tile. */
const KERNEL: i32 = 0;
/** All draws of one particle. */
const DRAWS: i32 = 1;
/** One kick of all particles: the same word of the same draw. */
const PARTICLES: i32 = 2;
/** One word of each draw of one particle. */
const STEPS: i32 = 3;
/** The same draw of 64 neighbouring seeds in turn. */
const SEEDS: i32 = 4;
/** Kick, start, rim, phase and the 64 further kicks of one particle and step, in turn. */
const PURPOSES: i32 = 5;
/** The same draw of 64 replicas of a particle that was split, in turn. */
const REPLICAS: i32 = 6;
/** The 24 bits of each word that make a kick's angle. */
const ANGLE: i32 = 7;
/** The word that makes a kick's azimuth. */
const AZIMUTH: i32 = 8;
/** The sign bit of each word: a binomial kick. */
const SIGNS: i32 = 9;
/**
 * 52 bits of each uniform number: starts, rims, kicks of orbits in space. The last of its 53 is the rounding's above 1/2,
 * where n + 1/2 is no double.
 */
const UNIFORMS: i32 = 10;
/** A linear congruential generator of 32 bits, known to be bad: a negative control. */
const CONGRUENTIAL: i32 = 11;

const QUADS: u32 = 1 << 18;
/** Of a chunk; two of them, so that one is filled while the other is read. */
const CHUNK: i32 = 16 << 18;
export const CHUNKS: usize = (TABLES + 65535) & ~65535;

/** Kept where the seed is changed between draws. */
let keyLow: u32 = 0;
let keyHigh: u32 = 0;
let rounds: i32 = 10;

/** Once: the seed, and how many of Philox's ten rounds (fewer are a negative control). */
export function prepare(low: u32, high: u32, number: i32): void {
  memory.grow(<i32>(CHUNKS >> 16) + 2 * (CHUNK >> 16) - memory.size());
  prepareConstants();
  rounds = number;
  seed(low, high);
}

function seed(low: u32, high: u32): void {
  keyLow = low;
  keyHigh = high;
  setSeed(low, high);
}

let a0: u32 = 0;
let a1: u32 = 0;
let a2: u32 = 0;
let a3: u32 = 0;

/** Four words by the engine's scalar function, or by the control. */
function quad(c0: u32, c1: u32, c2: u32, c3: u32): void {
  if (rounds == 10) {
    philox(c0, c1, c2, c3);
    a0 = word0;
    a1 = word1;
    a2 = word2;
    a3 = word3;
    return;
  }
  for (let round = 0; round < rounds; round++) {
    const a = <u64>c0 * M0;
    const b = <u64>c2 * M1;
    c0 = <u32>(b >> 32) ^ c1 ^ (keyLow + 0x9e3779b9 * round);
    c2 = <u32>(a >> 32) ^ c3 ^ (keyHigh + 0xbb67ae85 * round);
    c1 = <u32>b;
    c3 = <u32>a;
  }
  a0 = c0;
  a1 = c1;
  a2 = c2;
  a3 = c3;
}

function put(to: usize): void {
  store<u32>(to, a0);
  store<u32>(to, a1, 4);
  store<u32>(to, a2, 8);
  store<u32>(to, a3, 12);
}

function openTile(particle: u32): void {
  for (let lane = 0; lane < TILE; lane++) keepFirstProduct(lane, particle + lane);
}

/** The words of a tile's draw, by the engine's vector function, or by the control. */
function drawTile(particle: u32, step: u32): void {
  if (rounds == 10) {
    drawWords(0, TILE, step, PURPOSE_KICK, 0);
    return;
  }
  for (let lane = 0; lane < TILE; lane++) {
    quad(particle + lane, step, PURPOSE_KICK, 0);
    const to = WORDS + ((<usize>lane >> 2) << 6) + ((<usize>lane & 3) << 2);
    store<u32>(to, a0);
    store<u32>(to, a1, 16);
    store<u32>(to, a2, 32);
    store<u32>(to, a3, 48);
  }
}

/** Fills the chunk at CHUNKS + (chunk mod 2) 2^22; returns the number of its bytes. */
export function fill(layout: i32, chunk: u32): i32 {
  const out = CHUNKS + <usize>((<i32>chunk & 1) * CHUNK);
  if (layout == DRAWS || layout == STEPS) return ofOneParticle(out, chunk, layout == STEPS);
  if (layout == SEEDS) return seeds(out, chunk);
  if (layout == PURPOSES) return purposes(out, chunk);
  if (layout == REPLICAS) return replicas(out, chunk);
  if (layout == UNIFORMS) return uniforms(out, chunk);
  if (layout == CONGRUENTIAL) return congruential(out, chunk);
  if (layout == PARTICLES) return acrossParticles(out, chunk);
  return tiles(out, chunk, layout);
}

function ofOneParticle(out: usize, chunk: u32, apart: bool): i32 {
  const first = (chunk & 1023) * QUADS;
  for (let i: u32 = 0; i < QUADS; i++) {
    quad(chunk >> 10, first + i, PURPOSE_KICK, 0);
    if (apart) {
      const to = out + ((<usize>i) << 2);
      store<u32>(to, a0);
      store<u32>(to, a1, 4 << 18);
      store<u32>(to, a2, 8 << 18);
      store<u32>(to, a3, 12 << 18);
    } else put(out + ((<usize>i) << 4));
  }
  return CHUNK;
}

function acrossParticles(out: usize, chunk: u32): i32 {
  const first = (chunk & 1023) * QUADS;
  for (let i: u32 = 0; i < QUADS; i += TILE) {
    openTile(first + i);
    drawTile(first + i, chunk >> 10);
    for (let lane: usize = 0; lane < <usize>TILE; lane += 4) {
      const from = WORDS + (lane << 4);
      const to = out + ((<usize>i + lane) << 2);
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 4 << 18);
      v128.store(to, v128.load(from, 32), 8 << 18);
      v128.store(to, v128.load(from, 48), 12 << 18);
    }
  }
  return CHUNK;
}

function seeds(out: usize, chunk: u32): i32 {
  const low = keyLow;
  const first = chunk * (QUADS >> 6);
  for (let i: u32 = 0; i < QUADS; i++) {
    seed(low + (i & 63), keyHigh);
    quad(first + (i >> 6), 0, PURPOSE_KICK, 0);
    put(out + ((<usize>i) << 4));
  }
  seed(low, keyHigh);
  return CHUNK;
}

function purposes(out: usize, chunk: u32): i32 {
  const each: u32 = 68;
  const sets = QUADS / each;
  for (let i: u32 = 0; i < sets; i++) {
    const at = out + <usize>((i * each) << 4);
    for (let k: u32 = 0; k < each; k++) {
      quad(chunk * sets + i, 1, k < 4 ? k : PURPOSE_REST + (k - 4), 0);
      put(at + ((<usize>k) << 4));
    }
  }
  return (sets * each) << 4;
}

function replicas(out: usize, chunk: u32): i32 {
  const first = chunk * (QUADS >> 6);
  for (let i: u32 = 0; i < QUADS; i++) {
    quad(first + (i >> 6), 2, PURPOSE_KICK, i & 63);
    put(out + ((<usize>i) << 4));
  }
  return CHUNK;
}

/** Appends bits to a stream, lowest first. */
let held: u64 = 0;
let bits: u32 = 0;
let next: usize = 0;

function append(value: u64, number: u32): void {
  held |= value << bits;
  bits += number;
  if (bits < 64) return;
  store<u64>(next, held);
  next += 8;
  bits -= 64;
  held = bits == 0 ? 0 : value >> (number - bits);
}

function uniforms(out: usize, chunk: u32): i32 {
  const scale: f64 = 4503599627370496.0; // 2^52
  next = out;
  held = 0;
  bits = 0;
  for (let i: u32 = 0; i < QUADS; i++) {
    quad(chunk * QUADS + i, 3, PURPOSE_RIM, 0);
    append(<u64>(uniform53(a0, a1) * scale), 52);
    append(<u64>(uniform53(a2, a3) * scale), 52);
  }
  return <i32>(next - out);
}

/** The layouts that follow the engine's own order. */
function tiles(out: usize, chunk: u32, layout: i32): i32 {
  next = out;
  held = 0;
  bits = 0;
  const draws: u32 = 64;
  const each = QUADS / draws / TILE;
  for (let tile: u32 = 0; tile < each; tile++) {
    const particle = (chunk * each + tile) * TILE;
    openTile(particle);
    for (let draw: u32 = 0; draw < draws; draw++) {
      drawTile(particle, draw);
      for (let at = WORDS, end = WORDS + ((<usize>TILE) << 4); at < end; at += 16) {
        const words = v128.load(at);
        if (layout == ANGLE) {
          append((<u64>i32x4.extract_lane(words, 0) >> 8) & 0xffffff, 24);
          append((<u64>i32x4.extract_lane(words, 1) >> 8) & 0xffffff, 24);
          append((<u64>i32x4.extract_lane(words, 2) >> 8) & 0xffffff, 24);
          append((<u64>i32x4.extract_lane(words, 3) >> 8) & 0xffffff, 24);
        } else if (layout == SIGNS) append(<u64>i32x4.bitmask(words), 4);
        else {
          v128.store(next, layout == AZIMUTH ? azimuthOf(words) : words);
          next += 16;
        }
      }
    }
  }
  return <i32>(next - out);
}

function congruential(out: usize, chunk: u32): i32 {
  let state = chunk * 0x9e3779b9 + 1;
  for (let to = out, end = out + <usize>CHUNK; to < end; to += 4) {
    state = state * 1103515245 + 12345;
    store<u32>(to, state);
  }
  return CHUNK;
}
