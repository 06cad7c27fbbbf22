import { runCount, runFirst } from '../block';
import {
  CLASSES,
  ENERGY,
  M,
  MU_BIN,
  MU_COPIES,
  MU0,
  P,
  PITCH_COPIES,
  parameters,
  S,
  SPEED,
  SPEED_BIN,
  XI,
} from '../layout';
import { LEGENDRE } from '../math/constants';
import { kineticOf, potentialAt } from '../motion/forced';
import { fixed, MAGIC, speedBin } from './losses';

/**
 * The tallies of one snapshot time over all living lanes. Histograms count in 32 bits; moments are fixed-point: adding
 * MAGIC puts x, rounded to 2^-32, into the low bits of the sum, so that one float addition and one integer addition are
 * all a moment costs, and sums are associative. Lanes beyond the end of a run add zero.
 */
let legendre1: v128 = i64x2.splat(0);
let legendre2: v128 = i64x2.splat(0);
let legendre3: v128 = i64x2.splat(0);
let legendre4: v128 = i64x2.splat(0);
let legendre5: v128 = i64x2.splat(0);
let legendre6: v128 = i64x2.splat(0);
let legendre7: v128 = i64x2.splat(0);
let legendre8: v128 = i64x2.splat(0);

/** Adds two lanes of a sum into which MAGIC went `magics` times. */
function addSum(address: usize, sum: v128, magics: i64): void {
  const value = i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1) - magics * reinterpret<i64>(MAGIC);
  store<i64>(address, load<i64>(address) + value);
}

/** P_l from its two predecessors: ((2l - 1) x P_{l-1} - (l - 1) P_{l-2}) / l. */
function next(l: usize, x: v128, last: v128, before: v128): v128 {
  const row = LEGENDRE + ((l - 2) << 5);
  return f64x2.sub(f64x2.mul(f64x2.mul(v128.load(row), x), last), f64x2.mul(v128.load(row, 16), before));
}

function momentsOfRun(first: usize, count: usize): void {
  const magic = f64x2.splat(MAGIC);
  const one = f64x2.splat(1.0);
  const placeScale = f64x2.splat(parameters.placeScale);
  let position = i64x2.splat(0);
  let position2 = i64x2.splat(0);
  for (let lane: usize = 0; lane < count; lane += 2) {
    const at = (first + lane) << 3;
    const mask = lane + 1 < count ? i64x2.splat(-1) : i64x2(-1, 0);
    const x = v128.and(mask, v128.load(XI + at));
    const p2 = next(2, x, x, v128.and(mask, one));
    const p3 = next(3, x, p2, x);
    const p4 = next(4, x, p3, p2);
    const p5 = next(5, x, p4, p3);
    const p6 = next(6, x, p5, p4);
    const p7 = next(7, x, p6, p5);
    const p8 = next(8, x, p7, p6);
    legendre1 = i64x2.add(legendre1, f64x2.add(magic, x));
    legendre2 = i64x2.add(legendre2, f64x2.add(magic, p2));
    legendre3 = i64x2.add(legendre3, f64x2.add(magic, p3));
    legendre4 = i64x2.add(legendre4, f64x2.add(magic, p4));
    legendre5 = i64x2.add(legendre5, f64x2.add(magic, p5));
    legendre6 = i64x2.add(legendre6, f64x2.add(magic, p6));
    legendre7 = i64x2.add(legendre7, f64x2.add(magic, p7));
    legendre8 = i64x2.add(legendre8, f64x2.add(magic, p8));
    const s = v128.and(mask, f64x2.mul(placeScale, v128.load(S + at)));
    position = i64x2.add(position, f64x2.add(magic, s));
    position2 = i64x2.add(position2, f64x2.add(magic, f64x2.mul(s, s)));
  }
  const magics = ((count + 1) >> 1) << 1;
  added += <i64>magics;
  addSum(positionAt, position, <i64>magics);
  addSum(position2At, position2, <i64>magics);
}

/** Kinetic energy: the same for all of one speed, else summed lane by lane. */
function energyOfRun(first: usize, count: usize): void {
  if (parameters.oneSpeed != 0.0) {
    const k = parameters.energyScale * load<f64>(ENERGY + (first << 3));
    store<i64>(energyAt, load<i64>(energyAt) + <i64>count * fixed(k));
    store<i64>(energy2At, load<i64>(energy2At) + <i64>count * fixed(k * k));
    return;
  }
  const magic = f64x2.splat(MAGIC);
  let energy = i64x2.splat(0);
  let energy2 = i64x2.splat(0);
  for (let lane: usize = 0; lane < count; lane += 2) {
    const mask = lane + 1 < count ? i64x2.splat(-1) : i64x2(-1, 0);
    const k = v128.and(mask, kinetic((first + lane) << 3));
    energy = i64x2.add(energy, f64x2.add(magic, k));
    energy2 = i64x2.add(energy2, f64x2.add(magic, f64x2.mul(k, k)));
  }
  const magics = <i64>(((count + 1) >> 1) << 1);
  addSum(energyAt, energy, magics);
  addSum(energy2At, energy2, magics);
}

/** How often MAGIC went into the Legendre sums of this snapshot. */
let added: i64 = 0;
let positionAt: usize = 0;
let position2At: usize = 0;
let energyAt: usize = 0;
let energy2At: usize = 0;

/** Kinetic energy of two lanes over the tallies' bound. */
function kinetic(at: usize): v128 {
  const scale = f64x2.splat(parameters.energyScale);
  if (parameters.forced == 0.0) return f64x2.mul(scale, v128.load(ENERGY + at));
  const p0 = load<f64>(P + at);
  const p1 = load<f64>(P + at, 8);
  return f64x2.mul(scale, f64x2.replace_lane(f64x2.splat(kineticOf(p0 * p0)), 1, kineticOf(p1 * p1)));
}

function bump(address: usize): void {
  store<u32>(address, load<u32>(address) + 1);
}

/**
 * Histograms and the moments of mu, two lanes at a time up to the addresses, one at a time from there. Where all have one
 * speed the local histogram is left to the host: it is the one by place, summed over the places.
 */
function histogramsOfRun(first: usize, count: usize, time: usize): void {
  const xiBins = <usize>parameters.xiBins;
  const speeds = <usize>parameters.speedBins + 1;
  const local = <usize>parameters.tallyLocal + ((time * speeds * xiBins) << 2);
  const midplane = <usize>parameters.tallyMidplane + ((time * speeds * xiBins) << 2);
  const placeBins = <usize>parameters.placeBins;
  const place = <usize>parameters.tallyPlace + ((time * (placeBins + 1) * xiBins) << 2);
  const muStride = <usize>parameters.muBins * MU_ROW;
  const pitchStride = xiBins << 2;
  const half = f64x2.splat(0.5 * parameters.xiBins);
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  const magic = f64x2.splat(MAGIC);
  const none = i64x2.splat(reinterpret<i64>(MAGIC));
  const muScale = f64x2.splat(parameters.muScale);
  const unit = i64x2(1, 0);
  const top = i32x4.splat(<i32>parameters.xiBins - 1);
  const bottom = i32x4.splat(0);
  const low = f64x2.splat(parameters.placeLow);
  const inverse = f64x2.splat(parameters.placeInverseWidth);
  const forced = parameters.forced != 0.0;
  const lastPlace = f64x2.splat(parameters.placeBins);
  // a whole number below 2^31 added to it stands in the sum's low 32 bits
  const whole = f64x2.splat(6755399441055744.0);
  const lowHalf = i32x4(-1, -1, 0, 0);
  const width = i32x4.splat(<i32>xiBins);
  const many = parameters.oneSpeed == 0.0;
  const pitch0 = many ? midplane : PITCH_COPIES;
  const step: usize = many ? 0 : pitchStride;
  const evenBases = i32x4(<i32>place, <i32>place, <i32>pitch0, <i32>(pitch0 + step));
  const oddBases = i32x4(<i32>place, <i32>place, <i32>(pitch0 + 2 * step), <i32>(pitch0 + 3 * step));
  for (let lane: usize = 0; lane < count; lane += 2) {
    const at = (first + lane) << 3;
    const xi = v128.load(XI + at);
    const m = v128.load(M + at);
    const middle = forced
      ? f64x2.replace_lane(f64x2.splat(middleForced(at)), 1, middleForced(at + 8))
      : f64x2.sqrt(f64x2.pmax(f64x2.sub(one, m), zero));
    const signed = v128.bitselect(f64x2.neg(middle), middle, f64x2.lt(xi, zero));
    const a = f64x2.add(whole, f64x2.floor(f64x2.mul(half, f64x2.add(one, xi))));
    const b = f64x2.add(whole, f64x2.floor(f64x2.mul(half, f64x2.add(one, signed))));
    const bins = i32x4.min_s(top, i32x4.max_s(bottom, v128.shuffle<i32>(a, b, 0, 2, 4, 6)));
    const along = f64x2.floor(f64x2.mul(inverse, f64x2.sub(v128.load(S + at), low)));
    const inside = v128.and(f64x2.ge(along, zero), f64x2.lt(along, lastPlace));
    const kept = f64x2.add(whole, v128.bitselect(along, lastPlace, inside));
    const places = v128.shuffle<i32>(kept, kept, 0, 2, 0, 2);
    // addresses of the two lanes: place in lanes 0 and 1, midplane in 2 and 3
    const placeRows = i32x4.mul(v128.and(places, lowHalf), width);
    const addresses = i32x4.add(lane & 2 ? oddBases : evenBases, i32x4.shl(i32x4.add(placeRows, bins), 2));
    const p = v128.load(P + at);
    const mu = f64x2.mul(muScale, f64x2.mul(f64x2.mul(p, p), m));
    const change = f64x2.sub(mu, f64x2.mul(muScale, v128.load(MU0 + at)));
    const muBits = i64x2.sub(f64x2.add(magic, mu), none);
    const mu2Bits = i64x2.sub(f64x2.add(magic, f64x2.mul(mu, mu)), none);
    const changeBits = i64x2.sub(f64x2.add(magic, change), none);
    const change2Bits = i64x2.sub(f64x2.add(magic, f64x2.mul(change, change)), none);
    const narrow = (first + lane) << 2;

    bump(<usize>i32x4.extract_lane(addresses, 0));
    let row0: usize = 0;
    if (many) {
      const speed0 = forced ? speedBin(load<f64>(SPEED + at)) : load<u32>(SPEED_BIN + narrow);
      row0 = (<usize>speed0 * xiBins) << 2;
      bump(local + row0 + ((<usize>i32x4.extract_lane(bins, 0)) << 2));
    }
    bump(row0 + <usize>i32x4.extract_lane(addresses, 2));
    const copy = MU_COPIES + (lane & 2 ? 2 * muStride : 0);
    const sums0 = copy + <usize>load<u32>(MU_BIN + narrow) * MU_ROW;
    v128.store(sums0, i64x2.add(v128.load(sums0), unit));
    v128.store(sums0, i64x2.add(v128.load(sums0, 16), v128.shuffle<i64>(muBits, mu2Bits, 0, 2)), 16);
    v128.store(sums0, i64x2.add(v128.load(sums0, 32), v128.shuffle<i64>(changeBits, change2Bits, 0, 2)), 32);
    if (lane + 1 == count) break;

    bump(<usize>i32x4.extract_lane(addresses, 1));
    let row1: usize = 0;
    if (many) {
      const speed1 = forced ? speedBin(load<f64>(SPEED + at, 8)) : load<u32>(SPEED_BIN + narrow, 4);
      row1 = (<usize>speed1 * xiBins) << 2;
      bump(local + row1 + ((<usize>i32x4.extract_lane(bins, 1)) << 2));
    }
    bump(row1 + <usize>i32x4.extract_lane(addresses, 3));
    const sums1 = copy + muStride + <usize>load<u32>(MU_BIN + narrow, 4) * MU_ROW;
    v128.store(sums1, i64x2.add(v128.load(sums1), unit));
    v128.store(sums1, i64x2.add(v128.load(sums1, 16), v128.shuffle<i64>(muBits, mu2Bits, 1, 3)), 16);
    v128.store(sums1, i64x2.add(v128.load(sums1, 32), v128.shuffle<i64>(changeBits, change2Bits, 1, 3)), 32);
  }
}

/** Bytes of a row of MU_COPIES. */
const MU_ROW: usize = 48;

/**
 * Two particles in a row often fall into the same bin, and the second would wait for the first one's store; neighbours
 * therefore count in copies of their own, which are added up once a snapshot. Here they are emptied.
 */
function emptyCopies(): void {
  memory.fill(PITCH_COPIES, 0, (<usize>parameters.xiBins) << 4);
  memory.fill(MU_COPIES, 0, <usize>parameters.muBins * MU_ROW * 4);
}

function addCopies(time: usize): void {
  const xiBins = <usize>parameters.xiBins;
  if (parameters.oneSpeed != 0.0) {
    const speedRow = time * (<usize>parameters.speedBins + 1) + <usize>speedBin(1.0);
    const midplane = <usize>parameters.tallyMidplane + ((speedRow * xiBins) << 2);
    const stride = xiBins << 2;
    for (let at: usize = 0; at < stride; at += 4) {
      const from = PITCH_COPIES + at;
      const sum =
        load<u32>(from) + load<u32>(from + stride) + load<u32>(from + 2 * stride) + load<u32>(from + 3 * stride);
      store<u32>(midplane + at, load<u32>(midplane + at) + sum);
    }
  }
  const muBins = <usize>parameters.muBins;
  const stride = muBins * MU_ROW;
  const counts = <usize>parameters.tallyMuCount + ((time * muBins) << 2);
  const sums = <usize>parameters.tallyMu + ((time * muBins) << 5);
  for (let bin: usize = 0; bin < muBins; bin++) {
    const from = MU_COPIES + bin * MU_ROW;
    const number = copies(from, stride);
    store<u32>(counts + (bin << 2), load<u32>(counts + (bin << 2)) + <u32>i64x2.extract_lane(number, 0));
    const row = sums + (bin << 5);
    v128.store(row, i64x2.add(v128.load(row), copies(from + 16, stride)));
    v128.store(row, i64x2.add(v128.load(row, 16), copies(from + 32, stride)), 16);
  }
}

function copies(from: usize, stride: usize): v128 {
  const first = i64x2.add(v128.load(from), v128.load(from + stride));
  return i64x2.add(first, i64x2.add(v128.load(from + 2 * stride), v128.load(from + 3 * stride)));
}

/** Size of the midplane pitch cosine by the invariants, with a potential: 1 - mu Bmin / p0^2, p0 the momentum there. */
function middleForced(at: usize): f64 {
  const p = load<f64>(P + at);
  const momentum2 = p * p;
  const there = kineticOf(momentum2) + potentialAt(load<f64>(S + at)) - parameters.middlePotential;
  if (there <= 0.0) return 0.0;
  const momentum20 = (there * (2.0 + there * parameters.gammaRef * parameters.inverseC2)) / parameters.gammaRef;
  return Math.sqrt(Math.max(0.0, 1.0 - (momentum2 * load<f64>(M + at)) / momentum20));
}

/** Everything that is counted at snapshot `time`. */
export function snapshot(time: i32): void {
  legendre1 = i64x2.splat(0);
  legendre2 = i64x2.splat(0);
  legendre3 = i64x2.splat(0);
  legendre4 = i64x2.splat(0);
  legendre5 = i64x2.splat(0);
  legendre6 = i64x2.splat(0);
  legendre7 = i64x2.splat(0);
  legendre8 = i64x2.splat(0);
  const wide = (<usize>time) << 3;
  positionAt = <usize>parameters.tallyPosition + wide;
  position2At = <usize>parameters.tallyPosition2 + wide;
  energyAt = <usize>parameters.tallyEnergy + wide;
  energy2At = <usize>parameters.tallyEnergy2 + wide;
  added = 0;
  emptyCopies();
  let inside: i64 = 0;
  for (let k = 0; k < CLASSES; k++) {
    const count = runCount(k);
    if (count == 0) continue;
    inside += <i64>count;
    momentsOfRun(<usize>runFirst(k), <usize>count);
    energyOfRun(<usize>runFirst(k), <usize>count);
    histogramsOfRun(<usize>runFirst(k), <usize>count, <usize>time);
  }
  addCopies(<usize>time);
  const row = <usize>parameters.tallyLegendre + <usize>time * 72;
  store<i64>(row, load<i64>(row) + (inside << 32));
  addSum(row + 8, legendre1, added);
  addSum(row + 16, legendre2, added);
  addSum(row + 24, legendre3, added);
  addSum(row + 32, legendre4, added);
  addSum(row + 40, legendre5, added);
  addSum(row + 48, legendre6, added);
  addSum(row + 56, legendre7, added);
  addSum(row + 64, legendre8, added);
}
