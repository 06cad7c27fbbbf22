/** The worker as it is shipped, which meets with accidents and ends its blocks when it likes. */
import { type Runner, serve } from '../../src/engine/serve.js';
import { BlockRunner, OrbitRunner } from '../../src/kernel/index.js';
import type { OrbitPlan } from '../../src/plan/orbits/plan.js';
import type { Plan } from '../../src/plan/plan.js';
import type { ChunkTallies } from '../../src/plan/tallies.js';
import { TRAP } from '../engine/fakeRunner.js';

export type AccidentKind = 'exit' | 'throw' | 'trap' | 'hang';

/** What happens, once, and where: before the worker has begun, in the middle of a block, or when its tallies are asked for. */
export interface Accident {
  readonly kind: AccidentKind;
  readonly block: number;
  readonly when: 'start' | 'middle' | 'end';
}

export interface Cruelty {
  readonly accidents: readonly Accident[];
  /** How often each has happened: once is enough. */
  readonly happened: SharedArrayBuffer;
  /** Blocks by the order in which they ended, after their number; there only where workers dawdle at random. */
  readonly ended?: SharedArrayBuffer;
}
export type CruelPlan = (Plan | OrbitPlan) & Cruelty;

class CruelRunner implements Runner {
  readonly #inner: Runner;
  readonly #cruelty: Cruelty;
  readonly #clock = new Int32Array(new SharedArrayBuffer(4));
  #atEnd: AccidentKind | undefined;

  constructor(inner: Runner, cruelty: Cruelty) {
    this.#inner = inner;
    this.#cruelty = cruelty;
    const kind = this.#due('start');
    if (kind) suffer(kind);
  }

  *runBlock(block: number): Generator<number, void> {
    this.#atEnd ??= this.#due('end', block);
    let due = this.#due('middle', block);
    for (const steps of this.#inner.runBlock(block)) {
      yield steps;
      if (due) suffer(due);
      due = undefined;
    }
    this.#dawdle(block);
  }

  collect(): ChunkTallies {
    const tallies = this.#inner.collect();
    const kind = this.#atEnd;
    this.#atEnd = undefined;
    if (kind) suffer(kind);
    return tallies;
  }

  #due(when: Accident['when'], block?: number): AccidentKind | undefined {
    const { accidents, happened } = this.#cruelty;
    const i = accidents.findIndex((one) => one.when === when && (block === undefined || one.block === block));
    return i >= 0 && Atomics.add(new Int32Array(happened), i, 1) === 0 ? accidents[i].kind : undefined;
  }

  /** Up to 3 ms, by the block's number in no order: those behind overtake. */
  #dawdle(block: number): void {
    if (!this.#cruelty.ended) return;
    Atomics.wait(this.#clock, 0, 0, (Math.imul(block + 1, 0x9e3779b1) >>> 16) % 4);
    const ended = new Int32Array(this.#cruelty.ended);
    ended[1 + (Atomics.add(ended, 0, 1) % (ended.length - 1))] = block;
  }
}

function suffer(kind: AccidentKind): void {
  if (kind === 'exit') process.exit(1);
  if (kind === 'throw') throw new RangeError('an accident');
  if (kind === 'trap') (new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports.f as () => void)();
  while (true);
}

serve<CruelPlan>((module, plan) => {
  const inner = 'orbits' in plan ? new OrbitRunner(module, plan) : new BlockRunner(module, plan);
  return new CruelRunner(inner, plan);
});
