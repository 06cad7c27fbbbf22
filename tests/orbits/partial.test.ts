/** Orbits in space as they come in. */
import { describe, expect, it } from 'vitest';
import { BlockSet } from '../../src/engine/blockSet.js';
import { Tallies } from '../../src/engine/tallies.js';
import { PartialOrbitResult, parseOrbits, runOrbits } from '../../src/index.js';
import { OrbitRunner } from '../../src/kernel/index.js';
import { drawable, drawOne, figureList } from '../../src/lab/session/figures.js';
import { numberRows } from '../../src/lab/session/numbers.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { kernelModule } from '../kernel/load.js';
import { near, refuted } from '../random.js';

const workerUrl = new URL('../../dist/worker.js', import.meta.url);
const scenario = parseOrbits({
  motion: 'fullOrbit',
  field: { kind: 'bottle', B: '0.5 T', scale: '1 m' },
  particles: { count: 1024, energy: '10 keV', place: ['0.2 m', '0 m', '0 m'] },
  times: { until: '2 us', count: 4 },
  outputs: { trajectories: { particles: 2, every: '20 ns' } },
});
const plan = planOrbits(scenario);

/** What there is once these blocks are done. */
function partOf(blocks: readonly number[]): PartialOrbitResult {
  const runner = new OrbitRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (const block of blocks) {
    for (const _ of runner.runBlock(block)) {
    }
    tallies.add(block % plan.groups, runner.collect());
  }
  const done = blocks.filter((block) => block * plan.blockSize < plan.particles).length * plan.blockSize;
  const particles = { done, total: plan.particles };
  const blockSet = new BlockSet(plan.blocks);
  return new PartialOrbitResult(scenario, {
    plan,
    tallies,
    complete: false,
    particles,
    blocks: blockSet,
    steps: 1,
    seconds: 1,
  });
}
const paths = [plan.blocks - 2, plan.blocks - 1];

describe('a run of orbits under way', () => {
  it('ends with the bits of one that nobody looked at, whatever became of its workers', async () => {
    const running = runOrbits(scenario, { workers: 1, workerUrl });
    const done: number[] = [];
    for await (const part of running) {
      expect(part).toBeInstanceOf(PartialOrbitResult);
      expect(part.scenario).toBe(scenario);
      done.push(part.particles.done);
      running.setWorkers(2);
    }
    expect(done.length).toBeGreaterThan(0);
    expect(done.toSorted((a, b) => a - b)).toEqual(done);
    expect(() => running.setWorkers(0)).not.toThrow(); // it is over
    const result = await running.result;
    expect(result).toBeInstanceOf(PartialOrbitResult);
    expect(result.particles.done).toBe(1024);
    expect(result.hash).toBe((await runOrbits(scenario, { workers: 1, workerUrl }).result).hash);
  });

  it('refuses a number of workers that is none', async () => {
    const running = runOrbits(scenario, { workers: 1, workerUrl });
    expect(() => running.setWorkers(0)).toThrow('workers: 0 is no number of workers');
    running.abort();
    expect((await running.result).complete).toBe(false);
  });

  it('has numbers within their errors, paths and figures of a part of its particles', async () => {
    const all = Array.from({ length: plan.blocks }, (_, block) => block);
    const whole = partOf(all).estimates.meanMuStart;
    const part = partOf([...paths, ...all.slice(0, 16)]);
    const { value, standardError, degreesOfFreedom } = part.estimates.meanMuStart;
    near([{ value, error: standardError, reference: whole.value }], 'mu', degreesOfFreedom);
    refuted((value - 1.5 * whole.value) / standardError, 'half as much again', degreesOfFreedom);
    expect(standardError).toBeGreaterThan(1.2 * whole.standardError);
    expect(part.trajectories.map(({ particle }) => particle)).toEqual([0, 1]);
    const drawn = drawable(part);
    const figures = await figureList(drawn);
    expect(figures.map(({ name }) => name)).toContain('orbit-path');
    expect((await drawOne(drawn, 'orbit-mu-spread', 640))?.svg).toMatch(/^<svg /);
    expect((await drawOne(drawn, 'orbit-path', 640))?.svg).not.toContain('interrupted');
  });

  it('has no numbers before two groups have particles, and says so', () => {
    for (const blocks of [[], paths, [0]]) {
      const part = partOf(blocks);
      const rows = numberRows(part.estimates);
      expect(rows.filter(({ value }) => Number.isFinite(value))).toEqual([]);
      expect(part.trajectories).toHaveLength(blocks === paths ? 2 : 0);
    }
    expect(partOf([0]).estimates.meanMuStart.note).toBe('needs particles in two groups or more');
  });
});
