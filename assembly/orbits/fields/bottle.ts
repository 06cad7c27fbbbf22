import { BX, BY, BZ, X, Y, Z } from '../layout';

/** `Bz = B (1 + k (z^2 - r^2/2))`, `Br = -B k z r`: free of divergence and curl. Numbers: B, B k. */
export function bottle<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const strength = v128.load64_splat(numbers);
  const k = v128.load64_splat(numbers, 8);
  const half = f64x2.splat(0.5);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const x = v128.load(at + X);
    const y = v128.load(at + Y);
    const z = v128.load(at + Z);
    const kz = f64x2.neg(f64x2.mul(k, z));
    to.put(at, f64x2.mul(kz, x), BX);
    to.put(at, f64x2.mul(kz, y), BY);
    const r2 = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
    to.put(at, f64x2.add(strength, f64x2.mul(k, f64x2.sub(f64x2.mul(z, z), f64x2.mul(half, r2)))), BZ);
  }
}
