/**
 * Whether the magnetic moment is conserved: how fast the field changes over a Larmor radius and a gyration.
 *
 * The change of mu falls off like `exp(-const/epsilon)` (Chirikov 1987), so the limits are sharp. Below epsilon = 0.1
 * (kappa > 3.2) mu changes by less than half a percent in a crossing of a current sheet; Büchner & Zelenyi (J. Geophys. Res. 94,
 * 11821, 1989) give kappa > 3 for adiabatic motion and kappa = 1, here epsilon = 1, for the strongest chaos.
 */
import { notNegative, positive } from './check.js';

/** At or below it: adiabatic. */
export const ADIABATIC_BELOW = 0.1;
/** At or above it: not adiabatic. Between the two: marginal. */
export const NOT_ADIABATIC_ABOVE = 1;

export type AdiabaticVerdict = 'adiabatic' | 'marginal' | 'not adiabatic';

export interface Adiabaticity {
  /** `rho max(|grad B|/B, 1/Rc)`. */
  readonly epsilon: number;
  /** `sqrt(Rc/rho)`; infinite on a straight line. */
  readonly kappa: number;
  /** `omega/Omega`, 0 for a static field. */
  readonly frequencyRatio: number;
  readonly verdict: AdiabaticVerdict;
  readonly message: string;
}

/** What the field does around the particle; what is left out does not limit. */
export interface FieldScales {
  /** `B/|grad B|` [m], > 0. */
  gradientLength?: number;
  /** Radius of curvature of the field line [m], > 0. */
  curvatureRadius?: number;
  /** Angular frequency at which the field changes [rad/s], >= 0, and the particle's gyrofrequency [rad/s], > 0. */
  frequency?: number;
  gyrofrequency?: number;
}

/**
 * Adiabaticity `epsilon = rho max(|grad B|/B, 1/Rc)`, `kappa = sqrt(Rc/rho)` and `omega/Omega`, with a verdict.
 * |grad B| alone is zero at the centre of a current sheet, where mu is broken worst: give the curvature too.
 * @param rho Larmor radius of the whole momentum [m], >= 0
 * @param scales of the field; lengths in m, frequencies in rad/s
 * @returns the three numbers, the verdict and a sentence
 * @throws RangeError for lengths and frequencies out of range, or a frequency without the gyrofrequency
 * @example
 * import { larmorRadius } from './gyration.js';
 * const rho = larmorRadius(PROTON.mass * 1e6, PROTON.charge, 5e-9);
 * adiabaticity(rho, { gradientLength: 5e5 }).epsilon // ≈ 4.2
 * adiabaticity(rho, { gradientLength: 5e5 }).verdict // => 'not adiabatic'
 * adiabaticity(0.01, { gradientLength: 1 }).verdict // => 'adiabatic'
 * adiabaticity(0.1, { gradientLength: 1, curvatureRadius: 0.2 }).verdict // => 'marginal'
 */
export function adiabaticity(rho: number, scales: FieldScales): Adiabaticity {
  notNegative('rho', rho, 'a Larmor radius in m');
  const { gradientLength = Infinity, curvatureRadius = Infinity, frequency = 0, gyrofrequency } = scales;
  if (gradientLength !== Infinity) positive('gradientLength', gradientLength, 'a length in m');
  if (curvatureRadius !== Infinity) positive('curvatureRadius', curvatureRadius, 'a radius in m');
  notNegative('frequency', frequency, 'an angular frequency in rad/s');
  if (frequency > 0) positive('gyrofrequency', gyrofrequency ?? Number.NaN, 'an angular frequency in rad/s');
  const epsilon = Math.max(rho / gradientLength, rho / curvatureRadius);
  const frequencyRatio = frequency > 0 ? frequency / (gyrofrequency as number) : 0;
  const worst = Math.max(epsilon, frequencyRatio);
  const verdict = worst <= ADIABATIC_BELOW ? 'adiabatic' : worst < NOT_ADIABATIC_ABOVE ? 'marginal' : 'not adiabatic';
  const cause = frequencyRatio > epsilon ? 'omega/Omega' : 'epsilon';
  return {
    epsilon,
    kappa: Math.sqrt(curvatureRadius / rho),
    frequencyRatio,
    verdict,
    message: `${verdict}: ${cause} = ${worst.toPrecision(2)} ${MEANING[verdict]}`,
  };
}

const MEANING: Record<AdiabaticVerdict, string> = {
  adiabatic: `(<= ${ADIABATIC_BELOW}): mu is conserved and the guiding centre describes the motion`,
  marginal: `(between ${ADIABATIC_BELOW} and ${NOT_ADIABATIC_ABOVE}): mu is scattered, check against the full orbit`,
  'not adiabatic': `(>= ${NOT_ADIABATIC_ABOVE}): mu is broken and the guiding centre does not describe the motion`,
};
