import { cellOf, inside, setWeights, weight0, weight1, weight2, weight3 } from '../../math/basis';
import { BX, BY, BZ, X, Y, Z } from '../layout';

/** Bytes of a node: coefficients of Bx, By, Bz and nothing. */
const NODE: usize = 32;

/** Of the last call of `sum`: Bx and By, Bz and nothing. */
let flat: v128 = i64x2(0, 0);
let rest: v128 = i64x2(0, 0);

/** Sums the 64 nodes about a place. */
function sum(at: usize, numbers: usize): void {
  const cellsX = load<f64>(numbers, 48);
  const cellsY = load<f64>(numbers, 56);
  const cellsZ = load<f64>(numbers, 64);
  const x = inside((load<f64>(at + X) - load<f64>(numbers)) * load<f64>(numbers, 24), cellsX);
  const y = inside((load<f64>(at + Y) - load<f64>(numbers, 8)) * load<f64>(numbers, 32), cellsY);
  const z = inside((load<f64>(at + Z) - load<f64>(numbers, 16)) * load<f64>(numbers, 40), cellsZ);
  const i = cellOf(x, cellsX);
  const j = cellOf(y, cellsY);
  const k = cellOf(z, cellsZ);
  setWeights(x - i);
  const x0 = f64x2.splat(weight0);
  const x1 = f64x2.splat(weight1);
  const x2 = f64x2.splat(weight2);
  const x3 = f64x2.splat(weight3);
  setWeights(y - j);
  const y0 = weight0;
  const y1 = weight1;
  const y2 = weight2;
  const y3 = weight3;
  setWeights(z - k);
  const row = <usize>(cellsX + 3.0) * NODE;
  const plane = <usize>(cellsY + 3.0) * row;
  const corner = numbers + 72 + <usize>k * plane + <usize>j * row + <usize>i * NODE;
  flat = f64x2.splat(0.0);
  rest = f64x2.splat(0.0);
  for (let c: usize = 0; c < 4; c++) {
    const wz = c == 0 ? weight0 : c == 1 ? weight1 : c == 2 ? weight2 : weight3;
    for (let b: usize = 0; b < 4; b++) {
      const w = f64x2.splat(wz * (b == 0 ? y0 : b == 1 ? y1 : b == 2 ? y2 : y3));
      const node = corner + c * plane + b * row;
      const lower = f64x2.add(f64x2.mul(x0, v128.load(node)), f64x2.mul(x1, v128.load(node, 32)));
      const upper = f64x2.add(f64x2.mul(x2, v128.load(node, 64)), f64x2.mul(x3, v128.load(node, 96)));
      flat = f64x2.add(flat, f64x2.mul(w, f64x2.add(lower, upper)));
      const lowerZ = f64x2.add(f64x2.mul(x0, v128.load(node, 16)), f64x2.mul(x1, v128.load(node, 48)));
      const upperZ = f64x2.add(f64x2.mul(x2, v128.load(node, 80)), f64x2.mul(x3, v128.load(node, 112)));
      rest = f64x2.add(rest, f64x2.mul(w, f64x2.add(lowerZ, upperZ)));
    }
  }
}

/**
 * A tabulated field: cubic B-splines along each axis, and beyond the table's edges what it has there. Numbers: first place (x, y, z),
 * inverse distances of places, cells along each axis, then the coefficients of (Bx, By, Bz, nothing), x fastest, (cells + 3) along an axis.
 */
export function grid<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    sum(at, numbers);
    const a = flat;
    const b = rest;
    sum(at + 8, numbers);
    to.put(at, v128.shuffle<f64>(a, flat, 0, 2), BX);
    to.put(at, v128.shuffle<f64>(a, flat, 1, 3), BY);
    to.put(at, v128.shuffle<f64>(b, rest, 0, 2), BZ);
  }
}
