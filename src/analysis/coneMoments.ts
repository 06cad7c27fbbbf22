import { symmetricEigen } from './oracle/eigen.js';

/** V_0, V_1, V_2 and V_x of a start with a pitch, after a scattering angle nu t. */
export type ConeMoments = (tau: number) => readonly Float64Array[];

/**
 * The moments of `backwardMoments` where scattering alone acts on the pitch and those are lost whose pitch leaves a range:
 * V_k on cells of xi, and V_x = <xi; inside> - xi_0 with the source `-2 nu xi`.
 *
 * Finite volumes, `V_k = -m^k` and `V_x = -xi` at the edges that lose; exact in time, by the modes of the cells.
 * @param from left edge of the pitches inside, -1 where there is no cone on the left
 * @param to right edge, 1 where there is no cone on the right; one of them loses
 * @param cells of xi between them
 */
export function coneMoments(from: number, to: number, cells: number): ConeMoments {
  const dxi = (to - from) / cells;
  const xi = Float64Array.from({ length: cells }, (_, i) => from + (i + 0.5) * dxi);
  // between two pitches V runs as atanh(xi) where nothing changes it: near the poles, where a rim of high ratio lies, no straight line
  const nodes = [from, ...xi, to].map(Math.atanh);
  // through a pole, where atanh is infinite, nothing flows
  const faces = Float64Array.from({ length: cells + 1 }, (_, i) => 1 / dxi / (nodes[i + 1] - nodes[i]));
  const matrix = new Float64Array(cells * cells);
  for (let i = 0; i < cells; i++) {
    matrix[i * cells + i] = faces[i] + faces[i + 1];
    if (i > 0) matrix[i * cells + i - 1] = matrix[(i - 1) * cells + i] = -faces[i];
  }
  const { values, vectors } = symmetricEigen(matrix, cells);
  const powers = [0, 1, 2].map((k) => (x: number) => (1 - x * x) ** k);
  const sources = [
    () => 0,
    (x: number) => 4 - 6 * (1 - x * x),
    (x: number) => (1 - x * x) * (8 * x * x + 8 - 12 * (1 - x * x)),
    (x: number) => -2 * x,
  ];
  // of each moment the part of every mode that it comes to in the end
  const ends = [...powers, (x: number) => x].map((of, n) => {
    const source = xi.map(sources[n]);
    source[0] -= faces[0] * of(from);
    source[cells - 1] -= faces[cells] * of(to);
    return values.map((rate, k) => vectors[k].reduce((sum, u, i) => sum + u * source[i], 0) / rate);
  });
  return (tau) =>
    ends.map((end) => {
      const found = new Float64Array(cells);
      end.forEach((part, k) => {
        const now = -part * Math.expm1(-values[k] * tau);
        const mode = vectors[k];
        for (let i = 0; i < cells; i++) found[i] += now * mode[i];
      });
      return found;
    });
}
