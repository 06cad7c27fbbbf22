import { beforeAll, describe, expect, it } from 'vitest';
import { type RunOptions, run } from '../../src/engine/run.js';
import { bundled } from './build.js';
import { expected, type FakePlan, type FaultKind, fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

let options: RunOptions;

beforeAll(async () => {
  options = { wasm: EMPTY_KERNEL, workerUrl: await bundled('fakeWorker', 'determinism') };
});

describe('a run', () => {
  const plan = fakePlan({ blocks: 101 });

  it.each([
    [1, [1, Number.POSITIVE_INFINITY]],
    [2, [1, 3]],
    [3, [2, Number.POSITIVE_INFINITY]],
    [7, [1, undefined]],
  ])('has the same bits with %i workers, whatever the chunks', async (workers, chunks) => {
    const hash = await expected(plan).hash();
    for (const chunkBlocks of chunks) {
      const result = await run(plan, { ...options, workers, chunkBlocks }).result;
      expect(result).toMatchObject({ hash, complete: true, retries: 0, warnings: [], steps: 101 * 200 });
      expect(result.particles).toEqual({ done: plan.particles, total: plan.particles });
      expect(result.blocks.count).toBe(101);
      expect(result.workers).toBeLessThanOrEqual(workers);
    }
  });

  it('has the same bits when chunks end in another order than they began', async () => {
    // Worker 0 is held up by its first block while the others run ahead.
    const slow = fakePlan({ blocks: 101, faults: [{ kind: 'hang', at: 0, times: 1 }] });
    const result = await run(slow, { ...options, workers: 3, chunkBlocks: 1, hangSeconds: 1.5 }).result;
    expect(result.hash).toBe(await expected(plan).hash());
    expect(result.retries).toBeGreaterThanOrEqual(1);
  });

  it('has other bits when one block is another', async () => {
    const result = await run(plan, { ...options, workers: 2 }).result;
    const others = [...Array(100).keys(), 101];
    expect(result.hash).not.toBe(await expected(plan, others).hash());
    expect(result.tallies.integers('sums')).toEqual(expected(plan).integers('sums'));
    expect(result.tallies.integers('sums', 31)).toEqual(expected(plan).integers('sums', 31));
  });

  it('says where it comes from', async () => {
    const { provenance } = await run(plan, { ...options, workers: 1, provenance: { version: '9.9.9' } }).result;
    expect(provenance.version).toBe('9.9.9');
    expect(provenance.runtime).toContain(process.version.slice(1));
    expect(provenance.kernelHash).toBe('93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476');
    expect(Math.abs(Date.now() - Date.parse(provenance.started))).toBeLessThan(60_000);
  });
});

describe('a worker that fails', () => {
  const kinds: FaultKind[] = [
    'exit',
    'throw',
    'trap',
    'hang',
    'spin in place',
    'uncaught',
    'die at the end',
    'die after the end',
    'lose the answer',
    'undeliverable',
    'not cloneable',
    'wrong shape',
    'missing tally',
    'throw at the end',
    'trap at the end',
    'hang at the end',
  ];

  it.each(kinds)('changes no bit: %s', async (kind) => {
    const faults = [
      { kind, at: 17, times: 1 },
      { kind, at: 40, times: 1 },
    ];
    const plan = fakePlan({ faults });
    const hangs = /^hang/.test(kind) || kind === 'spin in place' || kind === 'lose the answer';
    const changes = hangs ? { hangSeconds: 1.5 } : {};
    const result = await run(plan, { ...options, ...changes, workers: 2, chunkBlocks: 2 }).result;
    expect(result.hash).toBe(await expected(plan).hash());
    expect(result.complete).toBe(true);
    expect([...new Int32Array(plan.struck)].every((times) => times >= 1)).toBe(true);
    // One that dies after its last answer takes nothing with it, or at most the chunk it was just given.
    if (kind === 'die after the end') expect(result.retries).toBeLessThanOrEqual(2);
    // On a crowded machine a healthy worker may seem to hang for so short a time.
    else if (hangs) expect(result.retries).toBeGreaterThanOrEqual(2);
    else expect(result.retries).toBe(2);
  });

  it('changes no bit when it is the only one', async () => {
    const plan = fakePlan({ blocks: 40, faults: [{ kind: 'exit', at: 39, times: 1 }] });
    const result = await run(plan, { ...options, workers: 1, chunkBlocks: 1 }).result;
    expect(result.hash).toBe(await expected(plan).hash());
    expect(result).toMatchObject({ retries: 1, workers: 1 });
  });

  it.each(['exit', 'throw', 'trap', 'hang', 'undeliverable', 'wrong shape', 'trap at the end'] as FaultKind[])(
    'twice at one block stops the run with the line that replays it: %s',
    async (kind) => {
      const plan: FakePlan = fakePlan({ faults: [{ kind, at: 17, times: 99 }] });
      const changes = kind === 'hang' ? { hangSeconds: 1.5 } : {};
      const running = run(plan, { ...options, ...changes, workers: 2, chunkBlocks: 2 });
      await expect(running.result).rejects.toMatchObject({
        name: 'BlockError',
        code: 'BLOCK_FAILED',
        block: 17,
        replay: 'losscone run SCENARIO --replay-block 17',
        message: expect.stringMatching(/^block 17: failed twice, last with '.+'; replay it with: losscone run .* 17$/),
      });
      expect(running.progress.workersAlive).toBe(0);
    },
  );

  it('keeps the name and the words of what was thrown', async () => {
    const plan = fakePlan({ faults: [{ kind: 'throw', at: 17, times: 99 }] });
    const running = run(plan, {
      ...options,
      workers: 1,
      replay: (block) => `losscone run a.yaml --replay-block ${block}`,
    });
    await expect(running.result).rejects.toThrow(
      "block 17: failed twice, last with 'RangeError: injected'; replay it with: losscone run a.yaml --replay-block 17",
    );
  });

  it('at one block after the other does not stop the run', async () => {
    const faults = [...Array(12).keys()].map((at) => ({ kind: 'throw' as const, at, times: 1 }));
    const plan = fakePlan({ faults });
    const result = await run(plan, { ...options, workers: 2 }).result;
    expect(result).toMatchObject({ hash: await expected(plan).hash(), retries: 12 });
  });
});

describe('a block that is replayed', () => {
  it('runs alone', async () => {
    const plan = fakePlan();
    const result = await run(plan, { ...options, onlyBlock: 17 }).result;
    expect(result.hash).toBe(await expected(plan, [17]).hash());
    expect(result).toMatchObject({ complete: false, particles: { done: 16 }, workers: 1 });
    expect([...result.blocks]).toEqual([17]);
  });

  it('must be one of the run', () => {
    expect(() => run(fakePlan(), { ...options, onlyBlock: 64 })).toThrow(
      'block: 64 is none of this run (must be 0 to 63)',
    );
  });
});

describe('numerical faults', () => {
  const million = { particles: 1_048_576, blockSize: 16_384 };
  const at = (...blocks: number[]) => blocks.map((block) => ({ kind: 'numerical' as const, at: block, times: 99 }));

  it.each([1, 5, Number.POSITIVE_INFINITY])(
    'above one in a million stop the run and are placed: chunks of %d',
    async (chunkBlocks) => {
      const plan = fakePlan({ blocks: 640, faults: at(17 + 32 * 9) });
      await expect(run(plan, { ...options, workers: 2, chunkBlocks }).result).rejects.toMatchObject({
        code: 'NUMERICAL_FAULT',
        faults: 1,
        blocks: [305],
        message:
          'particles: 1 of 10240 failed numerically (must be at most 1 in 1e6; a shorter motion.step or a smaller tolerance ' +
          'may help), in block 305; look into the first with: losscone run SCENARIO --replay-block 305',
      });
    },
  );

  it('up to one in a million are tolerated and told', async () => {
    const plan = fakePlan({ ...million, faults: at(17) });
    const result = await run(plan, { ...options, workers: 1, chunkBlocks: 2 }).result;
    expect(result.tallies.total('fates')[4]).toBe(1);
    expect(result.warnings).toEqual(['particles: 1 failed numerically and is left out, in block 17']);
    expect(result).toMatchObject({ retries: 0, complete: true, steps: 64 * 200 });
    expect(result.hash).toBe((await run(plan, { ...options, workers: 3, chunkBlocks: 1 }).result).hash);
  });

  it('are judged by the particles that were run where a run ends early', async () => {
    const aborted = async (faults: number[]) => {
      const plan = fakePlan({ particles: 6.4e6, blockSize: 1e5, slices: 3, sliceMs: 50, faults: at(...faults) });
      const running = run(plan, { ...options, workers: 1, chunkBlocks: 1 });
      for await (const partial of running) if (partial.blocks.count >= 2) running.abort();
      return running.result;
    };
    const one = await aborted([0]);
    expect(one).toMatchObject({ complete: false, warnings: [expect.stringContaining('in block 0')] });
    await expect(aborted([0, 1])).rejects.toMatchObject({ code: 'NUMERICAL_FAULT', faults: 2 });
  });
});
