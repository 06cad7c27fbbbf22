/**
 * Diffusion of the magnetic moment by pitch-angle scattering at constant p: `mu = p^2 (1 - xi^2)/(2 m B)`, so
 * `D_mumu = (dmu/dxi)^2 D_xixi`. Every D is `<dX^2>/(2 dt)`. Source: Schulz & Lanzerotti (1974), II.1; drift from <P2> decaying at 6 nu.
 */
import { notNegative, positive, within } from './check.js';
import { mirrorPoint } from './mirrorPoint.js';
import { type LineProfile, type Orbit, parallelSpeed } from './orbit.js';
import { integrateBetweenTurns } from './quadrature.js';

function checked(momentum: number, mass: number, B: number, nu: number, xi: number): number {
  notNegative('nu', nu, 'a scattering rate in 1/s');
  within('xi', xi, -1, 1, 'a pitch-angle cosine');
  const speed = notNegative('momentum', momentum, 'a momentum in kg m/s') / positive('mass', mass, 'a mass in kg');
  return (momentum * speed) / positive('B', B, 'a field strength in T');
}

/**
 * Diffusion of the pitch-angle cosine: `D_xixi = <dxi^2>/(2 dt) = nu (1 - xi^2)` [1/s].
 * @param nu [1/s], >= 0
 * @param xi -1 .. 1
 * @example
 * cosineDiffusion(100, 0.6) // ≈ 64.0
 */
export function cosineDiffusion(nu: number, xi: number): number {
  within('xi', xi, -1, 1, 'a pitch-angle cosine');
  return notNegative('nu', nu, 'a scattering rate in 1/s') * (1 - xi) * (1 + xi);
}

/**
 * Diffusion of the magnetic moment at one place: `D_mumu = (p^2/(m B))^2 nu xi^2 (1 - xi^2)`, (m v^2/B)^2 at small speed.
 * @param momentum p [kg m/s], >= 0
 * @param mass [kg], > 0
 * @param B [T], > 0
 * @param nu [1/s], >= 0
 * @param xi local cosine, -1 .. 1
 * @returns D_mumu [(J/T)^2/s]
 * @example
 * muDiffusion(PROTON.mass * 1e6, PROTON.mass, 0.5, 100, 0.6) // ≈ 2.578327e-28
 */
export function muDiffusion(momentum: number, mass: number, B: number, nu: number, xi: number): number {
  const scale = checked(momentum, mass, B, nu, xi);
  return scale * scale * nu * xi * xi * (1 - xi) * (1 + xi);
}

/**
 * Mean drift of the magnetic moment at one place: `d<mu>/dt = nu (p^2/(m B)) (3 xi^2 - 1)` [J/(T s)].
 * @param momentum p [kg m/s], >= 0
 * @param mass [kg], > 0
 * @param B [T], > 0
 * @param nu [1/s], >= 0
 * @param xi local cosine, -1 .. 1
 * @example
 * muDrift(PROTON.mass * 1e6, PROTON.mass, 0.5, 100, 0.6) // ≈ 2.67620e-14
 */
export function muDrift(momentum: number, mass: number, B: number, nu: number, xi: number): number {
  return checked(momentum, mass, B, nu, xi) * nu * (3 * xi * xi - 1);
}

/**
 * Bounce average of a function of place: `∮ g ds/|vPar| / ∮ ds/|vPar|`.
 * @param line strength [T], potential [V], throats [m]
 * @param orbit the particle's invariants (orbitAt); it must turn on both sides
 * @param from a place in its well [m]
 * @param g what to average, given s [m]
 * @throws RangeError for a particle that is not turned back
 * @example
 * import { orbitAt } from './orbit.js';
 * const line = { strength: (s) => 0.5 * (1 + s * s), sLeft: -2, sRight: 2 };
 * bounceAverage(line, orbitAt(PROTON, 1.6e-15, 0.6, 0.5), 0, (s) => s * s) // ≈ 0.28125
 */
export function bounceAverage(line: LineProfile, orbit: Orbit, from: number, g: (s: number) => number): number {
  const right = mirrorPoint(line, orbit, from, 1);
  const left = mirrorPoint(line, orbit, from, -1);
  if (right === null || left === null) {
    throw new RangeError(`orbit: mu ${orbit.mu} J/T is not turned back on both sides (must be trapped)`);
  }
  const period = integrateBetweenTurns((s) => 1 / parallelSpeed(line, orbit, s), left, right);
  return integrateBetweenTurns((s) => g(s) / parallelSpeed(line, orbit, s), left, right) / period;
}

/**
 * Bounce-averaged diffusion of mu, no potential: `D_mumu = (p^2/m)^2 nu <xi^2 (1 - xi^2)/B^2>` [(J/T)^2/s].
 * @param line strength [T] and throats [m]
 * @param orbit the particle's invariants (orbitAt), trapped
 * @param from a place in its well [m]
 * @param momentum p [kg m/s], > 0
 * @param nu [1/s], >= 0
 * @example
 * import { orbitAt } from './orbit.js';
 * import { energyFromMomentum } from './relativity.js';
 * const p = PROTON.mass * 1e5;
 * const line = { strength: (s) => 0.5 * (1 + s * s), sLeft: -2, sRight: 2 };
 * const orbit = orbitAt(PROTON, energyFromMomentum(p, PROTON.mass), 0.6, 0.5);
 * bounceAveragedMuDiffusion(line, orbit, 0, p, 100) // ≈ 1.145923e-32
 */
export function bounceAveragedMuDiffusion(
  line: LineProfile,
  orbit: Orbit,
  from: number,
  momentum: number,
  nu: number,
): number {
  const twice = (2 * orbit.mass * orbit.mu) / (positive('momentum', momentum, 'a momentum in kg m/s') * momentum);
  const mean = bounceAverage(line, orbit, from, (s) => {
    const B = line.strength(s);
    return (Math.max(0, 1 - twice * B) * twice) / B; // xi^2 (1 - xi^2)/B^2 with 1 - xi^2 = 2 m mu B/p^2
  });
  const scale = checked(momentum, orbit.mass, 1, nu, 0);
  return scale * scale * nu * mean;
}
