import { beforeAll, describe, expect, it } from 'vitest';
import {
  BlockSet,
  type Judged,
  joined,
  planHash,
  type RunOptions,
  type RunState,
  run,
  shareOf,
} from '../../src/engine/index.js';
import { bundled } from './build.js';
import { expected, type FakePlan, fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

let options: RunOptions;

beforeAll(async () => {
  options = { wasm: EMPTY_KERNEL, workerUrl: await bundled('fakeWorker', 'runState') };
});

/** A plan with a block that never ends until `disarmed`: no run of it is over before it is stopped, however late that is. */
const endless = (changes: Partial<FakePlan>) =>
  fakePlan({ ...changes, faults: [{ kind: 'hang', at: changes.blocks! >> 1, times: 99 }] });
const disarmed = (plan: FakePlan) => new Int32Array(plan.struck).fill(99);

/** Runs until so many blocks are done, and gives what there is then. */
async function begun(plan: FakePlan, blocks: number, more: Partial<RunOptions> = {}): Promise<RunState> {
  const running = run(plan, { ...options, workers: 2, chunkBlocks: plan.strata ?? 1, ...more });
  while (running.state().blocks.count < blocks) await new Promise((resolve) => setTimeout(resolve, 2));
  running.abort();
  await running.result;
  return running.state();
}

describe('a run that goes on from a state', () => {
  it.each([
    ['plain', endless({ blocks: 101, sliceMs: 1 })],
    ['stratified', endless({ blocks: 100, strata: 4, sliceMs: 1 })],
    ['with blocks ahead', endless({ blocks: 101, ahead: 3, sliceMs: 1 })],
  ])('ends with the hash of one that was not stopped: %s', async (_, plan) => {
    const whole = await expected(plan).hash();
    let from: RunState | undefined;
    for (const share of [0.3, 0.7]) {
      from = await begun(plan, share * plan.blocks, { from });
      expect(from.blocks.count).toBeGreaterThan(share * plan.blocks - 1);
      expect(from.blocks.count % (plan.strata ?? 1)).toBe(0);
      expect(await from.tallies.hash()).toBe(await expected(plan, from.blocks).hash());
    }
    disarmed(plan);
    const running = run(plan, { ...options, workers: 3, from });
    const result = await running.result;
    expect(result).toMatchObject({ complete: true, hash: whole, steps: 200 * plan.blocks });
    expect(result.particles.done).toBe(plan.particles);
    // It computed what was left, and the state is its own.
    expect(from?.blocks.count).toBeLessThan(plan.blocks);
    expect(result.seconds).toBeGreaterThan(from?.seconds ?? 0);
    // With nothing left to do no worker starts.
    const again = await run(plan, { ...options, from: running.state() }).result;
    expect(again).toMatchObject({ complete: true, hash: whole, workers: 0 });
  });

  it('keeps its numerical faults', async () => {
    const plan = fakePlan({ blocks: 64, particles: 2e6, blockSize: 31250 });
    const faults = [{ kind: 'numerical' as const, at: 5, times: 2 }];
    const begunSo = await begun({ ...plan, faults, struck: new SharedArrayBuffer(4) }, 40, { workers: 1 });
    const from = { ...begunSo, plan: planHash(plan) };
    const result = await run(plan, { ...options, from }).result;
    expect(result.warnings).toEqual(['particles: 1 failed numerically and is left out, in block 5']);
  });

  it('goes by what its judge remembered', async () => {
    const plan = endless({ blocks: 101, sliceMs: 1 });
    const seen: unknown[] = [];
    const judged = (remembered: number[]): Judged => ({
      prefixes: [3, 33, 70, 101],
      judge({ blocks }) {
        remembered.push(blocks.count);
        seen.push([...remembered]);
        return { enough: remembered.length === 3 };
      },
      memory: () => [...remembered],
    });
    const from = await begun(plan, 40, { judged: judged([]) });
    expect(from.judged).toEqual({ prefix: 2, memory: [3, 33] });
    disarmed(plan);
    const result = await run(plan, { ...options, from, judged: judged([...((from.judged?.memory ?? []) as number[])]) })
      .result;
    expect(seen.at(-1)).toEqual([3, 33, 70]);
    expect(result.hash).toBe(await expected(plan, Array(70).keys()).hash());
    expect(() => run(plan, { ...options, from })).toThrow(/state: is of a run to a precision/);
    const beyond = { ...from, judged: { prefix: 4 } };
    expect(() => run(plan, { ...options, from: beyond, judged: judged([]) })).toThrow(/prefix 4 is none/);
  });

  it('is refused where the state is none of its plan', async () => {
    const plan = endless({ blocks: 64 });
    const from = await begun(plan, 5, { workers: 1 });
    expect(() => run(fakePlan({ blocks: 65 }), { ...options, from })).toThrow(
      "state: is of 64 blocks (must be of the run's 65)",
    );
    expect(() => run(plan, { ...options, from, share: { from: 60, to: 64 } })).toThrow(
      /has block 0 \(must be 60 to 63\)/,
    );
    const stratified = fakePlan({ blocks: 64, strata: 4 });
    const odd = { ...from, plan: planHash(stratified), blocks: from.blocks.clone() };
    odd.blocks.add(63);
    odd.blocks.add(62);
    odd.blocks.add(61);
    expect(() => run(stratified, { ...options, from: odd })).toThrow(/is there in part/);
    // Of another run with as many blocks, of nothing, and of a copy that has lost what it was made of.
    expect(() => run(fakePlan({ blocks: 64, particles: 63 * 16 + 1 }), { ...options, from })).toThrow(
      /state: is of another run, with the plan [0-9a-f]{8} \(must be of [0-9a-f]{8}\)/,
    );
    for (const none of [{}, 'x', structuredClone({ ...from })])
      expect(() => run(plan, { ...options, from: none as RunState })).toThrow(
        'state: is none (must be what state() of a run gave)',
      );
    expect(() => run(plan, { ...options, from, onlyBlock: 0 })).toThrow('from: goes with no single block');
  });
});

describe('shares of a run', () => {
  it.each([
    [1, fakePlan({ blocks: 101 })],
    [3, fakePlan({ blocks: 100, strata: 4 })],
    [4, fakePlan({ blocks: 101, ahead: 5 })],
    [5, fakePlan({ blocks: 3 })],
  ])('%i of them make the whole', async (of, plan) => {
    const parts: RunState[] = [];
    for (let index = of; index >= 1; index--) {
      const running = run(plan, { ...options, workers: 1, share: shareOf(plan, index, of) });
      const { complete, particles } = await running.result;
      expect(complete).toBe(true);
      expect(particles.total).toBe(particles.done);
      parts.push(running.state());
    }
    const from = parts.reduce(joined);
    const result = await run(plan, { ...options, from }).result;
    expect(result).toMatchObject({ complete: true, hash: await expected(plan).hash(), workers: 0 });
  });

  it('may have a fault that is one too many of their own particles alone', async () => {
    const faults = [{ kind: 'numerical' as const, at: 5, times: 2 }];
    const plan = fakePlan({ blocks: 64, particles: 2e6, blockSize: 31250, faults });
    const running = run(plan, { ...options, share: shareOf(plan, 1, 8) });
    expect((await running.result).complete).toBe(true);
    const part = running.state();
    expect(part.faults).toEqual({ count: 1, blocks: [5], more: false });
    // Of the whole run they are counted together.
    const other = { ...part, blocks: new BlockSet(64), faults: { count: 3, blocks: [8, 9, 10], more: false } };
    expect(joined(other, part).faults).toEqual({ count: 4, blocks: [8, 9, 10, 5], more: false });
    expect(() => joined(part, part)).toThrow('state: has block 0 (must not be in the other one too)');
  });
});
