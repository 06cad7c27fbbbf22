/** The table of single particles, where a scenario asks for one: how each began and how it ended. */
import type { Plan } from '../plan/plan.js';
import type { ChunkTallies } from '../plan/tallies.js';
import type { KernelExports } from './exports.js';

const SUMS = [
  'particleTime',
  'particleStartPlace',
  'particleStartXi',
  'particleStartSpeed',
  'particleEndPlace',
  'particleEndXi',
  'particleEndSpeed',
] as const;

type Column = (typeof SUMS)[number];

/** Width of an outcome's row in the kernel, in numbers. */
const ROW = 8;

/** Rows of the particles below `plan.parameters.listed`, as fixed-point integers: a block writes its own rows alone. */
export class ParticleTable {
  readonly #plan: Plan;
  readonly #listed: number;
  #fates: Uint32Array | null = null;
  #sums: Record<Column, BigInt64Array> | null = null;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#listed = plan.parameters.listed;
  }

  #write(column: Column, particle: number, scaled: number): void {
    if (this.#sums === null) return;
    this.#sums[column][particle] = BigInt(Math.round(scaled * 4294967296));
  }

  /** Keeps the start of a block's particles; lanes are sorted by speed class, ID says who stands where. */
  begin(kernel: KernelExports, first: number): void {
    if (first >= this.#listed) return;
    const n = this.#listed;
    this.#fates ??= new Uint32Array(n);
    this.#sums ??= Object.fromEntries(SUMS.map((name) => [name, new BigInt64Array(n)])) as Record<
      Column,
      BigInt64Array
    >;
    const lanes = kernel.CAPACITY.value as number;
    const numbers = (global: WebAssembly.Global) =>
      new Float64Array(kernel.memory.buffer, global.value as number, lanes);
    const whole = (global: WebAssembly.Global) => new Uint32Array(kernel.memory.buffer, global.value as number, lanes);
    const [s, xi, speed] = [numbers(kernel.S), numbers(kernel.XI), numbers(kernel.SPEED)];
    const id = whole(kernel.ID);
    const { placeScale, speedScale } = this.#plan.parameters;
    // by the runs of this block: in other lanes stand particles of blocks before it
    for (let speedClass = 0; speedClass < this.#plan.parameters.classes; speedClass++) {
      const from = kernel.runFirst(speedClass);
      for (let lane = from; lane < from + kernel.runCount(speedClass); lane++) {
        const particle = first + id[lane];
        if (particle >= n) continue;
        this.#write('particleStartPlace', particle, s[lane] * placeScale);
        this.#write('particleStartXi', particle, xi[lane]);
        this.#write('particleStartSpeed', particle, speed[lane] * speedScale);
      }
    }
  }

  /** Reads how a block's particles ended. */
  end(kernel: KernelExports, first: number, length: number): void {
    if (first >= this.#listed || this.#fates === null) return;
    const rows = new Float64Array(kernel.memory.buffer, kernel.OUTCOMES.value as number, length * ROW);
    const { placeScale, speedScale, timeScale } = this.#plan.parameters;
    for (let i = 0; i < length && first + i < this.#listed; i++) {
      const [fate, time, s, xi, speed] = rows.subarray(i * ROW, i * ROW + 5);
      const sound = (x: number) => (Number.isFinite(x) ? x : 0);
      this.#fates[first + i] = fate + 1;
      this.#write('particleTime', first + i, time * timeScale);
      this.#write('particleEndPlace', first + i, sound(s) * placeScale);
      this.#write('particleEndXi', first + i, sound(xi));
      this.#write('particleEndSpeed', first + i, sound(speed) * speedScale);
    }
  }

  /** The rows written since the last call; nothing where there are none. */
  collect(): ChunkTallies {
    if (this.#fates === null || this.#sums === null) return {};
    const chunk: ChunkTallies = { particleFate: this.#fates, ...this.#sums };
    this.#fates = null;
    this.#sums = null;
    return chunk;
  }
}
