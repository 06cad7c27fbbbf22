/**
 * The motion of a guiding centre along a line: two invariants and the well they make.
 *
 * mu and the energy `E = K + q phi` are conserved. Where the momentum along the line vanishes, the kinetic energy is that of the
 * gyration alone, `Kperp = m c^2 (sqrt(1 + 2 mu B/(m c^2)) - 1)`, mu B at small speed; so the particle moves where
 * `E > U(s) = Kperp(s) + q phi(s)`. Source: Northrop (1963), chapter 3; with phi: Cohen et al., Nucl. Fusion 18, 1229 (1978).
 */
import { finite, notNegative, positive, within } from './check.js';
import { SPEED_OF_LIGHT as c } from './constants.js';
import { magneticMomentFromPitch } from './magneticMoment.js';
import { momentumFromEnergy } from './relativity.js';
import type { Species } from './species.js';

/** A field line: strength [T] and, where there is one, static potential [V], by arc length s [m] between two throats. */
export interface LineProfile {
  strength(s: number): number;
  potential?(s: number): number;
  readonly sLeft: number;
  readonly sRight: number;
}

/** A particle by its invariants. */
export interface Orbit {
  readonly mass: number;
  readonly charge: number;
  /** [J/T] */
  readonly mu: number;
  /** `K + q phi` [J]. */
  readonly energy: number;
}

/**
 * The invariants of a particle at one place of a line.
 * @param species mass [kg] and charge [C]
 * @param kineticEnergy [J], > 0
 * @param xi local pitch-angle cosine, -1 .. 1
 * @param B local field strength [T], > 0
 * @param phi local potential [V]
 * @returns mass, charge, mu [J/T] and energy [J]
 * @example
 * orbitAt(PROTON, 1.602e-15, 0, 0.5).mu // ≈ 3.204e-15
 * orbitAt(PROTON, 1.602e-15, 0, 0.5, 1000).energy // ≈ 1.762e-15
 */
export function orbitAt(species: Species, kineticEnergy: number, xi: number, B: number, phi = 0): Orbit {
  positive('kineticEnergy', kineticEnergy, 'a kinetic energy in J');
  const mu = magneticMomentFromPitch(momentumFromEnergy(kineticEnergy, species.mass), xi, species.mass, B);
  const energy = kineticEnergy + species.charge * finite('phi', phi, 'a potential in V');
  return { mass: species.mass, charge: species.charge, mu, energy };
}

/**
 * Kinetic energy of the gyration alone: `m c^2 (sqrt(1 + 2 mu B/(m c^2)) - 1)`.
 * @param mu [J/T], >= 0
 * @param mass [kg], > 0
 * @param B [T], >= 0
 * @returns [J]
 * @example
 * gyrationEnergy(3.204e-15, PROTON.mass, 0.5) // ≈ 1.602e-15
 */
export function gyrationEnergy(mu: number, mass: number, B: number): number {
  const rest = positive('mass', mass, 'a mass in kg') * c * c;
  const twice = 2 * notNegative('mu', mu, 'a magnetic moment in J/T') * notNegative('B', B, 'a field strength in T');
  return twice / (1 + Math.sqrt(1 + twice / rest));
}

/**
 * The well in which a particle of given mu moves: `U(s) = Kperp(mu B(s)) + q phi(s)`; there can be several in one line.
 * @param line strength [T] and potential [V]
 * @param orbit the particle
 * @param s place [m]
 * @returns U [J]; the particle moves where U < energy
 * @example
 * const line = { strength: (s) => 0.5 * (1 + s * s), sLeft: -2, sRight: 2 };
 * effectivePotential(line, orbitAt(PROTON, 1.602e-15, 0, 0.5), 1) // ≈ 3.204e-15
 */
export function effectivePotential(line: LineProfile, orbit: Orbit, s: number): number {
  const qPhi = line.potential ? orbit.charge * line.potential(s) : 0;
  return gyrationEnergy(orbit.mu, orbit.mass, line.strength(s)) + qPhi;
}

/**
 * Speed along the line, from the invariants: `vPar^2 = (E - U)(K + Kperp + 2 m c^2)/(gamma m c)^2`.
 * @param line strength [T] and potential [V]
 * @param orbit the particle
 * @param s place [m]
 * @returns |vPar| [m/s], 0 where the particle cannot be
 * @example
 * const line = { strength: (s) => 0.5 * (1 + s * s), sLeft: -2, sRight: 2 };
 * parallelSpeed(line, orbitAt(PROTON, 1.602e-15, 0.6, 0.5), 0) // ≈ 8.304e5
 */
export function parallelSpeed(line: LineProfile, orbit: Orbit, s: number): number {
  const rest = orbit.mass * c * c;
  const gyration = gyrationEnergy(orbit.mu, orbit.mass, line.strength(s));
  const kinetic = orbit.energy - (line.potential ? orbit.charge * line.potential(s) : 0);
  const excess = (kinetic - gyration) * (kinetic + gyration + 2 * rest);
  return excess > 0 ? (c * Math.sqrt(excess)) / (kinetic + rest) : 0;
}

/**
 * Mirror equation `sin^2 alpha / B = const`: field strength at which a particle turns, `B = Bmin/(1 - xi0^2)`.
 * @param xi0 pitch-angle cosine where the field is Bmin, -1 .. 1
 * @param Bmin [T], > 0
 * @returns B [T], infinite for |xi0| = 1
 * @example
 * mirrorFieldStrength(0.8, 0.5) // ≈ 1.38888889
 */
export function mirrorFieldStrength(xi0: number, Bmin: number): number {
  within('xi0', xi0, -1, 1, 'a pitch-angle cosine');
  return positive('Bmin', Bmin, 'a field strength in T') / ((1 - xi0) * (1 + xi0));
}

/**
 * Pitch-angle cosine carried from one field strength to another, no potential: `1 - xi'^2 = (1 - xi^2) B'/B`, sign kept.
 * @param xi pitch-angle cosine where the field is B, -1 .. 1
 * @param B [T], > 0
 * @param otherB [T], > 0
 * @returns xi at otherB, NaN where the particle does not get there
 * @example
 * mapPitch(-0.8, 0.5, 1) // ≈ -0.529150262
 * mapPitch(0, 0.5, 1) // => NaN
 */
export function mapPitch(xi: number, B: number, otherB: number): number {
  within('xi', xi, -1, 1, 'a pitch-angle cosine');
  const ratio = positive('otherB', otherB, 'a field strength in T') / positive('B', B, 'a field strength in T');
  // 1 - (1 - xi^2) ratio, written so that xi near 0 and ratio near 1 lose nothing
  const square = xi * xi * ratio + (1 - ratio);
  return square < 0 ? Number.NaN : xi < 0 ? -Math.sqrt(square) : Math.sqrt(square);
}
