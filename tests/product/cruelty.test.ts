/** The real kernel in real workers that are killed, while the run is paused and workers come and go. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type RunOptions, run } from '../../src/engine/run.js';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { groupOf, type Plan, planRun } from '../../src/plan/plan.js';
import { nodePlatform, type Platform } from '../../src/platform/index.js';
import * as library from '../../src/scenario/index.js';
import { bundled } from '../engine/build.js';
import { Fellow } from '../fellow.js';
import { kernelModule } from '../kernel/load.js';
import { varied } from '../varied.js';
import { orderIn } from './carry.js';

let options: RunOptions;

beforeAll(async () => {
  options = { wasm: kernelModule(), workerUrl: await bundled('../product/unluckyWorker', 'cruelty') };
});

const scenarios = varied(library);
/** With few bins: what is tested is who runs which block, and that a chunk is merged once. */
const tallies = {
  speed: { bins: 4, min: null, max: null },
  xi: { bins: 8 },
  s: { bins: 4 },
  mu: { bins: 2 },
  lossTime: { bins: 4 },
};
const named = (wanted: string) => ({ ...scenarios.find(({ name }) => name === wanted)!, tallies });
/** More particles of the kind that takes the most different steps. */
const thermal = (count: number) =>
  planRun({ ...named('maxwellian'), particles: { ...named('maxwellian').particles, count } });

/** What one runner makes of it in this thread, block by block. */
async function expected(plan: Plan, blocks: Iterable<number> = Array(plan.blocks).keys()): Promise<string> {
  const tallies = new Tallies(plan.tallies, plan.groups);
  const runner = new BlockRunner(kernelModule(), plan);
  for (const block of blocks) {
    for (const _ of runner.runBlock(block));
    tallies.add(groupOf(block), runner.collect());
  }
  return tallies.hash();
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a run whose workers are killed while it is paused, resumed and given other workers', () => {
  it('has the same bits', async () => {
    const plan = thermal(20_011);
    // A block that dies twice ends the run, and should: no block's worker is killed a second time.
    const struck = new Set<number>();
    const alive: { block: number; readonly kill: () => Promise<void> }[] = [];
    const platform: Platform = {
      ...nodePlatform,
      spawn(url) {
        const { port, terminate, ...rest } = nodePlatform.spawn(url);
        const worker = { block: -1, kill: terminate };
        alive.push(worker);
        const postMessage: typeof port.postMessage = (message, transfer) => {
          worker.block = orderIn(message)?.blocks[0] ?? worker.block;
          port.postMessage(message, transfer);
        };
        return { ...rest, terminate, port: { ...port, postMessage } };
      },
    };
    const running = run(plan, { ...options, platform, workers: 2, chunkBlocks: 1 });
    let killed = 0;
    for (let turn = 0; running.progress.particlesDone < plan.particles && (turn < 60 || killed < 3); turn++) {
      await sleep(25);
      // (nor one that is still starting: three of those in a row end the run as well)
      const next = alive.findIndex(({ block }) => block >= 0 && !struck.has(block));
      if (turn % 3 === 1 && next >= 0) {
        const [worker] = alive.splice(next, 1);
        struck.add(worker.block);
        killed++;
        await worker.kill();
        // Its last answer may still have come, and with it the next block.
        struck.add(worker.block);
      }
      if (turn % 5 === 2) {
        await running.pause();
        await sleep(10);
        await running.resume();
      }
      if (turn % 4 === 3) running.setWorkers(1 + (turn % 3));
    }
    running.setWorkers(2);
    const result = await running.result;
    expect(killed).toBeGreaterThan(2);
    expect(struck.size).toBeGreaterThan(1);
    expect(result.hash).toBe(await expected(plan));
  });
});

describe('an abort', () => {
  it('leaves whole blocks and their bits', async () => {
    const plan = thermal(200_000);
    const running = run(plan, { ...options, workers: 2, chunkBlocks: 2 });
    while (running.progress.particlesDone < 10_000) await sleep(5);
    const fellow = new Fellow();
    const took = await fellow.timed(() => {
      running.abort();
      return running.result;
    });
    await fellow.end();
    expect(took).toBeLessThan(1000);
    const result = await running.result;
    expect(result.complete).toBe(false);
    expect(result.hash).toBe(await expected(plan, result.blocks));
  });
});
