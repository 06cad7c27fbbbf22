import { BX, BY, BZ, X, Y, Z } from '../layout';

/** Rounds of the arithmetic-geometric mean: full precision down to a distance of 1e-8 radii from the wire. */
const ROUNDS: i32 = 7;

/**
 * A circular coil about the z axis, exact. With `alpha^2 = (a - r)^2 + z^2`, `beta^2 = (a + r)^2 + z^2`, `m = 4 a r/beta^2`, the
 * arithmetic-geometric mean A of 1 and alpha/beta and `S = sum_{n>0} 2^(n-1) c_n^2/m^2`, `c_(n+1) = c_n^2/(4 a_(n+1))`:
 *   K = pi/(2 A),  E = K (1 - m/2 - m^2 S),
 *   Bz   = F/(A alpha^2 beta) [1 - 2 r (a + r)/beta^2 + 8 r^2 (r^2 + z^2 - a^2) S/beta^4],
 *   Br/r = 8 F z/(A alpha^2 beta^3) [1/4 - (1 - m/2) S],      F = mu0 I a^2/2,
 * which lose no digits on the axis or far away, unlike the textbook's differences of K and E.
 * Source: Jackson, Classical Electrodynamics (1999), section 5.5; DLMF 19.8(i). Numbers: z of the coil, a, F.
 */
export function coil<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const centre = v128.load64_splat(numbers);
  const a = v128.load64_splat(numbers, 8);
  const F = v128.load64_splat(numbers, 16);
  const a2 = f64x2.mul(a, a);
  const one = f64x2.splat(1.0);
  const half = f64x2.splat(0.5);
  const quarter = f64x2.splat(0.25);
  const two = f64x2.splat(2.0);
  const four = f64x2.splat(4.0);
  const eight = f64x2.splat(8.0);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const x = v128.load(at + X);
    const y = v128.load(at + Y);
    const z = f64x2.sub(v128.load(at + Z), centre);
    const r2 = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
    const r = f64x2.sqrt(r2);
    const z2 = f64x2.mul(z, z);
    const less = f64x2.sub(a, r);
    const more = f64x2.add(a, r);
    const alpha2 = f64x2.add(f64x2.mul(less, less), z2);
    const beta2 = f64x2.add(f64x2.mul(more, more), z2);
    const inverse = f64x2.div(one, beta2);
    const m = f64x2.mul(f64x2.mul(four, f64x2.mul(a, r)), inverse);
    let mean = one;
    let b = f64x2.sqrt(f64x2.mul(alpha2, inverse));
    // c_n and c_n/m
    let d = f64x2.div(half, f64x2.add(one, b));
    let c = f64x2.mul(m, d);
    let sum = f64x2.mul(d, d);
    let weight: f64 = 2.0;
    let next = f64x2.mul(half, f64x2.add(mean, b));
    b = f64x2.sqrt(f64x2.mul(mean, b));
    mean = next;
    for (let i = 0; i < ROUNDS; i++) {
      next = f64x2.mul(half, f64x2.add(mean, b));
      b = f64x2.sqrt(f64x2.mul(mean, b));
      mean = next;
      const over = f64x2.div(c, f64x2.mul(four, mean));
      d = f64x2.mul(d, over);
      c = f64x2.mul(c, over);
      sum = f64x2.add(sum, f64x2.mul(f64x2.splat(weight), f64x2.mul(d, d)));
      weight *= 2.0;
    }
    const base = f64x2.div(F, f64x2.mul(f64x2.mul(mean, alpha2), f64x2.sqrt(beta2)));
    const far = f64x2.mul(f64x2.sub(f64x2.add(r2, z2), a2), f64x2.mul(inverse, sum));
    const along = f64x2.mul(f64x2.mul(two, f64x2.mul(r, inverse)), f64x2.sub(more, f64x2.mul(f64x2.mul(four, r), far)));
    to.put(at, f64x2.mul(base, f64x2.sub(one, along)), BZ);
    const rest = f64x2.sub(quarter, f64x2.mul(f64x2.sub(one, f64x2.mul(half, m)), sum));
    const across = f64x2.mul(f64x2.mul(f64x2.mul(eight, base), f64x2.mul(z, inverse)), rest);
    to.put(at, f64x2.mul(across, x), BX);
    to.put(at, f64x2.mul(across, y), BY);
  }
}
