import { describe, expect, it } from 'vitest';
import { cases, falseAlarm, judge, Laboratory } from '../../src/validation/index.js';
import { bridge, kolmogorov, ratioOverGroups } from '../../src/validation/statistics.js';
import { agreement, asControl, beyond, factors, law, within } from '../../src/validation/verdict.js';
import { otherSpread, sound, soundSpread } from '../random.js';
import { failures } from './family.js';
import { inThisThread } from './runners.js';

const measured = (value: number, error = 0.1) => ({ value, error, count: 100 });

describe('the verdict', () => {
  it('is |z| < 5, and what a quoted reference leaves open counts for nothing', () => {
    expect(judge(agreement('', '1', measured(1.49), 1)).passed).toBe(true);
    expect(judge(agreement('', '1', measured(1.51), 1)).passed).toBe(false);
    expect(judge(agreement('', '1', measured(0.49), 1)).passed).toBe(false);
    expect(judge(agreement('', '1', measured(1.51), 1, { tolerance: 0.02 })).score).toBeCloseTo(4.9, 9);
  });

  it('needs five standard errors of a one-sided claim', () => {
    expect(judge(beyond('', '1', measured(0.51), 'above', 0)).passed).toBe(true);
    expect(judge(beyond('', '1', measured(0.49), 'above', 0)).passed).toBe(false);
    expect(judge(beyond('', '1', measured(-0.51), 'below', 0)).passed).toBe(true);
    expect(judge(beyond('', '1', measured(0.51), 'below', 0)).passed).toBe(false);
  });

  it('allows a stated tolerance, and none where it is 0', () => {
    expect(judge(within('', '1', measured(1.09), 1, 0.1)).passed).toBe(true);
    expect(judge(within('', '1', measured(1.11), 1, 0.1)).passed).toBe(false);
    expect(judge(within('', '1', measured(1), 1, 0))).toEqual({ score: 0, limit: 1, passed: true });
    expect(judge(within('', '1', measured(1 + 1e-15), 1, 0)).passed).toBe(false);
  });

  it('passes nothing that is not a number', () => {
    for (const finding of [
      agreement('', '1', measured(Number.NaN), 1),
      agreement('', '1', measured(1, Number.NaN), 1),
      agreement('', '1', measured(1.1, 0), 1),
      within('', '1', measured(Number.NaN), 1, 1),
      beyond('', '1', measured(Number.NaN), 'above', 0),
      law('', Number.NaN, 1, {}),
    ])
      expect(judge(finding).passed).toBe(false);
  });

  it('refuses a law that is another, and each of these in a family of cases', () => {
    const sample = Float64Array.from({ length: 1e5 }, (_, i) => ((i + 0.5) / 1e5) ** 1.1);
    const judged = (power: number) =>
      law(
        '',
        kolmogorov(sample, (x) => x ** power),
        1e5,
        {},
      );
    expect(judge(judged(1 / 1.1)).passed).toBe(true);
    expect(judge(judged(1)).passed).toBe(false);
    const right = [judged(1 / 1.1), agreement('', '1', measured(1.4), 1), within('', '1', measured(1.05), 1, 0.1)];
    expect(failures(right)).toEqual([]);
    const few = { ...measured(1.65), degreesOfFreedom: 31 };
    for (const wrong of [
      judged(1),
      agreement('', '1', measured(1.51), 1),
      agreement('', '1', few, 1),
      agreement('', '1', measured(Number.NaN), 1),
      within('', '1', measured(1.11), 1, 0.1),
      beyond('', '1', measured(1.4), 'above', 1),
    ])
      expect(failures([...right, wrong])).toHaveLength(1);
  });

  it('is passed on to a control, by its estimate or its reference', () => {
    const found = agreement('', '1', measured(1.4), 1);
    expect(judge(asControl(found, { what: 'wrong', reference: 0.8 })).passed).toBe(false);
    expect(judge(asControl(found, { what: 'wrong', estimate: 1.6 })).passed).toBe(false);
    expect(judge(asControl(found, { what: 'nothing' })).passed).toBe(true);
    expect(factors(2, 0.98, 1.02).map(({ reference }) => reference)).toEqual([1.96, 2.04]);
  });

  it('adds up how often it is wrong by chance: by Student where the error is from groups, by Kolmogorov for laws', () => {
    const one = agreement('', '1', measured(1), 1);
    expect(falseAlarm([one])).toBeCloseTo(5.733e-7, 10);
    // P(|T31| > 5)
    expect(falseAlarm([{ ...one, degreesOfFreedom: 31 }])).toBeCloseTo(2.148e-5, 8);
    expect(falseAlarm([law('', 1, 1, {})])).toBeCloseTo(2 * Math.exp(-2 * 2.75 ** 2), 10);
    expect(falseAlarm([within('', '1', measured(1), 1, 1), beyond('', '1', measured(1), 'above', 0)])).toBe(0);
  });
});

describe('numbers out of tallies', () => {
  it('Kolmogorov-Smirnov: the distance of a sample, and the bridge it is the largest of', () => {
    const sample = Float64Array.from({ length: 1000 }, (_, i) => ((i + 0.5) / 1000) ** 2);
    expect(kolmogorov(sample, (x) => Math.sqrt(x))).toBeCloseTo(Math.sqrt(1000) * 0.0005, 9);
    const [, height] = bridge(sample, (x) => x).reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a));
    expect(height).toBeCloseTo(Math.sqrt(1000) * 0.25, 1);
    expect(kolmogorov(sample, (x) => x)).toBeCloseTo(height, 1);
  });

  it('a ratio of sums has the spread of the groups about it', async () => {
    const laboratory = new Laboratory(inThisThread, 'sharp', 1n);
    const run = await laboratory.run({
      particles: { count: 2 ** 15 },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions: 'none',
      boundary: 'none',
      motion: 'homogeneous',
      times: { at: { unit: 's', values: [1e-9] } },
    });
    const found = ratioOverGroups(
      run,
      (read) => read('legendre')[1],
      (read) => read('legendre')[0],
    );
    expect(found.degreesOfFreedom).toBe(31);
    // the standard deviation of xi is 1/sqrt 3, and its estimate from 32 groups within 5 of its own errors of 13 %
    const exact = Math.sqrt(1 / 3 / 2 ** 15);
    sound(found.value / exact);
    soundSpread(found.error / exact, 32);
    otherSpread((2 * found.error) / exact, 32, 'twice as large');
  });
});

describe('the registry', () => {
  it('has names that can be typed, each once, and a control by a wrong scenario for each', () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, faults, source } of cases) {
      expect(id).toMatch(/^[A-Za-z][\w']*$/);
      expect(source).not.toBe('');
      expect(faults.length, id).toBeGreaterThan(0);
    }
    for (const id of ['A1', 'A2', 'A3', 'A4', 'A5', 'B1', 'B2', "B2'", 'B3', 'B4', 'B5', 'C1', 'C2', 'E1', 'mu'])
      expect(ids).toContain(id);
  });

  it('is tested whole: every family has a file', () => {
    // the five files of this folder that call testFamily
    expect([...new Set(cases.map(({ family }) => family))].sort()).toEqual([
      'ensembles',
      'losses',
      'motion',
      'orbits',
      'scattering',
    ]);
  });
});
