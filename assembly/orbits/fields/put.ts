/** How a field pass leaves what it found: the first pass of a point in time sets, those after it add. */
@unmanaged
@final
export class Sets {
  @inline
  put(at: usize, value: v128, row: usize): void {
    v128.store(at + row, value);
  }
}

@unmanaged
@final
export class Adds {
  @inline
  put(at: usize, value: v128, row: usize): void {
    v128.store(at + row, f64x2.add(v128.load(at + row), value));
  }
}
