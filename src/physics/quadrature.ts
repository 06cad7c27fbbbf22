/** Numerical integration and root finding for the formulary: deterministic, no tables of nodes. */
import { cos, exp, sin } from './elementary.js';

/**
 * `∫_a^b f(x) dx` where f behaves like `1/sqrt` or `sqrt` of the distance to the ends: with `x = mid + half sin(theta)` the
 * integrand is an even periodic function of theta about both ends, on which the midpoint rule converges geometrically for
 * analytic f. The number of points is tripled (old points are kept) until two results agree to `tolerance`, or until more
 * points only add rounding, which the cancellation at a turning point brings in at about 1e-15 points/(1 - B/Bmirror).
 * Source: Davis & Rabinowitz, Methods of Numerical Integration (1984), 2.7 (Gauss-Chebyshev).
 * @param f finite inside (a, b)
 * @param tolerance relative
 * @example
 * integrateBetweenTurns((x) => 1 / Math.sqrt(1 - x * x), -1, 1) // ≈ 3.14159265359
 */
export function integrateBetweenTurns(f: (x: number) => number, a: number, b: number, tolerance = 1e-11): number {
  const middle = (a + b) / 2;
  const half = (b - a) / 2;
  let points = 3;
  let sum = 0;
  let last = Number.NaN;
  let lastChange = Infinity;
  for (let level = 0; level < 9; level++) {
    for (let i = 0; i < points; i++) {
      if (level > 0 && i % 3 === 1) continue;
      const theta = Math.PI * ((i + 0.5) / points - 0.5);
      sum += f(middle + half * sin(theta)) * cos(theta);
    }
    const value = (sum * half * Math.PI) / points;
    const change = Math.abs(value - last);
    if (level > 1 && change <= tolerance * Math.abs(value)) return value;
    if (level > 2 && change >= lastChange && change < 1e-5 * Math.abs(value)) return last;
    last = value;
    lastChange = change;
    points *= 3;
  }
  return last;
}

/**
 * `∫_a^b f(x) dx` by the double exponential rule `x = mid + half tanh(pi/2 sinh t)`: any integrable behaviour at the ends.
 * Source: Takahasi & Mori, Publ. RIMS 9, 721 (1974).
 * @param f analytic inside (a, b)
 * @param tolerance relative
 * @example
 * integrate((x) => Math.sqrt(x), 0, 1) // ≈ 0.66666666667
 */
export function integrate(f: (x: number) => number, a: number, b: number, tolerance = 1e-12): number {
  const half = (b - a) / 2;
  const term = (t: number): number => {
    const grown = exp(t);
    const u = exp(Math.PI * 0.5 * (grown - 1 / grown)); // e^(2 (pi/2) sinh t)
    const near = (2 * half) / (1 + u); // distance to b, exact near it; symmetric to a
    const weight = (half * Math.PI * (grown + 1 / grown) * u) / ((1 + u) * (1 + u));
    if (!(weight > 1e-30 * half) || near <= 0) return 0;
    return weight * ((b - near < b ? f(b - near) : 0) + (t > 0 && a + near > a ? f(a + near) : 0));
  };
  let h = 1;
  let sum = 0;
  for (let k = 0; k <= 4; k++) sum += term(k);
  let last = Number.NaN;
  for (let level = 0; level < 8; level++) {
    h /= 2;
    for (let k = 1; k * h <= 4; k += 2) sum += term(k * h);
    const value = sum * h;
    if (level > 1 && Math.abs(value - last) <= tolerance * Math.abs(value)) return value;
    last = value;
  }
  return last;
}

/**
 * Root of a function that changes sign between a and b, to the last bit, by halving.
 * @example
 * bisect((x) => x * x - 2, 0, 2) // ≈ 1.4142135623731
 */
export function bisect(f: (x: number) => number, a: number, b: number): number {
  const rising = f(b) > 0;
  for (let i = 0; i < 200; i++) {
    const middle = a + (b - a) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) > 0 === rising) b = middle;
    else a = middle;
  }
  return a;
}

/**
 * Where `f` changes sign in [a, b], found on a grid: places in order from a to b. Two roots inside one cell are not seen.
 * @example
 * signChanges((x) => x * x - 0.25, -1, 1, 64)[1] // ≈ 0.5
 */
export function signChanges(f: (x: number) => number, a: number, b: number, cells: number): number[] {
  const places: number[] = [];
  let left = a;
  let before = f(a) > 0;
  for (let i = 1; i <= cells; i++) {
    const right = i === cells ? b : a + ((b - a) * i) / cells;
    const after = f(right) > 0;
    if (after !== before) places.push(bisect(f, left, right));
    left = right;
    before = after;
  }
  return places;
}
