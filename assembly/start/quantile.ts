/** Table: rows of (cumulative probability, value), cells + 1 of them; one row means one value. */
export function quantile(table: usize, cells: i32, u: f64): f64 {
  if (cells == 0) return load<f64>(table, 8);
  let low = 0;
  let high = cells;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<f64>(table + ((<usize>middle) << 4)) <= u) low = middle;
    else high = middle;
  }
  const row = table + ((<usize>low) << 4);
  const c0 = load<f64>(row);
  const c1 = load<f64>(row, 16);
  const x0 = load<f64>(row, 8);
  return c1 > c0 ? x0 + ((u - c0) / (c1 - c0)) * (load<f64>(row, 24) - x0) : x0;
}
