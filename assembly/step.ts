import { absorb, remember } from './boundaries/cone';
import { normals, scatterIto, signs } from './collisions/comparators';
import { kicksAny, kicksByLane, scatterFree, scatterPinned } from './collisions/lorentz';
import { scatterRest } from './collisions/rest';
import { drawSmallKicks } from './collisions/smallKicks';
import { parameters } from './layout';
import { ANGLE } from './math/constants';
import { setClock } from './motion/clock';
import { advanceForced } from './motion/forced';
import { advance } from './motion/guidingCentre';
import { drawWords, PURPOSE_KICK } from './random/philox';

/**
 * A stage is a time step with what its kicks need, written by the host: rows of 12 numbers.
 *   0 step, kernel time   1 kicks a step (a rotation with tau > 0.03 that differs by lane is composed of several)
 *   2 how a kick is made: 0 small tau, 1 any tau, 2 tau by lane, 3 normal numbers, 4 signs
 *   3 .. 10 coefficients of the angle, 11 offset d
 */
let stageStep: f64 = 0.0;
let stageRepeats: i32 = 1;
let stageKind: i32 = 0;

export function setStage(row: usize): void {
  stageStep = load<f64>(row);
  stageRepeats = <i32>load<f64>(row, 8);
  stageKind = <i32>load<f64>(row, 16);
  // the kernel's variable is ln u, the coefficients are for -ln u
  for (let k: usize = 0; k < 8; k++) {
    const c = load<f64>(row + 24 + (k << 3));
    v128.store(ANGLE + (k << 4), f32x4.splat(<f32>(k & 1 ? c : -c)));
  }
  v128.store(ANGLE + 128, f32x4.splat(<f32>load<f64>(row, 88)));
  v128.store(ANGLE + 144, f32x4.splat(<f32>(1.0 - load<f64>(row, 88))));
}

function makeKicks(first: usize, lanes: usize, draw: u32, purpose: u32, replica: u32, step: f64): void {
  if (stageKind == 0) {
    drawSmallKicks(first, lanes, draw, purpose, replica);
    return;
  }
  drawWords(first, lanes, draw, purpose, replica);
  if (stageKind == 1) kicksAny(lanes);
  else if (stageKind == 2 && parameters.forced == 0.0) kicksByLane(first, lanes, step);
  else if (stageKind == 3) normals(lanes);
  else if (stageKind == 4) signs(lanes);
}

function move(first: usize, lanes: usize, step: f64, time: f64): void {
  setClock(time);
  if (parameters.forced != 0.0) advanceForced(first, lanes, step);
  else advance(first, lanes, step);
}

/**
 * Steps a tile without collisions: `steps` motion steps from `time`.
 */
export function stream(first: i32, lanes: i32, steps: i32, time: f64): void {
  for (let i = 0; i < steps; i++) move(<usize>first, <usize>lanes, stageStep, time + <f64>i * stageStep);
}

/**
 * Steps a tile with collisions. The splitting is symmetric: an interval between two snapshots opens and closes with half a
 * motion step, so that a snapshot sees the state at its own time, to second order.
 *
 *   quad     number of the interval's first draw of four kicks, counted over the whole run: the step word of the counter
 *   kicks    kicks to make (steps x kicks a step)
 *   done     steps of this interval made before
 *   repeat   kicks of the step under way made before
 *   time     when the interval began
 */
export function scatterAndStream(
  first: i32,
  lanes: i32,
  quad: u32,
  kicks: i32,
  done: i32,
  repeat: i32,
  time: f64,
  closing: i32,
  particle: u32,
  particleHigh: u32,
  replica: u32,
): void {
  const from = <usize>first;
  const many = <usize>lanes;
  const purpose = particleHigh << 8;
  const moving = parameters.homogeneous == 0.0;
  const cone = parameters.boundaryKind == 4.0;
  const ito = stageKind >= 3;
  // with forces nu(v) changes along the orbit: each kick by the rate of its own place
  const changing = stageKind == 2 && parameters.forced != 0.0;
  const step = stageStep;
  const kickStep = step / <f64>stageRepeats;
  let stepNumber = done;
  for (let k = 0; k < kicks; k += 4) {
    const draw = quad + <u32>(k >> 2);
    makeKicks(from, many, draw, PURPOSE_KICK | purpose, replica, kickStep);
    const until = kicks - k < 4 ? kicks - k : 4;
    for (let q = 0; q < until; q++) {
      if (repeat == 0 && moving) {
        if (stepNumber == 0) move(from, many, 0.5 * step, time);
        else move(from, many, step, time + (<f64>stepNumber - 0.5) * step);
      }
      if (cone) remember(from, many);
      if (changing) kicksByLane(from, many, kickStep);
      if (ito) scatterIto(from, many, q, kickStep);
      else if (q == 0) scatterPinned(from, many, q);
      else scatterFree(from, many, q);
      if (changing) scatterRest(from, many, (draw << 2) + <u32>q, purpose, particle, kickStep);
      if (cone) {
        const at = time + (<f64>stepNumber + (<f64>repeat + 0.5) / <f64>stageRepeats) * step;
        absorb(from, many, (draw << 2) + <u32>q, purpose, particle, kickStep, at);
      }
      if (++repeat == stageRepeats) {
        repeat = 0;
        stepNumber++;
      }
    }
  }
  if (closing && moving) move(from, many, 0.5 * step, time + (<f64>stepNumber - 0.5) * step);
}
