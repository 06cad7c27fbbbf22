/** Nothing holds a run that is over: neither its workers' ports, nor what they were asked when it was stopped. */
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { type RunOptions, run } from '../../src/engine/run.js';
import { bundled } from './build.js';
import { fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** How many are still held after a sweep. */
function held(all: readonly WeakRef<object>[]): number {
  collect();
  return all.filter((one) => one.deref() !== undefined).length;
}

const runs = 6;

/** How often a file is open in this process, as Linux tells it. */
const open = (file: string) =>
  readdirSync('/proc/self/fd').filter((one) => {
    try {
      return readlinkSync(`/proc/self/fd/${one}`) === file;
    } catch {
      return false; // the list's own
    }
  }).length;

it.runIf(process.platform === 'linux')(
  'leaves no script open of workers that are stopped while they read it',
  async () => {
    const workerUrl = await bundled('fakeWorker', 'forgotten');
    const script = fileURLToPath(workerUrl);
    const handle = openSync(script, 'r');
    expect(open(script)).toBe(1); // control: an open file is seen
    closeSync(handle);
    for (let i = 0; i < 40; i++) {
      const running = run(fakePlan({ blocks: 101 }), { wasm: EMPTY_KERNEL, workerUrl, workers: 2 });
      await new Promise((resolve) => setTimeout(resolve, i));
      running.abort();
      await running.result;
    }
    await expect.poll(() => open(script)).toBe(0);
  },
);

it.each(['finished', 'stopped'])('lets go of runs that are %s', async (how) => {
  const options: RunOptions = { wasm: EMPTY_KERNEL, workerUrl: await bundled('fakeWorker', 'forgotten'), workers: 2 };
  const stopped = how === 'stopped';
  const kept: object[] = [];
  const all: WeakRef<object>[] = [];
  for (let i = 0; i < runs; i++) {
    // The first block never ends: the workers are asked for something when they go.
    const plan = fakePlan(stopped ? { blocks: 101, faults: [{ kind: 'hang', at: 0, times: 9 }] } : { blocks: 11 });
    const running = run(plan, options);
    if (stopped) setTimeout(() => running.abort(), 100 + 20 * i);
    const { tallies, complete } = await running.result;
    expect(complete).toBe(!stopped);
    all.push(new WeakRef(tallies));
    // Control: what somebody holds is held.
    if (i === 0) kept.push(tallies);
  }
  // The last one may still stand in a register or an unswept frame.
  await expect.poll(() => held(all)).toBeLessThanOrEqual(2);
  expect(kept[0]).toBe(all[0].deref());
});
