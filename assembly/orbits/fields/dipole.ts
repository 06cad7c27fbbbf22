import { BX, BY, BZ, X, Y, Z } from '../layout';

/** `B = k (3 z r - r^2 ez)/r^5`: a dipole along z at the origin; k is minus the strength at the equator at r = 1. Number: k. */
export function dipole<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const k = v128.load64_splat(numbers);
  const three = f64x2.splat(3.0);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const x = v128.load(at + X);
    const y = v128.load(at + Y);
    const z = v128.load(at + Z);
    const z2 = f64x2.mul(z, z);
    const r2 = f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), z2);
    const a = f64x2.div(k, f64x2.mul(f64x2.mul(r2, r2), f64x2.sqrt(r2)));
    const b = f64x2.mul(f64x2.mul(three, a), z);
    to.put(at, f64x2.mul(b, x), BX);
    to.put(at, f64x2.mul(b, y), BY);
    to.put(at, f64x2.mul(a, f64x2.sub(f64x2.mul(three, z2), r2)), BZ);
  }
}
