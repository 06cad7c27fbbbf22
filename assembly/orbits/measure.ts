import {
  bendX,
  bendY,
  bendZ,
  bx,
  by,
  bz,
  crossedSpeed,
  differentiate,
  ex,
  ey,
  ez,
  fieldAt,
  directionSlope as slopeOf,
  slopeX,
  slopeY,
  slopeZ,
  strength,
} from './gradients';
import { FORM, INVERSE_GAMMA, orbit, UX, UY, UZ, X, Y, Z } from './layout';

/**
 * The magnetic moment of a lane, the raw one and the one at the guiding centre with its first-order term, and how adiabatic the
 * place is. With signed Omega = q B/(gamma m):
 *   X = x - b x v/Omega;  at X:  u = v across b, less the E x B and the curvature drift,  c = u/|u|,  r = b x c,
 *   mu = gamma^2 m u^2/(2 B) [1 + (vPar/Omega) a:grad b],  a = -(r c + c r)/2.
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
/** Momentum along B at the guiding centre. */
export let along: f64 = 0.0;
/** Momentum squared, of (m c)^2. */
export let momentum2: f64 = 0.0;

export function measure(lane: usize, time: f64): void {
  if (load<u32>(FORM + (lane << 2))) measureCentre(lane, time);
  else measureFull(lane, time);
}

/** a:grad b of the place last differentiated, for a gyration that goes along c now. */
export function twist(cx: f64, cy: f64, cz: f64): f64 {
  const rx = by * cz - bz * cy;
  const ry = bz * cx - bx * cz;
  const rz = bx * cy - by * cx;
  // r . (grad b) . c + c . (grad b) . r
  const both =
    rx * (slopeOf(0, 0) * cx + slopeOf(0, 1) * cy + slopeOf(0, 2) * cz) +
    ry * (slopeOf(1, 0) * cx + slopeOf(1, 1) * cy + slopeOf(1, 2) * cz) +
    rz * (slopeOf(2, 0) * cx + slopeOf(2, 1) * cy + slopeOf(2, 2) * cz) +
    cx * (slopeOf(0, 0) * rx + slopeOf(0, 1) * ry + slopeOf(0, 2) * rz) +
    cy * (slopeOf(1, 0) * rx + slopeOf(1, 1) * ry + slopeOf(1, 2) * rz) +
    cz * (slopeOf(2, 0) * rx + slopeOf(2, 1) * ry + slopeOf(2, 2) * rz);
  return -0.5 * both;
}

/** Of a lane that holds a particle. */
export function measureFull(lane: usize, time: f64): void {
  const at = lane << 3;
  const x = load<f64>(at + X);
  const y = load<f64>(at + Y);
  const z = load<f64>(at + Z);
  const ux = load<f64>(at + UX);
  const uy = load<f64>(at + UY);
  const uz = load<f64>(at + UZ);
  const u2 = ux * ux + uy * uy + uz * uz;
  const gamma = Math.sqrt(1.0 + u2);
  momentum2 = u2;
  fieldAt(x, y, z, time);
  along = ux * bx + uy * by + uz * bz;
  pitch = along / Math.sqrt(u2);
  rawMu = Math.max(0.0, u2 - along * along) / strength;

  const inverse = 1.0 / (orbit.turn * strength);
  const cx = x - (by * uz - bz * uy) * inverse;
  const cy = y - (bz * ux - bx * uz) * inverse;
  const cz = z - (bx * uy - by * ux) * inverse;
  centreX = cx;
  centreY = cy;
  centreZ = cz;
  differentiate(cx, cy, cz, time);
  along = ux * bx + uy * by + uz * bz;
  // the curvature drift as a momentum: gamma v = u^2/(turn B) b x curvature
  const curved = (along * along) / (orbit.turn * strength);
  let wx = ux - along * bx - curved * (by * bendZ - bz * bendY);
  let wy = uy - along * by - curved * (bz * bendX - bx * bendZ);
  let wz = uz - along * bz - curved * (bx * bendY - by * bendX);
  if (orbit.electric != 0.0) {
    const drift = gamma / strength;
    wx -= drift * (ey * bz - ez * by);
    wy -= drift * (ez * bx - ex * bz);
    wz -= drift * (ex * by - ey * bx);
  }
  const w2 = wx * wx + wy * wy + wz * wz;
  let correction: f64 = 0.0;
  if (w2 > 0.0) {
    const size = 1.0 / Math.sqrt(w2);
    correction = (twist(wx * size, wy * size, wz * size) * along) / (orbit.turn * strength);
  }
  mu = (w2 / strength) * (1.0 + correction);
  epsilon = (Math.sqrt(u2) / (Math.abs(orbit.turn) * strength)) * steepness();
}

/** Of the place last differentiated: max(|grad B|/B, 1/Rc). */
export function steepness(): f64 {
  const slope = Math.sqrt(slopeX * slopeX + slopeY * slopeY + slopeZ * slopeZ) / strength;
  return Math.max(slope, Math.sqrt(bendX * bendX + bendY * bendY + bendZ * bendZ));
}

/** Of a lane that holds a guiding centre: mu is what it carries, and its momentum has that of the E x B drift in it. */
function measureCentre(lane: usize, time: f64): void {
  const at = lane << 3;
  centreX = load<f64>(at + X);
  centreY = load<f64>(at + Y);
  centreZ = load<f64>(at + Z);
  differentiate(centreX, centreY, centreZ, time);
  const u = load<f64>(at + UX);
  mu = load<f64>(at + UY);
  rawMu = mu;
  let u2 = u * u + mu * strength;
  const drift = crossedSpeed();
  if (drift > 0.0 && drift < 1.0) u2 += ((1.0 + u2) * drift * drift) / (1.0 - drift * drift);
  momentum2 = u2;
  store<f64>(at + INVERSE_GAMMA, 1.0 / Math.sqrt(1.0 + u2));
  pitch = u / Math.sqrt(u2);
  epsilon = (Math.sqrt(u2) / (Math.abs(orbit.turn) * strength)) * steepness();
}
