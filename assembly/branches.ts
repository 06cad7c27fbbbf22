import { runCount, runFirst, setRun } from './block';
import { park } from './boundaries/ends';
import {
  ALIVE,
  B,
  CAPACITY,
  GRADIENT,
  ID,
  LEVEL,
  M,
  NU,
  PHILOX_HIGH,
  PHILOX_LOW,
  parameters,
  S,
  SPEED,
  XI,
} from './layout';

/**
 * Rare-event splitting. The importance of a state is the chance that a Brownian path still reaches the loss cone, erfc(depth)
 * with
 *   depth = distance to the rim / (2 sqrt(nu x time left)),
 * the distance one of midplane polar angles, and the levels are depths of chances that double (the host's table). A particle that passes a level for the first time in
 * its lineage splits in two, each of half the weight: one goes on with the parent's random stream, the child sets the
 * level's bit in the replica word. So a branch is known by its bits, the one with none of them is the unsplit particle to
 * the last bit, and what a branch does depends on nothing but its own state: not on lanes, slices or who else is there.
 *
 * Children wait in a pool, in one list for each point of the schedule where particles are looked at, and are taken up by a
 * later pass over the schedule.
 */
let pool: usize = 0;
let capacity: i32 = 0;
let lists: usize = 0;
/** First of the released slots (-1: none), slots ever used, and children that wait. */
let released: i32 = -1;
let used: i32 = 0;
let held: i32 = 0;

/** A slot: 7 numbers of state, then next, ID, both Philox halves, level. */
const SLOT: usize = 80;
const NEXT: usize = 56;

/** Places the pool and its lists, all empty. */
export function openPool(at: usize, slots: i32, heads: usize, points: i32): void {
  pool = at;
  capacity = slots;
  lists = heads;
  released = -1;
  used = 0;
  held = 0;
  for (let i = 0; i < points; i++) store<i32>(heads + ((<usize>i) << 2), -1);
}

/** Children that wait; -1 after one found no room, which ends the run. */
export function waiting(): i32 {
  return held;
}

function push(lane: usize, list: i32, bit: u32, level: u32): void {
  if (held < 0) return;
  let index = released;
  if (index >= 0) {
    released = load<i32>(pool + <usize>index * SLOT, NEXT);
  } else if (used < capacity) {
    index = used++;
  } else {
    held = -1;
    return;
  }
  held++;
  const slot = pool + <usize>index * SLOT;
  const at = lane << 3;
  store<f64>(slot, load<f64>(S + at));
  store<f64>(slot, load<f64>(XI + at), 8);
  store<f64>(slot, load<f64>(M + at), 16);
  store<f64>(slot, load<f64>(B + at), 24);
  store<f64>(slot, load<f64>(GRADIENT + at), 32);
  store<f64>(slot, load<f64>(SPEED + at), 40);
  store<f64>(slot, load<f64>(NU + at), 48);
  const narrow = lane << 2;
  const head = lists + ((<usize>list) << 2);
  store<i32>(slot, load<i32>(head), NEXT);
  store<i32>(head, index);
  store<u32>(slot, load<u32>(ID + narrow), NEXT + 4);
  store<u32>(slot, load<u32>(PHILOX_HIGH + narrow) ^ bit, NEXT + 8);
  store<u32>(slot, load<u32>(PHILOX_LOW + narrow), NEXT + 12);
  store<u32>(slot, level, NEXT + 16);
}

/** Takes the first child of a list into a lane. */
function pop(list: i32, lane: usize): void {
  const head = lists + ((<usize>list) << 2);
  const index = load<i32>(head);
  const slot = pool + <usize>index * SLOT;
  const at = lane << 3;
  store<f64>(S + at, load<f64>(slot));
  store<f64>(XI + at, load<f64>(slot, 8));
  store<f64>(M + at, load<f64>(slot, 16));
  store<f64>(B + at, load<f64>(slot, 24));
  store<f64>(GRADIENT + at, load<f64>(slot, 32));
  store<f64>(SPEED + at, load<f64>(slot, 40));
  store<f64>(NU + at, load<f64>(slot, 48));
  const narrow = lane << 2;
  store<u32>(ID + narrow, load<u32>(slot, NEXT + 4));
  store<u32>(PHILOX_HIGH + narrow, load<u32>(slot, NEXT + 8));
  store<u32>(PHILOX_LOW + narrow, load<u32>(slot, NEXT + 12));
  store<u32>(LEVEL + narrow, load<u32>(slot, NEXT + 16));
  store<u32>(ALIVE + narrow, 1);
  store<i32>(head, load<i32>(slot, NEXT));
  store<i32>(slot, released, NEXT);
  released = index;
  held--;
}

/**
 * Polar angle of x = |cos|: sqrt(1 - x) times a cubic (Abramowitz and Stegun 4.4.45, error below 7e-5). The importance may
 * be rough, for it decides what splitting gains and not what it estimates.
 */
function angleOf(x: v128): v128 {
  const one = f64x2.splat(1.0);
  let p = f64x2.splat(-0.0187293);
  p = f64x2.add(f64x2.splat(0.074261), f64x2.mul(x, p));
  p = f64x2.add(f64x2.splat(-0.2121144), f64x2.mul(x, p));
  p = f64x2.add(f64x2.splat(1.5707288), f64x2.mul(x, p));
  return f64x2.mul(f64x2.sqrt(f64x2.pmax(f64x2.sub(one, x), f64x2.splat(0.0))), p);
}

/** Distance to the rim of two lanes; below zero inside the cone. */
function distance(lane: usize): v128 {
  const x = f64x2.sub(angle(lane), f64x2.splat(parameters.rareRim));
  const square = f64x2.mul(f64x2.splat(parameters.rareSquare), x);
  return f64x2.mul(x, f64x2.add(f64x2.splat(parameters.rareLinear), square));
}

/** Midplane polar angle of two lanes, from the side that loses. */
function angle(lane: usize): v128 {
  const at = lane << 3;
  const zero = f64x2.splat(0.0);
  const nearest = angleOf(f64x2.sqrt(f64x2.pmax(f64x2.sub(f64x2.splat(1.0), v128.load(M + at)), zero)));
  if (parameters.rareSides == 3.0) return nearest;
  const xi = v128.load(XI + at);
  const away = parameters.rareSides == 1.0 ? f64x2.gt(xi, zero) : f64x2.lt(xi, zero);
  return v128.bitselect(f64x2.sub(f64x2.splat(3.141592653589793), nearest), nearest, away);
}

/** Looks at two lanes, of which the first `lanes` hold particles, and splits those beyond their next level. */
function splitPair(lane: usize, lanes: usize, list: i32, fourTimesLeft: f64): void {
  const table = <usize>parameters.rareTable;
  const d = distance(lane);
  const width = f64x2.sqrt(f64x2.mul(f64x2.splat(fourTimesLeft), v128.load(NU + (lane << 3))));
  const depth0 = load<f64>(table + ((<usize>load<u32>(LEVEL + (lane << 2))) << 3));
  const depth1 = load<f64>(table + ((<usize>load<u32>(LEVEL + (lane << 2), 4)) << 3));
  const depths = f64x2.replace_lane(f64x2.splat(depth0), 1, depth1);
  if (!v128.any_true(f64x2.lt(d, f64x2.mul(depths, width)))) return;
  splitOne(lane, list, f64x2.extract_lane(d, 0), f64x2.extract_lane(width, 0));
  if (lanes > 1) splitOne(lane + 1, list, f64x2.extract_lane(d, 1), f64x2.extract_lane(width, 1));
}

function splitOne(lane: usize, list: i32, d: f64, width: f64): void {
  if (!load<u32>(ALIVE + (lane << 2))) return;
  const table = <usize>parameters.rareTable;
  let level = load<u32>(LEVEL + (lane << 2));
  // the depth beyond the last level is -infinity
  while (d < load<f64>(table + ((<usize>level) << 3)) * width) {
    push(lane, list, 1 << level, level + 1);
    level++;
  }
  store<u32>(LEVEL + (lane << 2), level);
}

/** Splits the particles of a run that have passed a level at this time; their children go to a list. */
export function split(speedClass: i32, list: i32, time: f64): void {
  const first = <usize>runFirst(speedClass);
  const count = <usize>runCount(speedClass);
  const left = 4.0 * Math.max(0.0, parameters.rareEnd - time);
  for (let lane: usize = 0; lane < count; lane += 2) splitPair(first + lane, count - lane, list, left);
}

/**
 * Takes children of a list into the run until there are none, or no lanes; a child may have passed several levels at once
 * and then splits on. Returns how many particles the run has.
 */
export function join(speedClass: i32, list: i32, time: f64): i32 {
  const first = <usize>runFirst(speedClass);
  let count = <usize>runCount(speedClass);
  const left = 4.0 * Math.max(0.0, parameters.rareEnd - time);
  while (count < <usize>CAPACITY && load<i32>(lists + ((<usize>list) << 2)) >= 0) {
    const lane = first + count;
    pop(list, lane);
    // vectors of two lanes begin at even ones; the neighbour, if any, was looked at before and has passed nothing since
    splitPair(lane & ~1, lane & 1 ? 2 : 1, list, left);
    count++;
  }
  for (let rest = first + count; rest & 3; rest++) park(rest);
  setRun(speedClass, <i32>first, <i32>count);
  return <i32>count;
}
