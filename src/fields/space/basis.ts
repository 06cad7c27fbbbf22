/**
 * Interpolation by uniform cubic B-splines: twice continuously differentiable, exact for cubics, and its error falls as the fourth power of
 * the distance of the places. Source: de Boor, A Practical Guide to Splines (2001), chapters 9 (not-a-knot ends) and 10.
 */

/** Values that one axis needs at least. */
export const FEWEST_PLACES = 4;

/**
 * The coefficients whose spline goes through these values: two more than there are, the ends not-a-knot. With second differences D,
 * `f = c + D c/6`, and a spline that is one cubic across the second place has `D c = D f` there, so that `c = f - D f/6` is known at the
 * second and the second to last; between them the tridiagonal system is solved.
 * @param values at least four, at equal distances
 * @example
 * splineCoefficients([0, 1, 8, 27]).length // => 6
 */
export function splineCoefficients(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  // c[i + 1] belongs to the place i
  const c = new Float64Array(n + 2);
  const known = (i: number) => values[i] - (values[i - 1] - 2 * values[i] + values[i + 1]) / 6;
  c[2] = known(1);
  c[n - 1] = known(n - 2);
  // forward elimination of c[i-1] + 4 c[i] + c[i+1] = 6 f[i-1], then back
  const pivot = new Float64Array(n + 2);
  for (let i = 3; i <= n - 2; i++) {
    pivot[i] = 1 / (4 - pivot[i - 1]);
    c[i] = (6 * values[i - 1] - c[i - 1]) * pivot[i];
  }
  for (let i = n - 2; i >= 3; i--) c[i] -= pivot[i] * c[i + 1];
  c[1] = 6 * values[1] - 4 * c[2] - c[3];
  c[0] = 6 * values[0] - 4 * c[1] - c[2];
  c[n] = 6 * values[n - 2] - 4 * c[n - 1] - c[n - 2];
  c[n + 1] = 6 * values[n - 1] - 4 * c[n] - c[n - 1];
  return c;
}

/** Weights of the four coefficients about a place t of a cell, 0 <= t <= 1. */
export function weights(t: number): readonly [number, number, number, number] {
  const s = 1 - t;
  return [(s * s * s) / 6, (4 + t * t * (3 * t - 6)) / 6, (4 + s * s * (3 * s - 6)) / 6, (t * t * t) / 6];
}

/** Their derivatives by t. */
export function slopes(t: number): readonly [number, number, number, number] {
  const s = 1 - t;
  return [-0.5 * s * s, t * (1.5 * t - 2), s * (2 - 1.5 * s), 0.5 * t * t];
}

/** The cell of a place in units of cells and how far into it; beyond the ends it is the end. */
export function cellOf(u: number, cells: number): readonly [cell: number, t: number] {
  const inside = u > 0 ? Math.min(u, cells) : 0;
  const cell = Math.min(Math.floor(inside), cells - 1);
  return [cell, inside - cell];
}

/**
 * Replaces values on a grid by spline coefficients along one axis after the other.
 * @param values the first axis fastest
 * @param shape places along each axis
 * @returns coefficients, two more along each axis
 */
export function splineGrid(values: Float64Array, shape: readonly number[]): Float64Array {
  let table = values;
  const now = [...shape];
  shape.forEach((n, axis) => {
    const before = now.slice(0, axis).reduce((a, b) => a * b, 1);
    const after = now.slice(axis + 1).reduce((a, b) => a * b, 1);
    const next = new Float64Array(before * (n + 2) * after);
    const line = new Float64Array(n);
    for (let a = 0; a < after; a++)
      for (let b = 0; b < before; b++) {
        for (let i = 0; i < n; i++) line[i] = table[(a * n + i) * before + b];
        splineCoefficients(line).forEach((value, i) => {
          next[(a * (n + 2) + i) * before + b] = value;
        });
      }
    now[axis] = n + 2;
    table = next;
  });
  return table;
}
