/**
 * Pitch-angle scattering by a Coulomb background.
 *
 * A Maxwellian species b deflects at the rate `nu_D = n q^2 qb^2 lnLambda/(4 pi eps0^2 m^2 v^3) [erf x - G(x)]`, x = v/sqrt(2 T/mb),
 * with `<vPerp^2> = 2 nu_D v^2 t` (NRL Plasma Formulary: nu_perp = 2 nu_D). The operator of this project,
 * `nu d/dxi (1 - xi^2) d/dxi` without a factor 1/2, spreads by `<vPerp^2> = 4 nu v^2 t`: so **nu = nu_D/2 = nu_perp/4**.
 * Source: NRL Plasma Formulary (2019), relaxation rates; Helander & Sigmar, Collisional Transport (2002), eq. 3.45-3.48.
 */
import { notNegative, positive } from './check.js';
import { VACUUM_PERMITTIVITY } from './constants.js';
import { erf, exp } from './elementary.js';
import { momentumFromSpeed } from './relativity.js';
import type { Species } from './species.js';

/** A Maxwellian species of the background. */
export interface BackgroundSpecies {
  species: Species;
  /** [m^-3], >= 0 */
  density: number;
  /** [J], > 0 */
  temperature: number;
}

const TWO_OVER_SQRT_PI = 1.1283791670955126;

/**
 * Chandrasekhar function `G(x) = [erf x - x erf'(x)]/(2 x^2)`; below 2 by `(2/sqrt pi) x e^(-x^2) sum 2^n x^2n/(3 5 ... (2n+3))`.
 * @param x v/sqrt(2T/m), >= 0
 * @example
 * chandrasekharG(1) // ≈ 0.21379665
 * chandrasekharG(2) // ≈ 0.11924854
 */
export function chandrasekharG(x: number): number {
  notNegative('x', x, 'a speed over the thermal speed');
  if (x > 2) return (erf(x) - TWO_OVER_SQRT_PI * x * exp(-x * x)) / (2 * x * x);
  let sum = 1 / 101;
  for (let n = 48; n >= 0; n--) sum = (1 + 2 * x * x * sum) / (2 * n + 3);
  return TWO_OVER_SQRT_PI * x * exp(-x * x) * sum;
}

/**
 * Dimensionless deflection `erf x - G(x)`: 4x/(3 sqrt pi) for x -> 0, 1 for x -> infinity.
 * @param x v/sqrt(2T/m), >= 0
 * @example
 * deflection(1) // ≈ 0.62890415
 * deflection(2) // ≈ 0.87607373
 */
export function deflection(x: number): number {
  return erf(x) - chandrasekharG(x);
}

/**
 * Scattering rate of a particle in a background, in the convention of this project:
 * `nu = sum_b n q^2 qb^2 lnLambda/(8 pi eps0^2 p^2 v) [erf x - G(x)]`, p = gamma m v (the background is non-relativistic).
 * Diverges as 1/v^2 for v -> 0.
 * @param speed [m/s], > 0, below c
 * @param particle mass and charge of the particle that is scattered
 * @param background Maxwellian species: density [m^-3], temperature [J]
 * @param coulombLogarithm lnLambda, > 0
 * @returns nu [1/s]
 * @throws RangeError naming the argument that is out of range
 * @example
 * const background = [{ species: DEUTERON, density: 1e19, temperature: 1.602e-16 }];
 * coulombScatteringRate(1e6, PROTON, background, 17) // ≈ 19.34772
 */
export function coulombScatteringRate(
  speed: number,
  particle: Species,
  background: readonly BackgroundSpecies[],
  coulombLogarithm: number,
): number {
  const v = positive('speed', speed, 'a speed in m/s');
  positive('coulombLogarithm', coulombLogarithm, 'a Coulomb logarithm');
  const p = momentumFromSpeed(v, particle.mass);
  let nu = 0;
  background.forEach(({ species, density, temperature }, i) => {
    const T = positive(`background[${i}].temperature`, temperature, 'a temperature in J');
    const n = notNegative(`background[${i}].density`, density, 'a density in m^-3');
    const x = v / Math.sqrt((2 * T) / positive(`background[${i}].species.mass`, species.mass, 'a mass in kg'));
    const kick = (particle.charge * species.charge) / (VACUUM_PERMITTIVITY * p);
    nu += ((n * kick * kick * coulombLogarithm) / (8 * Math.PI * v)) * deflection(x);
  });
  return nu;
}
