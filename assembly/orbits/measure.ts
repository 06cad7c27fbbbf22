import { look } from './fields/index';
import { BX, BY, BZ, EX, EY, EZ, INVERSE_GAMMA, orbit, PROBE, TIME, UX, UY, UZ, X, Y, Z } from './layout';

/**
 * The magnetic moment of a lane, the raw one and the one at the guiding centre with its first-order term, and how adiabatic the
 * place is. With signed Omega = q B/(gamma m):
 *   X = x - b x v/Omega;  at X:  u = v across b, less the E x B and the curvature drift,  c = u/|u|,  r = b x c,
 *   mu = gamma^2 m u^2/(2 B) [1 + (vPar/Omega) a:grad b],  a = -(r c + c r)/2.
 * Gradients are central differences over `orbit.probe`, on lanes that no particle has.
 * Source: Northrop 1963; Littlejohn, Physics of Fluids 24, 1730 (1981); Burby, Squire & Qin, Physics of Plasmas 20, 072105 (2013).
 */

/** Of the last call: kernel units of p^2/(2 m B); the guiding centre; the local pitch cosine; epsilon. */
export let rawMu: f64 = 0.0;
export let mu: f64 = 0.0;
export let centreX: f64 = 0.0;
export let centreY: f64 = 0.0;
export let centreZ: f64 = 0.0;
export let pitch: f64 = 0.0;
export let epsilon: f64 = 0.0;

function probeAt(slot: usize, x: f64, y: f64, z: f64, time: f64): void {
  const at = (PROBE + slot) << 3;
  store<f64>(at + X, x);
  store<f64>(at + Y, y);
  store<f64>(at + Z, z);
  store<f64>(at + TIME, time);
}

/** Derivative of the strength and of the direction along an axis: the probes `slot` and `slot + 1` lie h in front and behind. */
let slope: f64 = 0.0;
let slopeX: f64 = 0.0;
let slopeY: f64 = 0.0;
let slopeZ: f64 = 0.0;
function differentiate(slot: usize, inverse: f64): void {
  const a = (PROBE + slot) << 3;
  const b = a + 8;
  const ax = load<f64>(a + BX);
  const ay = load<f64>(a + BY);
  const az = load<f64>(a + BZ);
  const bx = load<f64>(b + BX);
  const by = load<f64>(b + BY);
  const bz = load<f64>(b + BZ);
  const sa = Math.sqrt(ax * ax + ay * ay + az * az);
  const sb = Math.sqrt(bx * bx + by * by + bz * bz);
  slope = (sa - sb) * inverse;
  slopeX = (ax / sa - bx / sb) * inverse;
  slopeY = (ay / sa - by / sb) * inverse;
  slopeZ = (az / sa - bz / sb) * inverse;
}

export function measure(lane: usize, time: f64): void {
  const at = lane << 3;
  const x = load<f64>(at + X);
  const y = load<f64>(at + Y);
  const z = load<f64>(at + Z);
  const ux = load<f64>(at + UX);
  const uy = load<f64>(at + UY);
  const uz = load<f64>(at + UZ);
  const u2 = ux * ux + uy * uy + uz * uz;
  const gamma = Math.sqrt(1.0 + u2);
  probeAt(0, x, y, z, time);
  probeAt(1, x, y, z, time);
  look(PROBE, 2);
  let p = PROBE << 3;
  let bx = load<f64>(p + BX);
  let by = load<f64>(p + BY);
  let bz = load<f64>(p + BZ);
  let strength2 = bx * bx + by * by + bz * bz;
  let along = (ux * bx + uy * by + uz * bz) / Math.sqrt(strength2);
  pitch = along / Math.sqrt(u2);
  rawMu = Math.max(0.0, u2 - along * along) / Math.sqrt(strength2);

  const inverse = 1.0 / (orbit.turn * strength2);
  const cx = x - (by * uz - bz * uy) * inverse;
  const cy = y - (bz * ux - bx * uz) * inverse;
  const cz = z - (bx * uy - by * ux) * inverse;
  centreX = cx;
  centreY = cy;
  centreZ = cz;
  const h = orbit.probe;
  probeAt(0, cx, cy, cz, time);
  probeAt(1, cx, cy, cz, time);
  probeAt(2, cx + h, cy, cz, time);
  probeAt(3, cx - h, cy, cz, time);
  probeAt(4, cx, cy + h, cz, time);
  probeAt(5, cx, cy - h, cz, time);
  probeAt(6, cx, cy, cz + h, time);
  probeAt(7, cx, cy, cz - h, time);
  look(PROBE, 8);
  p = PROBE << 3;
  const Bx = load<f64>(p + BX);
  const By = load<f64>(p + BY);
  const Bz = load<f64>(p + BZ);
  strength2 = Bx * Bx + By * By + Bz * Bz;
  const strength = Math.sqrt(strength2);
  bx = Bx / strength;
  by = By / strength;
  bz = Bz / strength;
  along = ux * bx + uy * by + uz * bz;
  const over = 0.5 / h;
  differentiate(2, over);
  const sx = slope;
  const xx = slopeX;
  const xy = slopeY;
  const xz = slopeZ;
  differentiate(4, over);
  const sy = slope;
  const yx = slopeX;
  const yy = slopeY;
  const yz = slopeZ;
  differentiate(6, over);
  const sz = slope;
  const zx = slopeX;
  const zy = slopeY;
  const zz = slopeZ;
  // curvature (b . grad) b and the drift that goes with it, as momenta: gamma v = (u along)^2/(turn B) b x curvature
  const kx = bx * xx + by * yx + bz * zx;
  const ky = bx * xy + by * yy + bz * zy;
  const kz = bx * xz + by * yz + bz * zz;
  const curved = (along * along) / (orbit.turn * strength);
  let wx = ux - along * bx - curved * (by * kz - bz * ky);
  let wy = uy - along * by - curved * (bz * kx - bx * kz);
  let wz = uz - along * bz - curved * (bx * ky - by * kx);
  if (orbit.electric != 0.0) {
    const ex = load<f64>(p + EX);
    const ey = load<f64>(p + EY);
    const ez = load<f64>(p + EZ);
    const drift = gamma / strength2;
    wx -= drift * (ey * Bz - ez * By);
    wy -= drift * (ez * Bx - ex * Bz);
    wz -= drift * (ex * By - ey * Bx);
  }
  const w2 = wx * wx + wy * wy + wz * wz;
  let correction: f64 = 0.0;
  if (w2 > 0.0) {
    const size = 1.0 / Math.sqrt(w2);
    const ax = wx * size;
    const ay = wy * size;
    const az = wz * size;
    const rx = by * az - bz * ay;
    const ry = bz * ax - bx * az;
    const rz = bx * ay - by * ax;
    // r . (grad b) . c + c . (grad b) . r
    const both =
      rx * (xx * ax + xy * ay + xz * az) +
      ry * (yx * ax + yy * ay + yz * az) +
      rz * (zx * ax + zy * ay + zz * az) +
      ax * (xx * rx + xy * ry + xz * rz) +
      ay * (yx * rx + yy * ry + yz * rz) +
      az * (zx * rx + zy * ry + zz * rz);
    correction = (-0.5 * both * along) / (orbit.turn * strength);
  }
  mu = (w2 / strength) * (1.0 + correction);
  const rho = Math.sqrt(u2) / (Math.abs(orbit.turn) * strength);
  epsilon = rho * Math.max(Math.sqrt(sx * sx + sy * sy + sz * sz) / strength, Math.sqrt(kx * kx + ky * ky + kz * kz));
}
