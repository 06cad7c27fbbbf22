import { BX, BY, BZ, DRIFT, EX, EY, EZ, HALF_TURN, INVERSE_GAMMA, orbit, UX, UY, UZ, X, Y, Z } from './layout';

/**
 * The kick and the drift after it: with `t = HALF_TURN B` and `u-` = u after half the electric kick, the momentum turns by
 *   u+ = u- + 2/(g^2 + t^2) (g u- x t + (u- x t) x t),
 * then the other half of the electric kick; both maps keep phase-space volume. What tells the pushers apart is g:
 *   Boris           g^2 = 1 + u-^2
 *   Higuera-Cary    g^2 = (s + sqrt(s^2 + 4 (t^2 + (u-.t)^2)))/2,  s = 1 + u-^2 - t^2,
 * the latter being gamma at the middle of the kick, so that crossed fields give the right drift at any gamma. Both are one
 * square root away from each other, and without E the momentum's size is kept to rounding, so that 1/gamma is a constant.
 * Source: Higuera & Cary, Physics of Plasmas 24, 052104 (2017); Ripperda et al., ApJS 235, 21 (2018).
 */
@unmanaged
@final
class Boris {
  @inline
  middleGamma2(gamma2: v128, t2: v128, along: v128): v128 {
    return gamma2;
  }
}

@unmanaged
@final
class HigueraCary {
  @inline
  middleGamma2(gamma2: v128, t2: v128, along: v128): v128 {
    const s = f64x2.sub(gamma2, t2);
    const four = f64x2.splat(4.0);
    const root = f64x2.sqrt(f64x2.add(f64x2.mul(s, s), f64x2.mul(four, f64x2.add(t2, f64x2.mul(along, along)))));
    return f64x2.mul(f64x2.splat(0.5), f64x2.add(s, root));
  }
}

function dot(ax: v128, ay: v128, az: v128, bx: v128, by: v128, bz: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(ax, bx), f64x2.mul(ay, by)), f64x2.mul(az, bz));
}

function cross(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.sub(f64x2.mul(a, b), f64x2.mul(c, d));
}

function magnetic<P>(pusher: P, first: usize, lanes: usize): void {
  const one = f64x2.splat(1.0);
  const two = f64x2.splat(2.0);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const half = v128.load(at + HALF_TURN);
    const tx = f64x2.mul(half, v128.load(at + BX));
    const ty = f64x2.mul(half, v128.load(at + BY));
    const tz = f64x2.mul(half, v128.load(at + BZ));
    const ux = v128.load(at + UX);
    const uy = v128.load(at + UY);
    const uz = v128.load(at + UZ);
    const t2 = dot(tx, ty, tz, tx, ty, tz);
    const g2 = pusher.middleGamma2(f64x2.add(one, dot(ux, uy, uz, ux, uy, uz)), t2, dot(ux, uy, uz, tx, ty, tz));
    const g = f64x2.sqrt(g2);
    const s = f64x2.div(two, f64x2.add(g2, t2));
    const cx = cross(uy, tz, uz, ty);
    const cy = cross(uz, tx, ux, tz);
    const cz = cross(ux, ty, uy, tx);
    const vx = f64x2.add(ux, f64x2.mul(s, f64x2.add(f64x2.mul(g, cx), cross(cy, tz, cz, ty))));
    const vy = f64x2.add(uy, f64x2.mul(s, f64x2.add(f64x2.mul(g, cy), cross(cz, tx, cx, tz))));
    const vz = f64x2.add(uz, f64x2.mul(s, f64x2.add(f64x2.mul(g, cz), cross(cx, ty, cy, tx))));
    v128.store(at + UX, vx);
    v128.store(at + UY, vy);
    v128.store(at + UZ, vz);
    const drift = f64x2.mul(v128.load(at + DRIFT), v128.load(at + INVERSE_GAMMA));
    v128.store(at + X, f64x2.add(v128.load(at + X), f64x2.mul(drift, vx)));
    v128.store(at + Y, f64x2.add(v128.load(at + Y), f64x2.mul(drift, vy)));
    v128.store(at + Z, f64x2.add(v128.load(at + Z), f64x2.mul(drift, vz)));
  }
}

function electric<P>(pusher: P, first: usize, lanes: usize): void {
  const one = f64x2.splat(1.0);
  const two = f64x2.splat(2.0);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const half = v128.load(at + HALF_TURN);
    const tx = f64x2.mul(half, v128.load(at + BX));
    const ty = f64x2.mul(half, v128.load(at + BY));
    const tz = f64x2.mul(half, v128.load(at + BZ));
    const ex = f64x2.mul(half, v128.load(at + EX));
    const ey = f64x2.mul(half, v128.load(at + EY));
    const ez = f64x2.mul(half, v128.load(at + EZ));
    const ux = f64x2.add(v128.load(at + UX), ex);
    const uy = f64x2.add(v128.load(at + UY), ey);
    const uz = f64x2.add(v128.load(at + UZ), ez);
    const t2 = dot(tx, ty, tz, tx, ty, tz);
    const g2 = pusher.middleGamma2(f64x2.add(one, dot(ux, uy, uz, ux, uy, uz)), t2, dot(ux, uy, uz, tx, ty, tz));
    const g = f64x2.sqrt(g2);
    const s = f64x2.div(two, f64x2.add(g2, t2));
    const cx = cross(uy, tz, uz, ty);
    const cy = cross(uz, tx, ux, tz);
    const cz = cross(ux, ty, uy, tx);
    const vx = f64x2.add(f64x2.add(ux, f64x2.mul(s, f64x2.add(f64x2.mul(g, cx), cross(cy, tz, cz, ty)))), ex);
    const vy = f64x2.add(f64x2.add(uy, f64x2.mul(s, f64x2.add(f64x2.mul(g, cy), cross(cz, tx, cx, tz)))), ey);
    const vz = f64x2.add(f64x2.add(uz, f64x2.mul(s, f64x2.add(f64x2.mul(g, cz), cross(cx, ty, cy, tx)))), ez);
    v128.store(at + UX, vx);
    v128.store(at + UY, vy);
    v128.store(at + UZ, vz);
    const inverse = f64x2.div(one, f64x2.sqrt(f64x2.add(one, dot(vx, vy, vz, vx, vy, vz))));
    v128.store(at + INVERSE_GAMMA, inverse);
    const drift = f64x2.mul(v128.load(at + DRIFT), inverse);
    v128.store(at + X, f64x2.add(v128.load(at + X), f64x2.mul(drift, vx)));
    v128.store(at + Y, f64x2.add(v128.load(at + Y), f64x2.mul(drift, vy)));
    v128.store(at + Z, f64x2.add(v128.load(at + Z), f64x2.mul(drift, vz)));
  }
}

/** Turns and drifts these lanes (whole pairs) in the fields that `look` left. */
export function push(first: usize, lanes: usize): void {
  const boris = orbit.pusher == 1.0;
  if (orbit.electric != 0.0) {
    if (boris) electric<Boris>(changetype<Boris>(0), first, lanes);
    else electric<HigueraCary>(changetype<HigueraCary>(0), first, lanes);
  } else if (boris) magnetic<Boris>(changetype<Boris>(0), first, lanes);
  else magnetic<HigueraCary>(changetype<HigueraCary>(0), first, lanes);
}

/** Drifts these lanes by DRIFT, without a kick. */
export function drift(first: usize, lanes: usize): void {
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const path = f64x2.mul(v128.load(at + DRIFT), v128.load(at + INVERSE_GAMMA));
    v128.store(at + X, f64x2.add(v128.load(at + X), f64x2.mul(path, v128.load(at + UX))));
    v128.store(at + Y, f64x2.add(v128.load(at + Y), f64x2.mul(path, v128.load(at + UY))));
    v128.store(at + Z, f64x2.add(v128.load(at + Z), f64x2.mul(path, v128.load(at + UZ))));
  }
}
