import { acrossTo, acrossX, acrossY, acrossZ, otherX, otherY, otherZ } from './across';
import { bendX, bendY, bendZ, bx, by, bz, differentiate, ex, ey, ez, fieldAt, strength } from './gradients';
import { FORM, INVERSE_GAMMA, orbit, UX, UY, UZ, X, Y, Z } from './layout';
import { twist } from './measure';

/** Passes of the two fixed points: each gains a factor epsilon, or more. */
const PASSES: i32 = 60;

/**
 * Puts a particle in the place of a guiding centre, at this gyrophase [turns]: the one whose measured centre, mu (with its first-order
 * term) and energy are those of the centre. With b, B and their slopes at the centre, c the direction of the gyration, p = u.b:
 *   u = p b + w c + p^2/(turn B) b x curvature + gamma vE,   w^2 = mu B/(1 + p a:grad b/(turn B)),
 * where p is that of the energy, `p^2 + |u across b|^2 = u^2` (with E: what the centre carries), and then
 *   x = X + b(x) x u/(turn B(x)).
 * What `measureFull` says of it is what the centre carried, to rounding, wherever the fixed point is reached (epsilon < 1).
 */
export function becomeParticle(lane: usize, time: f64, turns: f64): void {
  const at = lane << 3;
  const centreX = load<f64>(at + X);
  const centreY = load<f64>(at + Y);
  const centreZ = load<f64>(at + Z);
  const carried = load<f64>(at + UX);
  differentiate(centreX, centreY, centreZ, time);
  acrossTo(bx, by, bz);
  const c = Math.cos(2.0 * Math.PI * turns);
  const s = Math.sin(2.0 * Math.PI * turns);
  const cx = c * acrossX + s * otherX;
  const cy = c * acrossY + s * otherY;
  const cz = c * acrossZ + s * otherZ;
  const over = 1.0 / (orbit.turn * strength);
  // of the curvature drift over p^2
  const kx = over * (by * bendZ - bz * bendY);
  const ky = over * (bz * bendX - bx * bendZ);
  const kz = over * (bx * bendY - by * bendX);
  const gyration = load<f64>(at + UY) * strength;
  const slope = over * twist(cx, cy, cz);
  let p = carried;
  if (orbit.electric == 0.0)
    p = alongOf(carried, gyration, slope, kx * cx + ky * cy + kz * cz, kx * kx + ky * ky + kz * kz);
  const w = Math.sqrt(gyration / Math.max(0.1, 1.0 + slope * p));
  const ax = p * bx + w * cx + p * p * kx;
  const ay = p * by + w * cy + p * p * ky;
  const az = p * bz + w * cz + p * p * kz;
  let ux = ax;
  let uy = ay;
  let uz = az;
  let gamma = Math.sqrt(1.0 + ux * ux + uy * uy + uz * uz);
  if (orbit.electric != 0.0) {
    const vx = (ey * bz - ez * by) / strength;
    const vy = (ez * bx - ex * bz) / strength;
    const vz = (ex * by - ey * bx) / strength;
    for (let i = 0; i < PASSES; i++) {
      ux = ax + gamma * vx;
      uy = ay + gamma * vy;
      uz = az + gamma * vz;
      const next = Math.sqrt(1.0 + ux * ux + uy * uy + uz * uz);
      if (next == gamma) break;
      gamma = next;
    }
  }
  let x = centreX;
  let y = centreY;
  let z = centreZ;
  for (let i = 0; i < PASSES; i++) {
    fieldAt(x, y, z, time);
    const radius = 1.0 / (orbit.turn * strength);
    const nextX = centreX + (by * uz - bz * uy) * radius;
    const nextY = centreY + (bz * ux - bx * uz) * radius;
    const nextZ = centreZ + (bx * uy - by * ux) * radius;
    const same = nextX == x && nextY == y && nextZ == z;
    x = nextX;
    y = nextY;
    z = nextZ;
    if (same) break;
  }
  store<f64>(at + X, x);
  store<f64>(at + Y, y);
  store<f64>(at + Z, z);
  store<f64>(at + UX, ux);
  store<f64>(at + UY, uy);
  store<f64>(at + UZ, uz);
  store<f64>(at + INVERSE_GAMMA, 1.0 / gamma);
  store<u32>(FORM + (lane << 2), 0);
}

/** The p of the energy, by Newton's rule: `p^2 + w^2 + 2 w p^2 q + p^4 k2 = u^2 + mu B`, on the side that u is on. */
function alongOf(u: f64, gyration: f64, slope: f64, q: f64, k2: f64): f64 {
  const energy = u * u + gyration;
  // where w^2 is linear in p
  const half = 0.5 * slope * gyration;
  const root = Math.sqrt(half * half + u * u);
  let p = u < 0.0 ? half - root : half + root;
  for (let i = 0; i < 8; i++) {
    const factor = Math.max(0.1, 1.0 + slope * p);
    const w2 = gyration / factor;
    const w = Math.sqrt(w2);
    const p2 = p * p;
    const f = p2 + w2 + 2.0 * w * p2 * q + p2 * p2 * k2 - energy;
    const slopeOfW2 = (-slope * w2) / factor;
    const df = 2.0 * p + slopeOfW2 + 4.0 * w * p * q + (w > 0.0 ? (slopeOfW2 / w) * p2 * q : 0.0) + 4.0 * p2 * p * k2;
    if (df == 0.0) break;
    p -= f / df;
  }
  return p;
}
