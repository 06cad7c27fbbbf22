/** The worker as it is shipped, in a page: `?kind=trap&turn=2` meets with an accident in a block whose number leaves 2 when divided by 5. */
import { type Runner, serve } from '../../src/engine/serve.js';
import { BlockRunner, OrbitRunner } from '../../src/kernel/index.js';
import type { OrbitPlan } from '../../src/plan/orbits/plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { TRAP } from '../engine/fakeRunner.js';

const asked = new URL(globalThis.location.href).searchParams;
let due = asked.get('kind') ?? undefined;

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
        if (due === undefined || block % 5 !== Number(asked.get('turn'))) continue;
        const kind = due;
        due = undefined;
        suffer(kind);
      }
    },
  };
}

serve<Plan | OrbitPlan>((module, plan) =>
  clumsy('orbits' in plan ? new OrbitRunner(module, plan) : new BlockRunner(module, plan)),
);
