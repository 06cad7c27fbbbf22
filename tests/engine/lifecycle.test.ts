import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, type RunOptions, run } from '../../src/engine/run.js';
import { nodePlatform, type Platform } from '../../src/platform/index.js';
import { Fellow } from '../fellow.js';
import { telling } from '../product/carry.js';
import { bundled } from './build.js';
import { expected, type FakePlan, fakePlan } from './fakeRunner.js';
import { EMPTY_KERNEL } from './kernel.js';

let options: RunOptions;
let fellow: Fellow;
let allSpawned = 0;
let allGone = 0;

/** Node's platform, with its workers counted. */
function counting(): Platform & { spawned: number } {
  const platform = {
    ...nodePlatform,
    spawned: 0,
    spawn(url?: string | URL) {
      const worker = nodePlatform.spawn(url);
      platform.spawned++;
      allSpawned++;
      return {
        ...worker,
        async terminate() {
          await worker.terminate();
          allGone++;
        },
      };
    },
  };
  return platform;
}

beforeAll(async () => {
  fellow = new Fellow();
  options = { wasm: EMPTY_KERNEL, workerUrl: await bundled('fakeWorker', 'lifecycle'), platform: counting() };
});

afterAll(async () => {
  await fellow.end();
  expect(allSpawned).toBeGreaterThan(50);
  // One that still reads its script goes when it has.
  for (let turn = 0; turn < 300 && allGone < allSpawned; turn++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(allGone).toBe(allSpawned);
});

/** Blocks of 800 ms, so that an answer in a fraction of it shows that slices work. */
const longBlocks = (changes: Partial<FakePlan> = {}) => fakePlan({ slices: 200, sliceMs: 4, ...changes });
const shortBlocks = (changes: Partial<FakePlan> = {}) => fakePlan({ slices: 3, sliceMs: 2, ...changes });

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: () => boolean, ms = 50_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(5);
  }
}

const timed = (work: () => Promise<unknown>) => fellow.timed(work);

it('what takes longer than it may is noticed', async () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  // It may stand still for half of this.
  expect(await timed(async () => Atomics.wait(cell, 0, 0, 2000))).toBeGreaterThan(1000);
});

describe('pause and resume', () => {
  it('answer in the middle of a block, stop all progress and lose nothing', async () => {
    // A whole block takes 4 s.
    const plan = longBlocks({ blocks: 2, slices: 1000 });
    const running = run(plan, { ...options, workers: 2 });
    await until(() => running.progress.steps > 0);
    const [pauses, resumes]: number[][] = [[], []];
    for (let press = 0; press < 5; press++) {
      if (press > 0) resumes.push(await timed(() => running.resume()));
      pauses.push(await timed(() => running.pause()));
    }
    // What is promised; some may be held up by other people's work on the machine.
    for (const answers of [pauses, resumes]) expect(answers.toSorted((a, b) => a - b)[2]).toBeLessThan(100);
    expect(running.progress).toMatchObject({
      paused: true,
      stepsPerSecond: 0,
      secondsLeft: Number.POSITIVE_INFINITY,
    });
    const advance = async () => {
      const before = running.progress.steps;
      await sleep(250);
      return running.progress.steps - before;
    };
    await expect.poll(advance, { timeout: 20_000 }).toBe(0); // when what was on its way has arrived
    expect(running.progress.particlesDone).toBeLessThan(plan.particles);
    await running.resume();
    const result = await running.result;
    expect(result).toMatchObject({ complete: true, retries: 0, hash: await expected(plan).hash() });
  });

  it('a pause counts neither as a hang nor as time of the run', async () => {
    const plan = shortBlocks();
    const start = performance.now();
    const running = run(plan, { ...options, workers: 1, hangSeconds: 2 });
    await until(() => running.progress.steps > 0);
    await running.pause();
    await sleep(3000);
    await running.resume();
    const result = await running.result;
    expect(result.retries).toBe(0);
    expect(result.seconds).toBeLessThan((performance.now() - start) / 1000 - 2.9);
  });

  it('may be called at any time and twice', async () => {
    const plan = shortBlocks();
    const running = run(plan, { ...options, workers: 2 });
    await running.pause(); // before any worker is there
    await running.pause();
    await sleep(200);
    expect(running.progress.steps).toBe(0);
    await running.resume();
    await running.resume();
    expect((await running.result).hash).toBe(await expected(plan).hash());
    await running.pause();
    await running.resume();
    running.abort();
    running.setWorkers(3);
    expect((await running.result).complete).toBe(true);
  });
});

describe('blocks that are wanted ahead', () => {
  it('are begun first, and change no bit', async () => {
    const plan = fakePlan({ blocks: 20, ahead: 6 });
    const begun: number[] = [];
    const platform = telling(nodePlatform, ({ blocks }) => begun.push(...blocks));
    const result = await run(plan, { ...options, platform, workers: 2, chunkBlocks: 1 }).result;
    expect(begun).toEqual([14, 15, 16, 17, 18, 19, ...Array(14).keys()]);
    expect(result).toMatchObject({ complete: true, hash: await expected(plan).hash() });
  });
});

describe('abort', () => {
  async function checkAborted(plan: FakePlan, running: Running<FakePlan>): Promise<void> {
    expect(await timed(() => running.result)).toBeLessThan(1000);
    const result = await running.result;
    expect(result.complete).toBe(false);
    expect(result.blocks.count).toBeLessThan(plan.blocks);
    expect(result.particles).toEqual({ done: 16 * result.blocks.count, total: plan.particles });
    expect(result.hash).toBe(await expected(plan, result.blocks).hash());
    expect(result.tallies.total('fates')[1]).toBe(result.particles.done);
  }

  it('gives within a second the chunks that are finished', async () => {
    const plan = shortBlocks({ blocks: 5000 });
    const running = run(plan, { ...options, workers: 2, chunkBlocks: 3 });
    await until(() => running.progress.particlesDone > 16 * 20);
    running.abort();
    await checkAborted(plan, running);
    expect((await running.result).blocks.count).toBeGreaterThan(10);
  });

  it('does so in the middle of long blocks, also while paused', async () => {
    for (const paused of [false, true]) {
      const plan = longBlocks();
      const running = run(plan, { ...options, workers: 2 });
      await until(() => running.progress.steps > 0);
      if (paused) await running.pause();
      running.abort();
      await checkAborted(plan, running);
    }
  });

  it('does so while a worker hangs', async () => {
    const plan = longBlocks({ faults: [{ kind: 'hang', at: 0, times: 9 }] });
    const running = run(plan, { ...options, workers: 2 });
    await until(() => new Int32Array(plan.struck)[0] > 0);
    running.abort();
    await checkAborted(plan, running);
  });

  it('comes by a signal, also one that was given before', async () => {
    const platform = counting();
    const plan = shortBlocks();
    await checkAborted(plan, run(plan, { ...options, platform, signal: AbortSignal.abort() }));
    expect(platform.spawned).toBe(0);
    const controller = new AbortController();
    const running = run(longBlocks(), { ...options, workers: 1, signal: controller.signal });
    await until(() => running.progress.steps > 0);
    controller.abort();
    await checkAborted(plan, running);
  });
});

describe('the number of workers', () => {
  it('changes on the way, up and down, and no bit with it', async () => {
    const plan = shortBlocks({ blocks: 20_000 }); // more than it comes to
    const running = run(plan, { ...options, workers: 1, chunkBlocks: 1 });
    await until(() => running.progress.steps > 0);
    expect(running.progress.workersAlive).toBe(1);
    running.setWorkers(3);
    await until(() => running.progress.workersAlive === 3);
    await until(() => running.progress.particlesDone > 16 * 60);
    running.setWorkers(1);
    await until(() => running.progress.workersAlive === 1);
    running.setWorkers(4);
    running.setWorkers(2);
    await until(() => running.progress.workersAlive === 2);
    const { particlesDone } = running.progress;
    await until(() => running.progress.particlesDone > particlesDone);
    running.abort();
    const result = await running.result;
    expect(result).toMatchObject({ retries: 0, hash: await expected(plan, result.blocks).hash() });
    expect(result.workers).toBeGreaterThanOrEqual(3);
  });

  it('is never more than there is work for', async () => {
    const platform = counting();
    const result = await run(fakePlan({ blocks: 2 }), { ...options, platform, workers: 7 }).result;
    expect(platform.spawned).toBe(2);
    expect(result.workers).toBe(2);
  });

  it('must be a number of workers', () => {
    for (const workers of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => run(fakePlan(), { ...options, workers })).toThrow(
        /^workers: .* \(must be an integer >= 1 or 'auto'\)$/,
      );
    }
    expect(() => run(fakePlan(), { ...options, hangSeconds: 0 })).toThrow(/^hangSeconds: 0 is out of range/);
  });
});

describe('partial results', () => {
  it('grow, are copies, and end with the whole', async () => {
    const plan = shortBlocks({ blocks: 600 });
    const running = run(plan, { ...options, workers: 2, chunkBlocks: 1 });
    const done: number[] = [];
    const hashes: Promise<string>[] = [];
    let last: Awaited<typeof running.result> | undefined;
    for await (const partial of running) {
      expect(partial.tallies.total('fates')[1]).toBe(partial.particles.done);
      expect(partial.particles.done).toBe(16 * partial.blocks.count);
      done.push(partial.particles.done);
      hashes.push(expected(plan, [...partial.blocks]).hash());
      last = partial as typeof last;
      expect(await partial.tallies.hash()).toBe(await hashes.at(-1));
    }
    expect(done.length).toBeGreaterThan(2);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(new Set(done).size).toBe(done.length);
    expect(last?.complete).toBe(true);
    expect(await last?.tallies.hash()).toBe((await running.result).hash);
  });

  it('a slow consumer gets the latest only and holds nothing up', async () => {
    const plan = shortBlocks({ blocks: 600 });
    const running = run(plan, { ...options, workers: 2, chunkBlocks: 1 });
    let seen = 0;
    let finished = false;
    running.result.then(() => {
      finished = true;
    });
    for await (const partial of running) {
      seen++;
      await until(() => finished);
      if (seen === 2) expect(partial.complete).toBe(true);
    }
    expect(seen).toBe(2);
  });

  it('a consumer that leaves does not stop the run; two may look on', async () => {
    const plan = shortBlocks({ blocks: 600 });
    const running = run(plan, { ...options, workers: 2, chunkBlocks: 1 });
    for await (const partial of running) {
      expect(partial.complete).toBe(false);
      break;
    }
    let again = 0;
    for await (const partial of running) again += partial.blocks.count > 0 ? 1 : 0;
    expect(again).toBeGreaterThan(0);
    expect((await running.result).hash).toBe(await expected(plan).hash());
    let afterwards = 0;
    for await (const partial of running) afterwards += partial.complete ? 1 : 0;
    expect(afterwards).toBe(1);
  });

  it('end with the error of a run that fails', async () => {
    const plan = fakePlan({ faults: [{ kind: 'throw', at: 3, times: 9 }] });
    const running = run(plan, { ...options, workers: 1 });
    const consume = async () => {
      for await (const partial of running) expect(partial.complete).toBe(false);
    };
    await expect(consume()).rejects.toMatchObject({ code: 'BLOCK_FAILED' });
    await expect(running.result).rejects.toMatchObject({ code: 'BLOCK_FAILED' });
  });
});

describe('progress', () => {
  it('is told as it goes and at the end', async () => {
    const plan = shortBlocks({ blocks: 600, stepsEstimate: 600 * 300 });
    const seen: Running['progress'][] = [];
    const running = run(plan, { ...options, workers: 2, onProgress: (progress) => seen.push(progress) });
    await running.result;
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toMatchObject({ particlesDone: 9600, particlesTotal: 9600, steps: 600 * 300, secondsLeft: 0 });
    const middle = seen.filter((progress) => progress.stepsPerSecond > 0 && progress.secondsLeft > 0);
    expect(middle.length).toBeGreaterThan(0);
    for (const { stepsPerSecond, secondsLeft } of middle) {
      expect(stepsPerSecond).toBeLessThan(2 * (1000 / 2) * 100 * 1.5); // two workers, a slice per 2 ms
      expect(secondsLeft).toBeLessThan(60);
    }
  });

  it('a listener that throws fails the run and leaks nothing', async () => {
    const onProgress = () => {
      throw new Error('from the listener');
    };
    await expect(run(longBlocks(), { ...options, workers: 1, onProgress }).result).rejects.toThrow('from the listener');
  });
});

describe('a worker without a sign of life', () => {
  it('is not one whose host was busy', async () => {
    const plan = shortBlocks();
    const running = run(plan, { ...options, workers: 2, hangSeconds: 2 });
    await until(() => running.progress.steps > 0);
    const end = performance.now() + 3000;
    while (performance.now() < end);
    const result = await running.result;
    expect(result).toMatchObject({ retries: 0, hash: await expected(plan).hash() });
  });
});

describe('workers that do not start', () => {
  const cases: [string, () => Promise<Partial<RunOptions>>, RegExp][] = [
    ['no such file', async () => ({ workerUrl: new URL('file:///nowhere/worker.mjs') }), /Cannot find module/],
    [
      'not even an address',
      async () => ({ workerUrl: 'not absolute' }),
      /must be either an absolute URL|absolute path/i,
    ],
    ['throws while loading', async () => ({ workerUrl: dataUrl('throw new Error("broken script")') }), /broken script/],
    ['exits while loading', async () => ({ workerUrl: dataUrl('process.exit(7)') }), /exited with code 7/],
    [
      'loads and is silent',
      async () => ({ workerUrl: dataUrl('setInterval(() => {}, 1000)'), startSeconds: 0.3 }),
      /no sign/,
    ],
  ];

  it.each(cases)('stop the run after three attempts (four where two were under way): %s', async (_, changes, words) => {
    const running = run(fakePlan(), { ...options, workers: 2, ...(await changes()) });
    const failure = await running.result.catch((error: Error) => error);
    expect(failure).toMatchObject({ name: 'WorkerStartError', code: 'WORKER_START' });
    expect((failure as Error).message).toMatch(words);
    expect((failure as Error).message).toMatch(/^worker: [34] attempts to start one failed/);
  });

  it('stop the run when the plan cannot be prepared, and not when it could after all', async () => {
    const never = fakePlan({ faults: [{ kind: 'throw', at: 'start', times: 99 }] });
    await expect(run(never, { ...options, workers: 2 }).result).rejects.toThrow(/RangeError: injected/);
    for (const kind of ['throw', 'exit', 'trap'] as const) {
      const twice = fakePlan({ faults: [{ kind, at: 'start', times: 2 }] });
      const result = await run(twice, { ...options, workers: 1 }).result;
      expect(result).toMatchObject({ hash: await expected(twice).hash(), retries: 0 });
    }
  });

  it.each(['hang', 'undeliverable'] as const)('are replaced, and do not outlive the run: %s', async (kind) => {
    const once = fakePlan({ faults: [{ kind, at: 'start', times: 1 }] });
    const started = run(once, { ...options, workers: 1, startSeconds: 3 });
    expect(await started.result).toMatchObject({ hash: await expected(once).hash(), retries: 0 });
    const always = fakePlan({ faults: [{ kind, at: 'start', times: 99 }] });
    const never = run(always, { ...options, workers: 1, startSeconds: 0.4 });
    await expect(never.result).rejects.toMatchObject({ code: 'WORKER_START' });
    const aborted = run(fakePlan({ faults: [{ kind, at: 'start', times: 99 }] }), { ...options, workers: 2 });
    await until(() => aborted.progress.workersAlive === 2);
    aborted.abort();
    expect(await timed(() => aborted.result)).toBeLessThan(1000);
    expect(aborted.progress.workersAlive).toBe(0);
  });

  it('leave the run to those that did', async () => {
    let starts = 0;
    const some = counting();
    const platform: Platform = {
      ...some,
      spawn: (url) => some.spawn(starts++ === 0 ? url : dataUrl('throw new Error("no room")')),
    };
    const plan = longBlocks({ slices: 30, blocks: 30 });
    const result = await run(plan, { ...options, platform, workers: 3 }).result;
    expect(result.hash).toBe(await expected(plan).hash());
    expect(result.warnings).toEqual([expect.stringMatching(/^workers: no more than 1 could be started \(.*no room/)]);
  });

  function dataUrl(script: string): URL {
    return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  }
});

describe('nothing to do', () => {
  it('is done at once', async () => {
    const platform = counting();
    const plan = fakePlan({ blocks: 0, particles: 0, stepsEstimate: 0 });
    const result = await run(plan, { ...options, platform }).result;
    expect(result).toMatchObject({ complete: true, steps: 0, workers: 0, particles: { done: 0, total: 0 } });
    for await (const _ of run(plan, { ...options, platform })) throw new Error('there is no partial result');
    expect(platform.spawned).toBe(0);
  });
});

describe('a kernel that is none', () => {
  it('fails the run', async () => {
    const wasm = Uint8Array.from([1, 2, 3, 4]);
    await expect(run(fakePlan(), { ...options, wasm }).result).rejects.toMatchObject({ code: 'BAD_KERNEL' });
  });
});

describe('memory', () => {
  it('that is not there refuses the run before a worker starts', async () => {
    const platform = counting();
    const plan = fakePlan({ memory: { perWorker: 1e9, host: 2e9 } });
    const running = run(plan, { ...options, platform, workers: 2, memoryLimit: 3e9 });
    const failure = await running.result.catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'MEMORY', needed: 4e9, allowed: 3e9 });
    expect(platform.spawned).toBe(0);
  });

  it("is respected by 'auto' and on the way", async () => {
    const plan = shortBlocks({ blocks: 600, memory: { perWorker: 1e9, host: 1e9 } });
    const running = run(plan, { ...options, platform: { ...counting(), cores: () => 5 }, memoryLimit: 2.5e9 });
    await until(() => running.progress.steps > 0);
    expect(running.progress.workersAlive).toBe(1);
    expect(() => running.setWorkers(2)).toThrow(/^memory: the run needs 3.00 GB/);
    expect((await running.result).complete).toBe(true);
  });
});
