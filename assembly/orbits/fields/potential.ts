import { EX, EY, EZ, X, Y, Z } from '../layout';

/** The electric field of a static potential of second degree beside the field before it. Numbers: E at the origin, and its slopes along x, y, z. */
export function potential<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const x0 = v128.load64_splat(numbers);
  const y0 = v128.load64_splat(numbers, 8);
  const z0 = v128.load64_splat(numbers, 16);
  const x1 = v128.load64_splat(numbers, 24);
  const y1 = v128.load64_splat(numbers, 32);
  const z1 = v128.load64_splat(numbers, 40);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    to.put(at, f64x2.add(x0, f64x2.mul(x1, v128.load(at + X))), EX);
    to.put(at, f64x2.add(y0, f64x2.mul(y1, v128.load(at + Y))), EY);
    to.put(at, f64x2.add(z0, f64x2.mul(z1, v128.load(at + Z))), EZ);
  }
}
