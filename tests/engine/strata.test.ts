/** Sets of blocks, one of each stratum: whatever befalls a run, its results hold whole sets only. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Judged, type RunOptions, run } from '../../src/engine/run.js';
import { bundled } from './build.js';
import { expected, type FakePlan, type FaultKind, fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

const STRATA = 4;
const SETS = 40;

let options: RunOptions;

beforeAll(async () => {
  options = { wasm: EMPTY_KERNEL, workerUrl: await bundled('fakeWorker', 'strata') };
});

const stratified = (changes: Partial<FakePlan> = {}) => fakePlan({ blocks: STRATA * SETS, strata: STRATA, ...changes });

/** Blocks of sets that are not whole. */
function stray(blocks: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const block of blocks) counts.set(Math.floor(block / STRATA), (counts.get(Math.floor(block / STRATA)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count !== STRATA).map(([set]) => set);
}

it.each([
  [1, undefined],
  [2, 1],
  [3, 9],
  [7, Number.POSITIVE_INFINITY],
])('the bits do not depend on %i workers, chunks of %s', async (workers, chunkBlocks) => {
  const plan = stratified();
  const result = await run(plan, { ...options, workers, chunkBlocks }).result;
  expect(result.hash).toBe(await expected(plan).hash());
  expect(result).toMatchObject({ complete: true, particles: { done: plan.particles, total: plan.particles } });
  // The control: a set belongs to one group, its blocks do not go round.
  expect(result.hash).not.toBe(await expected({ ...plan, strata: 1 }).hash());
});

describe('where workers fail', () => {
  it.each(['exit', 'throw', 'lose the answer', 'die at the end', 'wrong shape', 'numerical'] as FaultKind[])(
    'the bits are the same, and every partial result has whole sets: %s',
    async (kind) => {
      const faults = [2, 17, 69, 70, 150].map((at) => ({ kind, at, times: kind === 'numerical' ? 2 : 1 }));
      const plan = stratified({ faults: kind === 'numerical' ? faults.slice(0, 1) : faults, sliceMs: 1 });
      // so many particles that one numerical fault is forgiven
      const forgiving = kind === 'numerical' ? { ...plan, blockSize: 1e6, particles: 1e6 * plan.blocks } : plan;
      const hang = kind === 'lose the answer' ? { hangSeconds: 1.5 } : {};
      const running = run(forgiving, { ...options, ...hang, workers: 2, chunkBlocks: 8 });
      let seen = 0;
      for await (const { blocks, tallies } of running) {
        expect(stray(blocks)).toEqual([]);
        if (kind !== 'numerical') expect(await tallies.hash()).toBe(await expected(plan, blocks).hash());
        seen++;
      }
      const result = await running.result;
      expect(seen).toBeGreaterThan(0);
      expect(result.blocks.count).toBe(plan.blocks);
      if (kind !== 'numerical') {
        expect(result.hash).toBe(await expected(plan).hash());
        expect(result.retries).toBeGreaterThan(0);
      }
    },
  );

  it('a run that is ended while a set waits has none of its blocks', async () => {
    // block 1 kills the worker of its chunk, so the four run one by one; the last of them never ends
    const faults = [
      { kind: 'exit' as const, at: 1, times: 1 },
      { kind: 'hang' as const, at: 3, times: 1 },
    ];
    const running = run(stratified({ faults }), { ...options, workers: 1, chunkBlocks: 4, hangSeconds: 60 });
    while (running.progress.retries < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 700));
    running.abort();
    expect(await running.result).toMatchObject({ complete: false, particles: { done: 0 }, blocks: { count: 0 } });
  });
});

it('a prefix that is judged is of whole sets, and must be', async () => {
  const plan = stratified();
  const judged = (...prefixes: number[]): Judged => ({
    prefixes,
    judge: ({ blocks }) => ({ enough: blocks.count === 2 * 32 * STRATA - 24 * STRATA }),
  });
  const result = await run(plan, { ...options, workers: 2, judged: judged(32 * STRATA, plan.blocks) }).result;
  expect(result.hash).toBe(await expected(plan).hash());
  expect(() => run(plan, { ...options, judged: judged(33, plan.blocks) })).toThrow(
    'judged.prefixes: 33, 160 cannot be judged at (must rise from 1 or more to the 160 blocks of the run, in sets of 4)',
  );
});

it('a block alone is one block', async () => {
  const plan = stratified();
  const result = await run(plan, { ...options, workers: 1, onlyBlock: 6 }).result;
  expect([...result.blocks]).toEqual([6]);
  expect(result.hash).toBe(await expected(plan, [6]).hash());
});
