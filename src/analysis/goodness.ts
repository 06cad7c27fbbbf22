import type { Jackknifed } from './jackknife.js';
import { fisherTail } from './student.js';
import type { FitWindow } from './types.js';

/** Most contrasts that a fit is judged by: smooth misfits show in the first few, and 32 groups know no more of them. */
const MOST_CONTRASTS = 4;
/** Degrees of freedom that the groups must leave. */
const FEWEST_LEFT = 4;
/** A polynomial of which projection leaves less than this is left out: the rest would be shaped by the noise of the weights. */
const LEAST_LEFT = 0.1;

/**
 * How well a fit describes data whose points share particles.
 *
 * What the fit leaves is looked at in up to four contrasts: Legendre polynomials in the number of the point, made
 * orthogonal (with the fit's weights) to what the fit can change and to each other. Their covariance is the jackknife's, so
 * that it does not matter how the points depend on each other, and Hotelling's `T^2 = c' S^-1 c` says how far they are from
 * zero: with k contrasts and d degrees of freedom of the groups `T^2 (d - k + 1)/(d k)` follows Fisher's F(k, d - k + 1).
 * @param data the fitted points, with what the groups say of them
 * @param model the fit at these points
 * @param weight of the fit; points of weight 0 are left out
 * @param tangents the model's derivatives by its parameters
 * @returns `chiSquared` = T^2/k, `freedom` = k and the p-value; nothing where points or groups are too few
 * Source: Hotelling, Annals of Mathematical Statistics 2, 360 (1931).
 */
export function goodnessOfFit(
  { value, deviations, degreesOfFreedom: d }: Jackknifed,
  model: ArrayLike<number>,
  weight: ArrayLike<number>,
  tangents: readonly ArrayLike<number>[],
): Pick<FitWindow, 'chiSquared' | 'freedom' | 'pValue'> {
  const points = value.length;
  let carry = 0;
  for (let i = 0; i < points; i++) if (weight[i] > 0) carry++;
  const most = Math.min(MOST_CONTRASTS, carry - tangents.length, d + 1 - FEWEST_LEFT);
  // Fisher's F is a finite sum for even numbers
  const k = most >= 2 ? 2 * Math.floor(most / 2) : most;
  if (k < 1) return {};
  const basis: Float64Array[] = [];
  for (const tangent of tangents) append(basis, Float64Array.from(tangent), weight, 1e-9);
  const first = basis.length;
  for (let degree = 0; degree < points && basis.length < first + k; degree++) {
    append(basis, polynomial(degree, points), weight, LEAST_LEFT);
  }
  const contrasts = basis.slice(first);
  if (contrasts.length < k) return {};
  const along = (g: Float64Array, r: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < points; i++) if (weight[i] > 0) sum += weight[i] * g[i] * r(i);
    return sum;
  };
  const c = contrasts.map((g) => along(g, (i) => value[i] - model[i]));
  const rows = deviations.map((row) => contrasts.map((g) => along(g, (i) => row[i])));
  const covariance = c.map((_, a) => c.map((__, b) => rows.reduce((sum, row) => sum + row[a] * row[b], 0)));
  const square = quadraticForm(covariance, c);
  if (!Number.isFinite(square)) return {};
  return { chiSquared: square / k, freedom: k, pValue: fisherTail((square * (d - k + 1)) / (d * k), k, d - k + 1) };
}

/** Legendre polynomial in the number of the point, -1 at the first and 1 at the last. */
function polynomial(degree: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => {
    const x = points > 1 ? (2 * i) / (points - 1) - 1 : 0;
    let [before, now] = [0, 1];
    for (let l = 0; l < degree; l++) [before, now] = [now, ((2 * l + 1) * x * now - l * before) / (l + 1)];
    return now;
  });
}

/** Adds what is left of a vector after projection on the basis, at length 1; nothing if less than a part of it is left. */
function append(basis: Float64Array[], vector: Float64Array, weight: ArrayLike<number>, least: number): void {
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) if (weight[i] > 0) sum += weight[i] * a[i] * b[i];
    return sum;
  };
  const size = Math.sqrt(product(vector, vector));
  const rest = vector.map((x) => x / size);
  // twice: rounding leaves the first result slightly askew
  for (let pass = 0; pass < 2; pass++) {
    for (const other of basis) {
      const share = product(other, rest);
      for (let i = 0; i < rest.length; i++) rest[i] -= share * other[i];
    }
  }
  const left = Math.sqrt(product(rest, rest));
  if (left > least) basis.push(rest.map((x) => x / left));
}

/** `c' S^-1 c` by Cholesky's decomposition; NaN where S is not positive. */
function quadraticForm(S: readonly (readonly number[])[], c: readonly number[]): number {
  const n = c.length;
  const L = c.map(() => new Float64Array(n));
  const y = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = S[i][j];
      for (let k = 0; k < j; k++) rest -= L[i][k] * L[j][k];
      L[i][j] = i === j ? Math.sqrt(rest > 1e-12 * S[i][i] ? rest : NaN) : rest / L[j][j];
    }
    let rest = c[i];
    for (let k = 0; k < i; k++) rest -= L[i][k] * y[k];
    y[i] = rest / L[i][i];
    sum += y[i] ** 2;
  }
  return sum;
}
