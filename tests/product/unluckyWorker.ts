/** The worker as it is shipped, in Node and in a page, which meets with the accidents that it is sent, and dawdles where it is told to. */
import { type Runner, serve } from '../../src/engine/serve.js';
import { BlockRunner, OrbitRunner } from '../../src/kernel/index.js';
import type { OrbitPlan } from '../../src/plan/orbits/plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { detectPlatform } from '../../src/platform/index.js';
import { TRAP } from '../engine/fakeRunner.js';
import type { Accident, Fate } from './unlucky.js';

let due: Accident | undefined;
let dawdles = false;

detectPlatform()
  .parentPort()
  .addEventListener('message', (event) => {
    const { accident, dawdle } = (event as MessageEvent<Fate>).data;
    due = accident ?? due;
    dawdles ||= dawdle === true;
  });

/** Meets with the accident that is due at this point; in the middle of a block only if it is that block's. */
function pass(when: Accident['when'], block?: number): void {
  if (due?.when !== when || (block !== undefined && due.block !== block)) return;
  const { kind } = due;
  due = undefined;
  if (kind === 'exit') exit();
  if (kind === 'throw') throw new RangeError('an accident');
  if (kind === 'trap') (new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports.f as () => void)();
  while (kind === 'hang');
}

function exit(): void {
  if (typeof process === 'object') process.exit(1);
  (globalThis as unknown as { close(): void }).close();
}

function unlucky(inner: Runner): Runner {
  pass('start');
  return {
    *runBlock(block) {
      for (const steps of inner.runBlock(block)) {
        yield steps;
        pass('middle', block);
      }
      if (dawdles) dawdle(block);
    },
    collect() {
      const tallies = inner.collect();
      pass('end');
      return tallies;
    },
  };
}

/** Up to 3 ms, by the block's number in no order: those behind overtake. */
function dawdle(block: number): void {
  const end = performance.now() + ((Math.imul(block + 1, 0x9e3779b1) >>> 16) % 4);
  while (performance.now() < end);
}

serve<Plan | OrbitPlan>((module, plan) =>
  unlucky('orbits' in plan ? new OrbitRunner(module, plan) : new BlockRunner(module, plan)),
);
