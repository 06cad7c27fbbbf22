import {
  cellOf,
  inside,
  setSlopes,
  setWeights,
  slope0,
  slope1,
  slope2,
  slope3,
  weight0,
  weight1,
  weight2,
  weight3,
} from '../../math/basis';
import { BX, BY, BZ, X, Y, Z } from '../layout';

/** Of the last call of `find`. */
let bx: f64 = 0.0;
let by: f64 = 0.0;
let bz: f64 = 0.0;

function find(at: usize, numbers: usize): void {
  const x = load<f64>(at + X);
  const y = load<f64>(at + Y);
  const R = Math.sqrt(x * x + y * y);
  const inverseR = load<f64>(numbers, 16);
  const inverseZ = load<f64>(numbers, 24);
  const cellsR = load<f64>(numbers, 32);
  const cellsZ = load<f64>(numbers, 40);
  const cellsF = load<f64>(numbers, 48);
  const u = inside((R - load<f64>(numbers)) * inverseR, cellsR);
  const v = inside((load<f64>(at + Z) - load<f64>(numbers, 8)) * inverseZ, cellsZ);
  const i = cellOf(u, cellsR);
  const j = cellOf(v, cellsZ);
  setWeights(u - i);
  setSlopes(u - i);
  // along R: value and slope side by side
  const r0 = f64x2.replace_lane(f64x2.splat(weight0), 1, slope0);
  const r1 = f64x2.replace_lane(f64x2.splat(weight1), 1, slope1);
  const r2 = f64x2.replace_lane(f64x2.splat(weight2), 1, slope2);
  const r3 = f64x2.replace_lane(f64x2.splat(weight3), 1, slope3);
  setWeights(v - j);
  setSlopes(v - j);
  const fluxes = numbers + 72 + ((<usize>(cellsF + 3.0)) << 3);
  const row = (<usize>(cellsR + 3.0)) << 3;
  const corner = fluxes + <usize>j * row + ((<usize>i) << 3);
  let value = f64x2.splat(0.0);
  let slopeZ = f64x2.splat(0.0);
  for (let b: usize = 0; b < 4; b++) {
    const w = b == 0 ? weight0 : b == 1 ? weight1 : b == 2 ? weight2 : weight3;
    const s = b == 0 ? slope0 : b == 1 ? slope1 : b == 2 ? slope2 : slope3;
    const node = corner + b * row;
    const lower = f64x2.add(f64x2.mul(r0, v128.load64_splat(node)), f64x2.mul(r1, v128.load64_splat(node, 8)));
    const upper = f64x2.add(f64x2.mul(r2, v128.load64_splat(node, 16)), f64x2.mul(r3, v128.load64_splat(node, 24)));
    const along = f64x2.add(lower, upper);
    value = f64x2.add(value, f64x2.mul(f64x2.splat(w), along));
    slopeZ = f64x2.add(slopeZ, f64x2.mul(f64x2.splat(s), along));
  }
  const psi = f64x2.extract_lane(value, 0);
  const over = 1.0 / R;
  const BR = -over * inverseZ * f64x2.extract_lane(slopeZ, 0);
  bz = over * inverseR * f64x2.extract_lane(value, 1);
  const f = inside((psi - load<f64>(numbers, 56)) * load<f64>(numbers, 64), cellsF);
  const k = cellOf(f, cellsF);
  setWeights(f - k);
  const table = numbers + 72 + ((<usize>k) << 3);
  const F =
    weight0 * load<f64>(table) +
    weight1 * load<f64>(table, 8) +
    weight2 * load<f64>(table, 16) +
    weight3 * load<f64>(table, 24);
  const phi = over * F;
  bx = over * (BR * x - phi * y);
  by = over * (BR * y + phi * x);
}

/**
 * An axisymmetric field of a tabulated flux: `B = grad psi x e_phi/R + F(psi)/R e_phi`, cubic B-splines of psi(R, z) and of F between the
 * axis and the edge, beyond which it is constant. Numbers: first R and z, inverse distances of places along R and z, cells along R, z and
 * of F, psi at the axis and cells of F for each psi, the coefficients of F, then those of psi, R fastest.
 */
export function flux<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    find(at, numbers);
    const x = bx;
    const y = by;
    const z = bz;
    find(at + 8, numbers);
    to.put(at, f64x2.replace_lane(f64x2.splat(x), 1, bx), BX);
    to.put(at, f64x2.replace_lane(f64x2.splat(y), 1, by), BY);
    to.put(at, f64x2.replace_lane(f64x2.splat(z), 1, bz), BZ);
  }
}
