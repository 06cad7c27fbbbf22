import { parameters } from '../layout';

/**
 * nu at a momentum squared (in pRef^2), from a table that is linear inside cells of 1/256 octave: the cell is read off the
 * number's own bits. Relative error below (n^2/8)/256^2 for nu ∝ p^(2n). Below and above the table its end values hold.
 */
export function rateAt(momentum2: f64): f64 {
  return rateIn(<usize>parameters.rateTable, <i32>parameters.rateFirst, <i32>parameters.rateCells, momentum2);
}

/** The same in a table of one's own. */
export function rateIn(table: usize, first: i32, cells: i32, momentum2: f64): f64 {
  const bits = reinterpret<u64>(momentum2);
  const cell = <i32>(bits >>> 44) - first;
  if (cell < 0) return load<f64>(table);
  if (cell >= cells) return load<f64>(table + ((<usize>cells) << 3));
  const x = <f64>(bits & 0xfffffffffff) * 5.684341886080802e-14; // 2^-44
  const row = table + ((<usize>cell) << 3);
  const low = load<f64>(row);
  return low + x * (load<f64>(row, 8) - low);
}
