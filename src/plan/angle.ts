/**
 * The random angle of the exact Lorentz step: coefficients for the kernel's polynomial in `t = -ln(u + d (1 - u))`,
 * `w = (1 - cos Theta)/2 = t (c0 + c1 t + ... + c7 t^7)`, u uniform.
 *
 * Everything here enters the hash of a result, so it uses arithmetic with fixed bits only.
 */
import { exp, log } from '../physics/elementary.js';
import { leastSquares } from './leastSquares.js';
import { gaussLegendre } from './quadrature.js';
import { remembered } from './remembered.js';

/** How one kick is made, for the kernel: eight coefficients of 2w, the offset d, and whether three coefficients suffice. */
export interface AngleLaw {
  readonly coefficients: readonly number[];
  readonly offset: number;
  readonly small: boolean;
}

/** Above this the direction is isotropic to 1e-14 (the slowest mode decays as `exp(-2 tau)`). */
export const ISOTROPIC_TAU = 16;
/** Up to here the closed series is used. */
const SERIES_TAU = 0.03;
/** Up to here three coefficients of the series suffice (the fourth is below 1e-7 at the longest t). */
const SMALL_TAU = 2e-3;

/** Fitted laws, a few milliseconds each: more than the longest plans have. */
const laws = new Map<number, AngleLaw>();
const KEPT = 4096;

/**
 * The law of the polar angle after a time `tau/nu`, for the kernel.
 * @param tau `nu dt`, >= 0
 * @example
 * angleLaw(0.001).coefficients[0] // ≈ 0.00199933342
 */
export function angleLaw(tau: number): AngleLaw {
  if (!(tau >= 0)) throw new RangeError(`tau: ${tau} is not nu times a time (must be >= 0)`);
  if (tau <= SERIES_TAU) return { coefficients: series(tau).map((c) => 2 * c), offset: 0, small: tau <= SMALL_TAU };
  const most = Math.min(tau, ISOTROPIC_TAU);
  return remembered(laws, KEPT, most, () => fitted(most));
}

/**
 * Coefficients of w by powers of E = -ln u, small tau: the expansion whose Legendre moments agree with
 * `exp(-l(l+1) tau)` order by order to tau^5.
 */
function series(tau: number): number[] {
  const t2 = tau * tau;
  const t3 = t2 * tau;
  const t4 = t3 * tau;
  return [
    tau * (1 - tau / 3 + (2 * t2) / 45 - t3 / 189 - (2 * t4) / 14175),
    tau * (-tau / 3 + (8 * t2) / 45 - t3 / 21 + (16 * t4) / 2025),
    tau * ((2 * t2) / 45 - (74 * t3) / 2835 + (298 * t4) / 42525),
    tau * (-t3 / 315 + (104 * t4) / 42525),
    tau * ((2 * t4) / 14175),
    0,
    0,
    0,
  ];
}

/** What is left of the modes l = 1, 2, ... of the heat kernel, as far as it can be seen. */
export function modesLeft(tau: number): number[] {
  const left: number[] = [];
  for (let l = 1; l < 200; l++) {
    const weight = exp(-l * (l + 1) * tau);
    if (weight < 1e-18) break;
    left.push(weight);
  }
  return left;
}

/** Probability that `(1 - cos Theta)/2` exceeds w, from the heat kernel on the sphere. */
export function survivalOfAngle(w: number, modes: readonly number[]): { survival: number; density: number } {
  const x = 1 - 2 * w;
  let before = 1;
  let last = x;
  let survival = (1 + x) / 2;
  let density = 1;
  for (let l = 1; l <= modes.length; l++) {
    const weight = modes[l - 1];
    const next = ((2 * l + 1) * x * last - l * before) / (l + 1);
    survival += (weight * (next - before)) / 2;
    density += weight * (2 * l + 1) * last;
    before = last;
    last = next;
  }
  return { survival, density };
}

/** The quantile of w where a share u lies above it: Newton's method inside a bracket. */
function quantile(u: number, modes: readonly number[]): number {
  let low = 0;
  let high = 1;
  let w = 0.5;
  for (let i = 0; i < 100; i++) {
    const { survival, density } = survivalOfAngle(w, modes);
    if (survival > u) low = w;
    else high = w;
    const newton = w + (survival - u) / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - w) < 1e-15 || high - low < 1e-16) return next;
    w = next;
  }
  return w;
}

/** Least squares over u of `t poly(t)` to the exact quantile. */
function fitted(tau: number): AngleLaw {
  const offset = exp(-(9.869604401089358 / (4 * tau)));
  const longest = -log(offset);
  const modes = modesLeft(tau);
  const rows: number[][] = [];
  const values: number[] = [];
  const { nodes, weights } = gaussLegendre(12);
  // panels that shrink towards u = 0, where t is longest
  const edges = [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99, 1];
  for (let panel = 1; panel < edges.length; panel++) {
    const width = edges[panel] - edges[panel - 1];
    for (let i = 0; i < nodes.length; i++) {
      const u = edges[panel - 1] + width * (nodes[i] + 1) * 0.5;
      const weight = Math.sqrt(weights[i] * width * 0.5);
      const x = -log(u + offset * (1 - u)) / longest;
      const row: number[] = [];
      let power = x;
      for (let k = 0; k < 8; k++) {
        row.push(power * weight);
        power *= x;
      }
      rows.push(row);
      values.push(quantile(u, modes) * weight);
    }
  }
  let scale = 1;
  const coefficients = leastSquares(rows, values).map((c) => {
    scale /= longest;
    return 2 * c * scale;
  });
  return { coefficients, offset, small: false };
}
