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
  XI_COPIES,
  XI0,
  XI0_BIN,
} from '../layout';
import { LEGENDRE } from '../math/constants';
import { kineticOf, middleForced2 } from '../motion/forced';
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

/** p v of a lane. */
function pressureOf(lane: usize): f64 {
  return load<f64>(P + (lane << 3)) * load<f64>(SPEED + (lane << 3));
}

function momentsOfRun(first: usize, count: usize): void {
  const magic = f64x2.splat(MAGIC);
  const one = f64x2.splat(1.0);
  const placeScale = f64x2.splat(parameters.placeScale);
  const many = parameters.oneSpeed == 0.0;
  const pressureScale = f64x2.splat(parameters.pressureScale);
  const onePressure = f64x2.mul(pressureScale, f64x2.splat(pressureOf(first)));
  let pressure = i64x2.splat(0);
  let parallel = i64x2.splat(0);
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
    let pv = onePressure;
    if (many) {
      pv = f64x2.mul(pressureScale, f64x2.mul(v128.load(P + at), v128.load(SPEED + at)));
      pressure = i64x2.add(pressure, f64x2.add(magic, v128.and(mask, pv)));
    }
    parallel = i64x2.add(parallel, f64x2.add(magic, f64x2.mul(pv, f64x2.mul(x, x))));
    const s = v128.and(mask, f64x2.mul(placeScale, v128.load(S + at)));
    position = i64x2.add(position, f64x2.add(magic, s));
    position2 = i64x2.add(position2, f64x2.add(magic, f64x2.mul(s, s)));
  }
  const magics = ((count + 1) >> 1) << 1;
  added += <i64>magics;
  addSum(positionAt, position, <i64>magics);
  addSum(position2At, position2, <i64>magics);
  addSum(pressureAt, parallel, <i64>magics);
  if (many) addSum(pressureAt + 8, pressure, <i64>magics);
  else store<i64>(pressureAt, load<i64>(pressureAt, 8) + <i64>count * fixed(f64x2.extract_lane(onePressure, 0)), 8);
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
let pressureAt: usize = 0;
/** p v xi0^2 of this snapshot. */
let midplanePressure: v128 = i64x2.splat(0);
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
  const muStride = (<usize>parameters.muBins) << MU_SHIFT;
  const pitchStride = xiBins << 2;
  const half = f64x2.splat(0.5 * parameters.xiBins);
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  const magic = f64x2.splat(MAGIC);
  const muScale = f64x2.splat(parameters.muScale);
  const pressureScale = f64x2.splat(parameters.pressureScale);
  const onePressure = f64x2.mul(pressureScale, f64x2.splat(pressureOf(first)));
  // MAGIC is taken off the sums at the end; the sum of squares has room for the number of summands in its upper bits
  const counting = i64x2.splat(reinterpret<i64>(MAGIC) - ONE);
  const xiStride = (<usize>parameters.startXiBins) << 4;
  const folded = i64x2.splat(parameters.folded != 0.0 ? -1 : 0);
  const edge = <usize>parameters.tallyEdge + ((time * <usize>parameters.edgeBins) << 2);
  const edgeLow = f64x2.splat(parameters.edgeBins > 0.0 ? parameters.edgeLow : Infinity);
  const midplaneAt = f64x2.splat(parameters.middle);
  const reach = f64x2.splat(parameters.middleReach);
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
    const square = forced
      ? f64x2.replace_lane(f64x2.splat(middleForced2(at)), 1, middleForced2(at + 8))
      : f64x2.pmax(f64x2.sub(one, m), zero);
    const middle = f64x2.sqrt(square);
    const signed = v128.bitselect(f64x2.neg(middle), middle, f64x2.lt(xi, zero));
    const a = f64x2.add(whole, f64x2.floor(f64x2.mul(half, f64x2.add(one, xi))));
    const b = f64x2.add(whole, f64x2.floor(f64x2.mul(half, f64x2.add(one, signed))));
    const bins = i32x4.min_s(top, i32x4.max_s(bottom, v128.shuffle<i32>(a, b, 0, 2, 4, 6)));
    const s = v128.load(S + at);
    const near = v128.and(f64x2.le(f64x2.abs(f64x2.sub(s, midplaneAt)), reach), f64x2.ge(middle, edgeLow));
    if (v128.any_true(near)) {
      if (i64x2.extract_lane(near, 0)) addEdge(edge, f64x2.extract_lane(middle, 0));
      if (i64x2.extract_lane(near, 1) && lane + 1 < count) addEdge(edge, f64x2.extract_lane(middle, 1));
    }
    const along = f64x2.floor(f64x2.mul(inverse, f64x2.sub(s, low)));
    const inside = v128.and(f64x2.ge(along, zero), f64x2.lt(along, lastPlace));
    const kept = f64x2.add(whole, v128.bitselect(along, lastPlace, inside));
    const places = v128.shuffle<i32>(kept, kept, 0, 2, 0, 2);
    // addresses of the two lanes: place in lanes 0 and 1, midplane in 2 and 3
    const placeRows = i32x4.mul(v128.and(places, lowHalf), width);
    const addresses = i32x4.add(lane & 2 ? oddBases : evenBases, i32x4.shl(i32x4.add(placeRows, bins), 2));
    const p = v128.load(P + at);
    const mu = f64x2.mul(muScale, f64x2.mul(f64x2.mul(p, p), m));
    const change = f64x2.sub(mu, f64x2.mul(muScale, v128.load(MU0 + at)));
    const muBits = f64x2.add(magic, mu);
    const mu2Bits = i64x2.sub(f64x2.add(magic, f64x2.mul(mu, mu)), counting);
    const changeBits = f64x2.add(magic, change);
    const change2Bits = f64x2.add(magic, f64x2.mul(change, change));
    const pv = many ? f64x2.mul(pressureScale, f64x2.mul(p, v128.load(SPEED + at))) : onePressure;
    const bits = f64x2.add(magic, f64x2.mul(pv, square));
    midplanePressure = i64x2.add(midplanePressure, lane + 1 < count ? bits : f64x2.replace_lane(bits, 1, MAGIC));
    const turned = f64x2.sub(v128.bitselect(square, xi, folded), v128.load(XI0 + at));
    const turnedBits = f64x2.add(magic, turned);
    const turned2Bits = i64x2.sub(f64x2.add(magic, f64x2.mul(turned, turned)), counting);
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
    const sums0 = copy + ((<usize>load<u32>(MU_BIN + narrow)) << MU_SHIFT);
    v128.store(sums0, i64x2.add(v128.load(sums0), v128.shuffle<i64>(muBits, mu2Bits, 0, 2)));
    v128.store(sums0, i64x2.add(v128.load(sums0, 16), v128.shuffle<i64>(changeBits, change2Bits, 0, 2)), 16);
    const xiCopy = XI_COPIES + (lane & 2 ? 2 * xiStride : 0);
    const turned0 = xiCopy + ((<usize>load<u32>(XI0_BIN + narrow)) << 4);
    v128.store(turned0, i64x2.add(v128.load(turned0), v128.shuffle<i64>(turnedBits, turned2Bits, 0, 2)));
    if (lane + 1 == count) break;

    bump(<usize>i32x4.extract_lane(addresses, 1));
    let row1: usize = 0;
    if (many) {
      const speed1 = forced ? speedBin(load<f64>(SPEED + at, 8)) : load<u32>(SPEED_BIN + narrow, 4);
      row1 = (<usize>speed1 * xiBins) << 2;
      bump(local + row1 + ((<usize>i32x4.extract_lane(bins, 1)) << 2));
    }
    bump(row1 + <usize>i32x4.extract_lane(addresses, 3));
    const sums1 = copy + muStride + ((<usize>load<u32>(MU_BIN + narrow, 4)) << MU_SHIFT);
    v128.store(sums1, i64x2.add(v128.load(sums1), v128.shuffle<i64>(muBits, mu2Bits, 1, 3)));
    v128.store(sums1, i64x2.add(v128.load(sums1, 16), v128.shuffle<i64>(changeBits, change2Bits, 1, 3)), 16);
    const turned1 = xiCopy + xiStride + ((<usize>load<u32>(XI0_BIN + narrow, 4)) << 4);
    v128.store(turned1, i64x2.add(v128.load(turned1), v128.shuffle<i64>(turnedBits, turned2Bits, 1, 3)));
  }
}

/** Counts a midplane pitch in the fine bins, the upper end with them. */
function addEdge(row: usize, pitch: f64): void {
  const bin = (pitch - parameters.edgeLow) * parameters.edgeInverseWidth;
  if (bin < parameters.edgeBins + 1e-9) bump(row + ((<usize>Math.min(parameters.edgeBins - 1.0, bin)) << 2));
}

/** Bytes of a row of MU_COPIES, as a power of two. */
const MU_SHIFT: usize = 5;
/** One summand more: squares are below 2^3, so a block's sum of them stays below 2^46. */
const COUNT_SHIFT: i64 = 48;
const ONE: i64 = 1 << COUNT_SHIFT;

/**
 * Two particles in a row often fall into the same bin, and the second would wait for the first one's store; neighbours
 * therefore count in copies of their own, which are added up once a snapshot. Here they are emptied.
 */
function emptyCopies(): void {
  memory.fill(PITCH_COPIES, 0, (<usize>parameters.xiBins) << 4);
  memory.fill(MU_COPIES, 0, (<usize>parameters.muBins) << (MU_SHIFT + 2));
  memory.fill(XI_COPIES, 0, (<usize>parameters.startXiBins) << 6);
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
  const stride = muBins << MU_SHIFT;
  const counts = <usize>parameters.tallyMuCount + ((time * muBins) << 2);
  const sums = <usize>parameters.tallyMu + ((time * muBins) << 5);
  for (let bin: usize = 0; bin < muBins; bin++) {
    const from = MU_COPIES + (bin << MU_SHIFT);
    const row = sums + (bin << 5);
    const magics = addCounted(counts + (bin << 2), row, copies(from, stride));
    v128.store(row, i64x2.add(v128.load(row, 16), i64x2.sub(copies(from + 16, stride), i64x2.splat(magics))), 16);
  }
  const pitches = <usize>parameters.startXiBins;
  const xiCounts = <usize>parameters.tallyXiCount + ((time * pitches) << 2);
  const xiSums = <usize>parameters.tallyXi + ((time * pitches) << 4);
  for (let bin: usize = 0; bin < pitches; bin++) {
    const at = bin << 4;
    addCounted(xiCounts + (bin << 2), xiSums + at, copies(XI_COPIES + at, pitches << 4));
  }
}

/** Adds two sums, of which the second holds the number of summands as well; returns what MAGIC comes to in the first. */
function addCounted(count: usize, row: usize, sums: v128): i64 {
  const squares = i64x2.extract_lane(sums, 1);
  const number = squares >> COUNT_SHIFT;
  const magics = number * reinterpret<i64>(MAGIC);
  store<u32>(count, load<u32>(count) + <u32>number);
  store<i64>(row, load<i64>(row) + i64x2.extract_lane(sums, 0) - magics);
  store<i64>(row, load<i64>(row, 8) + (squares & (ONE - 1)), 8);
  return magics;
}

function copies(from: usize, stride: usize): v128 {
  const first = i64x2.add(v128.load(from), v128.load(from + stride));
  return i64x2.add(first, i64x2.add(v128.load(from + 2 * stride), v128.load(from + 3 * stride)));
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
  pressureAt = <usize>parameters.tallyPressure + (wide << 1);
  energy2At = <usize>parameters.tallyEnergy2 + wide;
  added = 0;
  midplanePressure = i64x2.splat(0);
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
  addSum(<usize>parameters.tallyMidplanePressure + wide, midplanePressure, added);
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
