import { beforeAll, describe, expect, it } from 'vitest';
import { type Judged, type RunOptions, run } from '../../src/engine/run.js';
import { bundled } from './build.js';
import { expected, type FaultKind, fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

let options: RunOptions;

beforeAll(async () => {
  options = { wasm: EMPTY_KERNEL, workerUrl: await bundled('fakeWorker', 'judged') };
});

const prefixes = [3, 33, 70, 101];
const first = (blocks: number) => Array(blocks).keys();

/** Judges that a prefix is enough from `enough` blocks on, and remembers what it was shown. */
function judged(enough: number, seen: { blocks: number; hash: string }[] = []): Judged {
  return {
    prefixes,
    async judge({ blocks, tallies }) {
      seen.push({ blocks: blocks.count, hash: await tallies.hash() });
      return { enough: blocks.count >= enough, expected: 16 * 50 };
    },
  };
}

describe('a run that is judged', () => {
  const plan = fakePlan({ blocks: 101 });

  it.each([
    [1, Number.POSITIVE_INFINITY],
    [1, 1],
    [2, 3],
    [3, undefined],
    [7, 1],
  ])('sees its prefixes and nothing else, and ends at one: %i workers, chunks of %s', async (workers, chunkBlocks) => {
    const seen: { blocks: number; hash: string }[] = [];
    const result = await run(plan, { ...options, workers, chunkBlocks, judged: judged(70, seen) }).result;
    expect(seen).toEqual(
      await Promise.all([3, 33, 70].map(async (n) => ({ blocks: n, hash: await expected(plan, first(n)).hash() }))),
    );
    // The control: neither is the result that of another prefix.
    expect(result.hash).toBe(seen[2].hash);
    expect(new Set(seen.map(({ hash }) => hash)).size).toBe(3);
    expect(result).toMatchObject({ complete: true, particles: { done: 70 * 16, total: 70 * 16 }, steps: 70 * 200 });
  });

  it('ends at the end of the plan where nothing was enough', async () => {
    const result = await run(plan, { ...options, workers: 2, judged: judged(1000) }).result;
    expect(result.hash).toBe(await expected(plan).hash());
    expect(result).toMatchObject({ complete: true, particles: { done: plan.particles, total: plan.particles } });
  });

  it.each(['exit', 'throw', 'lose the answer', 'die at the end', 'wrong shape'] as FaultKind[])(
    'has the same bits where workers fail: %s',
    async (kind) => {
      const faults = [2, 17, 69].map((at) => ({ kind, at, times: 1 }));
      const changes = kind === 'lose the answer' ? { hangSeconds: 1.5 } : {};
      const options2 = { ...options, ...changes, workers: 2, chunkBlocks: 2, judged: judged(70) };
      const result = await run(fakePlan({ blocks: 101, faults }), options2).result;
      expect(result.hash).toBe(await expected(plan, first(70)).hash());
      expect(result.retries).toBeGreaterThanOrEqual(3);
    },
  );

  it('keeps to its prefixes when it is paused, and when workers come and go', async () => {
    const running = run(fakePlan({ blocks: 101, sliceMs: 1 }), { ...options, workers: 1, judged: judged(70) });
    await running.pause();
    running.setWorkers(3);
    await running.resume();
    expect((await running.result).hash).toBe(await expected(plan, first(70)).hash());
  });

  it('is not complete when it is ended while the judge is thinking', async () => {
    let thinking = () => {};
    const begun = new Promise<void>((resolve) => {
      thinking = resolve;
    });
    const judge = () => {
      thinking();
      return new Promise<never>(() => {});
    };
    const running = run(plan, { ...options, workers: 2, judged: { prefixes, judge } });
    await begun;
    running.abort();
    expect(await running.result).toMatchObject({ complete: false, particles: { done: 48, total: plan.particles } });
  });

  it('fails with its judge', async () => {
    const judge = () => {
      throw new RangeError('no opinion');
    };
    await expect(run(plan, { ...options, workers: 1, judged: { prefixes, judge } }).result).rejects.toThrow(
      'no opinion',
    );
  });

  it('tells how far it is by what the judge expects, at a prefix', async () => {
    const totals = new Set<number>();
    const slow = fakePlan({ blocks: 101, sliceMs: 2 });
    const running = run(slow, { ...options, workers: 1, chunkBlocks: 1, judged: judged(70) });
    totals.add(running.progress.particlesTotal);
    for await (const _ of running) totals.add(running.progress.particlesTotal);
    // Before anything is known the first prefix, then the one that holds 50 blocks.
    expect([...totals]).toEqual([3 * 16, 70 * 16]);
  });

  it.each([
    [[3, 3, 101], '3, 3, 101 cannot be judged at'],
    [[3, 70], '3, 70 cannot be judged at'],
    [[0, 101], '0, 101 cannot be judged at'],
    [[], 'none cannot be judged at'],
  ])('refuses prefixes that are none: %j', (wrong, words) => {
    const judge = () => ({ enough: true });
    expect(() => run(plan, { ...options, judged: { prefixes: wrong, judge } })).toThrow(words);
    expect(() => run(plan, { ...options, onlyBlock: 3, judged: { prefixes, judge } })).toThrow('no single block');
  });
});
