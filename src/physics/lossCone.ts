/** The loss cone of a mirror. Source: Northrop (1963), chapter 3; with potential: Cohen et al., Nucl. Fusion 18, 1229 (1978), section 2. */
import { finite, mirrorRatioAbove1, positive, within } from './check.js';
import { SPEED_OF_LIGHT as c } from './constants.js';
import { asin } from './elementary.js';

/**
 * Half angle of the loss cone at the midplane: `sin^2(alphaLC) = 1/R` [rad].
 * @param mirrorRatio R = Bmax/Bmin, > 1
 * @throws RangeError for R <= 1
 * @example
 * lossConeAngle(4) // ≈ 0.523598776
 * lossConeAngle(1) // throws mirrorRatio: 1 is not a mirror ratio (must be > 1 and finite)
 */
export function lossConeAngle(mirrorRatio: number): number {
  return asin(Math.sqrt(1 / mirrorRatioAbove1('mirrorRatio', mirrorRatio)));
}

/**
 * Pitch-angle cosine of the edge of the loss cone at the midplane: `xiLC = sqrt(1 - 1/R)`; trapped is |xi0| < xiLC.
 * @param mirrorRatio R = Bmax/Bmin, > 1
 * @example
 * lossConeCosine(5) // ≈ 0.894427191
 */
export function lossConeCosine(mirrorRatio: number): number {
  return Math.sqrt((mirrorRatioAbove1('mirrorRatio', mirrorRatio) - 1) / mirrorRatio);
}

/**
 * Edge of the loss cone with a potential, at one energy: `sin^2(alphaLC) = pThroat^2/(R p^2)`, at small speed
 * `(1 - q dPhi/K)/R`; holds where `mu B + q phi` is greatest at the throat.
 * @param mirrorRatio R, > 1
 * @param kineticEnergy at the midplane [J], > 0
 * @param potentialRise q (phi at the throat - phi at the midplane) [J]; positive helps to hold the particle
 * @param mass [kg], > 0
 * @returns xiLC, 0 .. 1: 1 where no particle of this energy can leave, 0 where all can
 * @example
 * lossConeCosineWithPotential(5, 1.6e-15, 0, PROTON.mass) // ≈ 0.894427191
 * lossConeCosineWithPotential(5, 1.6e-15, 0.8e-15, PROTON.mass) // ≈ 0.94868
 * lossConeCosineWithPotential(5, 1.6e-15, 2e-15, PROTON.mass) // => 1
 */
export function lossConeCosineWithPotential(
  mirrorRatio: number,
  kineticEnergy: number,
  potentialRise: number,
  mass: number,
): number {
  const K = positive('kineticEnergy', kineticEnergy, 'a kinetic energy in J');
  const left = K - finite('potentialRise', potentialRise, 'an energy in J');
  const twiceRest = 2 * positive('mass', mass, 'a mass in kg') * c * c;
  const R = mirrorRatioAbove1('mirrorRatio', mirrorRatio);
  if (left <= 0) return 1;
  const sineSquared = (left * (left + twiceRest)) / (R * K * (K + twiceRest));
  return Math.sqrt(Math.max(0, 1 - sineSquared));
}

/**
 * The trapped side of the hyperbola at the midplane: `vPar^2 < (R - 1) vPerp^2 + 2 q dPhi/m` (non-relativistic).
 * @param parallelSpeed [m/s], either sign
 * @param perpendicularSpeed [m/s]
 * @param mirrorRatio R, > 1
 * @param potentialRise q (phi at the throat - phi at the midplane) [J]
 * @param mass [kg], > 0
 * @example
 * isTrapped(1e6, 1e6, 5, 0, PROTON.mass) // => true
 * isTrapped(1e6, 1e5, 5, 0, PROTON.mass) // => false
 * isTrapped(1e6, 1e5, 5, 1e-15, PROTON.mass) // => true
 */
export function isTrapped(
  parallelSpeed: number,
  perpendicularSpeed: number,
  mirrorRatio: number,
  potentialRise: number,
  mass: number,
): boolean {
  const excess = mirrorRatioAbove1('mirrorRatio', mirrorRatio) - 1;
  const well = (2 * finite('potentialRise', potentialRise, 'an energy in J')) / positive('mass', mass, 'a mass in kg');
  return parallelSpeed * parallelSpeed < excess * perpendicularSpeed * perpendicularSpeed + well;
}

/**
 * Least mirror ratio that holds a particle of midplane cosine xi0: `R = 1/(1 - xi0^2)`.
 * @param xi0 -1 < xi0 < 1
 * @example
 * mirrorRatioToTrap(0.8) // ≈ 2.77777778
 */
export function mirrorRatioToTrap(xi0: number): number {
  within('xi0', xi0, -1, 1, 'a pitch-angle cosine');
  return 1 / ((1 - xi0) * (1 + xi0));
}
