/**
 * The exact law of scattering: a random rotation on the sphere of directions, whose angle follows the heat kernel.
 * Every series is cut where its terms fall below 1e-18. Source: Perrin, Ann. Sci. Ec. Norm. Sup. 45, 1 (1928); Malkov (2017), arXiv:1610.01584.
 */
import { within } from './check.js';
import { exp } from './elementary.js';

function checkTau(tau: number): number {
  if (!(tau >= 1e-7 && tau < Infinity)) {
    throw new RangeError(`tau: ${tau} is not a step nu t that the series can do (must be >= 1e-7 and finite)`);
  }
  return tau;
}
const lastDegree = (tau: number) => Math.floor(Math.sqrt(42 / tau)) + 2;

/**
 * Heat kernel on the sphere, the density of cos(Theta) after a time nu t = tau: `sum (2l+1)/2 e^(-l(l+1) tau) P_l(cos Theta)`.
 * @param cosTheta -1 .. 1
 * @param tau nu t, >= 1e-7
 * @returns density per unit of cos(Theta); error about 1e-15/tau
 * @example
 * rotationDensity(0.5, 0.5) // ≈ 0.756496630
 */
export function rotationDensity(cosTheta: number, tau: number): number {
  const x = within('cosTheta', cosTheta, -1, 1, 'a cosine');
  const last = lastDegree(checkTau(tau));
  let before = 0;
  let value = 1;
  let sum = 0;
  for (let l = 0; l <= last; l++) {
    sum += (l + 0.5) * exp(-l * (l + 1) * tau) * value;
    [before, value] = [value, ((2 * l + 1) * x * value - l * before) / (l + 1)];
  }
  return sum;
}

/**
 * Distribution function of xi' after a time nu t = tau from one cosine:
 * `P(xi' <= x) = (1 + x)/2 + sum e^(-l(l+1) tau) P_l(xi0) [P_{l+1}(x) - P_{l-1}(x)]/2`; for xi0 = 1 that of cos(Theta).
 * @param x -1 .. 1
 * @param xi0 starting cosine, -1 .. 1
 * @param tau nu t, >= 1e-7
 * @returns probability; error about 1e-13
 * @example
 * scatteredCosineCdf(0, 0.5, 1) // ≈ 0.449248093
 * scatteredCosineCdf(0.3, 1, 10) // ≈ 0.64999999859
 */
export function scatteredCosineCdf(x: number, xi0: number, tau: number): number {
  within('x', x, -1, 1, 'a cosine');
  within('xi0', xi0, -1, 1, 'a cosine');
  const last = lastDegree(checkTau(tau));
  let [startBefore, start] = [1, xi0];
  let [before, value] = [1, x];
  let sum = 0;
  for (let l = 1; l <= last; l++) {
    const next = ((2 * l + 1) * x * value - l * before) / (l + 1);
    sum += exp(-l * (l + 1) * tau) * start * (next - before);
    [startBefore, start] = [start, ((2 * l + 1) * xi0 * start - l * startBefore) / (l + 1)];
    [before, value] = [value, next];
  }
  return Math.min(1, Math.max(0, (1 + x + sum) / 2));
}

/**
 * Distribution function of the rotation angle: `P(Theta <= theta)` given by its cosine, 1 - scatteredCosineCdf(cos theta, 1, tau).
 * @param cosTheta -1 .. 1
 * @param tau nu t, >= 1e-7
 * @returns P(cos Theta >= cosTheta)
 * @example
 * rotationAngleCdf(0.5, 0.5) // ≈ 0.480461145
 */
export function rotationAngleCdf(cosTheta: number, tau: number): number {
  return 1 - scatteredCosineCdf(cosTheta, 1, tau);
}
