import { look } from './fields/index';
import { BX, BY, BZ, EX, EY, EZ, INVERSE_GAMMA, orbit, PROBE, TIME, UX, UY, UZ, X, Y, Z } from './layout';

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

/** What `normalise` leaves in rows that probes have no other use for: strength, and E x B drift. */
const SIZE: usize = INVERSE_GAMMA;
const DRIFT_X: usize = UX;
const DRIFT_Y: usize = UY;
const DRIFT_Z: usize = UZ;

/** Of the probes 0 .. count - 1 the strength, the direction (in the place of B) and the E x B drift. */
function normalise(count: usize): void {
  const one = f64x2.splat(1.0);
  for (let at = PROBE << 3, end = (PROBE + count) << 3; at < end; at += 16) {
    const x = v128.load(at + BX);
    const y = v128.load(at + BY);
    const z = v128.load(at + BZ);
    const s2 = f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z));
    const size = f64x2.sqrt(s2);
    const inverse = f64x2.div(one, size);
    v128.store(at + SIZE, size);
    v128.store(at + BX, f64x2.mul(x, inverse));
    v128.store(at + BY, f64x2.mul(y, inverse));
    v128.store(at + BZ, f64x2.mul(z, inverse));
    if (orbit.electric == 0.0) continue;
    const px = v128.load(at + EX);
    const py = v128.load(at + EY);
    const pz = v128.load(at + EZ);
    const over = f64x2.div(one, s2);
    v128.store(at + DRIFT_X, f64x2.mul(f64x2.sub(f64x2.mul(py, z), f64x2.mul(pz, y)), over));
    v128.store(at + DRIFT_Y, f64x2.mul(f64x2.sub(f64x2.mul(pz, x), f64x2.mul(px, z)), over));
    v128.store(at + DRIFT_Z, f64x2.mul(f64x2.sub(f64x2.mul(px, y), f64x2.mul(py, x)), over));
  }
}

/** Difference of the probes `slot` and `slot + 1`, of one row. */
function between(slot: usize, row: usize): f64 {
  const at = ((PROBE + slot) << 3) + row;
  return load<f64>(at) - load<f64>(at, 8);
}

/** Central difference of the probes `slot` and `slot + 1` into row i. Returns that of the strength. */
function difference(slot: usize, i: usize, over: f64): f64 {
  const row = i * 24;
  store<f64>(D + row, between(slot, BX) * over);
  store<f64>(D + row, between(slot, BY) * over, 8);
  store<f64>(D + row, between(slot, BZ) * over, 16);
  if (orbit.electric != 0.0) {
    store<f64>(W + row, between(slot, DRIFT_X) * over);
    store<f64>(W + row, between(slot, DRIFT_Y) * over, 8);
    store<f64>(W + row, between(slot, DRIFT_Z) * over, 16);
  }
  return between(slot, SIZE) * over;
}

/** Strength and direction of the first probe. */
function readFirst(): void {
  const at = PROBE << 3;
  strength = load<f64>(at + SIZE);
  bx = load<f64>(at + BX);
  by = load<f64>(at + BY);
  bz = load<f64>(at + BZ);
}

/** Strength and direction alone. */
export function fieldAt(x: f64, y: f64, z: f64, time: f64): void {
  probeAt(0, x, y, z, time);
  probeAt(1, x, y, z, time);
  look(PROBE, 2);
  normalise(2);
  readFirst();
}

/** Speed of the E x B drift at the place last differentiated. */
export function crossedSpeed(): f64 {
  return orbit.electric != 0.0 ? Math.sqrt(wx * wx + wy * wy + wz * wz) : 0.0;
}

/** Everything at a place. Where fields depend on z and time alone, the other derivatives stay zero, which they are. */
export function differentiate(x: f64, y: f64, z: f64, time: f64): void {
  const h = orbit.probe;
  const changing = orbit.changing != 0.0;
  const layered = orbit.layered != 0.0;
  let probes: usize = 4;
  probeAt(0, x, y, z, time);
  probeAt(1, x, y, z, time);
  probeAt(2, x, y, z + h, time);
  probeAt(3, x, y, z - h, time);
  if (!layered) {
    probeAt(4, x + h, y, z, time);
    probeAt(5, x - h, y, z, time);
    probeAt(6, x, y + h, z, time);
    probeAt(7, x, y - h, z, time);
    probes = 8;
  }
  if (changing) {
    probeAt(probes, x, y, z, time + orbit.probeTime);
    probeAt(probes + 1, x, y, z, time - orbit.probeTime);
  }
  const all = changing ? probes + 2 : probes;
  look(PROBE, all);
  const first = PROBE << 3;
  if (orbit.electric != 0.0) {
    ex = load<f64>(first + EX);
    ey = load<f64>(first + EY);
    ez = load<f64>(first + EZ);
  } else {
    ex = 0.0;
    ey = 0.0;
    ez = 0.0;
  }
  normalise(all);
  const over = 0.5 / h;
  slopeZ = difference(2, 2, over);
  if (!layered) {
    slopeX = difference(4, 0, over);
    slopeY = difference(6, 1, over);
  }
  if (changing) difference(probes, 3, 0.5 / orbit.probeTime);
  readFirst();
  if (orbit.electric != 0.0) {
    wx = load<f64>(first + DRIFT_X);
    wy = load<f64>(first + DRIFT_Y);
    wz = load<f64>(first + DRIFT_Z);
  }
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
    const g = gamma * over;
    // of vE along the line: across b alone, since what is along b is in B* . E already
    let ax = along * (bx * load<f64>(W) + by * load<f64>(W, 24) + bz * load<f64>(W, 48));
    let ay = along * (bx * load<f64>(W, 8) + by * load<f64>(W, 32) + bz * load<f64>(W, 56));
    let az = along * (bx * load<f64>(W, 16) + by * load<f64>(W, 40) + bz * load<f64>(W, 64));
    const twice = ax * bx + ay * by + az * bz;
    ax += wx * load<f64>(W) + wy * load<f64>(W, 24) + wz * load<f64>(W, 48) - twice * bx;
    ay += wx * load<f64>(W, 8) + wy * load<f64>(W, 32) + wz * load<f64>(W, 56) - twice * by;
    az += wx * load<f64>(W, 16) + wy * load<f64>(W, 40) + wz * load<f64>(W, 64) - twice * bz;
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
