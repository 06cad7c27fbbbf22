/**
 * A dipole field line. Latitude [rad] is magnetic, shellL the L-shell: the line crosses the equator at shellL radii.
 * Source: Schulz & Lanzerotti (1974), I.4; Walt, Introduction to Geomagnetically Trapped Radiation (1994), chapter 3.
 */
import { positive, within } from './check.js';
import { EARTH_EQUATORIAL_FIELD, EARTH_RADIUS } from './constants.js';
import { asin, asinh, cos, sin } from './elementary.js';
import { bisect, integrateBetweenTurns } from './quadrature.js';

const checkShell = (shellL: number) => positive('shellL', shellL, 'an L-shell');
const checkLatitude = (latitude: number) =>
  within('latitude', latitude, -Math.PI / 2, Math.PI / 2, 'a magnetic latitude in rad');
function checkAboveSurface(shellL: number): number {
  if (!(shellL > 1 && shellL < Infinity)) {
    throw new RangeError(`shellL: ${shellL} is not an L-shell above the surface (must be > 1 and finite)`);
  }
  return shellL;
}

/**
 * Field strength on a dipole line over that at its equator: `sqrt(1 + 3 sin^2(latitude))/cos^6(latitude)`.
 * @param latitude [rad], -pi/2 < latitude < pi/2
 * @example
 * dipoleFieldRatio(0) // => 1
 * dipoleFieldRatio(Math.PI / 4) // ≈ 12.6491106
 */
export function dipoleFieldRatio(latitude: number): number {
  const x = sin(checkLatitude(latitude));
  const square = cos(latitude) * cos(latitude);
  return Math.sqrt(1 + 3 * x * x) / (square * square * square);
}

/**
 * Field strength on a dipole line [T]: `(surfaceField/shellL^3) sqrt(1 + 3 sin^2)/cos^6`.
 * @param shellL > 0
 * @param latitude [rad]
 * @param surfaceField equatorial field at one radius [T], the Earth's by default
 * @example
 * dipoleFieldStrength(4.5, 0) // ≈ 3.27e-7
 */
export function dipoleFieldStrength(shellL: number, latitude: number, surfaceField = EARTH_EQUATORIAL_FIELD): number {
  positive('surfaceField', surfaceField, 'a field strength in T');
  return (surfaceField / (checkShell(shellL) * shellL * shellL)) * dipoleFieldRatio(latitude);
}

/**
 * Arc length along a dipole line from its equator [m]: `shellL radius [x sqrt(1 + 3x^2) + asinh(sqrt3 x)/sqrt3]/2`, x = sin(latitude).
 * @param shellL > 0
 * @param latitude [rad]; the length has its sign
 * @param radius of the body [m], the Earth's by default
 * @example
 * dipoleArcLength(1, Math.PI / 2, 1) // ≈ 1.38017300
 */
export function dipoleArcLength(shellL: number, latitude: number, radius = EARTH_RADIUS): number {
  const x = sin(checkLatitude(latitude));
  const root3 = Math.sqrt(3);
  const half = (x * Math.sqrt(1 + 3 * x * x) + asinh(root3 * x) / root3) / 2;
  return checkShell(shellL) * positive('radius', radius, 'a radius in m') * half;
}

/**
 * Magnetic latitude at an arc length from the equator, the inverse of dipoleArcLength.
 * @param shellL > 0
 * @param s arc length [m], its magnitude at most that of the pole
 * @param radius of the body [m], the Earth's by default
 * @returns latitude [rad]
 * @example
 * dipoleLatitude(4, dipoleArcLength(4, 0.7)) // ≈ 0.700000000
 */
export function dipoleLatitude(shellL: number, s: number, radius = EARTH_RADIUS): number {
  const pole = dipoleArcLength(shellL, Math.PI / 2, radius);
  const target = within('s', s, -pole, pole, 'a place on the line in m') / (shellL * radius);
  const root3 = Math.sqrt(3);
  let x = target / 1.3801729981;
  for (let i = 0; i < 50; i++) {
    const slope = Math.sqrt(1 + 3 * x * x); // d(arc)/dx; the arc is convex in |x|, so Newton cannot overshoot twice
    const step = ((x * slope + asinh(root3 * x) / root3) / 2 - target) / slope;
    x -= step;
    if (Math.abs(step) <= 1e-16 * Math.abs(x)) break;
  }
  return asin(Math.max(-1, Math.min(1, x)));
}

/**
 * Latitude at which a dipole line meets the surface: `cos^2 = 1/shellL` [rad].
 * @param shellL > 1
 * @example
 * dipoleFootLatitude(4) // ≈ 1.04719755
 */
export function dipoleFootLatitude(shellL: number): number {
  return asin(Math.sqrt(1 - 1 / checkAboveSurface(shellL)));
}

/**
 * Mirror ratio between surface and equator: `R = shellL^3 sqrt(4 - 3/shellL)`; the loss cone is `sin^2 alphaLC = 1/R`.
 * @param shellL > 1
 * @example
 * dipoleMirrorRatio(4.5) // ≈ 166.370727
 */
export function dipoleMirrorRatio(shellL: number): number {
  const cube = checkAboveSurface(shellL) * shellL * shellL;
  return cube * Math.sqrt(4 - 3 / shellL);
}

/**
 * Latitude of the mirror point of a particle with equatorial pitch angle alpha: `cos^6 = sin^2(alpha) sqrt(4 - 3 cos^2)` [rad].
 * @param sinPitch sin(alpha) at the equator, 0 < sinPitch <= 1
 * @example
 * dipoleMirrorLatitude(Math.SQRT1_2) // ≈ 0.403735586
 */
export function dipoleMirrorLatitude(sinPitch: number): number {
  return asin(Math.sqrt(mirrorSineSquared(sinPitch)));
}

/** sin^2 of the mirror latitude; solved for it directly so that alpha near 90 degrees keeps its digits. */
function mirrorSineSquared(sinPitch: number): number {
  if (!(sinPitch > 0 && sinPitch <= 1)) {
    throw new RangeError(`sinPitch: ${sinPitch} is not the sine of a pitch angle (must be > 0 and <= 1)`);
  }
  const square = sinPitch * sinPitch;
  return bisect((w) => square * Math.sqrt(1 + 3 * w) - (1 - w) * (1 - w) * (1 - w), 0, 1);
}

/**
 * Dimensionless quarter bounce period in a dipole, exact:
 * `T(y) = ∫ cos L sqrt(1 + 3 sin^2 L)/sqrt(1 - y^2 sqrt(1 + 3 sin^2 L)/cos^6 L) dL` from 0 to the mirror latitude, y = sin(alpha).
 * @param sinPitch y, 0 < y <= 1
 * @returns T, from 1.3802 (y -> 0) to pi sqrt2/6 (y = 1); relative error below 1e-9
 * @example
 * dipoleBounceIntegral(1) // ≈ 0.74048049
 * dipoleBounceIntegral(Math.SQRT1_2) // ≈ 0.88685924
 * dipoleBounceIntegral(0.5) // ≈ 0.99972741
 */
export function dipoleBounceIntegral(sinPitch: number): number {
  const w = mirrorSineSquared(sinPitch);
  if (w < 1e-12) return (Math.PI * Math.SQRT2) / 6;
  // With u = sin^2(latitude), p = sqrt(1+3u), P = sqrt(1+3w): 1 - B/Bm = [(1-u)^3 P - (1-w)^3 p]/((1-u)^3 P), and both
  // differences hold the factor (w - u), taken out here so that nothing cancels at the turning point.
  const P = Math.sqrt(1 + 3 * w);
  const turn = Math.sqrt(w);
  const integrand = (x: number): number => {
    const u = x * x;
    const p = Math.sqrt(1 + 3 * u);
    const a = 1 - u;
    const b = 1 - w;
    const factor = P * (a * a + a * b + b * b) + (3 * b * b * b) / (P + p);
    return p * Math.sqrt((a * a * a * P) / ((turn - x) * (turn + x) * factor));
  };
  return integrateBetweenTurns(integrand, -turn, turn) / 2;
}

/**
 * Bounce period in a dipole: `tau_b = 4 (shellL radius/v) T(sin alpha)`.
 * @param shellL > 0
 * @param sinPitch sine of the equatorial pitch angle, 0 < sinPitch <= 1
 * @param speed [m/s], > 0
 * @param radius of the body [m], the Earth's by default
 * @returns tau_b [s]
 * @example
 * dipoleBouncePeriod(4.5, Math.SQRT1_2, 2.8e8) // ≈ 0.36323
 */
export function dipoleBouncePeriod(shellL: number, sinPitch: number, speed: number, radius = EARTH_RADIUS): number {
  const path = 4 * checkShell(shellL) * positive('radius', radius, 'a radius in m') * dipoleBounceIntegral(sinPitch);
  return path / positive('speed', speed, 'a speed in m/s');
}
