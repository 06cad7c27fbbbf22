import { cosine, sine, sineAndCosine } from '../../math/trigonometric';
import { BX, BY, BZ, EX, EY, orbit, TIME, Z } from '../layout';

/** Bytes of a wave: k, omega, phase, B, sigma B, omega/k. */
const WAVE: usize = 48;

/**
 * Circularly polarised waves along z in a uniform Bz: `Bx + i sigma By = B exp i(k z - omega t + phase)`, `E = -(omega/k) z x B`.
 * Numbers: Bz, how many, then by wave k, omega, phase, B, sigma B, omega/k.
 */
export function circularWaves<W>(to: W, first: usize, lanes: usize, numbers: usize): void {
  const mean = v128.load64_splat(numbers);
  const end = numbers + 16 + <usize>load<f64>(numbers, 8) * WAVE;
  const electric = orbit.electric != 0.0;
  const zero = f64x2.splat(0.0);
  for (let at = first << 3, last = (first + lanes) << 3; at < last; at += 16) {
    const z = v128.load(at + Z);
    const t = v128.load(at + TIME);
    let bx = zero;
    let by = zero;
    let ex = zero;
    let ey = zero;
    for (let wave = numbers + 16; wave < end; wave += WAVE) {
      const turned = f64x2.sub(v128.load64_splat(wave, 16), f64x2.mul(v128.load64_splat(wave, 8), t));
      sineAndCosine(f64x2.add(f64x2.mul(v128.load64_splat(wave), z), turned));
      const x = f64x2.mul(cosine, v128.load64_splat(wave, 24));
      const y = f64x2.mul(sine, v128.load64_splat(wave, 32));
      bx = f64x2.add(bx, x);
      by = f64x2.add(by, y);
      if (electric) {
        const speed = v128.load64_splat(wave, 40);
        ex = f64x2.add(ex, f64x2.mul(speed, y));
        ey = f64x2.sub(ey, f64x2.mul(speed, x));
      }
    }
    to.put(at, bx, BX);
    to.put(at, by, BY);
    to.put(at, mean, BZ);
    if (electric) {
      to.put(at, ex, EX);
      to.put(at, ey, EY);
    }
  }
}
