import { runCount, runFirst } from '../block';
import { CLASSES, ENERGY, M, MU_BIN, MU0, P, parameters, S, SPEED, SPEED_BIN, XI } from '../layout';
import { kineticOf, potentialAt } from '../motion/forced';
import { MAGIC, speedBin } from './losses';

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

function addSum(address: usize, sum: v128): void {
  store<i64>(address, load<i64>(address) + i64x2.extract_lane(sum, 0) + i64x2.extract_lane(sum, 1));
}

/** P_l from its two predecessors: ((2l - 1) x P_{l-1} - (l - 1) P_{l-2}) / l. */
function next(l: f64, x: v128, last: v128, before: v128): v128 {
  return f64x2.sub(
    f64x2.mul(f64x2.mul(f64x2.splat((2.0 * l - 1.0) / l), x), last),
    f64x2.mul(f64x2.splat((l - 1.0) / l), before),
  );
}

function momentsOfRun(first: usize, count: usize): void {
  const magic = f64x2.splat(MAGIC);
  const none = i64x2.splat(reinterpret<i64>(MAGIC));
  const one = f64x2.splat(1.0);
  const placeScale = f64x2.splat(parameters.placeScale);
  let position = i64x2.splat(0);
  let position2 = i64x2.splat(0);
  let energy = i64x2.splat(0);
  let energy2 = i64x2.splat(0);
  for (let lane: usize = 0; lane < count; lane += 2) {
    const at = (first + lane) << 3;
    const mask = lane + 1 < count ? i64x2.splat(-1) : i64x2(-1, 0);
    const x = v128.and(mask, v128.load(XI + at));
    const p0 = v128.and(mask, one);
    const p2 = next(2.0, x, x, p0);
    const p3 = next(3.0, x, p2, x);
    const p4 = next(4.0, x, p3, p2);
    const p5 = next(5.0, x, p4, p3);
    const p6 = next(6.0, x, p5, p4);
    const p7 = next(7.0, x, p6, p5);
    const p8 = next(8.0, x, p7, p6);
    legendre1 = i64x2.add(legendre1, i64x2.sub(f64x2.add(magic, x), none));
    legendre2 = i64x2.add(legendre2, i64x2.sub(f64x2.add(magic, p2), none));
    legendre3 = i64x2.add(legendre3, i64x2.sub(f64x2.add(magic, p3), none));
    legendre4 = i64x2.add(legendre4, i64x2.sub(f64x2.add(magic, p4), none));
    legendre5 = i64x2.add(legendre5, i64x2.sub(f64x2.add(magic, p5), none));
    legendre6 = i64x2.add(legendre6, i64x2.sub(f64x2.add(magic, p6), none));
    legendre7 = i64x2.add(legendre7, i64x2.sub(f64x2.add(magic, p7), none));
    legendre8 = i64x2.add(legendre8, i64x2.sub(f64x2.add(magic, p8), none));
    const s = v128.and(mask, f64x2.mul(placeScale, v128.load(S + at)));
    position = i64x2.add(position, i64x2.sub(f64x2.add(magic, s), none));
    position2 = i64x2.add(position2, i64x2.sub(f64x2.add(magic, f64x2.mul(s, s)), none));
    const k = v128.and(mask, kinetic(at));
    energy = i64x2.add(energy, i64x2.sub(f64x2.add(magic, k), none));
    energy2 = i64x2.add(energy2, i64x2.sub(f64x2.add(magic, f64x2.mul(k, k)), none));
  }
  addSum(positionAt, position);
  addSum(position2At, position2);
  addSum(energyAt, energy);
  addSum(energy2At, energy2);
}

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

/** Histograms and the moments of mu, two lanes at a time up to the bin numbers, one at a time from there. */
function histogramsOfRun(first: usize, count: usize, time: usize): void {
  const xiBins = <usize>parameters.xiBins;
  const speeds = <usize>parameters.speedBins + 1;
  const local = <usize>parameters.tallyLocal + ((time * speeds * xiBins) << 2);
  const midplane = <usize>parameters.tallyMidplane + ((time * speeds * xiBins) << 2);
  const placeBins = <usize>parameters.placeBins;
  const place = <usize>parameters.tallyPlace + ((time * (placeBins + 1) * xiBins) << 2);
  const muBins = <usize>parameters.muBins;
  const muCount = <usize>parameters.tallyMuCount + ((time * muBins) << 2);
  const muSums = <usize>parameters.tallyMu + ((time * muBins) << 5);
  const half = f64x2.splat(0.5 * parameters.xiBins);
  const one = f64x2.splat(1.0);
  const zero = f64x2.splat(0.0);
  const magic = f64x2.splat(MAGIC);
  const none = i64x2.splat(reinterpret<i64>(MAGIC));
  const muScale = f64x2.splat(parameters.muScale);
  const top = i32x4.splat(<i32>parameters.xiBins - 1);
  const bottom = i32x4.splat(0);
  const low = f64x2.splat(parameters.placeLow);
  const inverse = f64x2.splat(parameters.placeInverseWidth);
  const forced = parameters.forced != 0.0;
  const lastPlace = i32x4.splat(<i32>parameters.placeBins);
  for (let lane: usize = 0; lane < count; lane += 2) {
    const at = (first + lane) << 3;
    const xi = v128.load(XI + at);
    const m = v128.load(M + at);
    const middle = forced
      ? f64x2.replace_lane(f64x2.splat(middleForced(at)), 1, middleForced(at + 8))
      : f64x2.sqrt(f64x2.pmax(f64x2.sub(one, m), zero));
    const signed = v128.bitselect(f64x2.neg(middle), middle, f64x2.lt(xi, zero));
    const a = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.mul(half, f64x2.add(one, xi))));
    const b = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.mul(half, f64x2.add(one, signed))));
    const bins = i32x4.min_s(top, i32x4.max_s(bottom, v128.shuffle<i32>(a, b, 0, 1, 4, 5)));
    const placeAt = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.mul(inverse, f64x2.sub(v128.load(S + at), low))));
    const inside = v128.and(i32x4.lt_s(placeAt, lastPlace), i32x4.ge_s(placeAt, bottom));
    const places = v128.bitselect(placeAt, lastPlace, inside);
    const p = v128.load(P + at);
    const mu = f64x2.mul(muScale, f64x2.mul(f64x2.mul(p, p), m));
    const change = f64x2.sub(mu, f64x2.mul(muScale, v128.load(MU0 + at)));
    const muBits = i64x2.sub(f64x2.add(magic, mu), none);
    const mu2Bits = i64x2.sub(f64x2.add(magic, f64x2.mul(mu, mu)), none);
    const changeBits = i64x2.sub(f64x2.add(magic, change), none);
    const change2Bits = i64x2.sub(f64x2.add(magic, f64x2.mul(change, change)), none);
    const narrow = (first + lane) << 2;

    const speed0 = forced ? speedBin(load<f64>(SPEED + at)) : load<u32>(SPEED_BIN + narrow);
    const row0 = <usize>speed0 * xiBins;
    bump(local + ((row0 + <usize>i32x4.extract_lane(bins, 0)) << 2));
    bump(midplane + ((row0 + <usize>i32x4.extract_lane(bins, 2)) << 2));
    bump(place + ((<usize>i32x4.extract_lane(places, 0) * xiBins + <usize>i32x4.extract_lane(bins, 0)) << 2));
    const bin0 = <usize>load<u32>(MU_BIN + narrow);
    bump(muCount + (bin0 << 2));
    const sums0 = muSums + (bin0 << 5);
    v128.store(sums0, i64x2.add(v128.load(sums0), v128.shuffle<i64>(muBits, mu2Bits, 0, 2)));
    v128.store(sums0, i64x2.add(v128.load(sums0, 16), v128.shuffle<i64>(changeBits, change2Bits, 0, 2)), 16);
    if (lane + 1 == count) break;

    const speed1 = forced ? speedBin(load<f64>(SPEED + at, 8)) : load<u32>(SPEED_BIN + narrow, 4);
    const row1 = <usize>speed1 * xiBins;
    bump(local + ((row1 + <usize>i32x4.extract_lane(bins, 1)) << 2));
    bump(midplane + ((row1 + <usize>i32x4.extract_lane(bins, 3)) << 2));
    bump(place + ((<usize>i32x4.extract_lane(places, 1) * xiBins + <usize>i32x4.extract_lane(bins, 1)) << 2));
    const bin1 = <usize>load<u32>(MU_BIN + narrow, 4);
    bump(muCount + (bin1 << 2));
    const sums1 = muSums + (bin1 << 5);
    v128.store(sums1, i64x2.add(v128.load(sums1), v128.shuffle<i64>(muBits, mu2Bits, 1, 3)));
    v128.store(sums1, i64x2.add(v128.load(sums1, 16), v128.shuffle<i64>(changeBits, change2Bits, 1, 3)), 16);
  }
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
  let inside: i64 = 0;
  for (let k = 0; k < CLASSES; k++) {
    const count = runCount(k);
    if (count == 0) continue;
    inside += <i64>count;
    momentsOfRun(<usize>runFirst(k), <usize>count);
    histogramsOfRun(<usize>runFirst(k), <usize>count, <usize>time);
  }
  const row = <usize>parameters.tallyLegendre + <usize>time * 72;
  store<i64>(row, load<i64>(row) + (inside << 32));
  addSum(row + 8, legendre1);
  addSum(row + 16, legendre2);
  addSum(row + 24, legendre3);
  addSum(row + 32, legendre4);
  addSum(row + 40, legendre5);
  addSum(row + 48, legendre6);
  addSum(row + 56, legendre7);
  addSum(row + 64, legendre8);
}
