import { BX, BY, BZ, X, Y, Z } from '../layout';

/**
 * Circular magnetic surfaces about the ring R = R0, z = 0: `B_phi = B0 R0/R`, `B_pol = grad psi x e_phi/R` with
 * `dpsi/dr = B0 r/(q sqrt(1 - r^2/R0^2))`, `q = q0 + q2 r^2`; beyond r = a the factor of r is that at a. Numbers: B0 R0, B0, R0, 1/R0^2,
 * q0, q2, a^2.
 */
export function tokamak<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const toroidal = v128.load64_splat(numbers);
  const B0 = v128.load64_splat(numbers, 8);
  const R0 = v128.load64_splat(numbers, 16);
  const inverse2 = v128.load64_splat(numbers, 24);
  const q0 = v128.load64_splat(numbers, 32);
  const q2 = v128.load64_splat(numbers, 40);
  const edge = v128.load64_splat(numbers, 48);
  const one = f64x2.splat(1.0);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const x = v128.load(at + X);
    const y = v128.load(at + Y);
    const z = v128.load(at + Z);
    const R2 = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
    const R = f64x2.sqrt(R2);
    const out = f64x2.sub(R, R0);
    const r2 = f64x2.pmin(edge, f64x2.add(f64x2.mul(out, out), f64x2.mul(z, z)));
    const q = f64x2.add(q0, f64x2.mul(q2, r2));
    const g = f64x2.div(B0, f64x2.mul(q, f64x2.sqrt(f64x2.sub(one, f64x2.mul(inverse2, r2)))));
    const gz = f64x2.mul(g, z);
    const over = f64x2.div(one, R2);
    to.put(at, f64x2.neg(f64x2.mul(over, f64x2.add(f64x2.mul(gz, x), f64x2.mul(toroidal, y)))), BX);
    to.put(at, f64x2.mul(over, f64x2.sub(f64x2.mul(toroidal, x), f64x2.mul(gz, y))), BY);
    to.put(at, f64x2.div(f64x2.mul(g, out), R), BZ);
  }
}
