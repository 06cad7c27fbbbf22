import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { rareLosses } from '../../src/analysis/rareLosses.js';
import { Sample } from '../../src/analysis/sample.js';
import type { AnalysisScenario } from '../../src/analysis/types.js';
import { Tallies } from '../../src/engine/tallies.js';
import { lostBefore } from '../validation/lostBefore.js';
import { lossesOf, NU_T, well } from './rareWell.js';

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

it('stands beside the other estimates of a run', () => {
  const { scenario, plan, tallies, losses } = lossesOf(1, well(1, 2000));
  const all = estimate(scenario as AnalysisScenario, plan, tallies);
  expect(all.lossProbability).toEqual(losses!.lossProbability);
  expect(all.lossProbability?.note).toMatch(/^\d+ lost branches of \d+ levels; relative error [\d.]+ %$/);
});
