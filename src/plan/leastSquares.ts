/**
 * Linear least squares by modified Gram-Schmidt with one re-orthogonalisation: basic arithmetic and square roots only, so the
 * solution has the same bits in every engine.
 * @param rows design matrix, row by row, more rows than columns, of full rank
 * @param values right-hand side
 * @returns the coefficients that minimise the sum of squared residuals
 * @example
 * leastSquares([[1, 0], [1, 1], [1, 2]], [1, 3, 5])[1] // ≈ 2
 */
export function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const columns = rows[0].length;
  const q = rows.map((row) => [...row]);
  const r = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  for (let j = 0; j < columns; j++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        let dot = 0;
        for (const row of q) dot += row[i] * row[j];
        r[i][j] += dot;
        for (const row of q) row[j] -= dot * row[i];
      }
    }
    let norm = 0;
    for (const row of q) norm += row[j] * row[j];
    norm = Math.sqrt(norm);
    r[j][j] = norm;
    for (const row of q) row[j] /= norm;
  }
  const solution = new Array<number>(columns).fill(0);
  const rest = [...values];
  const projected = new Array<number>(columns).fill(0);
  for (let j = 0; j < columns; j++) {
    let dot = 0;
    for (let k = 0; k < rest.length; k++) dot += q[k][j] * rest[k];
    projected[j] = dot;
    for (let k = 0; k < rest.length; k++) rest[k] -= dot * q[k][j];
  }
  for (let j = columns - 1; j >= 0; j--) {
    let sum = projected[j];
    for (let k = j + 1; k < columns; k++) sum -= r[j][k] * solution[k];
    solution[j] = sum / r[j][j];
  }
  return solution;
}
