import { advanceWatched } from './advance';
import { advanceCentresWatched } from './drift';
import { FAULT, fateOf, TIME_LIMIT } from './ends';
import { bendX, bendY, bendZ, bx, by, bz, fieldAt, strength } from './gradients';
import { advanceHybridWatched } from './hybrid';
import {
  DRIFT,
  FORM,
  INVERSE_GAMMA,
  ORBIT_GROUP,
  orbit,
  PROBE,
  SUBSTEP,
  SUBSTEPS,
  UX,
  UY,
  UZ,
  X,
  Y,
  Z,
} from './layout';
import { along, centreX, centreY, centreZ, epsilon, measure, momentum2, mu, pitch, rawMu } from './measure';

/**
 * The path of the particle in lane 0, which is alone in its block: a row at the end of the substep that is nearest to each time of
 * a cadence. The particle itself moves as in any block, to the bit; rows are taken from a copy of its lane.
 */

/** Lane that no particle has and that `differentiate` leaves alone. */
const SEEN: usize = PROBE + 12;
/** Numbers of a row, in the order of `TRACK_COLUMNS` in src/plan/orbits/tracks.ts. */
const COLUMNS: usize = 17;

let rows: usize = 0;
let length: i32 = 0;
let capacity: i32 = 0;
let from: f64 = 0.0;
let until: f64 = 0.0;
let every: f64 = 0.0;
/** Number of the next time of the cadence. */
let wanted: f64 = 0.0;
/** Time of the last row. */
let last: f64 = -1.0;
/** The same where the step under way began. */
let lengthBefore: i32 = 0;
let wantedBefore: f64 = 0.0;
let lastBefore: f64 = -1.0;
/** The step under way, and half the length of its substeps. */
let stepFrom: f64 = 0.0;
let half: f64 = 0.0;

/** Begins the path: at most so many rows are written from this address on, at begin, begin + cadence, ... up to the end. */
export function openTrack(address: usize, most: i32, begin: f64, end: f64, cadence: f64): void {
  rows = address;
  capacity = most;
  length = 0;
  from = begin;
  until = end;
  every = cadence;
  half = 0.0;
  wanted = 0.0;
  last = -1.0;
}

/** Rows written so far. */
export function trackLength(): i32 {
  return length;
}

/** Whether the end of a substep is the one to look at: none that is nearer to the next time of the cadence comes. */
function due(time: f64): bool {
  if (time > until || time + half < from + wanted * every) return false;
  wanted = Math.floor((time + half - from) / every) + 1.0;
  return true;
}

/** A row of what is in the lane SEEN. */
function write(time: f64): void {
  if (length == capacity || time == last) return;
  const at = SEEN << 3;
  measure(SEEN, time);
  const row = rows + <usize>length * (COLUMNS << 3);
  store<f64>(row, time);
  store<f64>(row, load<f64>(at + X), 8);
  store<f64>(row, load<f64>(at + Y), 16);
  store<f64>(row, load<f64>(at + Z), 24);
  // of a guiding centre what is along B: its gyration has no phase
  const centres = load<u32>(FORM + (SEEN << 2)) != 0;
  const u = load<f64>(at + UX);
  store<f64>(row, centres ? u * bx : u, 32);
  store<f64>(row, centres ? u * by : load<f64>(at + UY), 40);
  store<f64>(row, centres ? u * bz : load<f64>(at + UZ), 48);
  store<f64>(row, mu, 56);
  store<f64>(row, rawMu, 64);
  store<f64>(row, centreX, 72);
  store<f64>(row, centreY, 80);
  store<f64>(row, centreZ, 88);
  store<f64>(row, centres ? u : along, 96);
  store<f64>(row, pitch, 104);
  store<f64>(row, epsilon, 112);
  const rho = Math.sqrt(momentum2) / (Math.abs(orbit.turn) * strength);
  const bend = Math.sqrt(bendX * bendX + bendY * bendY + bendZ * bendZ);
  store<f64>(row, Math.sqrt(1.0 / (bend * rho)), 120);
  fieldAt(load<f64>(at + X), load<f64>(at + Y), load<f64>(at + Z), time);
  store<f64>(row, strength, 128);
  length++;
  last = time;
}

/** Copies lane 0, `back` of a path behind where it is. */
function see(back: f64): void {
  const at = SEEN << 3;
  const ux = load<f64>(UX);
  const uy = load<f64>(UY);
  const uz = load<f64>(UZ);
  const inverse = load<f64>(INVERSE_GAMMA);
  const path = back * inverse;
  store<f64>(at + X, load<f64>(X) - path * ux);
  store<f64>(at + Y, load<f64>(Y) - path * uy);
  store<f64>(at + Z, load<f64>(Z) - path * uz);
  store<f64>(at + UX, ux);
  store<f64>(at + UY, uy);
  store<f64>(at + UZ, uz);
  store<f64>(at + INVERSE_GAMMA, inverse);
  store<u32>(FORM + (SEEN << 2), load<u32>(FORM));
}

/** Looks on after every substep but the last: what comes after it (a collision, an end) is seen by `recordEnd`. */
@unmanaged
@final
class Recorder {
  /** The step under way is taken anew. */
  @inline
  again(): void {
    length = lengthBefore;
    wanted = wantedBefore;
    last = lastBefore;
  }
  @inline
  after(j: u32): void {
    const substep = load<f64>(SUBSTEP);
    half = 0.5 * substep;
    if (j + 1 >= load<u32>(SUBSTEPS)) return;
    const time = stepFrom + <f64>(j + 1) * substep;
    if (!due(time)) return;
    // the drift after this kick has gone half a substep on already
    see(load<f64>(DRIFT) - half);
    write(time);
  }
  @inline
  afterPart(lane: usize, part: f64, parts: f64, length: f64): void {
    half = 0.5 * length;
    if (part >= parts) return;
    const time = stepFrom + part * length;
    if (!due(time)) return;
    see(0.0);
    write(time);
  }
}

/** A step begins, which may be taken anew. */
function begin(time: f64): void {
  stepFrom = time;
  lengthBefore = length;
  wantedBefore = wanted;
  lastBefore = last;
}

/** A step of the particle, recorded. Returns the substeps. */
export function followOrbit(time: f64, step: f64): f64 {
  begin(time);
  return advanceWatched<Recorder>(changetype<Recorder>(0), 0, <usize>ORBIT_GROUP, time, step);
}

/** A step of the guiding centre, recorded. Returns its parts. */
export function followCentre(time: f64, step: f64): f64 {
  begin(time);
  return advanceCentresWatched<Recorder>(changetype<Recorder>(0), 0, 1, time, step);
}

/** A step of the one or the other, recorded: the number `number` of the run. Returns the substeps or the parts. */
export function followHybrid(particle: u32, particleHigh: u32, number: u32, time: f64, step: f64): f64 {
  begin(time);
  return advanceHybridWatched<Recorder>(changetype<Recorder>(0), 1, particle, particleHigh, number, time, step);
}

/** At the end of a step, and at the start: a row where one is due, and where the particle has just been lost. */
export function recordEnd(time: f64): void {
  const fate = fateOf(0);
  if (fate == FAULT) return;
  const lost = fate != TIME_LIMIT && time >= from;
  if (!due(time) && !lost) return;
  see(0.0);
  write(time);
}
