/**
 * Decay of a population that is lost where its cosine enters a cone: the modes of `d/dxi (1 - xi^2) du/dxi + lambda u = 0`
 * with u = 0 at the rims. For two equal cones and the slowest mode, lambda = n(n+1) with n the first root of
 * `2F1(-n/2, (n+1)/2; 1/2; xiLC^2) = 0`. Source: Legendre's equation, DLMF 14.2.1, 14.3; the method was made for this project.
 */
import { mirrorRatioAbove1, notNegative, wholeNumber, within } from './check.js';
import { lossConeCosine } from './lossCone.js';

/** Nearer to ±1 a double has too few digits for a rim: mirror ratios up to 5e8 can be done. */
const NEAREST_RIM = 1e-9;

/** Which ends of the line lose: cones at both, at +s (right) or at -s (left). */
export type LossSides = 'both' | 'left' | 'right';

/** Solution and slope at one x. */
type State = [x: number, u: number, slope: number];

/** One Taylor step of Legendre's equation from x to x + h, |h| at most 0.4 of the distance to the nearer of ±1. */
function taylorStep([x, u, slope]: State, h: number, lambda: number): State {
  const room = (1 - x) * (1 + x);
  let c0 = u;
  let c1 = slope;
  let power = 1;
  let value = u;
  let derivative = 0;
  for (let k = 0; k < 200; k++) {
    // c1 h^(k+1) is the next term, (k+1) c1 h^k that of the slope
    derivative += (k + 1) * c1 * power;
    power *= h;
    value += c1 * power;
    const small = 1e-18 * (Math.abs(value) + Math.abs(derivative * h));
    if (k > 4 && Math.abs(c1 * power) < small && Math.abs(c0 * power) < small * Math.abs(1 / h)) break;
    [c0, c1] = [c1, (2 * x * (k + 1) * (k + 1) * c1 + (k * (k + 1) - lambda) * c0) / (room * (k + 1) * (k + 2))];
  }
  return [x + h, value, derivative];
}

/** The solution that is regular at x = -1, with u = 1 there, a little inside. */
function regularStart(to: number, lambda: number): State {
  const z = Math.min(0.125, 0.25 / (1 + lambda), (to + 1) / 4);
  let term = 1;
  let u = 1;
  let slope = 0;
  for (let k = 0; k < 60; k++) {
    const factor = (k * (k + 1) - lambda) / ((k + 1) * (k + 1));
    slope += (k + 1) * term * factor;
    term *= factor * z;
    u += term;
  }
  return [2 * z - 1, u, slope / 2];
}

/** How often the solution that obeys the left end's condition changes sign in (from, to]. */
function countZeros(from: number, to: number, lambda: number): number {
  let state: State = from === -1 ? regularStart(to, lambda) : [from, 0, 1];
  let positiveBefore = true;
  let zeros = 0;
  while (state[0] < to) {
    const edge = 1 - Math.abs(state[0]);
    const wave = Math.sqrt(((1 - state[0]) * (1 + state[0])) / (1 + lambda));
    const h = Math.min(0.35 * edge, wave, to - state[0]);
    state = taylorStep(state, h, lambda);
    if (h === to - (state[0] - h) || state[0] >= to - 1e-15) state[0] = to;
    const scale = Math.abs(state[1]) + Math.abs(state[2]);
    state = [state[0], state[1] / scale, state[2] / scale];
    if (state[1] > 0 !== positiveBefore) {
      zeros++;
      positiveBefore = !positiveBefore;
    }
  }
  return zeros;
}

/**
 * Eigenvalue lambda/nu of loss with rims at any two cosines: mode k has k zeros between them.
 * @param xiFrom left rim, -1 <= xiFrom < xiTo; -1 means no cone there
 * @param xiTo right rim, <= 1; 1 means no cone there
 * @param mode k = 0 (slowest), 1, 2, ... 200
 * @returns lambda/nu: the mode decays as exp(-lambda t); relative error about 1e-12, 1e-9 with rims 1e-8 from a pole
 * @throws RangeError for rims out of order or within 1e-9 of a pole without being it, or a mode that is not a whole number
 * @example
 * lossEigenvalueBetween(-Math.sqrt(0.5), Math.sqrt(0.5), 0) // ≈ 3.476733
 * lossEigenvalueBetween(-1, 0, 0) // ≈ 2.00000000
 * lossEigenvalueBetween(-1, 1, 3) // ≈ 12.0000000
 */
export function lossEigenvalueBetween(xiFrom: number, xiTo: number, mode = 0): number {
  within('xiFrom', xiFrom, -1, 1, 'a pitch-angle cosine');
  within('xiTo', xiTo, -1, 1, 'a pitch-angle cosine');
  for (const [name, xi] of Object.entries({ xiFrom, xiTo })) {
    if (Math.abs(xi) < 1 && Math.abs(xi) > 1 - NEAREST_RIM) {
      throw new RangeError(`${name}: ${xi} is too near the pole (must be 1 or -1, or ${NEAREST_RIM} away from them)`);
    }
  }
  wholeNumber('mode', mode, 0, 200, 'a mode');
  if (!(xiTo > xiFrom)) throw new RangeError(`xiTo: ${xiTo} is not above xiFrom (must be > ${xiFrom})`);
  if (xiTo === 1) return xiFrom === -1 ? mode * (mode + 1) : lossEigenvalueBetween(-1, -xiFrom, mode);
  let high = 1;
  while (countZeros(xiFrom, xiTo, high) <= mode) high *= 2;
  let low = 0;
  for (let i = 0; i < 60 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    if (countZeros(xiFrom, xiTo, middle) <= mode) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Eigenvalue lambda/nu of a mirror's loss cone in velocity space. With both cones, modes 0, 2, 4, ... are even in xi.
 * @param mirrorRatio R, > 1, up to 5e8
 * @param mode 0 (slowest), 1, 2, ...
 * @param sides 'both' cones, or one
 * @returns lambda/nu
 * @example
 * lossEigenvalue(1.5) // ≈ 6.000000
 * lossEigenvalue(5) // ≈ 1.457449
 * lossEigenvalue(100) // ≈ 0.479996
 * lossEigenvalue(1.5, 1) // ≈ 25.524043
 */
export function lossEigenvalue(mirrorRatio: number, mode = 0, sides: LossSides = 'both'): number {
  const edge = lossConeCosine(mirrorRatioAbove1('mirrorRatio', mirrorRatio));
  return lossEigenvalueBetween(sides === 'both' ? -edge : -1, edge, mode);
}

/**
 * Eigenvalue lambda/nu of a parabolic mirror open at its throats, in the limit of bouncing much faster than scattering.
 *
 * With w = |xi0| tau_b the bounce-averaged operator is `(1/w) d/dxi0 [(1 - xi0^2)/xi0 (∫_0^xi0 w) d/dxi0]` in any single well.
 * In a parabola w goes as xi0/c, c = sqrt(1 - xi0^2), and it becomes `d/dc c (1 - c) d/dc`: Legendre's in 2c - 1, regular at
 * xi0 = 0 and zero at c = 1/sqrt R. So `lambda = n(n+1)`, `P_n(2/sqrt R - 1) = 0`: exactly 2 at R = 4. It is not that of loss in
 * velocity space, lossEigenvalue. Derived for this project; the same operator gives the mean loss time ln[R(1 - xi0^2)]/2.
 * @param mirrorRatio R, > 1, up to 1e18
 * @param mode 0 (slowest), 1, 2, ...; all are even in xi0
 * @returns lambda/nu; at finite nu it is approached as sqrt(nu length/v)
 * @example
 * lossEigenvalueOfParabola(4) // ≈ 2.00000000
 * lossEigenvalueOfParabola(5) // ≈ 1.711831062
 */
export function lossEigenvalueOfParabola(mirrorRatio: number, mode = 0): number {
  const c = 1 / Math.sqrt(mirrorRatioAbove1('mirrorRatio', mirrorRatio));
  return lossEigenvalueBetween(-1, 1 - 2 * c, mode);
}

/**
 * Loss rate, the decay rate of the slowest mode, of loss in velocity space (cones on a uniform line): `lambda(R) nu` [1/s].
 * @param mirrorRatio R, > 1
 * @param nu [1/s], >= 0
 * @param sides 'both' cones, or one
 * @example
 * lossRate(2, 1000) // ≈ 3476.733
 */
export function lossRate(mirrorRatio: number, nu: number, sides: LossSides = 'both'): number {
  return lossEigenvalue(mirrorRatio, 0, sides) * notNegative('nu', nu, 'a scattering rate in 1/s');
}
