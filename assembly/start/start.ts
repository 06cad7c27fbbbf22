import { setRun } from '../block';
import { park } from '../boundaries/ends';
import { rateAt } from '../collisions/rate';
import { evaluate, gradient, strength } from '../fields/profile';
import {
  ALIVE,
  B,
  CLASSES,
  DRAFT,
  ENERGY,
  GRADIENT,
  ID,
  LEVEL,
  M,
  MU_BIN,
  MU0,
  NU,
  P,
  parameters,
  S,
  SPEED,
  SPEED_BIN,
  XI,
  XI0,
  XI0_BIN,
} from '../layout';
import { beginForced, gammaOf, kineticOf, middleForced2, momentum2Of, potentialAt } from '../motion/forced';
import { keepFirstProduct, PURPOSE_START, philox, uniform53, word0, word1, word2, word3 } from '../random/philox';
import { addCount, fixed, speedBin } from '../tallies/losses';
import { quantile } from './quantile';

/**
 * The start of a block. Every initial value is the quantile of one uniform number: tables of (cumulative probability,
 * value), linear inside a cell, so that a draw takes a fixed number of random words whatever the distribution is.
 */
const ROW: usize = 10240;
const DRAFT_S: usize = DRAFT;
const DRAFT_XI: usize = DRAFT + ROW;
const DRAFT_P: usize = DRAFT + 2 * ROW;
const DRAFT_CLASS: usize = DRAFT + 3 * ROW;

/** Cumulative probability of a value: the inverse of `quantile`. */
function cumulative(table: usize, cells: i32, x: f64): f64 {
  let low = 0;
  let high = cells;
  if (x <= load<f64>(table, 8)) return 0.0;
  if (x >= load<f64>(table + ((<usize>cells) << 4), 8)) return 1.0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<f64>(table + ((<usize>middle) << 4), 8) <= x) low = middle;
    else high = middle;
  }
  const row = table + ((<usize>low) << 4);
  const x0 = load<f64>(row, 8);
  const c0 = load<f64>(row);
  return c0 + ((x - x0) / (load<f64>(row, 24) - x0)) * (load<f64>(row, 16) - c0);
}

/**
 * Square of the largest |xi| that is still reflected before a throat, for kinetic energy K at a place where the field is b
 * and the potential energy is w: 1 - (b/bThroat) (p^2 where the throat's potential is reached) / p^2.
 */
function trapped2(b: f64, bThroat: f64, kinetic: f64, w: f64, wThroat: f64): f64 {
  if (bThroat <= 0.0) return 1.0;
  const atThroat = kinetic + w - wThroat;
  if (atThroat <= 0.0) return 1.0;
  return 1.0 - ((b / bThroat) * momentum2Of(atThroat)) / momentum2Of(kinetic);
}

/**
 * Draws `count` particles, sorts them into speed classes and fills the lanes. Returns 0, or 1 if they do not fit.
 * @param stratum of the block, pitch running fastest: the uniform number u of a draw becomes (stratum + u)/strata, to the bit u for one
 */
export function start(particle: u32, particleHigh: u32, count: i32, stratum: i32): i32 {
  const pitchStrata = <i32>parameters.pitchStrata;
  const pitchStratum = <f64>(stratum % pitchStrata);
  const speedStratum = <f64>(stratum / pitchStrata);
  const purpose = PURPOSE_START | (particleHigh << 8);
  const classes = <i32>parameters.classes;
  const counts = DRAFT + 4 * ROW;
  memory.fill(counts, 0, (<usize>CLASSES) << 2);
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 3;
    philox(particle + i, 0, purpose, 0);
    const uSpeed = (speedStratum + uniform53(word0, word1)) / parameters.speedStrata;
    const uPitch = (pitchStratum + uniform53(word2, word3)) / parameters.pitchStrata;
    philox(particle + i, 1, purpose, 0);
    const s = quantile(<usize>parameters.placeTable, <i32>parameters.placeCells, uniform53(word0, word1));
    const p = quantile(<usize>parameters.speedTable, <i32>parameters.speedCells, uSpeed);
    const momentum2 = p * p;
    evaluate(s);
    const w = potentialAt(s);
    const kinetic = kineticOf(momentum2);
    const left = trapped2(strength, parameters.throatFieldLeft, kinetic, w, parameters.throatPotentialLeft);
    const right = trapped2(strength, parameters.throatFieldRight, kinetic, w, parameters.throatPotentialRight);
    const limit2 = Math.max(0.0, Math.min(left, right));
    const pitchTable = <usize>parameters.pitchTable;
    const pitchCells = <i32>parameters.pitchCells;
    let u = uPitch;
    if (parameters.trappedOnly != 0.0 && pitchCells > 0) {
      const limit = Math.sqrt(limit2);
      const low = cumulative(pitchTable, pitchCells, -limit);
      u = low + u * (cumulative(pitchTable, pitchCells, limit) - low);
    }
    const xi = quantile(pitchTable, pitchCells, u);
    addCount(<usize>parameters.tallyTrapped);
    // a cone is one of pitch alone; a throat is passed by energy
    const edge2 = parameters.boundaryKind == 4.0 ? 1.0 - strength / parameters.mirrorRatio : limit2;
    if (parameters.mirrorRatio > 0.0 && xi * xi < edge2) addCount(<usize>parameters.tallyTrapped + 4);

    // the step: short against the bounce at the greatest speed the orbit reaches, and against the scattering time
    const fastest2 = momentum2Of(Math.max(kinetic, kinetic + w - parameters.lowestPotential));
    const fastest = (Math.sqrt(fastest2) * parameters.gammaRef) / gammaOf(fastest2);
    let need = parameters.pathStep / fastest;
    let nu = rateAt(momentum2);
    if (parameters.forced != 0.0) {
      // the rates that the orbit meets: at its fastest, and where it is slow, down to half its speed
      const slow = Math.max(kinetic + w - parameters.highestPotential, 0.25 * kinetic);
      nu = Math.max(nu, Math.max(rateAt(fastest2), rateAt(momentum2Of(Math.min(kinetic, slow)))));
    }
    if (nu > 0.0) need = Math.min(need, parameters.tauStep / nu);
    let k = <i32>Math.floor(2.0 * Math.log2(need / parameters.shortestStep) + 1e-9);
    k = k < 0 ? 0 : k > classes - 1 ? classes - 1 : k;
    store<f64>(DRAFT_S + at, s);
    store<f64>(DRAFT_XI + at, xi);
    store<f64>(DRAFT_P + at, p);
    store<i32>(DRAFT_CLASS + ((<usize>i) << 2), k);
    const slot = counts + ((<usize>k) << 2);
    store<i32>(slot, load<i32>(slot) + 1);
  }
  let lane = 0;
  for (let k = 0; k < CLASSES; k++) {
    const inside = load<i32>(counts + ((<usize>k) << 2));
    setRun(k, lane, inside);
    store<i32>(counts + ((<usize>k) << 2), lane);
    lane = (lane + inside + 3) & ~3;
  }
  for (let i = 0; i < count; i++) {
    const slot = counts + ((<usize>load<i32>(DRAFT_CLASS + ((<usize>i) << 2))) << 2);
    const to = load<i32>(slot);
    store<i32>(slot, to + 1);
    place(<usize>i, <usize>to, particle);
  }
  for (let k = 0; k < CLASSES; k++) {
    for (let rest = load<i32>(counts + ((<usize>k) << 2)); rest & 3; rest++) park(<usize>rest);
  }
  return 0;
}

function place(i: usize, lane: usize, particle: u32): void {
  const from = i << 3;
  const at = lane << 3;
  const s = load<f64>(DRAFT_S + from);
  const xi = load<f64>(DRAFT_XI + from);
  const p = load<f64>(DRAFT_P + from);
  const momentum2 = p * p;
  const speed = (p * parameters.gammaRef) / gammaOf(momentum2);
  evaluate(s);
  const m = (1.0 - xi * xi) / strength;
  const mu = momentum2 * m;
  store<f64>(S + at, s);
  store<f64>(XI + at, xi);
  store<f64>(M + at, m);
  store<f64>(B + at, strength);
  store<f64>(GRADIENT + at, gradient);
  store<f64>(P + at, p);
  store<f64>(SPEED + at, parameters.oneSpeed != 0.0 ? 1.0 : speed);
  store<f64>(NU + at, rateAt(momentum2));
  store<f64>(ENERGY + at, kineticOf(momentum2) + potentialAt(s));
  store<f64>(MU0 + at, mu);
  if (parameters.forced != 0.0) beginForced(lane, s);
  const narrow = lane << 2;
  const bin = mu * parameters.muInverseWidth;
  store<u32>(MU_BIN + narrow, <u32>Math.min(parameters.muBins - 1.0, Math.max(0.0, bin)));
  const turns = parameters.folded != 0.0;
  const square = parameters.forced != 0.0 ? middleForced2(at) : Math.max(0.0, 1.0 - m);
  const xi0 = turns ? Math.sqrt(square) : xi;
  const pitch = (xi0 - parameters.startXiLow) * parameters.startXiInverseWidth;
  const pitchBin = <u32>Math.min(parameters.startXiBins - 1.0, Math.max(0.0, pitch));
  store<f64>(XI0 + at, turns ? square : xi);
  store<u32>(XI0_BIN + narrow, pitchBin);
  const sums = <usize>parameters.tallyStartXi + <usize>pitchBin * 24;
  const xi2 = xi0 * xi0;
  store<i64>(sums, load<i64>(sums) + fixed(xi0));
  store<i64>(sums, load<i64>(sums, 8) + fixed(xi2), 8);
  store<i64>(sums, load<i64>(sums, 16) + fixed(xi2 * xi2), 16);
  store<u32>(SPEED_BIN + narrow, speedBin(speed));
  store<u32>(ID + narrow, <u32>i);
  store<u32>(ALIVE + narrow, 1);
  store<u32>(LEVEL + narrow, 0);
  keepFirstProduct(lane, particle + <u32>i);
}
