import { expect, it } from 'vitest';
import { symmetricEigen } from '../../../src/analysis/oracle/eigen.js';

/** Largest entry of A V - V Lambda and of V^T V - 1. */
function faults(matrix: Float64Array, n: number): [number, number] {
  const { values, vectors } = symmetricEigen(matrix, n);
  let residual = 0;
  let skew = 0;
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      let product = -values[k] * vectors[k][i];
      for (let j = 0; j < n; j++) product += matrix[i * n + j] * vectors[k][j];
      residual = Math.max(residual, Math.abs(product));
      let inner = i === k ? -1 : 0;
      for (let j = 0; j < n; j++) inner += vectors[k][j] * vectors[i][j];
      skew = Math.max(skew, Math.abs(inner));
    }
  }
  return [residual, skew];
}

function full(n: number): Float64Array {
  const a = new Float64Array(n * n);
  let s = 1;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      s = (s * 16807) % 2147483647;
      a[i * n + j] = a[j * n + i] = s / 2147483647;
    }
  }
  return a;
}

it('solves full matrices, and ones that fall apart, to rounding', () => {
  for (const n of [1, 2, 3, 10, 60]) {
    const [residual, skew] = faults(full(n), n);
    expect(residual).toBeLessThan(1e-13 * n);
    expect(skew).toBeLessThan(1e-14 * n);
  }
  const blocks = new Float64Array(36);
  for (const [i, j, x] of [
    [0, 0, 2],
    [1, 1, 2],
    [0, 3, 1],
    [3, 0, 1],
    [3, 3, -1],
    [5, 5, 7],
  ])
    blocks[i * 6 + j] = x;
  expect(Math.max(...faults(blocks, 6))).toBeLessThan(1e-14);
});

it('knows the second difference, whose eigenvalues are 4 sin^2(k pi/(2n + 2))', () => {
  const n = 40;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    a[i * n + i] = 2;
    if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
  }
  const { values } = symmetricEigen(a, n);
  values.forEach((value, k) => {
    expect(value).toBeCloseTo(4 * Math.sin(((k + 1) * Math.PI) / (2 * n + 2)) ** 2, 13);
  });
});
