/** The worker as it is shipped, in a page; `{ accident: 'trap', block: 5 }` makes it meet with an accident there. */
import { type Runner, serve } from '../../src/engine/serve.js';
import { BlockRunner, OrbitRunner } from '../../src/kernel/index.js';
import type { OrbitPlan } from '../../src/plan/orbits/plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { TRAP } from '../engine/fakeRunner.js';

let next: { accident?: string; block?: number } = {};
globalThis.addEventListener('message', ({ data }) => {
  if (data.accident) next = data;
});

function suffer(kind: string): void {
  if (kind === 'exit') (globalThis as unknown as { close(): void }).close();
  if (kind === 'throw') throw new RangeError('an accident');
  if (kind === 'trap') (new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports.f as () => void)();
  while (kind === 'hang');
}

function clumsy(inner: Runner): Runner {
  return {
    collect: () => inner.collect(),
    *runBlock(block) {
      for (const steps of inner.runBlock(block)) {
        yield steps;
        if (next.block !== block) continue;
        const kind = next.accident as string;
        next = {};
        suffer(kind);
      }
    },
  };
}

serve<Plan | OrbitPlan>((module, plan) =>
  clumsy('orbits' in plan ? new OrbitRunner(module, plan) : new BlockRunner(module, plan)),
);
