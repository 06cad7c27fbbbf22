/**
 * What a tally is, for everybody above the kernel: a named array of integers with a shape, a unit and a quantum.
 *
 * Counts are unsigned integers. Sums are fixed-point: the stored integer times `quantum` is the physical value in `unit`.
 * Integers are what makes merging associative, and so the result's bits equal for any number of workers.
 */
export interface TallySpec {
  readonly name: string;
  readonly kind: 'count' | 'sum';
  /** Names of the axes, outermost first, e.g. `['time', 'speed', 'xi']`. */
  readonly axes: readonly string[];
  /** Lengths of the axes, row-major. */
  readonly shape: readonly number[];
  /** Whether every jackknife group keeps its own copy (needed wherever a standard error is quoted). */
  readonly grouped: boolean;
  /** Physical value of one stored unit, in `unit`; 1 for counts. */
  readonly quantum: number;
  /** SI unit of the physical value; `'1'` for counts. */
  readonly unit: string;
  /** Whether a chunk brings a few of its elements only: those that the chunk's `rows` number. */
  readonly sparse?: boolean;
  /** Whether each integer is the bits of a double, which is the physical value: nothing is ever added to one. */
  readonly doubles?: boolean;
}

/** One work chunk's tallies as they leave a worker: counts in 32 bits, sums in 64; `rows` numbers the elements of the sparse ones. */
export type ChunkTallies = Record<string, Uint32Array | BigInt64Array>;

/** Number of elements of a tally. */
export function tallySize(spec: TallySpec): number {
  return spec.shape.reduce((product, n) => product * n, 1);
}
