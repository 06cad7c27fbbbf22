import { cosine, sineAndCosine } from '../../math/trigonometric';
import { BX, BY, BZ, EX, EY, EZ, orbit, TIME, X, Y, Z } from '../layout';

/** Bytes of a wave: k, omega, phase, amplitude of B, amplitude of E. */
const WAVE: usize = 88;

/** Plane waves: sums of `a cos(k.x - omega t + phase)`. Numbers: how many, then by wave k, omega, phase, a of B, a of E. */
export function planeWaves<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const end = numbers + 8 + <usize>load<f64>(numbers) * WAVE;
  const electric = orbit.electric != 0.0;
  const zero = f64x2.splat(0.0);
  for (let at = first << 3, last = (first + lanes) << 3; at < last; at += 16) {
    const x = v128.load(at + X);
    const y = v128.load(at + Y);
    const z = v128.load(at + Z);
    const t = v128.load(at + TIME);
    let bx = zero;
    let by = zero;
    let bz = zero;
    let ex = zero;
    let ey = zero;
    let ez = zero;
    for (let wave = numbers + 8; wave < end; wave += WAVE) {
      const along = f64x2.add(
        f64x2.add(f64x2.mul(v128.load64_splat(wave), x), f64x2.mul(v128.load64_splat(wave, 8), y)),
        f64x2.mul(v128.load64_splat(wave, 16), z),
      );
      const turned = f64x2.sub(v128.load64_splat(wave, 32), f64x2.mul(v128.load64_splat(wave, 24), t));
      sineAndCosine(f64x2.add(along, turned));
      const c = cosine;
      bx = f64x2.add(bx, f64x2.mul(c, v128.load64_splat(wave, 40)));
      by = f64x2.add(by, f64x2.mul(c, v128.load64_splat(wave, 48)));
      bz = f64x2.add(bz, f64x2.mul(c, v128.load64_splat(wave, 56)));
      if (electric) {
        ex = f64x2.add(ex, f64x2.mul(c, v128.load64_splat(wave, 64)));
        ey = f64x2.add(ey, f64x2.mul(c, v128.load64_splat(wave, 72)));
        ez = f64x2.add(ez, f64x2.mul(c, v128.load64_splat(wave, 80)));
      }
    }
    to.put(at, bx, BX);
    to.put(at, by, BY);
    to.put(at, bz, BZ);
    if (electric) {
      to.put(at, ex, EX);
      to.put(at, ey, EY);
      to.put(at, ez, EZ);
    }
  }
}
