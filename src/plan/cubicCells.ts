/** A table along the line as the kernel evaluates it: four coefficients of a cubic in the local coordinate of each cell. */
export interface CubicCells {
  readonly start: number;
  readonly inverseStep: number;
  readonly cells: number;
  /** `[a, b, c, d]` by cell: `a + x (b + x (c + x d))`, 0 <= x < 1. */
  readonly coefficients: Float64Array;
}

/**
 * Cubic Hermite cells from values and slopes at equally spaced nodes; beyond them the outermost value stands.
 * @param grid first node and spacing [m]
 * @param values at the nodes
 * @param slopes derivative by s at the nodes
 * @param centre place that becomes 0 [m]
 * @param lengthUnit [m]
 * @param scale the coefficients are multiplied by it
 */
export function cubicCells(
  grid: { s0: number; ds: number },
  values: Float64Array,
  slopes: Float64Array,
  centre: number,
  lengthUnit: number,
  scale: number,
): CubicCells {
  // one cell more at either end holds the last value: the kernel goes on with the outermost cell, and a cubic would run away
  const cells = values.length + 1;
  const coefficients = new Float64Array(4 * cells);
  coefficients[0] = values[0] * scale;
  coefficients[4 * (cells - 1)] = values[values.length - 1] * scale;
  for (let i = 0; i < values.length - 1; i++) {
    const v0 = values[i] * scale;
    const v1 = values[i + 1] * scale;
    const b0 = slopes[i] * grid.ds * scale;
    const b1 = slopes[i + 1] * grid.ds * scale;
    coefficients.set([v0, b0, 3 * (v1 - v0) - 2 * b0 - b1, 2 * (v0 - v1) + b0 + b1], 4 * (i + 1));
  }
  return { start: (grid.s0 - grid.ds - centre) / lengthUnit, inverseStep: lengthUnit / grid.ds, cells, coefficients };
}
