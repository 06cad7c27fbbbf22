import { describe, expect, it } from 'vitest';
import { parseOrbits, parseScenario, physics } from '../../../src/index.js';
import { curvesCsv } from '../../../src/lab/compare/csv.js';
import { fromComparison, toComparison } from '../../../src/lab/compare/link.js';
import { differenceMap, mismatch } from '../../../src/lab/compare/maps.js';
import { compareNumbers, verdictOf } from '../../../src/lab/compare/numbers.js';
import { pairs } from '../../../src/lab/compare/pairs.js';
import { sharesOf } from '../../../src/lab/compare/workers.js';
import type { HeatData, NumberRow } from '../../../src/lab/messages.js';

const row = (name: string, value: number, standardError: number, unit = '1/s'): NumberRow => ({
  name,
  label: name,
  value,
  standardError,
  unit,
});

describe('the numbers of two runs', () => {
  it('differ by their difference over the errors of both', () => {
    const [one] = compareNumbers([row('rate', 10, 3)], [row('rate', 20, 4)]);
    expect(one).toMatchObject({ difference: 10, standardError: 5, z: 2 });
    // Two-sided, of a normal distribution.
    expect(one.chance).toBeCloseTo(0.0455, 4);
  });

  it('have wider tails where their errors are of few groups', () => {
    const of = (degreesOfFreedom: number) =>
      compareNumbers([{ ...row('rate', 0, 3), degreesOfFreedom }], [{ ...row('rate', 15, 4), degreesOfFreedom }]);
    expect(of(5)[0].chance).toBeGreaterThan(of(1e6)[0].chance);
    expect(verdictOf(of(5)).expected).toBeGreaterThan(verdictOf(of(1e6)).expected);
    expect(verdictOf(of(1e6)).expected).toBeCloseTo(0.0027, 4);
  });

  it('leave out what only one has, what has another unit, and what stands there twice', () => {
    const first = [
      row('rate', 1, 0.1),
      row('time', 1, 0.1, 's'),
      row('mu', 2, 0.1),
      { ...row('again', 1, 0.1), label: 'rate' },
    ];
    const second = [row('rate', 1, 0.1), row('time', 1, 0.1, 'ms'), { ...row('again', 1, 0.1), label: 'rate' }];
    expect(compareNumbers(first, second).map(({ name }) => name)).toEqual(['rate']);
  });

  it('are counted: a difference that is none, one that is, and one between exact numbers', () => {
    const rows = compareNumbers(
      [row('same', 1, 0.1), row('other', 1, 0.1), row('exact', 1, 0), row('equal', 3, 0)],
      [row('same', 1.1, 0.1), row('other', 2, 0.1), row('exact', 2, 0), row('equal', 3, 0)],
    );
    expect(verdictOf(rows)).toMatchObject({ tested: 3, beyond: 2, largest: Number.POSITIVE_INFINITY });
  });
});

describe('two maps', () => {
  const map = (f: number[], edges = [0, 1]): HeatData => ({
    name: 'place',
    label: 'f',
    unit: '1/m',
    f: Float32Array.from(f),
    standardError: Float32Array.from(f, (value) => Math.sqrt(value)),
    shape: [1, 1, f.length],
    times: Float64Array.of(0),
    edges: Float64Array.from(edges),
    axis: { name: 's', unit: 'm' },
    xiEdges: Float64Array.from({ length: f.length + 1 }, (_, i) => i),
  });
  it('differ in standard errors, bin by bin', () => {
    const [a, b, c] = differenceMap(map([8, 0, 4]), map([8, 0, 16])).f;
    expect([a, b]).toEqual([0, 0]);
    expect(c).toBeCloseTo(12 / Math.sqrt(20), 5);
  });
  it('have none where their bins are others', () => {
    expect(mismatch(map([1]), map([2]))).toBeUndefined();
    expect(mismatch(map([1]), map([1], [0, 2]))).toMatch('edges');
    expect(mismatch(map([1]), map([1, 2]))).toMatch('numbers of bins');
  });
});

it.each(pairs.map((pair) => [pair.name, pair] as const))(
  '%s: is a pair of scenarios with different seeds',
  (_, pair) => {
    const [a, b] = pair.texts.map((text) =>
      /^motion: (full|drift)Orbit/m.test(text) ? parseOrbits(text) : parseScenario(text),
    );
    expect(String(a.seed)).not.toBe(String(b.seed));
    expect(pair.labels[0]).not.toBe(pair.labels[1]);
  },
);

it('says right what it says of theory', () => {
  // The trapped part of a flux tube that is filled isotropically: V sqrt(1 - B/Bmax) averaged with the tube's volume.
  const trapped = (R: number) => {
    const n = 100_000;
    let inside = 0;
    let all = 0;
    for (let i = 0; i < n; i++) {
      const B = 1 + (R - 1) * ((i + 0.5) / n) ** 2;
      inside += Math.sqrt(1 - B / R) / B;
      all += 1 / B;
    }
    return inside / all;
  };
  expect(trapped(2)).toBeCloseTo(0.586, 3);
  expect(trapped(10)).toBeCloseTo(0.86, 2);
  expect(physics.mirrorLossLimits(5, 1).weak).toBeCloseTo(1.71, 2);
});

it('carries two scenarios in a link', async () => {
  const texts = ['name: a\n', 'name: b # ξ\n'] as const;
  const link = await toComparison(texts);
  expect(await fromComparison(link.slice('compare'.length))).toEqual(texts);
  expect(await fromComparison('/two-seeds')).toBeUndefined();
  await expect(fromComparison(link.slice('compare'.length, -4))).rejects.toThrow('link');
});

it('writes both curves as one table, and shares the workers', () => {
  const curve = { name: 'n', label: 'a, b', unit: '1', xLabel: 't', xUnit: 's' };
  const one = {
    ...curve,
    x: Float64Array.of(0, 1),
    value: Float64Array.of(1, Number.NaN),
    standardError: Float64Array.of(0, 0),
  };
  expect(curvesCsv([one, one])).toBe(
    't [s],run,"a, b [1]",standard error [1],exact [1]\n0,A,1,0,\n1,A,,0,\n0,B,1,0,\n1,B,,0,\n',
  );
  expect(sharesOf(1)).toBeUndefined();
  expect(sharesOf(7)).toEqual([4, 3]);
});
