/**
 * Kinetic energy, momentum and speed of a particle of rest mass `mass` [kg]; every form keeps full accuracy at small speed.
 * Source: Jackson, Classical Electrodynamics (1999), section 11.5.
 */
import { notNegative, positive, within } from './check.js';
import { SPEED_OF_LIGHT as c } from './constants.js';

const checkEnergy = (value: number) => notNegative('kineticEnergy', value, 'a kinetic energy in J');
const checkMomentum = (value: number) => notNegative('momentum', value, 'a momentum in kg m/s');
const checkMass = (value: number) => positive('mass', value, 'a mass in kg');
function checkSpeed(value: number): number {
  within('speed', value, 0, c, 'a speed in m/s');
  if (value === c) throw new RangeError(`speed: ${value} is the speed of light (must be below it)`);
  return value;
}

/**
 * Lorentz factor `1/sqrt(1 - v^2/c^2)`.
 * @param speed [m/s], 0 <= speed < c
 * @throws RangeError at or above the speed of light
 * @example
 * lorentzFactorFromSpeed(0.6 * 299792458) // ≈ 1.25
 */
export function lorentzFactorFromSpeed(speed: number): number {
  const beta = checkSpeed(speed) / c;
  return 1 / Math.sqrt((1 - beta) * (1 + beta));
}

/**
 * Lorentz factor `1 + K/(m c^2)`.
 * @param kineticEnergy [J], >= 0
 * @param mass [kg], > 0
 * @example
 * lorentzFactorFromEnergy(1e6 * 1.602176634e-19, ELECTRON.mass) // ≈ 2.9569512
 */
export function lorentzFactorFromEnergy(kineticEnergy: number, mass: number): number {
  return 1 + checkEnergy(kineticEnergy) / (checkMass(mass) * c * c);
}

/**
 * Speed [m/s] `c sqrt(g (g + 2))/(1 + g)`, `g = K/(m c^2)`.
 * @param kineticEnergy [J], >= 0
 * @param mass [kg], > 0
 * @example
 * speedFromEnergy(10e3 * 1.602176634e-19, PROTON.mass) // ≈ 1.3841e6
 */
export function speedFromEnergy(kineticEnergy: number, mass: number): number {
  const g = checkEnergy(kineticEnergy) / (checkMass(mass) * c * c);
  return (c * Math.sqrt(g * (g + 2))) / (1 + g);
}

/**
 * Kinetic energy [J] `m v^2 gamma^2/(gamma + 1)`.
 * @param speed [m/s], 0 <= speed < c
 * @param mass [kg], > 0
 * @example
 * energyFromSpeed(1e6, PROTON.mass) / 1.602176634e-19 // ≈ 5219.886
 */
export function energyFromSpeed(speed: number, mass: number): number {
  const gamma = lorentzFactorFromSpeed(speed);
  return (checkMass(mass) * speed * speed * gamma * gamma) / (gamma + 1);
}

/**
 * Momentum [kg m/s] `gamma m v`.
 * @param speed [m/s], 0 <= speed < c
 * @param mass [kg], > 0
 * @example
 * momentumFromSpeed(1e6, PROTON.mass) // ≈ 1.67263e-21
 */
export function momentumFromSpeed(speed: number, mass: number): number {
  return lorentzFactorFromSpeed(speed) * checkMass(mass) * speed;
}

/**
 * Momentum [kg m/s] `sqrt(K (K + 2 m c^2))/c`.
 * @param kineticEnergy [J], >= 0
 * @param mass [kg], > 0
 * @example
 * momentumFromEnergy(10e3 * 1.602176634e-19, PROTON.mass) // ≈ 2.315103e-21
 */
export function momentumFromEnergy(kineticEnergy: number, mass: number): number {
  return Math.sqrt(checkEnergy(kineticEnergy)) * (Math.sqrt(kineticEnergy + 2 * checkMass(mass) * c * c) / c);
}

/**
 * Speed [m/s] `(p/m)/sqrt(1 + (p/m c)^2)`.
 * @param momentum [kg m/s], >= 0
 * @param mass [kg], > 0
 * @example
 * speedFromMomentum(momentumFromSpeed(1e6, PROTON.mass), PROTON.mass) // ≈ 1000000.000
 */
export function speedFromMomentum(momentum: number, mass: number): number {
  const u = checkMomentum(momentum) / checkMass(mass);
  return u / Math.sqrt(1 + (u / c) * (u / c));
}

/**
 * Kinetic energy [J] `p^2/(m (1 + gamma))`.
 * @param momentum [kg m/s], >= 0
 * @param mass [kg], > 0
 * @example
 * energyFromMomentum(momentumFromSpeed(1e6, PROTON.mass), PROTON.mass) // ≈ 8.36318e-16
 */
export function energyFromMomentum(momentum: number, mass: number): number {
  const u = checkMomentum(momentum) / checkMass(mass);
  return (mass * u * u) / (1 + Math.sqrt(1 + (u / c) * (u / c)));
}
