import { look } from './fields/index';
import { BX, BY, BZ, EX, EY, EZ, orbit, PROBE, TIME, X, Y, Z } from './layout';

/**
 * Fields and their derivatives at one place and time, by central differences over `orbit.probe` on lanes that no particle has: errors of
 * (probe/scale)^2, some 1e-8. Derivatives in time are taken where a field depends on it.
 */
export let strength: f64 = 0.0;
/** Direction of B. */
export let bx: f64 = 0.0;
export let by: f64 = 0.0;
export let bz: f64 = 0.0;
/** Gradient of the strength. */
export let slopeX: f64 = 0.0;
export let slopeY: f64 = 0.0;
export let slopeZ: f64 = 0.0;
/** Curl of the direction. */
export let curlX: f64 = 0.0;
export let curlY: f64 = 0.0;
export let curlZ: f64 = 0.0;
/** Curvature of the line, (b . grad) b. */
export let bendX: f64 = 0.0;
export let bendY: f64 = 0.0;
export let bendZ: f64 = 0.0;
/** E, and what acts as one on a guiding centre: less the inertia of the direction and of the E x B drift; see `effective`. */
export let ex: f64 = 0.0;
export let ey: f64 = 0.0;
export let ez: f64 = 0.0;

/** Derivatives of the direction: row i holds the derivative along axis i. The last row is that in time. */
const D: usize = memory.data(8 * 12);
/** The same of the E x B drift. */
const W: usize = memory.data(8 * 12);
/** The E x B drift itself. */
let wx: f64 = 0.0;
let wy: f64 = 0.0;
let wz: f64 = 0.0;

/** Derivative of component j of the direction along axis i. */
export function directionSlope(i: usize, j: usize): f64 {
  return load<f64>(D + ((i * 3 + j) << 3));
}

function probeAt(slot: usize, x: f64, y: f64, z: f64, time: f64): void {
  const at = (PROBE + slot) << 3;
  store<f64>(at + X, x);
  store<f64>(at + Y, y);
  store<f64>(at + Z, z);
  store<f64>(at + TIME, time);
}

let size: f64 = 0.0;
let driftX: f64 = 0.0;
let driftY: f64 = 0.0;
let driftZ: f64 = 0.0;
let unitX: f64 = 0.0;
let unitY: f64 = 0.0;
let unitZ: f64 = 0.0;
/** Strength, direction and E x B drift of a probe. */
function read(slot: usize): void {
  const at = (PROBE + slot) << 3;
  const x = load<f64>(at + BX);
  const y = load<f64>(at + BY);
  const z = load<f64>(at + BZ);
  const s2 = x * x + y * y + z * z;
  size = Math.sqrt(s2);
  const inverse = 1.0 / size;
  unitX = x * inverse;
  unitY = y * inverse;
  unitZ = z * inverse;
  if (orbit.electric == 0.0) return;
  const px = load<f64>(at + EX);
  const py = load<f64>(at + EY);
  const pz = load<f64>(at + EZ);
  const over = 1.0 / s2;
  driftX = (py * z - pz * y) * over;
  driftY = (pz * x - px * z) * over;
  driftZ = (px * y - py * x) * over;
}

/** Central difference of the probes `slot` and `slot + 1` into row i. Returns that of the strength. */
function difference(slot: usize, i: usize, over: f64): f64 {
  read(slot);
  const s = size;
  const x = unitX;
  const y = unitY;
  const z = unitZ;
  const px = driftX;
  const py = driftY;
  const pz = driftZ;
  read(slot + 1);
  const row = i * 24;
  store<f64>(D + row, (x - unitX) * over);
  store<f64>(D + row, (y - unitY) * over, 8);
  store<f64>(D + row, (z - unitZ) * over, 16);
  if (orbit.electric != 0.0) {
    store<f64>(W + row, (px - driftX) * over);
    store<f64>(W + row, (py - driftY) * over, 8);
    store<f64>(W + row, (pz - driftZ) * over, 16);
  }
  return (s - size) * over;
}

/** Strength and direction alone. */
export function fieldAt(x: f64, y: f64, z: f64, time: f64): void {
  probeAt(0, x, y, z, time);
  probeAt(1, x, y, z, time);
  look(PROBE, 2);
  read(0);
  strength = size;
  bx = unitX;
  by = unitY;
  bz = unitZ;
}

/** Everything at a place. */
export function differentiate(x: f64, y: f64, z: f64, time: f64): void {
  const h = orbit.probe;
  const changing = orbit.changing != 0.0;
  probeAt(0, x, y, z, time);
  probeAt(1, x, y, z, time);
  probeAt(2, x + h, y, z, time);
  probeAt(3, x - h, y, z, time);
  probeAt(4, x, y + h, z, time);
  probeAt(5, x, y - h, z, time);
  probeAt(6, x, y, z + h, time);
  probeAt(7, x, y, z - h, time);
  if (changing) {
    probeAt(8, x, y, z, time + orbit.probeTime);
    probeAt(9, x, y, z, time - orbit.probeTime);
  }
  look(PROBE, changing ? 10 : 8);
  const over = 0.5 / h;
  slopeX = difference(2, 0, over);
  slopeY = difference(4, 1, over);
  slopeZ = difference(6, 2, over);
  if (changing) difference(8, 3, 0.5 / orbit.probeTime);
  read(0);
  strength = size;
  bx = unitX;
  by = unitY;
  bz = unitZ;
  wx = driftX;
  wy = driftY;
  wz = driftZ;
  const xx = load<f64>(D);
  const xy = load<f64>(D, 8);
  const xz = load<f64>(D, 16);
  const yx = load<f64>(D, 24);
  const yy = load<f64>(D, 32);
  const yz = load<f64>(D, 40);
  const zx = load<f64>(D, 48);
  const zy = load<f64>(D, 56);
  const zz = load<f64>(D, 64);
  curlX = yz - zy;
  curlY = zx - xz;
  curlZ = xy - yx;
  bendX = bx * xx + by * yx + bz * zx;
  bendY = bx * xy + by * yy + bz * zy;
  bendZ = bx * xz + by * yz + bz * zz;
  const at = PROBE << 3;
  if (orbit.electric != 0.0) {
    ex = load<f64>(at + EX);
    ey = load<f64>(at + EY);
    ez = load<f64>(at + EZ);
  } else {
    ex = 0.0;
    ey = 0.0;
    ez = 0.0;
  }
}

/**
 * Makes E what acts on a guiding centre with the parallel momentum u and gamma:
 *   E - (u d b/dt + gamma d vE/dt)/turn,  where d/dt follows the centre at (u/gamma) b + vE,
 * so that the polarisation drift and the drift of a turning direction come out of E x b. (That of the curvature is in B*.)
 */
export function effective(u: f64, gamma: f64): void {
  const over = 1.0 / orbit.turn;
  const changing = orbit.changing != 0.0;
  if (orbit.electric != 0.0) {
    const along = u / gamma;
    const vx = along * bx + wx;
    const vy = along * by + wy;
    const vz = along * bz + wz;
    const g = gamma * over;
    let ax = vx * load<f64>(W) + vy * load<f64>(W, 24) + vz * load<f64>(W, 48);
    let ay = vx * load<f64>(W, 8) + vy * load<f64>(W, 32) + vz * load<f64>(W, 56);
    let az = vx * load<f64>(W, 16) + vy * load<f64>(W, 40) + vz * load<f64>(W, 64);
    if (changing) {
      ax += load<f64>(W, 72);
      ay += load<f64>(W, 80);
      az += load<f64>(W, 88);
    }
    ex -= g * ax;
    ey -= g * ay;
    ez -= g * az;
    // the direction turns for a centre that the E x B drift carries
    const f = u * over;
    ex -= f * (wx * load<f64>(D) + wy * load<f64>(D, 24) + wz * load<f64>(D, 48));
    ey -= f * (wx * load<f64>(D, 8) + wy * load<f64>(D, 32) + wz * load<f64>(D, 56));
    ez -= f * (wx * load<f64>(D, 16) + wy * load<f64>(D, 40) + wz * load<f64>(D, 64));
  }
  if (changing) {
    const f = u * over;
    ex -= f * load<f64>(D, 72);
    ey -= f * load<f64>(D, 80);
    ez -= f * load<f64>(D, 88);
  }
}
