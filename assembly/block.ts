import { park } from './boundaries/ends';
import {
  ALIVE,
  B,
  CLASSES,
  ENERGY,
  FORCE,
  GRADIENT,
  ID,
  LEVEL,
  M,
  MU_BIN,
  MU0,
  NU,
  P,
  PHILOX_HIGH,
  PHILOX_LOW,
  parameters,
  RUNS,
  S,
  SPEED,
  SPEED_BIN,
  WELL,
  XI,
  XI_BEFORE,
  XI0,
  XI0_BIN,
} from './layout';
import { clock } from './motion/clock';
import { endWith, FATE_CONFINED, FATE_TIME_LIMIT, recordFault } from './tallies/losses';

/** A run is the lanes of one speed class: RUNS[class] = (first lane, particles inside). Runs begin at multiples of four. */
export function runFirst(speedClass: i32): i32 {
  return load<i32>(RUNS + ((<usize>speedClass) << 3));
}

export function runCount(speedClass: i32): i32 {
  return load<i32>(RUNS + ((<usize>speedClass) << 3), 4);
}

export function setRun(speedClass: i32, first: i32, count: i32): void {
  store<i32>(RUNS + ((<usize>speedClass) << 3), first);
  store<i32>(RUNS + ((<usize>speedClass) << 3), count, 4);
}

function move(from: usize, to: usize): void {
  const a = from << 3;
  const b = to << 3;
  store<f64>(S + b, load<f64>(S + a));
  store<f64>(XI + b, load<f64>(XI + a));
  store<f64>(M + b, load<f64>(M + a));
  store<f64>(B + b, load<f64>(B + a));
  store<f64>(GRADIENT + b, load<f64>(GRADIENT + a));
  store<f64>(XI_BEFORE + b, load<f64>(XI_BEFORE + a));
  store<f64>(SPEED + b, load<f64>(SPEED + a));
  store<f64>(NU + b, load<f64>(NU + a));
  store<f64>(P + b, load<f64>(P + a));
  store<f64>(ENERGY + b, load<f64>(ENERGY + a));
  store<f64>(MU0 + b, load<f64>(MU0 + a));
  store<f64>(XI0 + b, load<f64>(XI0 + a));
  store<f64>(WELL + b, load<f64>(WELL + a));
  store<f64>(FORCE + b, load<f64>(FORCE + a));
  const c = from << 2;
  const d = to << 2;
  store<u32>(ID + d, load<u32>(ID + c));
  store<u32>(PHILOX_HIGH + d, load<u32>(PHILOX_HIGH + c));
  store<u32>(PHILOX_LOW + d, load<u32>(PHILOX_LOW + c));
  store<u32>(MU_BIN + d, load<u32>(MU_BIN + c));
  store<u32>(XI0_BIN + d, load<u32>(XI0_BIN + c));
  store<u32>(SPEED_BIN + d, load<u32>(SPEED_BIN + c));
  store<u32>(ALIVE + d, load<u32>(ALIVE + c));
  store<u32>(LEVEL + d, load<u32>(LEVEL + c));
}

/**
 * Closes the gaps of a run: ended lanes are filled with the last living ones, whose identity (and so whose random stream)
 * travels along. A lane that is no longer a number, or lies beyond what the tallies hold, is a numerical fault and never a
 * loss. (Between two pins |xi| exceeds 1 by the orbit's energy error, at most half the largest tolerance of 0.1.) Returns how many
 * are left.
 */
export function sweep(speedClass: i32): i32 {
  const first = <usize>runFirst(speedClass);
  let count = <usize>runCount(speedClass);
  let lane: usize = 0;
  while (lane < count) {
    const at = first + lane;
    const alive = load<u32>(ALIVE + (at << 2)) != 0;
    const xi = load<f64>(XI + (at << 3));
    const sound =
      Math.abs(xi) <= 1.1 && Math.abs(load<f64>(S + (at << 3))) < Infinity && load<f64>(M + (at << 3)) >= 0.0;
    if (alive && sound) {
      lane++;
      continue;
    }
    if (alive) recordFault(at, clock);
    count--;
    if (lane < count) move(first + count, at);
  }
  for (let rest = first + count; rest & 3; rest++) park(rest);
  setRun(speedClass, <i32>first, <i32>count);
  return <i32>count;
}

/** The end of the run's time: who is still inside is confined where there is no way out, else cut off by the time limit. */
export function finish(time: f64): void {
  const open = parameters.boundaryKind == 1.0 || parameters.boundaryKind == 4.0;
  for (let k = 0; k < CLASSES; k++) {
    const first = <usize>runFirst(k);
    for (let i: usize = 0; i < <usize>runCount(k); i++)
      endWith(first + i, open ? FATE_TIME_LIMIT : FATE_CONFINED, time);
  }
}
