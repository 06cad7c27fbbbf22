import { B, KICKS, M, NU, WORDS, XI } from '../layout';
import { ANGLE, ANGLE_D, ANGLE_REST, LANE_0, ONE, TWO } from '../math/constants';
import { azimuthOf, cosineOfTurn, logarithm, uniform24 } from '../math/elementary';

/**
 * The Lorentz operator dF/dt = nu d/dxi (1 - xi^2) dF/dxi, exact in law: its transition is a rotation by a random angle
 * Theta about a uniform azimuth phi. One 32-bit word gives a whole kick: the upper 24 bits give Theta, a scrambling of the
 * word that leads with the other 8 gives phi.
 *
 * A kick is kept as (2 w, cos phi) with w = (1 - cos Theta)/2. The angle's polynomial is kept for ln u in place of -ln u: the
 * signs of its coefficients alternate.
 */

/** 2w = clamp(t (c0 + ... + c7 t^7), 0, 2), t = ln(u (1 - d) + d): the closed series (d = 0) and the fit, any tau. */
export function kicksAny(lanes: usize): void {
  const d = v128.load(ANGLE_D);
  const rest = v128.load(ANGLE_REST);
  const zero = f32x4.splat(0);
  for (let at: usize = 0, end = lanes << 4; at < end; at += 16) {
    const word = v128.load(WORDS + at);
    const t = logarithm(f32x4.add(d, f32x4.mul(rest, uniform24(word))));
    let p = v128.load(ANGLE + 112);
    p = f32x4.add(v128.load(ANGLE + 96), f32x4.mul(t, p));
    p = f32x4.add(v128.load(ANGLE + 80), f32x4.mul(t, p));
    p = f32x4.add(v128.load(ANGLE + 64), f32x4.mul(t, p));
    p = f32x4.add(v128.load(ANGLE + 48), f32x4.mul(t, p));
    p = f32x4.add(v128.load(ANGLE + 32), f32x4.mul(t, p));
    p = f32x4.add(v128.load(ANGLE + 16), f32x4.mul(t, p));
    p = f32x4.add(v128.load(ANGLE), f32x4.mul(t, p));
    const w2 = f32x4.pmin(v128.load(TWO), f32x4.pmax(zero, f32x4.mul(t, p)));
    v128.store(KICKS + (at << 1), w2);
    v128.store(KICKS + (at << 1), cosineOfTurn(azimuthOf(word)), 16);
  }
}

/** Largest nu dt of one kick by lane: 2^-5, a little above the 0.03 that the plan's steps keep to. */
export const LARGEST_BY_LANE: f64 = 0.03125;

/**
 * tau differs from lane to lane: as much of it as one kick can turn, the rest being composed (see `scatterRest`).
 */
export function kicksByLane(first: usize, lanes: usize, step: f64): void {
  for (let lane: usize = 0; lane < lanes; lane += 4) {
    const at = (first + lane) << 3;
    const h = f64x2.splat(step);
    const low = f32x4.demote_f64x2_zero(f64x2.mul(h, v128.load(NU + at)));
    const high = f32x4.demote_f64x2_zero(f64x2.mul(h, v128.load(NU + at, 16)));
    const tau = f32x4.pmin(f32x4.splat(<f32>LARGEST_BY_LANE), v128.shuffle<i32>(low, high, 0, 1, 4, 5));
    for (let q: usize = 0; q < 4; q++) {
      const from = (lane << 4) + (q << 4);
      const word = v128.load(WORDS + from);
      v128.store(KICKS + (from << 1), turnByLane(word, tau));
      v128.store(KICKS + (from << 1), cosineOfTurn(azimuthOf(word)), 16);
    }
  }
}

/**
 * 2w of four words, each with its own tau up to `LARGEST_BY_LANE`: with E = -ln u,
 * x = min(tau E (1 - tau/3 + 2 tau^2 (1 - E)/45), pi^2/4) and w = sin^2 sqrt(x), a polynomial in x that never leaves [0, 1].
 */
export function turnByLane(word: v128, tau: v128): v128 {
  const one = v128.load(ONE);
  const E = f32x4.neg(logarithm(uniform24(word)));
  const third = f32x4.mul(tau, v128.load(LANE_0));
  const square = f32x4.mul(f32x4.mul(tau, tau), v128.load(LANE_0 + 16));
  const series = f32x4.add(f32x4.sub(one, third), f32x4.mul(square, f32x4.sub(one, E)));
  return twiceSineSquared(f32x4.pmin(v128.load(LANE_0 + 32), f32x4.mul(f32x4.mul(tau, E), series)));
}

/** 2 sin^2 sqrt(x) = 1 - cos(2 sqrt x), 0 <= x <= pi^2/4: the alternating series in 4x, eight terms, error below 4e-8. */
function twiceSineSquared(x: v128): v128 {
  let p = v128.load(LANE_0 + 160);
  p = f32x4.add(v128.load(LANE_0 + 144), f32x4.mul(x, p));
  p = f32x4.add(v128.load(LANE_0 + 128), f32x4.mul(x, p));
  p = f32x4.add(v128.load(LANE_0 + 112), f32x4.mul(x, p));
  p = f32x4.add(v128.load(LANE_0 + 96), f32x4.mul(x, p));
  p = f32x4.add(v128.load(LANE_0 + 80), f32x4.mul(x, p));
  p = f32x4.add(v128.load(LANE_0 + 64), f32x4.mul(x, p));
  p = f32x4.add(v128.load(LANE_0 + 48), f32x4.mul(x, p));
  return f32x4.pmin(v128.load(TWO), f32x4.mul(x, p));
}

export function prepareLaneConstants(): void {
  v128.store(LANE_0, f32x4.splat(<f32>(1.0 / 3.0)));
  v128.store(LANE_0 + 16, f32x4.splat(<f32>(2.0 / 45.0)));
  v128.store(LANE_0 + 32, f32x4.splat(<f32>2.4674011));
  // 1 - cos(2 sqrt x) = sum_{k>=1} (-1)^{k+1} (4x)^k / (2k)!
  let term: f64 = 1.0;
  for (let k = 1; k <= 8; k++) {
    term *= 4.0 / <f64>((2 * k - 1) * (2 * k));
    v128.store(LANE_0 + 48 + ((<usize>(k - 1)) << 4), f32x4.splat(<f32>(k & 1 ? term : -term)));
  }
}

/**
 * Rotates the directions: xi' = xi - (2w xi - sqrt((1 - xi^2) 2w (2 - 2w)) cos phi), the bracket in f32 (a kick's relative
 * rounding of 6e-8 is far below what an ensemble can see). First (vPar, vPerp) are scaled together back to the pinned speed,
 * by one Newton step of the inverse root: the square of the orbit's energy error is left out, and nothing of it stays, for
 * the next pin starts anew. Afterwards m follows from xi, never below zero.
 */
export function scatterPinned(first: usize, lanes: usize, kick: usize): void {
  const one = f64x2.splat(1.0);
  const half = f64x2.splat(0.5);
  const threeHalves = f64x2.splat(1.5);
  const zero = f64x2.splat(0.0);
  let from = KICKS + (kick << 5);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 32) {
    const xi0 = v128.load(XI + at);
    const xi1 = v128.load(XI + at, 16);
    const b0 = v128.load(B + at);
    const b1 = v128.load(B + at, 16);
    const perp0 = f64x2.mul(v128.load(M + at), b0);
    const perp1 = f64x2.mul(v128.load(M + at, 16), b1);
    const pin0 = f64x2.sub(threeHalves, f64x2.mul(half, f64x2.add(perp0, f64x2.mul(xi0, xi0))));
    const pin1 = f64x2.sub(threeHalves, f64x2.mul(half, f64x2.add(perp1, f64x2.mul(xi1, xi1))));
    const u0 = f64x2.mul(xi0, pin0);
    const u1 = f64x2.mul(xi1, pin1);
    const turn = turnOf(u0, u1, f64x2.mul(perp0, f64x2.mul(pin0, pin0)), f64x2.mul(perp1, f64x2.mul(pin1, pin1)), from);
    const new0 = f64x2.sub(u0, f64x2.promote_low_f32x4(turn));
    const new1 = f64x2.sub(u1, f64x2.promote_low_f32x4(v128.shuffle<i32>(turn, turn, 2, 3, 0, 1)));
    v128.store(XI + at, new0);
    v128.store(XI + at, new1, 16);
    v128.store(M + at, f64x2.pmax(f64x2.div(f64x2.sub(one, f64x2.mul(new0, new0)), b0), zero));
    v128.store(M + at, f64x2.pmax(f64x2.div(f64x2.sub(one, f64x2.mul(new1, new1)), b1), zero), 16);
    from += 128;
  }
}

/** The same rotation at the speed the orbit has: between two pins the energy is what leapfrog left of it. */
export function scatterFree(first: usize, lanes: usize, kick: usize): void {
  const zero = f64x2.splat(0.0);
  let from = KICKS + (kick << 5);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 32) {
    const xi0 = v128.load(XI + at);
    const xi1 = v128.load(XI + at, 16);
    const b0 = v128.load(B + at);
    const b1 = v128.load(B + at, 16);
    const perp0 = f64x2.mul(v128.load(M + at), b0);
    const perp1 = f64x2.mul(v128.load(M + at, 16), b1);
    const turn = turnOf(xi0, xi1, perp0, perp1, from);
    const new0 = f64x2.sub(xi0, f64x2.promote_low_f32x4(turn));
    const new1 = f64x2.sub(xi1, f64x2.promote_low_f32x4(v128.shuffle<i32>(turn, turn, 2, 3, 0, 1)));
    v128.store(XI + at, new0);
    v128.store(XI + at, new1, 16);
    const rest0 = f64x2.sub(f64x2.add(perp0, f64x2.mul(xi0, xi0)), f64x2.mul(new0, new0));
    const rest1 = f64x2.sub(f64x2.add(perp1, f64x2.mul(xi1, xi1)), f64x2.mul(new1, new1));
    v128.store(M + at, f64x2.pmax(f64x2.div(rest0, b0), zero));
    v128.store(M + at, f64x2.pmax(f64x2.div(rest1, b1), zero), 16);
    from += 128;
  }
}

/** 2w xi - sqrt(perp2 2w (2 - 2w)) cos phi of four lanes, f32x4. */
function turnOf(xi0: v128, xi1: v128, perp0: v128, perp1: v128, from: usize): v128 {
  const perp = v128.shuffle<i32>(f32x4.demote_f64x2_zero(perp0), f32x4.demote_f64x2_zero(perp1), 0, 1, 4, 5);
  const xi = v128.shuffle<i32>(f32x4.demote_f64x2_zero(xi0), f32x4.demote_f64x2_zero(xi1), 0, 1, 4, 5);
  const w2 = v128.load(from);
  const reach = f32x4.sqrt(f32x4.mul(perp, f32x4.mul(w2, f32x4.sub(v128.load(TWO), w2))));
  return f32x4.sub(f32x4.mul(xi, w2), f32x4.mul(reach, v128.load(from, 16)));
}
