/** Gyration: frequency and radius. Source: Jackson, Classical Electrodynamics (1999), section 12.2. */
import { chargeNotZero, notNegative, positive, within } from './check.js';

/**
 * Gyrofrequency with the sign of the charge: `Omega = q B/(gamma m)`.
 * @param B [T], > 0
 * @param charge [C], not 0
 * @param mass [kg], > 0
 * @param gamma Lorentz factor, >= 1
 * @returns angular frequency [rad/s], negative for negative charges
 * @example
 * signedGyrofrequency(1, ELECTRON.charge, ELECTRON.mass) // ≈ -1.7588200e11
 */
export function signedGyrofrequency(B: number, charge: number, mass: number, gamma = 1): number {
  within('gamma', gamma, 1, Number.MAX_VALUE, 'a Lorentz factor');
  const strength = positive('B', B, 'a field strength in T');
  return (chargeNotZero('charge', charge) * strength) / (gamma * positive('mass', mass, 'a mass in kg'));
}

/**
 * Gyrofrequency `Omega = |q| B/(gamma m)`.
 * @param B [T], > 0
 * @param charge [C], not 0
 * @param mass [kg], > 0
 * @param gamma Lorentz factor, >= 1
 * @returns angular frequency [rad/s]
 * @example
 * gyrofrequency(0.5, PROTON.charge, PROTON.mass) // ≈ 4.7894166e7
 */
export function gyrofrequency(B: number, charge: number, mass: number, gamma = 1): number {
  return Math.abs(signedGyrofrequency(B, charge, mass, gamma));
}

/**
 * Larmor radius `rho = p/(|q| B)`: with the momentum across the field the radius of the orbit, with the whole momentum the
 * length that decides adiabaticity.
 * @param momentum [kg m/s], >= 0
 * @param charge [C], not 0
 * @param B [T], > 0
 * @returns rho [m]
 * @example
 * larmorRadius(PROTON.mass * 1e6, PROTON.charge, 5e-9) // => 2.1e6 ±5e4
 * larmorRadius(PROTON.mass * 1e6, PROTON.charge, 5e-9) // ≈ 2.08794e6
 */
export function larmorRadius(momentum: number, charge: number, B: number): number {
  const p = notNegative('momentum', momentum, 'a momentum in kg m/s');
  return p / (Math.abs(chargeNotZero('charge', charge)) * positive('B', B, 'a field strength in T'));
}
