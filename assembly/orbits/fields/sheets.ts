import { tanh } from '../../math/hyperbolic';
import { BX, BY, BZ, EY, orbit, Z } from '../layout';

/**
 * Current sheets across z: `Bx = B [c + sum_i (-1)^i tanh((z - z_i)/L)]`, with uniform By, Bz and Ey. Numbers: B, B c, 1/L, By, Bz, Ey,
 * how many sheets, z_i.
 */
export function sheets<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const strength = v128.load64_splat(numbers);
  const offset = v128.load64_splat(numbers, 8);
  const inverse = v128.load64_splat(numbers, 16);
  const guide = v128.load64_splat(numbers, 24);
  const normal = v128.load64_splat(numbers, 32);
  const electric = v128.load64_splat(numbers, 40);
  const places = numbers + 56;
  const end = places + ((<usize>load<f64>(numbers, 48)) << 3);
  for (let at = first << 3, last = (first + lanes) << 3; at < last; at += 16) {
    const z = v128.load(at + Z);
    let bx = offset;
    let b = strength;
    for (let place = places; place < end; place += 8) {
      const x = f64x2.mul(f64x2.sub(z, v128.load64_splat(place)), inverse);
      bx = f64x2.add(bx, f64x2.mul(b, tanh(x)));
      b = f64x2.neg(b);
    }
    to.put(at, bx, BX);
    to.put(at, guide, BY);
    to.put(at, normal, BZ);
    if (orbit.electric != 0.0) to.put(at, electric, EY);
  }
}
