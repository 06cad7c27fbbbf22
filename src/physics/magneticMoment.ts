/**
 * The magnetic moment of a gyrating particle and what goes with it. `mu` is the adiabatic invariant [J/T], never the pitch cosine.
 * Source: Northrop, The Adiabatic Motion of Charged Particles (1963), chapters 1 and 3.
 */
import { chargeNotZero, notNegative, positive, within } from './check.js';

const checkB = (B: number) => positive('B', B, 'a field strength in T');
const checkMass = (mass: number) => positive('mass', mass, 'a mass in kg');
const checkMu = (mu: number) => notNegative('mu', mu, 'a magnetic moment in J/T');

/**
 * Magnetic moment, the first adiabatic invariant: `mu = pPerp^2/(2 m B)`; at small speed Wperp/B.
 * @param momentumPerp momentum across the field, gamma m vPerp [kg m/s], >= 0
 * @param mass rest mass [kg], > 0
 * @param B field strength at the guiding centre [T], > 0
 * @returns mu [J/T]
 * @throws RangeError naming the argument that is out of range
 * @example
 * magneticMoment(PROTON.mass * 1e6, PROTON.mass, 0.5) // ≈ 1.67262192e-15
 * magneticMoment(1e-21, PROTON.mass, -1) // throws B: -1 is not a field strength in T (must be > 0 and finite)
 */
export function magneticMoment(momentumPerp: number, mass: number, B: number): number {
  const p = notNegative('momentumPerp', momentumPerp, 'a momentum in kg m/s');
  return ((p / checkMass(mass)) * p) / (2 * checkB(B));
}

/**
 * Magnetic moment from the whole momentum and the pitch: `mu = p^2 (1 - xi^2)/(2 m B)`.
 * @param momentum [kg m/s], >= 0
 * @param xi local pitch-angle cosine, -1 .. 1
 * @param mass rest mass [kg], > 0
 * @param B local field strength [T], > 0
 * @returns mu [J/T]
 * @example
 * magneticMomentFromPitch(PROTON.mass * 1e6, 0.6, PROTON.mass, 0.5) // ≈ 1.07047803e-15
 */
export function magneticMomentFromPitch(momentum: number, xi: number, mass: number, B: number): number {
  within('xi', xi, -1, 1, 'a pitch-angle cosine');
  return magneticMoment(momentum, mass, B) * (1 - xi) * (1 + xi);
}

/**
 * Momentum across the field of a particle of given mu: `pPerp = sqrt(2 m mu B)`.
 * @param mu [J/T], >= 0
 * @param mass [kg], > 0
 * @param B [T], > 0
 * @returns momentum [kg m/s]
 * @example
 * perpendicularMomentum(1.67262192369e-15, PROTON.mass, 0.5) / PROTON.mass // ≈ 1.00000e6
 */
export function perpendicularMomentum(mu: number, mass: number, B: number): number {
  return checkMass(mass) * Math.sqrt((2 * checkMu(mu) * checkB(B)) / mass);
}

/**
 * Magnetic moment of the orbit as a current loop, current times area: `I A = mu/gamma = pPerp^2/(2 gamma m B)`.
 * @param mu adiabatic invariant [J/T], >= 0
 * @param gamma Lorentz factor, >= 1
 * @returns I A [A m^2 = J/T]
 * @example
 * orbitalMoment(3e-12, 1.5) // ≈ 2e-12
 */
export function orbitalMoment(mu: number, gamma: number): number {
  return checkMu(mu) / within('gamma', gamma, 1, Number.MAX_VALUE, 'a Lorentz factor');
}

/**
 * Action of the gyration with the canonical momentum: `J = ∮ p dq = (2 pi m/|q|) mu`.
 * @param mu [J/T], >= 0
 * @param mass [kg], > 0
 * @param charge [C], not 0 (its sign does not matter)
 * @returns J [J s]
 * @example
 * gyrationAction(1.67262192e-15, PROTON.mass, PROTON.charge) // ≈ 1.0971476e-22
 */
export function gyrationAction(mu: number, mass: number, charge: number): number {
  return (2 * Math.PI * checkMass(mass) * checkMu(mu)) / Math.abs(chargeNotZero('charge', charge));
}
