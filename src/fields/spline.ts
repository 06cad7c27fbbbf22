/** A smooth curve through the rows of a user's table. */
import type { Differentiable } from './tabulate.js';

/** Slopes of the natural cubic spline through the points (continuous second derivative). */
function naturalSlopes(x: readonly number[], y: readonly number[]): number[] {
  const n = x.length;
  const upper: number[] = new Array(n).fill(0);
  const right: number[] = new Array(n).fill(0);
  const secant = (i: number) => (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  upper[0] = 0.5;
  right[0] = 1.5 * secant(0);
  for (let i = 1; i < n; i++) {
    const before = 1 / (x[i] - x[i - 1]);
    const after = i < n - 1 ? 1 / (x[i + 1] - x[i]) : 0;
    const diagonal = 2 * (before + after) - before * upper[i - 1];
    const load = 3 * (secant(i - 1) * before + (i < n - 1 ? secant(i) * after : 0));
    upper[i] = after / diagonal;
    right[i] = (load - before * right[i - 1]) / diagonal;
  }
  const slopes = right;
  for (let i = n - 2; i >= 0; i--) slopes[i] -= upper[i] * slopes[i + 1];
  return slopes;
}

/**
 * Limits slopes so that the curve stays monotone where the rows are: at most three times the smaller neighbouring secant, of
 * its sign; at an extreme row, at most that in size. Source: Hyman, SIAM J. Sci. Stat. Comput. 4, 645 (1983).
 */
function limitSlopes(x: readonly number[], y: readonly number[], slopes: number[]): number[] {
  const secant = (i: number) => (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  return slopes.map((slope, i) => {
    const before = i > 0 ? secant(i - 1) : secant(0);
    const after = i < x.length - 1 ? secant(i) : before;
    const bound = 3 * Math.min(Math.abs(before), Math.abs(after));
    const limited = Math.max(-bound, Math.min(bound, slope));
    if (before * after > 0 && limited * before < 0) return 0;
    return limited;
  });
}

/** A piecewise cubic; beyond its ends it goes on straight. */
export interface Spline extends Differentiable {
  /** Places where the curve may be extreme: the rows, and the roots of its slope between them. */
  extremes(): number[];
}

/**
 * The curve through points (x increasing, at least 3): a cubic spline, its slopes limited where it would overshoot.
 * Only `+ - * /` and square roots, so its bits are the same in every engine.
 * @example
 * spline([0, 1, 2, 3], [1, 2, 3, 4]).value(1.5) // => 2.5
 */
export function spline(x: readonly number[], y: readonly number[]): Spline {
  const slopes = limitSlopes(x, y, naturalSlopes(x, y));
  const last = x.length - 1;
  const cell = (s: number): number => {
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (x[middle] <= s) low = middle;
      else high = middle;
    }
    return low;
  };
  /** Coefficients of the cubic in t = (s - x[i])/h: y + t (a + t (b + t c)). */
  const cubic = (i: number) => {
    const h = x[i + 1] - x[i];
    const rise = y[i + 1] - y[i];
    const a = slopes[i] * h;
    const e = slopes[i + 1] * h;
    return { h, a, b: 3 * rise - 2 * a - e, c: a + e - 2 * rise };
  };
  return {
    value(s) {
      if (s <= x[0]) return y[0] + (s - x[0]) * slopes[0];
      if (s >= x[last]) return y[last] + (s - x[last]) * slopes[last];
      const i = cell(s);
      const { h, a, b, c } = cubic(i);
      const t = (s - x[i]) / h;
      return y[i] + t * (a + t * (b + t * c));
    },
    slope(s) {
      if (s <= x[0]) return slopes[0];
      if (s >= x[last]) return slopes[last];
      const i = cell(s);
      const { h, a, b, c } = cubic(i);
      const t = (s - x[i]) / h;
      return (a + t * (2 * b + t * 3 * c)) / h;
    },
    extremes() {
      const places = [...x];
      for (let i = 0; i < last; i++) {
        const { h, a, b, c } = cubic(i);
        const root = Math.sqrt(b * b - 3 * a * c);
        if (!(root >= 0)) continue;
        // The two roots of a + 2 b t + 3 c t^2, each in the form that does not cancel.
        const q = -(b + (b < 0 ? -root : root));
        for (const t of [q / (3 * c), a / q]) if (t > 0 && t < 1) places.push(x[i] + t * h);
      }
      return places.sort((p, q) => p - q);
    },
  };
}
