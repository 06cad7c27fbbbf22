/** Streaming along a uniform line under scattering (Lorentz operator), isotropic start. Derived for this project; limits v^2 t^2/3 and 2 Dpar t. */
import { notNegative, positive, wholeNumber } from './check.js';
import { exp } from './elementary.js';

/**
 * Mean square distance along the field: `(v/nu)^2 (T/3 - 1/6 + e^(-2T)/6)`, T = nu t.
 * @param speed [m/s], > 0
 * @param nu [1/s], >= 0
 * @param time [s], >= 0
 * @returns <x^2> [m^2]
 * @example
 * meanSquareDistance(1, 1, 1) // ≈ 0.189222547
 * meanSquareDistance(3, 0, 2) // => 12
 */
export function meanSquareDistance(speed: number, nu: number, time: number): number {
  const free = positive('speed', speed, 'a speed in m/s') * notNegative('time', time, 'a time in s');
  const y = 2 * notNegative('nu', nu, 'a scattering rate in 1/s') * time;
  // (v t)^2 (2/3) (y - 1 + e^-y)/y^2; the bracket by its series where it cancels
  if (y > 0.5) return free * free * (2 / 3) * ((y - 1 + exp(-y)) / (y * y));
  let sum = 0;
  for (let n = 16; n >= 0; n--) sum = (1 - y * sum) / (n + 2);
  return (free * free * 2 * sum) / 3;
}

/**
 * The same after n steps of drift h, then exact scattering: `(v h)^2/3 [n + 2 sum_{d<n} (n - d) e^(-2 nu h d)]`.
 * @param speed [m/s], > 0
 * @param nu [1/s], >= 0
 * @param step h [s], > 0
 * @param steps n, 1 .. 1e8
 * @returns <x^2> [m^2]
 * @example
 * meanSquareDistanceInSteps(1, 1, 0.5, 2) // ≈ 0.2279799
 */
export function meanSquareDistanceInSteps(speed: number, nu: number, step: number, steps: number): number {
  const leap = positive('speed', speed, 'a speed in m/s') * positive('step', step, 'a time in s');
  wholeNumber('steps', steps, 1, 1e8, 'a number of steps');
  const ratio = exp(-2 * notNegative('nu', nu, 'a scattering rate in 1/s') * step);
  let sum = steps;
  for (let d = 1, weight = ratio; d < steps && weight > 1e-18; d++, weight *= ratio) sum += 2 * (steps - d) * weight;
  return ((leap * leap) / 3) * sum;
}

/**
 * Diffusion along the field: `Dpar = v^2/(6 nu)` [m^2/s], and across it: `Dperp = (v^2/3) 2 nu/(4 nu^2 + Omega^2)`.
 * @param speed [m/s], > 0
 * @param nu [1/s], > 0
 * @param gyrofrequency |Omega| [rad/s], >= 0
 * @returns { parallel, perpendicular } [m^2/s]
 * @example
 * spatialDiffusion(6, 2, 3) // => { parallel: 3, perpendicular: 1.92 }
 */
export function spatialDiffusion(
  speed: number,
  nu: number,
  gyrofrequency: number,
): { parallel: number; perpendicular: number } {
  const square = positive('speed', speed, 'a speed in m/s') * speed;
  const decay = 2 * positive('nu', nu, 'a scattering rate in 1/s');
  const turning = notNegative('gyrofrequency', gyrofrequency, 'an angular frequency in rad/s');
  return {
    parallel: square / (3 * decay),
    perpendicular: (square / 3) * (decay / (decay * decay + turning * turning)),
  };
}
