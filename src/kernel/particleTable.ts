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

/** The listed particles of one block. */
interface Page {
  readonly first: number;
  readonly fates: Uint32Array;
  readonly sums: Record<Column, BigInt64Array>;
}

/** Rows of the particles below `plan.parameters.listed`, as fixed-point integers: a block writes its own rows alone. */
export class ParticleTable {
  readonly #plan: Plan;
  readonly #listed: number;
  #pages: Page[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#listed = plan.parameters.listed;
  }

  /** Keeps the start of a block's particles; lanes are sorted by speed class, ID says who stands where. */
  begin(kernel: KernelExports, first: number, length: number): void {
    const n = Math.min(length, this.#listed - first);
    if (n <= 0) return;
    const sums = Object.fromEntries(SUMS.map((name) => [name, new BigInt64Array(n)])) as Page['sums'];
    this.#pages.push({ first, fates: new Uint32Array(n), sums });
    const lanes = kernel.CAPACITY.value as number;
    const numbers = (global: WebAssembly.Global) =>
      new Float64Array(kernel.memory.buffer, global.value as number, lanes);
    const [s, xi, speed] = [numbers(kernel.S), numbers(kernel.XI), numbers(kernel.SPEED)];
    const id = new Uint32Array(kernel.memory.buffer, kernel.ID.value as number, lanes);
    const { placeScale, speedScale, classes } = this.#plan.parameters;
    // by the runs of this block: in other lanes stand particles of blocks before it
    for (let speedClass = 0; speedClass < classes; speedClass++) {
      const from = kernel.runFirst(speedClass);
      for (let lane = from; lane < from + kernel.runCount(speedClass); lane++) {
        const i = id[lane];
        if (i >= n) continue;
        sums.particleStartPlace[i] = fixed(s[lane] * placeScale);
        sums.particleStartXi[i] = fixed(xi[lane]);
        sums.particleStartSpeed[i] = fixed(speed[lane] * speedScale);
      }
    }
  }

  /** Reads how a block's particles ended. */
  end(kernel: KernelExports, first: number): void {
    const page = this.#pages.at(-1);
    if (page?.first !== first) return;
    const { fates, sums } = page;
    const rows = new Float64Array(kernel.memory.buffer, kernel.OUTCOMES.value as number, fates.length * ROW);
    const { placeScale, speedScale, timeScale } = this.#plan.parameters;
    const sound = (x: number) => (Number.isFinite(x) ? x : 0);
    for (let i = 0; i < fates.length; i++) {
      const [fate, time, s, xi, speed] = rows.subarray(i * ROW, i * ROW + 5);
      fates[i] = fate + 1;
      sums.particleTime[i] = fixed(time * timeScale);
      sums.particleEndPlace[i] = fixed(sound(s) * placeScale);
      sums.particleEndXi[i] = fixed(sound(xi));
      sums.particleEndSpeed[i] = fixed(sound(speed) * speedScale);
    }
  }

  /** The rows written since the last call; nothing where there are none. */
  collect(): ChunkTallies {
    const pages = this.#pages;
    this.#pages = [];
    if (pages.length === 0) return {};
    const n = pages.reduce((sum, { fates }) => sum + fates.length, 0);
    const chunk = {
      rows: new Uint32Array(n),
      particleFate: new Uint32Array(n),
      ...(Object.fromEntries(SUMS.map((name) => [name, new BigInt64Array(n)])) as Page['sums']),
    };
    let at = 0;
    for (const { first, fates, sums } of pages) {
      for (let i = 0; i < fates.length; i++) chunk.rows[at + i] = first + i;
      chunk.particleFate.set(fates, at);
      for (const name of SUMS) chunk[name].set(sums[name], at);
      at += fates.length;
    }
    return chunk;
  }
}

function fixed(scaled: number): bigint {
  return BigInt(Math.round(scaled * 4294967296));
}
