/** What fifty snapshots cost: the default scenario with 50 snapshot times against 1, the step its tolerance asks for (20 to an interval), one core, in turn. */
import { prepare, runAll } from './here.js';
import { machine, median, spread } from './machine.js';

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const scenario = (count: number) => ({
    particles: { count: 65536 },
    times: { count, collisionTimes: 2 },
    motion: { step: '28.9 ns' },
  });
  const many = prepare(root, scenario(50));
  const few = prepare(root, scenario(1));
  const ratios: number[] = [];
  runAll(few.plan, few.runner);
  runAll(many.plan, many.runner);
  let last = '';
  for (let i = 0; i < 9; i++) {
    const one = runAll(few.plan, few.runner);
    const fifty = runAll(many.plan, many.runner);
    // lost particles are swept out at other moments, so time is compared by particle-step
    ratios.push(fifty.seconds / fifty.steps / (one.seconds / one.steps) - 1);
    last = `${(fifty.steps / fifty.seconds / 1e6).toFixed(1)} Mstep/s with 50 snapshots, ${(one.steps / one.seconds / 1e6).toFixed(1)} with 1; hash ${(await fifty.tallies.hash()).slice(0, 16)}`;
  }
  console.log(last);
  console.log(
    `50 snapshots cost ${(100 * median(ratios)).toFixed(1)} % (median of ${ratios.length}; ${spread(ratios)})`,
  );
}
