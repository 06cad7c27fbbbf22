import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/analysis/fullOrbits/compare.js';
import { compareCounts } from '../../src/analysis/twoSample.js';
import { comparisonTable, comparisonText } from '../../src/results/comparison.js';
import type { OrbitInput } from '../../src/scenario/orbits/schema.js';
import { KOLMOGOROV_LIMIT, otherLaw, sameLaw } from '../random.js';
import { scaledApart } from './kicks.js';
import { bottleInput, orbitResultHere, sheetInput } from './resultHere.js';
import { orbitsHere } from './runHere.js';

const followed = (input: OrbitInput, motion: OrbitInput['motion'], more: object = {}) =>
  orbitsHere({ ...input, ...more, motion } as OrbitInput);

describe('two motions of the same particles', () => {
  const full = followed(bottleInput, 'fullOrbit');
  const drift = followed(bottleInput, 'driftOrbit');
  const { numbers, kicks } = compareRuns(full, drift);
  const number = (name: string) => {
    const found = numbers.find((one) => one.name === name);
    if (!found) throw new Error(name);
    return found;
  };

  it('differ by what the guiding centre leaves out', () => {
    // it keeps its mu
    expect(number('rmsMuChange').second.value).toBe(0);
    expect(number('rmsMuChange').difference.value).toBeCloseTo(-full.estimates.rmsMuChange.value, 12);
    expect(number('rmsMuChange').z).toBeLessThan(-5);
    // hardly a kick in the bottle is one of a thousandth
    expect(kicks.statistic).toBeLessThan(0.1);
    expect(number('fates.timeLimit').difference.value).toBeCloseTo(
      drift.estimates.fates.timeLimit.value - full.estimates.fates.timeLimit.value,
      12,
    );
  });

  it('with errors of pairs, in which the chance of the starts is not', () => {
    for (const name of ['meanMuEnd', 'rmsShiftZ']) {
      const { first, second, difference } = number(name);
      expect(first.standardError).toBeGreaterThan(0);
      expect(difference.standardError).toBeLessThan(0.3 * Math.hypot(first.standardError, second.standardError));
    }
    // the groups' own spread of the differences of means, told apart from the jackknife
    const shifts = Array.from({ length: 32 }, (_, g) => {
      const mean = ({ plan, tallies }: typeof full) => {
        const last = plan.axes.times.length - 1;
        return tallies.group('shift', g)[3 * last] / tallies.group('inside', g)[last];
      };
      return mean(drift) - mean(full);
    });
    const centre = shifts.reduce((a, b) => a + b) / 32;
    const error = Math.sqrt(shifts.reduce((sum, x) => sum + (x - centre) ** 2, 0) / 31 / 32);
    expect(number('meanShiftX').difference.standardError / error).toBeGreaterThan(0.7);
    expect(number('meanShiftX').difference.standardError / error).toBeLessThan(1.4);
  });

  it('do not differ from themselves', () => {
    for (const { difference, z } of compareRuns(full, full).numbers.filter(({ first }) => !Number.isNaN(first.value))) {
      expect(difference.value).toBe(0);
      expect(z).toBe(0);
    }
    expect(compareRuns(full, full).kicks.statistic).toBe(0);
  });

  it('must be of the same particles', () => {
    expect(() => compareRuns(full, followed(bottleInput, 'driftOrbit', { seed: 2 }))).toThrow(/other particles/);
  });
});

describe('a sheet that breaks mu', () => {
  it('is another one for guiding centres; other seeds of full orbits are the same', () => {
    const full = followed(sheetInput, 'fullOrbit');
    const all = ({ tallies, plan }: typeof full) => {
      const lost = tallies.total('lostKick');
      const inside = tallies.total('kick').subarray((plan.axes.times.length - 1) * lost.length);
      return lost.map((n, i) => n + inside[i]);
    };
    otherLaw((compareRuns(full, followed(sheetInput, 'driftOrbit')).kicks.statistic * KOLMOGOROV_LIMIT) / 5);
    const { statistic, sizes } = compareCounts(all(full), all(followed(sheetInput, 'fullOrbit', { seed: 2 })));
    sameLaw(statistic, 'two seeds', scaledApart(all(full), full.plan.axes.kickEdges, sizes));
  });
});

it('a comparison as a table of 80 columns and as a file', async () => {
  const runs = await Promise.all(
    ['fullOrbit', 'driftOrbit'].map((motion) => orbitResultHere({ ...sheetInput, motion } as OrbitInput)),
  );
  const [first, second] = runs as unknown as ReturnType<typeof orbitsHere>[];
  const data = {
    motions: ['fullOrbit', 'driftOrbit'],
    runs,
    compared: [{ motion: 'driftOrbit', ...compareRuns(first, second), steps: 0.5, seconds: 0.25 }],
  };
  const table = comparisonTable(data);
  expect(Math.max(...table.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  expect(table).toMatch(/driftOrbit: kicks of μ from 0\.001 on: .*another\n? *distribution/s);
  expect(table).toMatch(/median of \|μ - μ₀\|\/μ₀\n +fullOrbit +0\.\d+ ± 0\.\d+\n +driftOrbit +0 /);
  const content = JSON.parse(comparisonText(data));
  expect(content).toMatchObject({ schema: 'losscone.comparison/1', particles: 256, motions: data.motions });
  expect(content.differences[0]).toMatchObject({
    motion: 'driftOrbit',
    with: 'fullOrbit',
    steps: 0.5,
    kicks: { same: false },
  });
  expect(content.runs.fullOrbit.hash).toBe(runs[0].hash);
});
