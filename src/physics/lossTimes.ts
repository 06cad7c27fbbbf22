/** Mean times to loss. Those without another source were derived for this project from the backward equation `L T = -1`. */
import { mirrorRatioAbove1, positive, within } from './check.js';
import { atan, log } from './elementary.js';
import { lossConeCosine } from './lossCone.js';
import type { LossSides } from './lossModes.js';
import type { LineProfile } from './orbit.js';
import { integrate } from './quadrature.js';

/**
 * Mean loss time from one midplane cosine where bouncing is much faster than scattering, in any single-well static mirror:
 * `ln[R (1 - xi0^2)]/(2 nu)` for two cones. It is also exact for loss in velocity space at any rate (local xi, uniform line).
 * With one cone, `ln[(1 - xi)/(1 - xiLC)]/nu` (velocity space only: bouncing joins the two sides).
 * @param mirrorRatio R, > 1
 * @param xi0 -1 .. 1; 0 is returned inside a loss cone
 * @param nu [1/s], > 0
 * @param sides 'both' cones, or one ('right' loses at xi > xiLC)
 * @returns mean time [s]
 * @example
 * meanLossTime(5, 0, 10) // ≈ 0.0804718956
 * meanLossTime(5, 0.95, 10) // => 0
 * meanLossTime(2, -1, 1, 'right') // ≈ 1.921094358
 */
export function meanLossTime(mirrorRatio: number, xi0: number, nu: number, sides: LossSides = 'both'): number {
  const R = mirrorRatioAbove1('mirrorRatio', mirrorRatio);
  within('xi0', xi0, -1, 1, 'a pitch-angle cosine');
  positive('nu', nu, 'a scattering rate in 1/s');
  if (sides === 'both') return Math.max(0, log(Math.max(1, R * (1 - xi0) * (1 + xi0))) / (2 * nu));
  const xi = sides === 'right' ? xi0 : -xi0;
  const edge = lossConeCosine(R);
  return log(Math.max(1, (1 - xi) * R * (1 + edge))) / nu;
}

/**
 * Mean loss time of the trapped part of an isotropic start at the midplane: the mean of ln[R(1 - xi^2)]/(2 nu) over |xi| < xiLC,
 * `{(1/xiLC) ln[(1 + xiLC)/(1 - xiLC)] - 2}/(2 nu)`.
 * @param mirrorRatio R, > 1
 * @param nu [1/s], > 0
 * @example
 * meanLossTimeOfIsotropic(5, 10) // ≈ 0.0614033529
 */
export function meanLossTimeOfIsotropic(mirrorRatio: number, nu: number): number {
  const edge = lossConeCosine(mirrorRatio);
  const bracket = log((1 + edge) * (1 + edge) * mirrorRatio) / edge - 2;
  return bracket / (2 * positive('nu', nu, 'a scattering rate in 1/s'));
}

/**
 * Mean loss time under strong scattering (a full loss cone), one speed: `2 R V/v`, V the volume per flux at the midplane;
 * for 1/R << nu length/v << R. Source: Kennel & Petschek, J. Geophys. Res. 71, 1 (1966).
 * @param mirrorRatio R, > 1
 * @param fluxTubeLength V = ∫ Bmin/B ds, throat to throat [m], > 0
 * @param speed [m/s], > 0
 * @returns mean time [s]
 * @example
 * meanLossTimeStrongScattering(5, parabolicFluxTubeLength(5, 2), 1e6) // ≈ 1.10715e-5
 */
export function meanLossTimeStrongScattering(mirrorRatio: number, fluxTubeLength: number, speed: number): number {
  const R = mirrorRatioAbove1('mirrorRatio', mirrorRatio);
  return (
    (2 * R * positive('fluxTubeLength', fluxTubeLength, 'a length in m')) / positive('speed', speed, 'a speed in m/s')
  );
}

/**
 * Volume of a flux tube over its area at the midplane: `V = ∫ Bmin/B ds`, throat to throat [m].
 * @param line strength [T] and throats [m]
 * @param Bmin [T], > 0
 * @example
 * fluxTubeLength({ strength: (s) => 0.5 * (1 + s * s), sLeft: -1, sRight: 1 }, 0.5) // ≈ 1.57079633
 */
export function fluxTubeLength(line: LineProfile, Bmin: number): number {
  positive('Bmin', Bmin, 'a field strength in T');
  return integrate((s) => Bmin / line.strength(s), line.sLeft, line.sRight);
}

/**
 * The same for the parabolic mirror: `V = length atan(sqrt(R - 1))/sqrt(R - 1)` [m].
 * @param mirrorRatio R, > 1
 * @param length throat to throat [m], > 0
 * @example
 * parabolicFluxTubeLength(2, 2) // ≈ 1.57079633
 */
export function parabolicFluxTubeLength(mirrorRatio: number, length: number): number {
  const root = Math.sqrt(mirrorRatioAbove1('mirrorRatio', mirrorRatio) - 1);
  return (positive('length', length, 'a length in m') * atan(root)) / root;
}
