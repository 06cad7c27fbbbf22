/**
 * Exact decay under the Lorentz operator `nu d/dxi (1 - xi^2) d/dxi` (no factor 1/2), whose eigenfunctions are the Legendre
 * polynomials. Source: Boozer & Kuo-Petravic, Phys. Fluids 24, 851 (1981); DLMF 14.10.3 for the recurrence.
 */
import { notNegative, wholeNumber, within } from './check.js';
import { exp } from './elementary.js';

const checkDegree = (l: number) => wholeNumber('l', l, 0, 1e6, 'a Legendre degree');

/**
 * Legendre polynomial P_l(x), by the three-term recurrence.
 * @param l degree, 0, 1, 2, ...
 * @param x -1 .. 1
 * @example
 * legendre(2, 0.5) // ≈ -0.125
 */
export function legendre(l: number, x: number): number {
  checkDegree(l);
  within('x', x, -1, 1, 'an argument of P_l');
  let before = 1;
  let value = l === 0 ? 1 : x;
  for (let n = 1; n < l; n++) [before, value] = [value, ((2 * n + 1) * x * value - n * before) / (n + 1)];
  return value;
}

/**
 * Decay rate of the mean of P_l: `l (l + 1) nu` [1/s].
 * @param l degree
 * @param nu scattering rate [1/s], >= 0
 * @example
 * legendreDecayRate(2, 100) // => 600
 */
export function legendreDecayRate(l: number, nu: number): number {
  return checkDegree(l) * (l + 1) * notNegative('nu', nu, 'a scattering rate in 1/s');
}

/**
 * Isotropisation rate of particles of one speed, the decay rate of P2: `6 nu` [1/s].
 * @param nu scattering rate [1/s], >= 0
 * @example
 * isotropisationRate(100) // => 600
 */
export function isotropisationRate(nu: number): number {
  return legendreDecayRate(2, nu);
}

/**
 * Mean of P_l(xi) of particles that started at one cosine: `P_l(xi0) exp(-l (l + 1) nu t)`.
 * @param l degree
 * @param xi0 starting cosine, -1 .. 1
 * @param collisions nu t, >= 0
 * @example
 * legendreMoment(1, 0.5, 1) // ≈ 0.0676676416
 */
export function legendreMoment(l: number, xi0: number, collisions: number): number {
  notNegative('collisions', collisions, 'a time nu t');
  return legendre(l, xi0) * exp(-l * (l + 1) * collisions);
}

/**
 * Mean of xi^2 in equilibrium: 1/3; the binomial step `xi (1 - 2 tau) ± sqrt(2 tau (1 - xi^2))` settles at `1/(3 - 2 tau)`.
 * @param operator 'exact' or 'binomial'
 * @param tau nu dt, 0 .. 1/2
 * @example
 * equilibriumMeanSquareCosine('exact', 0.1) // ≈ 0.333333333
 * equilibriumMeanSquareCosine('binomial', 0.1) // ≈ 0.357142857
 */
export function equilibriumMeanSquareCosine(operator: 'exact' | 'binomial', tau: number): number {
  return operator === 'exact'
    ? 1 / 3
    : 1 / (3 - 2 * within('tau', tau, 0, 0.5, 'a step nu dt of the binomial operator'));
}
