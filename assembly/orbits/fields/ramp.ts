import { tanh } from '../../math/hyperbolic';
import { BX, BY, BZ, EX, EY, TIME, X, Y } from '../layout';

/**
 * A uniform Bz(t) with its induced `E = -(1/2) dB/dt z x r`. Numbers: kind, then
 *   0, `B^2 = S + D tanh((t - t0)/w)`: S, D, 1/w, t0;
 *   1, linear from B1 at t0, for a time T: B1, dB/dt, T, t0.
 */
export function ramp<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const smooth = load<f64>(numbers) == 0.0;
  const a = v128.load64_splat(numbers, 8);
  const b = v128.load64_splat(numbers, 16);
  const c = v128.load64_splat(numbers, 24);
  const t0 = v128.load64_splat(numbers, 32);
  const zero = f64x2.splat(0.0);
  const half = f64x2.splat(0.5);
  for (let at = first << 3, end = (first + lanes) << 3; at < end; at += 16) {
    const t = f64x2.sub(v128.load(at + TIME), t0);
    let B = zero;
    let rate = zero;
    if (smooth) {
      const g = tanh(f64x2.mul(t, c));
      B = f64x2.sqrt(f64x2.add(a, f64x2.mul(b, g)));
      const slope = f64x2.mul(f64x2.mul(b, c), f64x2.sub(f64x2.splat(1.0), f64x2.mul(g, g)));
      rate = f64x2.div(f64x2.mul(half, slope), B);
    } else {
      B = f64x2.add(a, f64x2.mul(b, f64x2.pmax(zero, f64x2.pmin(c, t))));
      rate = v128.and(b, v128.and(f64x2.gt(t, zero), f64x2.lt(t, c)));
    }
    to.put(at, zero, BX);
    to.put(at, zero, BY);
    to.put(at, B, BZ);
    const e = f64x2.mul(half, rate);
    to.put(at, f64x2.mul(e, v128.load(at + Y)), EX);
    to.put(at, f64x2.neg(f64x2.mul(e, v128.load(at + X))), EY);
  }
}
