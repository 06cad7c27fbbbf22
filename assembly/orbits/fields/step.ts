import { BX, BY, BZ, Z } from '../layout';

/** A jump of B across the plane z = 0. Numbers: B below (z < 0), B above. */
export function step<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const zero = f64x2.splat(0.0);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const below = f64x2.lt(v128.load(at + Z), zero);
    to.put(at, v128.bitselect(v128.load64_splat(numbers), v128.load64_splat(numbers, 24), below), BX);
    to.put(at, v128.bitselect(v128.load64_splat(numbers, 8), v128.load64_splat(numbers, 32), below), BY);
    to.put(at, v128.bitselect(v128.load64_splat(numbers, 16), v128.load64_splat(numbers, 40), below), BZ);
  }
}
