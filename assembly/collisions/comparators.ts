import { B, KICKS, M, NU, WORDS, XI } from '../layout';
import { azimuthOf, cosineOfTurn, logarithm, uniform24 } from '../math/elementary';

/**
 * What other codes do, offered by name for comparison: the Ito step
 *   xi' = xi (1 - 2 tau) + sqrt(2 tau (1 - xi^2)) eta
 * with eta normal and |xi'| > 1 folded back (Euler-Maruyama), or with eta = +-1 (the binomial step of Boozer and
 * Kuo-Petravic 1981, tau <= 1/2). Both leave a biased equilibrium; see the README.
 */

/** eta = sqrt(2 E) cos phi from one word: a normal number (Box and Muller 1958). */
export function normals(lanes: usize): void {
  for (let at: usize = 0, end = lanes << 4; at < end; at += 16) {
    const word = v128.load(WORDS + at);
    const t = logarithm(uniform24(word));
    v128.store(
      KICKS + (at << 1),
      f32x4.mul(f32x4.sqrt(f32x4.mul(f32x4.splat(-2.0), t)), cosineOfTurn(azimuthOf(word))),
    );
  }
}

/** eta = +-1 from the sign bit. */
export function signs(lanes: usize): void {
  const sign = i32x4.splat(0x80000000);
  const one = f32x4.splat(1.0);
  for (let at: usize = 0, end = lanes << 4; at < end; at += 16) {
    v128.store(KICKS + (at << 1), v128.or(one, v128.and(v128.load(WORDS + at), sign)));
  }
}

/** The Ito step with the folding; `step` is the time the rate acts. */
export function scatterIto(first: usize, lanes: usize, kick: usize, step: f64): void {
  for (let lane: usize = 0; lane < lanes; lane += 4) {
    const at = (first + lane) << 3;
    const eta = v128.load(KICKS + (lane << 5) + (kick << 5));
    itoPair(at, f64x2.promote_low_f32x4(eta), step);
    itoPair(at + 16, f64x2.promote_low_f32x4(v128.shuffle<i32>(eta, eta, 2, 3, 0, 1)), step);
  }
}

function itoPair(at: usize, eta: v128, step: f64): void {
  const one = f64x2.splat(1.0);
  const half = f64x2.splat(0.5);
  const zero = f64x2.splat(0.0);
  const b = v128.load(B + at);
  let xi = v128.load(XI + at);
  const speed2 = f64x2.add(f64x2.mul(v128.load(M + at), b), f64x2.mul(xi, xi));
  xi = f64x2.mul(xi, f64x2.sub(f64x2.splat(1.5), f64x2.mul(half, speed2)));
  const tau2 = f64x2.mul(f64x2.splat(2.0 * step), v128.load(NU + at));
  const width = f64x2.sqrt(f64x2.mul(tau2, f64x2.pmax(f64x2.sub(one, f64x2.mul(xi, xi)), zero)));
  let next = f64x2.add(f64x2.sub(xi, f64x2.mul(xi, tau2)), f64x2.mul(width, eta));
  // fold about +-1; a step so long that it would fold twice ends at the pole
  const size = f64x2.abs(next);
  const folded = f64x2.pmax(f64x2.sub(one, f64x2.abs(f64x2.sub(size, one))), f64x2.neg(one));
  next = v128.bitselect(f64x2.neg(folded), folded, f64x2.lt(next, zero));
  v128.store(XI + at, next);
  v128.store(M + at, f64x2.pmax(f64x2.div(f64x2.sub(one, f64x2.mul(next, next)), b), zero));
}
