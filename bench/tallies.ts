/**
 * What fifty snapshots cost: the default scenario, one core, against the same run whose snapshots are left out (its sums are
 * then empty, its orbits and losses are the same).
 */
import type { KernelExports } from '../src/kernel/index.js';
import { prepare, runAll } from './here.js';
import { machine, median, spread } from './machine.js';

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const scenario = { particles: { count: 65536 }, times: { count: 50, collisionTimes: 2 } };
  const whole = prepare(root, scenario);
  const bare = prepare(root, scenario);
  const kernel: KernelExports = Object.create(bare.runner.kernel);
  Object.defineProperty(kernel, 'snapshot', { value: () => {} });
  Object.defineProperty(bare.runner, 'kernel', { value: kernel });
  runAll(bare.plan, bare.runner);
  runAll(whole.plan, whole.runner);
  const shares: number[] = [];
  let last = '';
  for (let i = 0; i < 9; i++) {
    const without = runAll(bare.plan, bare.runner);
    const full = runAll(whole.plan, whole.runner);
    if (without.steps !== full.steps) throw new Error('the two runs did not make the same steps');
    shares.push(1 - without.seconds / full.seconds);
    last = `${(full.steps / full.seconds / 1e6).toFixed(1)} Mstep/s with the snapshots, ${(without.steps / without.seconds / 1e6).toFixed(1)} without; hash ${(await full.tallies.hash()).slice(0, 16)}`;
  }
  console.log(last);
  console.log(
    `50 snapshots take ${(100 * median(shares)).toFixed(1)} % of the run (median of ${shares.length}; ${spread(shares)})`,
  );
}
