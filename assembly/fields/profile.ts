import { parameters } from '../layout';

/** B and dB/ds of the last `evaluate`, one particle at a time: for starts, boundaries and tables. Kernel units. */
export let strength: f64 = 1.0;
export let gradient: f64 = 0.0;

/** Cubic in the local coordinate of a table's cell; also leaves the slope. */
export let cubicSlope: f64 = 0.0;
export function cubic(table: usize, start: f64, inverseStep: f64, cells: i32, s: f64): f64 {
  const at = (s - start) * inverseStep;
  let cell = <i32>Math.floor(Math.min(Math.max(at, 0.0), 1e9));
  if (cell > cells - 1) cell = cells - 1;
  const x = at - <f64>cell;
  const row = table + ((<usize>cell) << 5);
  const a = load<f64>(row);
  const b = load<f64>(row, 8);
  const c = load<f64>(row, 16);
  const d = load<f64>(row, 24);
  cubicSlope = (b + x * (2.0 * c + x * (3.0 * d))) * inverseStep;
  return a + x * (b + x * (c + x * d));
}

export function evaluate(s: f64): void {
  const kind = <i32>parameters.fieldKind;
  if (kind == 1) {
    strength = 1.0 + s * s;
    gradient = 2.0 * s;
  } else if (kind == 2) {
    strength = cubic(
      <usize>parameters.fieldTable,
      parameters.fieldStart,
      parameters.fieldInverseStep,
      <i32>parameters.fieldCells,
      s,
    );
    gradient = cubicSlope;
  } else {
    strength = 1.0;
    gradient = 0.0;
  }
}
