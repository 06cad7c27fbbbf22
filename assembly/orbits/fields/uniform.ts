import { BX, BY, BZ, EX, EY, EZ, orbit } from '../layout';

/** B and E the same everywhere and always. Numbers: B, E. */
export function uniform<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const x = v128.load64_splat(numbers);
  const y = v128.load64_splat(numbers, 8);
  const z = v128.load64_splat(numbers, 16);
  const end = (first + lanes) << 3;
  for (let at = first << 3; at < end; at += 16) {
    to.put(at, x, BX);
    to.put(at, y, BY);
    to.put(at, z, BZ);
  }
  if (orbit.electric == 0.0) return;
  const ex = v128.load64_splat(numbers, 24);
  const ey = v128.load64_splat(numbers, 32);
  const ez = v128.load64_splat(numbers, 40);
  for (let at = first << 3; at < end; at += 16) {
    to.put(at, ex, EX);
    to.put(at, ey, EY);
    to.put(at, ez, EZ);
  }
}
