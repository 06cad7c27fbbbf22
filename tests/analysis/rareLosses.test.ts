import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { interval } from '../../src/analysis/estimates.js';
import { rareLosses } from '../../src/analysis/rareLosses.js';
import { Sample } from '../../src/analysis/sample.js';
import type { AnalysisScenario, Estimate } from '../../src/analysis/types.js';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { blocksOfGroup, planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';
import { lostBefore } from '../validation/lostBefore.js';

const NU_T = 0.03;

function well(seed: number, count: number) {
  const scenario = parseScenario({
    seed,
    particles: { count, speed: '1e6 m/s', pitch: { kind: 'cosine', xi: 0 }, place: 'midplane' },
    field: { kind: 'uniform', B: '1 T', length: '2 m' },
    collisions: { rate: '1 /s' },
    boundary: { kind: 'cone', ratio: 2 },
    motion: 'homogeneous',
    times: { count: 12, until: `${NU_T} s` },
    rare: 'auto',
    tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 6 } },
  });
  return { scenario, plan: planRun(scenario) };
}

function lossesOf(seed: number, { scenario, plan: planned }: ReturnType<typeof well>) {
  const plan = { ...planned, seed: `${seed}` };
  const runner = new BlockRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (let group = 0; group < plan.groups; group++) {
    for (const block of blocksOfGroup(plan, group)) for (const _ of runner.runBlock(block));
    tallies.add(group, runner.collect());
  }
  return { scenario, plan, tallies, losses: rareLosses(new Sample(plan, tallies), scenario) };
}

describe('probability of a loss, from tallies made by hand', () => {
  const { scenario, plan } = well(1, 64);
  const bins = 6;
  const levels = plan.reference.rareLevels;

  function handMade(put: (losses: Uint32Array) => void) {
    const tallies = new Tallies(plan.tallies, plan.groups);
    for (let g = 0; g < plan.groups; g++) {
      const chunk = Object.fromEntries(
        plan.tallies.map(({ name, kind, shape }) => {
          const size = shape.reduce((product, n) => product * n, 1);
          return [name, kind === 'count' ? new Uint32Array(size) : new BigInt64Array(size)];
        }),
      );
      (chunk.trapped as Uint32Array)[0] = 2;
      put(chunk.rareLosses as Uint32Array);
      tallies.add(g, chunk);
    }
    return rareLosses(new Sample(plan, tallies), scenario)!;
  }

  it('is the sum of weights over particles, by side and by time', () => {
    const found = handMade((losses) => {
      losses[(1 * 2 + 0) * bins + 2] = 1; // level 1, left: 1/2
      losses[(3 * 2 + 1) * bins + 4] = 2; // level 3, right: 2/8
    });
    expect(levels).toBeGreaterThan(3);
    expect(found.lossProbabilityLeft).toMatchObject({ value: 0.25, standardError: 0, unit: '1', degreesOfFreedom: 31 });
    expect(found.lossProbabilityRight.value).toBe(0.125);
    expect(found.lossProbability.value).toBe(0.375);
    expect([...found.lossProbabilityCurve.value]).toEqual([0, 0, 0, 0.25, 0.25, 0.375, 0.375]);
    expect(found.lossProbabilityCurve.x).toHaveLength(bins + 1);
    expect(found.lossProbability.note).toBe(`96 lost branches of ${levels} levels`);
  });

  it('is none where no branch was lost, and says so', () => {
    const { lossProbability } = handMade(() => {});
    expect(lossProbability.value).toBeNaN();
    expect(lossProbability.note).toBe('no branch was lost: rarer than this number of particles shows');
  });

  it('knows the exact course, and is not there without splitting', () => {
    const { lossProbability, lossProbabilityCurve } = handMade(() => {});
    expect(lossProbability.reference! / lostBefore(2, NU_T)).toBeCloseTo(1, 5);
    expect(lossProbabilityCurve.reference![5] / lostBefore(2, (NU_T * 5) / 6)).toBeCloseTo(1, 5);
    expect(lossProbabilityCurve.reference![0]).toBeNaN();
    const none = { ...plan, reference: { ...plan.reference, rareLevels: 0 } };
    expect(rareLosses(new Sample(none, new Tallies(plan.tallies, 32)), scenario)).toBeUndefined();
  });
});

it('quotes errors that are right: bias, spread and coverage over 200 small runs', () => {
  const exact = lostBefore(2, NU_T);
  expect(exact).toBeLessThan(3e-3);
  const found: Estimate[] = [];
  const small = well(1, 640);
  for (let seed = 1; seed <= 200; seed++) found.push(lossesOf(seed, small).losses!.lossProbability);
  const n = found.length;
  const mean = found.reduce((sum, { value }) => sum + value, 0) / n;
  const variance = found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (n - 1);
  const quoted = found.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / n;
  expect(Math.abs(mean - exact) / Math.sqrt(variance / n)).toBeLessThan(5);
  // negative control: a tenth would be seen
  expect(Math.abs(1.1 * mean - exact) / Math.sqrt(variance / n)).toBeGreaterThan(5);
  // spread and coverage of n runs scatter by 1/sqrt(2 n) and sqrt(0.95 0.05/n)
  expect(Math.abs(Math.sqrt(variance / quoted) - 1)).toBeLessThan(5 / Math.sqrt(2 * n));
  const covered = found.filter((one) => {
    const [low, high] = interval(one);
    return low < exact && exact < high;
  }).length;
  expect(Math.abs(covered / n - 0.95)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / n));
});

it('stands beside the other estimates of a run', () => {
  const { scenario, plan, tallies, losses } = lossesOf(1, well(1, 2000));
  const all = estimate(scenario as AnalysisScenario, plan, tallies);
  expect(all.lossProbability).toEqual(losses!.lossProbability);
  expect(all.lossProbability?.note).toMatch(/^\d+ lost branches of \d+ levels; relative error [\d.]+ %$/);
});
