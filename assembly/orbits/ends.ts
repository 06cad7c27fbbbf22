import { addCount } from '../tallies/losses';
import { addLostKick } from './kicks';
import {
  ALIVE,
  EPSILON,
  FORM,
  ID,
  MU_BIN,
  MU0,
  ORBIT_ROWS,
  OUTCOMES,
  orbit,
  RAW_MU0,
  ROW,
  UX,
  UY,
  UZ,
  X,
  Y,
  Z,
} from './layout';
import { measure, mu, pitch, rawMu } from './measure';
import { ratioBin } from './snapshot';

const CONFINED: usize = 0;
const LOST_LOW: usize = 1;
const LOST_HIGH: usize = 2;
export const TIME_LIMIT: usize = 3;
export const FAULT: usize = 4;
const LOST_INSIDE: usize = 5;
const LOST_OUTSIDE: usize = 6;

/** Counts how a particle ended and keeps its row where particles are listed. */
function endWith(lane: usize, fate: usize, time: f64): void {
  const at = lane << 3;
  addCount(<usize>orbit.tallyFates + (fate << 2));
  const lost = fate == LOST_LOW || fate == LOST_HIGH || fate == LOST_INSIDE || fate == LOST_OUTSIDE;
  if (fate != FAULT) measure(lane, time);
  if (lost) {
    const bin = <usize>Math.min(orbit.lossBins - 1.0, Math.max(0.0, time * orbit.lossInverseWidth));
    addCount(<usize>orbit.tallyLosses + ((fate * <usize>orbit.lossBins + bin) << 2));
    addCount(<usize>orbit.tallyLostRatio + (ratioBin(mu / load<f64>(at + MU0)) << 2));
    addLostKick(lane, mu);
  }
  store<u32>(ALIVE + (lane << 2), 0);
  if (orbit.listed == 0.0) return;
  const row = OUTCOMES + ((<usize>load<u32>(ID + (lane << 2))) << 6);
  store<f64>(row, <f64>fate);
  store<f64>(row, time, 8);
  store<f64>(row, load<f64>(at + Z), 16);
  store<f64>(row, pitch, 24);
  store<f64>(row, mu, 32);
  store<f64>(row, rawMu, 40);
  store<f64>(row, load<f64>(at + EPSILON), 48);
}

/** The fate of a lane by its place; none is TIME_LIMIT. */
export function fateOf(lane: usize): usize {
  const at = lane << 3;
  const x = load<f64>(at + X);
  const y = load<f64>(at + Y);
  const z = load<f64>(at + Z);
  const r2 = x * x + y * y + z * z;
  const ux = load<f64>(at + UX);
  const uy = load<f64>(at + UY);
  const uz = load<f64>(at + UZ);
  if (!(r2 < Infinity && ux * ux + uy * uy + uz * uz < Infinity)) return FAULT;
  if (z < orbit.lowZ) return LOST_LOW;
  if (z > orbit.highZ) return LOST_HIGH;
  if (r2 < orbit.innerRadius * orbit.innerRadius) return LOST_INSIDE;
  if (r2 > orbit.outerRadius * orbit.outerRadius) return LOST_OUTSIDE;
  if (x < orbit.lowX || x > orbit.highX || y < orbit.lowY || y > orbit.highY) return LOST_OUTSIDE;
  const R2 = x * x + y * y;
  if (R2 < orbit.lowR * orbit.lowR || R2 > orbit.highR * orbit.highR) return LOST_OUTSIDE;
  if (orbit.minorRadius < Infinity) {
    const out = Math.sqrt(R2) - orbit.majorRadius;
    if (out * out + z * z > orbit.minorRadius * orbit.minorRadius) return LOST_OUTSIDE;
  }
  return TIME_LIMIT;
}

/** A lane's particle goes to another lane. */
export function move(from: usize, to: usize): void {
  for (let row: usize = 0; row < ORBIT_ROWS; row++)
    store<f64>(X + row * ROW + (to << 3), load<f64>(X + row * ROW + (from << 3)));
  store<u32>(ID + (to << 2), load<u32>(ID + (from << 2)));
  store<u32>(MU_BIN + (to << 2), load<u32>(MU_BIN + (from << 2)));
  store<u32>(FORM + (to << 2), load<u32>(FORM + (from << 2)));
  store<u32>(ALIVE + (to << 2), load<u32>(ALIVE + (from << 2)));
}

/** Ends who has left and closes the gaps with the last lanes; returns how many are left. */
export function sweepOrbits(count: i32, time: f64): i32 {
  let left = <usize>count;
  let lane: usize = 0;
  while (lane < left) {
    const fate = fateOf(lane);
    if (fate == TIME_LIMIT) {
      lane++;
      continue;
    }
    endWith(lane, fate, time);
    left--;
    if (lane < left) move(left, lane);
    store<u32>(ALIVE + (left << 2), 0);
  }
  return <i32>left;
}

/** The end of the run's time. */
export function finishOrbits(count: i32, time: f64): void {
  const open =
    orbit.lowZ > -Infinity ||
    orbit.highZ < Infinity ||
    orbit.innerRadius > 0.0 ||
    orbit.outerRadius < Infinity ||
    orbit.minorRadius < Infinity ||
    orbit.highX < Infinity ||
    orbit.highR < Infinity;
  for (let lane: usize = 0; lane < <usize>count; lane++) endWith(lane, open ? TIME_LIMIT : CONFINED, time);
}
