/**
 * Loss under so strong scattering that particles diffuse along the field line: nu length/v >> mirror ratio. Derived for this
 * project from the moments of `dF/dt + v xi dF/ds - (v/2)(dlnB/ds)(1 - xi^2) dF/dxi = nu d/dxi (1 - xi^2) dF/dxi`: its
 * mean over xi is `dn/dt = -B d/ds (j/B)`, its first moment gives `j = -(v^2/(6 nu)) dn/ds` as the distribution becomes
 * isotropic. With B constant this is the diffusion of Dpar = v^2/(6 nu).
 */
import { positive } from './check.js';
import type { LineProfile } from './orbit.js';

const STEPS = 2000;

/** Whether the solution that is 0 at the left throat comes to 0 again at or before the right one. */
function returnsToZero({ strength, sLeft, sRight }: LineProfile, k: number): boolean {
  const h = (sRight - sLeft) / STEPS;
  const B0 = strength((sLeft + sRight) / 2);
  let n = 0;
  // n' = b j, j' = -k n/b with b = B/B0: fourth-order Runge-Kutta
  let j = 1;
  let b = strength(sLeft) / B0;
  for (let i = 0; i < STEPS; i++) {
    const middle = strength(sLeft + (i + 0.5) * h) / B0;
    const end = strength(sLeft + (i + 1) * h) / B0;
    const n1 = b * j;
    const j1 = (-k * n) / b;
    const n2 = middle * (j + (h / 2) * j1);
    const j2 = (-k * (n + (h / 2) * n1)) / middle;
    const n3 = middle * (j + (h / 2) * j2);
    const j3 = (-k * (n + (h / 2) * n2)) / middle;
    const n4 = end * (j + h * j3);
    const j4 = (-k * (n + h * n3)) / end;
    n += (h / 6) * (n1 + 2 * n2 + 2 * n3 + n4);
    j += (h / 6) * (j1 + 2 * j2 + 2 * j3 + j4);
    b = end;
    if (n <= 0) return true;
  }
  return false;
}

/**
 * Slowest eigenvalue of diffusion along a flux tube that is open at its throats: `-B d/ds [(1/B) dn/ds] = k n`, n = 0 at both.
 * @param line strength [T] and throats [m]
 * @returns k [1/m^2], relative error about 1e-10; pi^2/length^2 where B is constant
 * @throws RangeError where the throats do not enclose a line, or B is not above 0
 * @example
 * diffusionEigenvalue({ strength: () => 0.5, sLeft: -1, sRight: 1 }) // ≈ 2.467401100
 * diffusionEigenvalue({ strength: (s) => 1 + s * s, sLeft: -2, sRight: 2 }) * 16 // ≈ 4.46522489
 */
export function diffusionEigenvalue(line: LineProfile): number {
  const length = positive('sRight - sLeft', line.sRight - line.sLeft, 'a length in m');
  positive('strength', line.strength((line.sLeft + line.sRight) / 2), 'a field strength in T');
  let low = 0;
  let high = 1 / (length * length);
  while (!returnsToZero(line, high)) high *= 2;
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (returnsToZero(line, middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/**
 * Loss rate in the diffusive limit, `k v^2/(6 nu)` [1/s], k of `diffusionEigenvalue`; for nu length/v >> mirror ratio.
 * @param line strength [T] and throats [m]
 * @param nu [1/s], > 0
 * @param speed [m/s], > 0
 * @example
 * diffusiveLossRate({ strength: () => 0.5, sLeft: -1, sRight: 1 }, 1e6, 1e6) // ≈ 4.112335e5
 */
export function diffusiveLossRate(line: LineProfile, nu: number, speed: number): number {
  const v = positive('speed', speed, 'a speed in m/s');
  return (diffusionEigenvalue(line) * v * v) / (6 * positive('nu', nu, 'a scattering rate in 1/s'));
}
