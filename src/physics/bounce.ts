/** Bounce periods. Source: Northrop (1963), section 3.B; Schulz & Lanzerotti, Particle Diffusion in the Radiation Belts (1974), I.4. */
import { positive, within } from './check.js';
import { mirrorPoint } from './mirrorPoint.js';
import { type LineProfile, type Orbit, parallelSpeed } from './orbit.js';
import { integrate, integrateBetweenTurns } from './quadrature.js';

/**
 * Bounce period in any line, with or without potential, relativistic: `tau_b = 2 ∫ ds/|vPar|` between the turning points.
 * Relative error about 1e-10 where B is smooth (the substitution takes out the singularities at the turns).
 * @param line strength [T], potential [V], throats [m]
 * @param orbit the particle's invariants (orbitAt)
 * @param from a place in its well [m]
 * @returns tau_b [s]; infinite where it is not turned back on both sides
 * @example
 * import { orbitAt } from './orbit.js';
 * const line = { strength: (s) => 0.5 * (1 + s * s), sLeft: -2, sRight: 2 };
 * bouncePeriod(line, orbitAt(PROTON, 1.602176634e-15, 0.6, 0.5), 0) // ≈ 5.674427488e-6
 */
export function bouncePeriod(line: LineProfile, orbit: Orbit, from: number): number {
  const right = mirrorPoint(line, orbit, from, 1);
  const left = mirrorPoint(line, orbit, from, -1);
  if (right === null || left === null) return Infinity;
  return 2 * integrateBetweenTurns((s) => 1 / parallelSpeed(line, orbit, s), left, right);
}

/**
 * Time from throat to throat of a particle that is not turned back: `∫ ds/|vPar|`.
 * @param line strength [T], potential [V], throats [m]
 * @param orbit the particle's invariants (orbitAt)
 * @returns [s]; infinite for a particle that is turned back
 * @example
 * import { orbitAt } from './orbit.js';
 * const line = { strength: () => 0.5, sLeft: -1, sRight: 1 };
 * transitTime(line, orbitAt(PROTON, 1.602176634e-15, 0.5, 0.5)) // ≈ 2.88996e-6
 */
export function transitTime(line: LineProfile, orbit: Orbit): number {
  const middle = (line.sLeft + line.sRight) / 2;
  if (parallelSpeed(line, orbit, middle) === 0) return Infinity;
  if (mirrorPoint(line, orbit, middle, 1) !== null || mirrorPoint(line, orbit, middle, -1) !== null) return Infinity;
  return integrate((s) => 1 / parallelSpeed(line, orbit, s), line.sLeft, line.sRight);
}

/**
 * Bounce period in the parabolic mirror `B0 (1 + s^2/scale^2)`, at any amplitude: `tau_b = 2 pi scale/vPerp0`.
 * @param speed [m/s], > 0
 * @param xi0 pitch-angle cosine at the midplane, -1 < xi0 < 1
 * @param scale of the parabola [m], > 0
 * @returns tau_b [s]; infinite for |xi0| = 1
 * @example
 * parabolicBouncePeriod(1e6, 0.6, 1) // ≈ 7.85398e-6
 */
export function parabolicBouncePeriod(speed: number, xi0: number, scale: number): number {
  within('xi0', xi0, -1, 1, 'a pitch-angle cosine');
  const across = positive('speed', speed, 'a speed in m/s') * Math.sqrt((1 - xi0) * (1 + xi0));
  return (2 * Math.PI * positive('scale', scale, 'a length in m')) / across;
}

/**
 * Scale of the parabolic mirror of given ratio and length throat to throat: `scale = length/(2 sqrt(R - 1))`.
 * @param mirrorRatio Bmax/Bmin, > 1
 * @param length throat to throat [m], > 0
 * @returns scale [m] of `B0 (1 + s^2/scale^2)`
 * @example
 * parabolicScale(5, 2) // ≈ 0.5
 */
export function parabolicScale(mirrorRatio: number, length: number): number {
  within('mirrorRatio', mirrorRatio, 1 + Number.EPSILON, Number.MAX_VALUE, 'a mirror ratio');
  return positive('length', length, 'a length in m') / (2 * Math.sqrt(mirrorRatio - 1));
}
