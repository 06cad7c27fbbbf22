import { expect, it } from 'vitest';
import type * as Losscone from '../../src/index.js';
import { cpuTime } from '../cpu.js';
import { small } from '../small.js';

// What a program imports: the built library, not its sources.
const built = '../../dist/index.js';
const {
  EngineError,
  MemoryError,
  NumericalFaultError,
  PlanError,
  parseScenario,
  presets,
  run,
  ScenarioError,
}: typeof Losscone = await import(built);

const scenario = parseScenario(small);
const larger = parseScenario(small.replace('count: 20000', 'count: 2000000'));
const whole = await run(scenario).result;

it('gives estimates with errors and units, and distributions with axes', () => {
  expect(whole.complete).toBe(true);
  expect(whole.particles).toEqual({ done: 20_000, total: 20_000 });
  expect(whole.lossRate).toBe(whole.estimates.lossRate);
  expect(whole.lossRate).toMatchObject({ unit: '1/s' });
  expect(whole.lossRate.value).toBeGreaterThan(0);
  expect(whole.lossRate.standardError).toBeGreaterThan(0);
  const { f, shape, axes } = whole.distribution;
  expect(f).toHaveLength(shape.reduce((product, n) => product * n));
  expect(axes.map((axis) => axis.name)).toEqual(['time', 'speed', 'xi']);
  expect(whole.provenance.kernelHash).toMatch(/^[0-9a-f]{64}$/);
});

it('yields partial results on the way, the last of them whole', async () => {
  const running = run(scenario, { workers: 1 });
  let done = 0;
  for await (const partial of running) {
    expect(partial.particles.done).toBeGreaterThan(done);
    done = partial.particles.done;
    expect(partial.complete).toBe(done === 20_000);
    expect(partial.estimates.survival.value[0]).toBe(1);
  }
  expect(done).toBe(20_000);
});

it('gives the same bits after a pause and with another number of workers', async () => {
  const running = run(scenario, { workers: 1 });
  await running.pause();
  expect(running.progress.paused).toBe(true);
  running.setWorkers(3);
  await running.resume();
  const result = await running.result;
  expect(result.hash).toBe(whole.hash);
});

it.each(['abort', 'signal'] as const)('ends early by %s, with what is finished', async (way) => {
  const controller = new AbortController();
  const running = run(larger, { signal: controller.signal });
  for await (const _ of running) {
    if (way === 'abort') running.abort();
    else controller.abort();
  }
  const result = await running.result;
  expect(result.complete).toBe(false);
  expect(result.particles.done).toBeGreaterThan(0);
  expect(result.particles.done).toBeLessThan(2_000_000);
  expect(result.hash).not.toBe(whole.hash);
  expect(result.estimates.trappedFraction.value).toBeCloseTo(0.894, 1);
});

it('starts nothing where the signal is there already', async () => {
  const result = await run(larger, { signal: AbortSignal.abort() }).result;
  expect(result).toMatchObject({ complete: false, particles: { done: 0 }, workers: 0 });
});

it('refuses what does not fit in memory, and options out of range', async () => {
  await expect(run(scenario, { memoryLimit: 1e6 }).result).rejects.toThrow(MemoryError);
  expect(() => run(scenario, { workers: 0 })).toThrow(EngineError);
  expect(() => run(scenario, { workers: 1.5 })).toThrow(/workers: 1\.5 is no number of workers/);
});

it('refuses what is no scenario, and no signal or listener', () => {
  for (const wrong of [null, 'mirror', {}, { particles: { count: 3 } }, presets[0]])
    expect(() => run(wrong as never)).toThrow('scenario: is not a validated one (must be what parseScenario returns)');
  expect(() => run(scenario, { signal: {} as never })).toThrow(/^signal: .*AbortSignal/);
  expect(() => run(scenario, { onProgress: 5 as never })).toThrow(/^onProgress: is no function/);
});

it('throws a PlanError where the physics lacks what a scenario asks for', () => {
  const uniform = {
    field: { kind: 'uniform', B: '1 T', length: '1 m' },
    boundary: 'none',
    collisions: 'none',
  } as const;
  expect(() => run(parseScenario({ ...uniform, times: { bounces: 3 } }))).toThrow(PlanError);
});

it('refuses tallies that no machine holds, at once and with its own error', async () => {
  const tallies = { speed: { bins: 512 }, xi: { bins: 4096 }, s: { bins: 4096 } };
  const huge = parseScenario({ particles: { temperature: '1 keV' }, times: { count: 10_000, until: '1 ms' }, tallies });
  const start = cpuTime();
  await expect(run(huge).result).rejects.toThrow(/^memory: the run needs .*reduce the largest tally .*4096 xi/);
  expect(cpuTime() - start).toBeLessThan(2000);
});

it('names the class of a run whose particles fail', async () => {
  // driven without end along a ring, until they are faster than the plan allows
  const torn = parseScenario({
    particles: { count: 70_000, energy: '1 keV' },
    field: { kind: 'uniform', B: '1 T', length: '2 m' },
    parallelField: { profile: { kind: 'uniform', E: '50 kV/m' }, time: { kind: 'constant' } },
    collisions: 'none',
    boundary: 'periodic',
    times: { count: 5, until: '10 us' },
  });
  const failure = await run(torn).result.catch((error: Error) => error);
  expect(failure).toBeInstanceOf(NumericalFaultError);
  expect((failure as Error).message).toMatch(
    /in block \d+; look into the first with: losscone run .*--replay-block \d+$/,
  );
});

it('throws every fault of a scenario', () => {
  expect(() => parseScenario({ seed: -1, field: { kind: 'parabolic', ratio: 0.5 } })).toThrow(ScenarioError);
  try {
    parseScenario({ seed: -1, field: { kind: 'parabolic', ratio: 0.5 } });
  } catch (error) {
    const { faults } = error as InstanceType<typeof ScenarioError>;
    expect(faults.map(({ path }) => path).sort()).toEqual(['field.ratio', 'seed']);
  }
});

it('has presets that all parse', () => {
  expect(presets.length).toBeGreaterThanOrEqual(5);
  for (const { name, yaml } of presets) expect(parseScenario(yaml).name).toBe(name);
});

it('tells where a worker cannot be found', async () => {
  await expect(run(scenario, { workerUrl: 'file:///nowhere/worker.js' }).result).rejects.toThrow(/worker: .*workerUrl/);
});
