/** The worker as it is shipped, with accidents in the middle of its blocks. */
import { serve } from '../../src/engine/serve.js';
import { BlockRunner } from '../../src/kernel/index.js';
import type { Plan } from '../../src/plan/plan.js';

export type Accident = 'exit' | 'trap' | 'hang';

export interface CruelPlan extends Plan {
  readonly accidents: readonly { readonly block: number; readonly kind: Accident }[];
  /** How often each has happened: once is enough. */
  readonly happened: SharedArrayBuffer;
}

class CruelRunner extends BlockRunner {
  readonly #cruel: CruelPlan;

  constructor(module: WebAssembly.Module, plan: CruelPlan) {
    super(module, plan);
    this.#cruel = plan;
  }

  override *runBlock(block: number): Generator<number, void> {
    const happened = new Int32Array(this.#cruel.happened);
    const i = this.#cruel.accidents.findIndex((accident) => accident.block === block);
    let slices = i >= 0 && Atomics.add(happened, i, 1) === 0 ? 3 : Number.POSITIVE_INFINITY;
    for (const steps of super.runBlock(block)) {
      yield steps;
      if (--slices === 0) this.#suffer(this.#cruel.accidents[i].kind);
    }
  }

  #suffer(kind: Accident): void {
    if (kind === 'exit') process.exit(1);
    // far beyond the end of the kernel's memory
    if (kind === 'trap') this.kernel.snapshot(0x7fffffff);
    while (true);
  }
}

serve<CruelPlan>((module, plan) => new CruelRunner(module, plan));
