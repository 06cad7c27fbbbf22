/** How fast the kick of mu in a current sheet falls with its thickness. */
import { notNegative, positive, within } from './check.js';
import { atan, tan } from './elementary.js';
import { integrate } from './quadrature.js';

/**
 * Lambda of the kick `dmu/mu ~ exp(-Lambda)` that a crossing of `B = B0 tanh(z/L) x + Bn z` gives: the gyrophase that passes on the way
 * in the complex plane from z = 0 to where B is zero, at z = i L atan(b), b = Bn/B0:
 * `Lambda = L/(rho0 b) ∫_0^atan(b) (b^2 - tan^2 y)/sqrt(1 - (1 - xi^2) sqrt((b^2 - tan^2 y)/(1 + b^2))) dy`.
 * For b << 1 it is (2/3) kappa^2 along B and a little more across, kappa^2 = b^2 L/rho0. What stands before the exponential is of order
 * one and is not known here: measured at b = 1 and xi^2 = 1/2 the root of the mean square is 2.6 exp(-Lambda) at Lambda = 1.8 and
 * 4.3 exp(-Lambda) at Lambda = 23.
 * @param normalRatio Bn/B0, > 0
 * @param thickness L over the Larmor radius of the whole momentum in B0, >= 0
 * @param xi pitch-angle cosine far from the sheet, -1 to 1
 * @returns Lambda
 * @throws RangeError out of these ranges
 * Source: Birmingham, J. Geophys. Res. 89, 2699 (1984), for the parabolic field; the integral was derived for this project.
 * @example
 * sheetKickExponent(1, 10, Math.SQRT1_2) // ≈ 6.929287825875
 * sheetKickExponent(0.01, 3e4, 1) // ≈ 1.9999600
 */
export function sheetKickExponent(normalRatio: number, thickness: number, xi: number): number {
  const b = positive('normalRatio', normalRatio, 'a ratio of fields');
  const along = within('xi', xi, -1, 1, 'a pitch-angle cosine');
  const across = 1 - along * along;
  const phase = (y: number) => {
    const slope = tan(y);
    const square = Math.max(0, b * b - slope * slope);
    return square / Math.sqrt(1 - across * Math.sqrt(square / (1 + b * b)));
  };
  return (notNegative('thickness', thickness, 'a length in Larmor radii') / b) * integrate(phase, 0, atan(b));
}
