import { cross } from '../boundaries/ends';
import { B, GRADIENT, M, parameters, S, SPEED, XI } from '../layout';

/**
 * Guiding-centre motion along a line without forces: ds = xi dl, dxi = -(m/2) B'(s) dl with the path length dl = v dt,
 * kick-drift-kick. m is untouched, so mu is exact between collisions, and gamma is constant, so the same step is
 * relativistic. Each pass leaves B at the new place for the collision operator.
 *
 * A field is a type with an `@inline` method per quantity: it is compiled into the pass, no call is left.
 */

@unmanaged
@final
export class OneSpeed {
  @inline
  path(at: usize, step: v128): v128 {
    return step;
  }
}

@unmanaged
@final
export class ManySpeeds {
  @inline
  path(at: usize, step: v128): v128 {
    return f64x2.mul(step, v128.load(SPEED + at));
  }
}

function outside(first: usize, at: usize, step: f64): void {
  cross(first, (at >> 3) - first, step);
}

/** B = 1 + s^2. */
function parabolic<P>(speeds: P, first: usize, lanes: usize, step: f64): void {
  const h = f64x2.splat(step);
  const one = f64x2.splat(1.0);
  const minusHalf = f64x2.splat(-0.5);
  const edge = f64x2.splat(parameters.half * parameters.half);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 32) {
    const h0 = speeds.path(at, h);
    const h1 = speeds.path(at + 16, h);
    const kick0 = f64x2.mul(f64x2.mul(minusHalf, h0), v128.load(M + at));
    const kick1 = f64x2.mul(f64x2.mul(minusHalf, h1), v128.load(M + at, 16));
    let s0 = v128.load(S + at);
    let s1 = v128.load(S + at, 16);
    let xi0 = f64x2.add(v128.load(XI + at), f64x2.mul(kick0, s0));
    let xi1 = f64x2.add(v128.load(XI + at, 16), f64x2.mul(kick1, s1));
    s0 = f64x2.add(s0, f64x2.mul(h0, xi0));
    s1 = f64x2.add(s1, f64x2.mul(h1, xi1));
    xi0 = f64x2.add(xi0, f64x2.mul(kick0, s0));
    xi1 = f64x2.add(xi1, f64x2.mul(kick1, s1));
    v128.store(S + at, s0);
    v128.store(S + at, s1, 16);
    v128.store(XI + at, xi0);
    v128.store(XI + at, xi1, 16);
    s0 = f64x2.mul(s0, s0);
    s1 = f64x2.mul(s1, s1);
    v128.store(B + at, f64x2.add(one, s0));
    v128.store(B + at, f64x2.add(one, s1), 16);
    if (v128.any_true(f64x2.gt(f64x2.pmax(s0, s1), edge))) outside(first, at, step);
  }
}

/** B = 1: the uniform line. */
function uniform<P>(speeds: P, first: usize, lanes: usize, step: f64): void {
  const h = f64x2.splat(step);
  const edge = f64x2.splat(parameters.half);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 32) {
    const s0 = f64x2.add(v128.load(S + at), f64x2.mul(speeds.path(at, h), v128.load(XI + at)));
    const s1 = f64x2.add(v128.load(S + at, 16), f64x2.mul(speeds.path(at + 16, h), v128.load(XI + at, 16)));
    v128.store(S + at, s0);
    v128.store(S + at, s1, 16);
    if (v128.any_true(f64x2.gt(f64x2.pmax(f64x2.abs(s0), f64x2.abs(s1)), edge))) outside(first, at, step);
  }
}

/** B from a table of cubics; the gradient at the new place is kept for the next step's first kick. */
function tabulated<P>(speeds: P, first: usize, lanes: usize, step: f64): void {
  const h = f64x2.splat(step);
  const minusQuarter = f64x2.splat(-0.25);
  const edge = f64x2.splat(parameters.half);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 32) {
    const h0 = speeds.path(at, h);
    const h1 = speeds.path(at + 16, h);
    const kick0 = f64x2.mul(f64x2.mul(minusQuarter, h0), v128.load(M + at));
    const kick1 = f64x2.mul(f64x2.mul(minusQuarter, h1), v128.load(M + at, 16));
    const xi0 = f64x2.add(v128.load(XI + at), f64x2.mul(kick0, v128.load(GRADIENT + at)));
    const xi1 = f64x2.add(v128.load(XI + at, 16), f64x2.mul(kick1, v128.load(GRADIENT + at, 16)));
    const s0 = f64x2.add(v128.load(S + at), f64x2.mul(h0, xi0));
    const s1 = f64x2.add(v128.load(S + at, 16), f64x2.mul(h1, xi1));
    v128.store(S + at, s0);
    v128.store(S + at, s1, 16);
    lookUp(at, s0);
    lookUp(at + 16, s1);
    v128.store(XI + at, f64x2.add(xi0, f64x2.mul(kick0, v128.load(GRADIENT + at))));
    v128.store(XI + at, f64x2.add(xi1, f64x2.mul(kick1, v128.load(GRADIENT + at, 16))), 16);
    if (v128.any_true(f64x2.gt(f64x2.pmax(f64x2.abs(s0), f64x2.abs(s1)), edge))) outside(first, at, step);
  }
}

/** Two lanes of the table: gathers the four coefficients of each lane's cell; beyond the ends the last cell goes on. */
function lookUp(at: usize, s: v128): void {
  const inverse = f64x2.splat(parameters.fieldInverseStep);
  const place = f64x2.mul(f64x2.sub(s, f64x2.splat(parameters.fieldStart)), inverse);
  const last = f64x2.splat(parameters.fieldCells - 1.0);
  const cell = f64x2.pmin(last, f64x2.pmax(f64x2.splat(0.0), f64x2.floor(place)));
  const index = i32x4.trunc_sat_f64x2_s_zero(cell);
  const x = f64x2.sub(place, cell);
  const table = <usize>parameters.fieldTable;
  const row0 = table + ((<usize>i32x4.extract_lane(index, 0)) << 5);
  const row1 = table + ((<usize>i32x4.extract_lane(index, 1)) << 5);
  const p0 = v128.load(row0);
  const q0 = v128.load(row0, 16);
  const p1 = v128.load(row1);
  const q1 = v128.load(row1, 16);
  const a = v128.shuffle<i64>(p0, p1, 0, 2);
  const b = v128.shuffle<i64>(p0, p1, 1, 3);
  const c = v128.shuffle<i64>(q0, q1, 0, 2);
  const d = v128.shuffle<i64>(q0, q1, 1, 3);
  const xd = f64x2.mul(x, d);
  v128.store(B + at, f64x2.add(a, f64x2.mul(x, f64x2.add(b, f64x2.mul(x, f64x2.add(c, xd))))));
  const slope = f64x2.add(b, f64x2.mul(x, f64x2.add(f64x2.add(c, c), f64x2.add(xd, f64x2.add(xd, xd)))));
  v128.store(GRADIENT + at, f64x2.mul(slope, inverse));
}

/** One motion step of a tile: `step` of kernel time, starting at `clock`. */
export function advance(first: usize, lanes: usize, step: f64): void {
  const kind = <i32>parameters.fieldKind;
  if (parameters.oneSpeed != 0) {
    const speeds = changetype<OneSpeed>(0);
    if (kind == 1) parabolic<OneSpeed>(speeds, first, lanes, step);
    else if (kind == 2) tabulated<OneSpeed>(speeds, first, lanes, step);
    else uniform<OneSpeed>(speeds, first, lanes, step);
  } else {
    const speeds = changetype<ManySpeeds>(0);
    if (kind == 1) parabolic<ManySpeeds>(speeds, first, lanes, step);
    else if (kind == 2) tabulated<ManySpeeds>(speeds, first, lanes, step);
    else uniform<ManySpeeds>(speeds, first, lanes, step);
  }
}
