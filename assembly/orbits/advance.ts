import { look } from './fields/index';
import {
  ALIVE,
  BX,
  BY,
  BZ,
  DRIFT,
  FORM,
  HALF_TURN,
  INVERSE_GAMMA,
  ORBIT_GROUP,
  ORBIT_TILE,
  orbit,
  ROW,
  SUBSTEP,
  SUBSTEPS,
  TIME,
  X,
} from './layout';
import { drift, push } from './push';

/**
 * One step for all lanes, of which each takes as many substeps as its own gyration asks for: a power of two, so that their length
 * changes seldom. Drift, kick, drift; the drifts of neighbouring substeps are one.
 */

/** How many times more substeps a lane goes back for. */
const MOST_MORE: u32 = 1024;

/** Substeps of a lane: none longer than the largest turn, the largest path and the largest step allow. */
function substepsOf(lane: usize, step: f64): u32 {
  const at = lane << 3;
  if (!load<u32>(ALIVE + (lane << 2)) || load<u32>(FORM + (lane << 2))) return 0;
  const bx = load<f64>(BX + at);
  const by = load<f64>(BY + at);
  const bz = load<f64>(BZ + at);
  const inverse = load<f64>(INVERSE_GAMMA + at);
  const turn = Math.abs(orbit.turn) * Math.sqrt(bx * bx + by * by + bz * bz) * inverse;
  const speed = Math.sqrt(Math.max(0.0, 1.0 - inverse * inverse));
  const wanted =
    step * Math.max(Math.max(turn / orbit.largestTurn, speed / orbit.largestPath), 1.0 / orbit.largestStep);
  if (!(wanted <= orbit.mostSubsteps)) return <u32>orbit.mostSubsteps;
  let n: u32 = 1;
  while (<f64>n < wanted) n <<= 1;
  return n;
}

/** Sets how long the lanes turn and drift in their substep j. */
function setLengths(first: usize, lanes: usize, j: u32): void {
  for (let lane = first; lane < first + lanes; lane++) {
    const n = load<u32>(SUBSTEPS + (lane << 2));
    const at = lane << 3;
    const length = j < n ? load<f64>(SUBSTEP + at) : 0.0;
    store<f64>(HALF_TURN + at, 0.5 * orbit.turn * length);
    store<f64>(DRIFT + at, j + 1 < n ? length : 0.5 * length);
  }
}

/** Who looks on after every substep: nobody, which costs nothing. `Recorder` is another. */
@unmanaged
@final
export class Nobody {
  @inline
  again(): void {}
  @inline
  after(j: u32): void {}
  @inline
  afterPart(lane: usize, part: f64, parts: f64, length: f64): void {}
}

function advanceLanes<W>(watch: W, first: usize, lanes: usize, most: u32): void {
  // the first half of the first drift
  for (let lane = first; lane < first + lanes; lane++)
    store<f64>(DRIFT + (lane << 3), 0.5 * load<f64>(SUBSTEP + (lane << 3)));
  drift(first, lanes);
  const changing = orbit.changing != 0.0;
  for (let j: u32 = 0; j < most; j++) {
    // a lane's last substep is number 2^k - 1, and it rests from 2^k on
    if (((j + 1) & j) == 0 || (j & (j - 1)) == 0) setLengths(first, lanes, j);
    look(first, lanes);
    push(first, lanes);
    if (changing)
      for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16)
        v128.store(at + TIME, f64x2.add(v128.load(at + TIME), v128.load(at + SUBSTEP)));
    watch.after(j);
  }
}

/** Rows of a lane's place and momentum, X to INVERSE_GAMMA, and those of a tile before its step. */
const STATE: usize = 7;
const TILE: usize = (<usize>ORBIT_TILE) << 3;
const BEFORE: usize = memory.data(7 * 128 * 8);

function keep(tile: usize, size: usize): void {
  for (let k: usize = 0; k < STATE; k++) memory.copy(BEFORE + k * TILE, X + k * ROW + (tile << 3), size << 3);
}

function goBack(tile: usize, lane: usize): void {
  for (let k: usize = 0; k < STATE; k++)
    store<f64>(X + k * ROW + (lane << 3), load<f64>(BEFORE + k * TILE + ((lane - tile) << 3)));
}

/**
 * Lanes that would take more substeps from where they have come to go back and take as many. So a step has the substeps of either of its
 * ends, whichever are more, and the same backwards: with those of its start alone a particle steps otherwise into a stronger field than out
 * of it, and mu drifts (by 1e-5 a gyration at a tolerance of 1e-3).
 */
function again<W>(watch: W, tile: usize, size: usize, time: f64, step: f64): f64 {
  let work: f64 = 0.0;
  for (let lane = tile; lane < tile + size; lane++) store<f64>(TIME + (lane << 3), time + step);
  look(tile, size);
  for (let group = tile; group < tile + size; group += <usize>ORBIT_GROUP) {
    let most: u32 = 0;
    for (let lane = group; lane < group + <usize>ORBIT_GROUP; lane++) {
      const n = load<u32>(SUBSTEPS + (lane << 2));
      const after = substepsOf(lane, step);
      // what has left all bounds is none the better for it
      const back = after > n && after <= MOST_MORE * n;
      store<u32>(SUBSTEPS + (lane << 2), back ? after : 0);
      const length = back ? step / <f64>after : 0.0;
      store<f64>(SUBSTEP + (lane << 3), length);
      if (!back) continue;
      goBack(tile, lane);
      store<f64>(TIME + (lane << 3), time + 0.5 * length);
      if (after > most) most = after;
      work += <f64>after;
    }
    if (most == 0) continue;
    watch.again();
    advanceLanes<W>(watch, group, <usize>ORBIT_GROUP, most);
  }
  return work;
}

/** A step of these lanes (whole groups), from `time`. Returns the substeps that they took. */
export function advance(first: usize, lanes: usize, time: f64, step: f64): f64 {
  return advanceWatched<Nobody>(changetype<Nobody>(0), first, lanes, time, step);
}

/** The same before somebody's eyes. */
export function advanceWatched<W>(watch: W, first: usize, lanes: usize, time: f64, step: f64): f64 {
  let work: f64 = 0.0;
  for (let tile = first; tile < first + lanes; tile += <usize>ORBIT_TILE) {
    const size = min(<usize>ORBIT_TILE, first + lanes - tile);
    for (let lane = tile; lane < tile + size; lane++) store<f64>(TIME + (lane << 3), time);
    look(tile, size);
    let least: u32 = 0xffffffff;
    let most: u32 = 0;
    for (let lane = tile; lane < tile + size; lane++) {
      const n = substepsOf(lane, step);
      store<u32>(SUBSTEPS + (lane << 2), n);
      const length = n > 0 ? step / <f64>n : 0.0;
      store<f64>(SUBSTEP + (lane << 3), length);
      store<f64>(TIME + (lane << 3), time + 0.5 * length);
      if (n > 0 && n < least) least = n;
      if (n > most) most = n;
      work += <f64>n;
    }
    keep(tile, size);
    if (least >= most) advanceLanes<W>(watch, tile, size, most);
    else
      for (let group = tile; group < tile + size; group += <usize>ORBIT_GROUP) {
        let largest: u32 = 0;
        for (let lane = group; lane < group + <usize>ORBIT_GROUP; lane++) {
          const n = load<u32>(SUBSTEPS + (lane << 2));
          if (n > largest) largest = n;
        }
        advanceLanes<W>(watch, group, <usize>ORBIT_GROUP, largest);
      }
    work += again<W>(watch, tile, size, time, step);
  }
  return work;
}
