/**
 * Eigenvalues and eigenvectors of a dense symmetric matrix. Householder's reduction to a tridiagonal one, then QL steps with
 * implicit shifts: every eigenvalue to some 1e-16 of the largest. Source: Wilkinson & Reinsch, Handbook for Automatic
 * Computation II (1971), II/2 and II/3. The library that has it (ml-matrix) brings 70 kB that a page would load for this
 * one function.
 */

/** A symmetric matrix's eigenvalues, ascending, and its eigenvectors: `vectors[k]` belongs to `values[k]`, of length 1. */
export interface Eigensystem {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/**
 * @param matrix row-major, symmetric; only its lower triangle is read
 * @param n rows, >= 1
 * @throws RangeError for a matrix with NaN or infinity, which no rotation brings to an end
 * @example
 * symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).values[1] // ≈ 3.00000000000
 * symmetricEigen(Float64Array.of(NaN), 1) // throws matrix: holds NaN or infinity (must be finite)
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigensystem {
  if (!matrix.every(Number.isFinite)) throw new RangeError('matrix: holds NaN or infinity (must be finite)');
  const a = Array.from({ length: n }, (_, i) => matrix.slice(i * n, (i + 1) * n));
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const vectors = tridiagonalise(a, diagonal, beside);
  rotateToDiagonal(diagonal, beside, vectors);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors: order.map((i) => vectors[i]) };
}

/** Reduces `a` (destroyed) to `diagonal` and `beside` (entry i is between i - 1 and i); returns the rows of Q, T = Q A Q^T. */
function tridiagonalise(a: Float64Array[], diagonal: Float64Array, beside: Float64Array): Float64Array[] {
  const n = a.length;
  const q = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    row[i] = 1;
    return row;
  });
  const p = new Float64Array(n);
  for (let k = n - 1; k >= 2; k--) {
    // the mirror H = 1 - u u^T/h takes row k left of the diagonal to its last entry
    const u = a[k];
    let square = 0;
    for (let j = 0; j < k; j++) square += u[j] * u[j];
    diagonal[k] = a[k][k];
    const last = u[k - 1];
    const size = Math.sqrt(square);
    if (size === Math.abs(last)) {
      beside[k] = last;
      continue;
    }
    const goal = last > 0 ? -size : size;
    beside[k] = goal;
    u[k - 1] = last - goal;
    const h = square - last * goal;
    let projection = 0;
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += a[i][j] * u[j];
      for (let j = i + 1; j < k; j++) sum += a[j][i] * u[j];
      p[i] = sum / h;
      projection += u[i] * p[i];
    }
    const half = projection / (2 * h);
    for (let i = 0; i < k; i++) p[i] -= half * u[i];
    for (let i = 0; i < k; i++) {
      const row = a[i];
      for (let j = 0; j <= i; j++) row[j] -= u[i] * p[j] + p[i] * u[j];
    }
    // the same mirror from the left on Q
    p.fill(0);
    for (let i = 0; i < k; i++) for (let j = 0; j < n; j++) p[j] += u[i] * q[i][j];
    for (let i = 0; i < k; i++) {
      const share = u[i] / h;
      for (let j = 0; j < n; j++) q[i][j] -= share * p[j];
    }
  }
  if (n > 1) {
    diagonal[1] = a[1][1];
    beside[1] = a[1][0];
  }
  diagonal[0] = a[0][0];
  return q;
}

/** QL with implicit shifts on a tridiagonal matrix; the rows of `vectors` turn with it. */
function rotateToDiagonal(d: Float64Array, beside: Float64Array, vectors: Float64Array[]): void {
  const n = d.length;
  const e = Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? beside[i + 1] : 0));
  const norm = d.reduce((most, x, i) => Math.max(most, Math.abs(x) + Math.abs(e[i])), 0);
  for (let l = 0; l < n; l++) {
    for (let round = 0; round < 200; round++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * norm) m++;
      if (m === l) break;
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      g = d[m] - d[l] + e[l] / (g + (g < 0 ? -1 : 1) * Math.hypot(g, 1));
      let sine = 1;
      let cosine = 1;
      let shift = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = sine * e[i];
        const b = cosine * e[i];
        const r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= shift;
          e[m] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i + 1] - shift;
        const turn = (d[i] - g) * sine + 2 * cosine * b;
        shift = sine * turn;
        d[i + 1] = g + shift;
        g = cosine * turn - b;
        const [low, high] = [vectors[i], vectors[i + 1]];
        for (let k = 0; k < n; k++) {
          const h = high[k];
          high[k] = sine * low[k] + cosine * h;
          low[k] = cosine * low[k] - sine * h;
        }
      }
      if (i >= l) continue;
      d[l] -= shift;
      e[l] = g;
      e[m] = 0;
    }
  }
}
