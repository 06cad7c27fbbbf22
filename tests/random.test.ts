import { afterEach, describe, expect, it, TestRunner, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import { studentTail } from '../src/analysis/student.js';
import Alarms, { row, summarise } from './alarms.js';
import {
  agrees,
  binomialTail,
  disagrees,
  fits,
  follows,
  KOLMOGOROV_LIMIT,
  LIMIT,
  limitOf,
  lowShare,
  near,
  normalShare,
  otherLaw,
  otherSpread,
  RARE,
  refuted,
  refutedP,
  sameLaw,
  scores,
  sound,
  soundCoverage,
  soundP,
  soundShare,
  soundSpread,
  soundSum,
  spreadTail,
} from './random.js';

// these verdicts are on numbers that are not random
afterEach(({ task }) => {
  for (const name of ['falseAlarm', 'verdicts', 'controls', 'powers'] as const) delete task.meta[name];
});

/** What must fail does, and what must not does not. */
const fails = (verdict: () => void) => expect(verdict).toThrow();
const passes = (verdict: () => void) => expect(verdict).not.toThrow();
const estimate = (value: number, degreesOfFreedom?: number) => ({
  value,
  standardError: 0.1,
  unit: '1',
  label: 'x',
  reference: 1,
  degreesOfFreedom,
});

describe('the verdicts on random numbers refuse what they must', () => {
  it('a deviation of more than five errors, on either side, and what is no number', () => {
    passes(() => sound(4.99));
    for (const wrong of [5.01, -5.01, Number.NaN, Number.POSITIVE_INFINITY]) {
      fails(() => sound(wrong));
      fails(() => sound([0, wrong, 0].map((z) => (Math.abs(z) === 5.01 ? 1.1 * z : z))));
    }
    fails(() => sound([]));
  });

  it('by Student where errors are from groups, and a list as a whole: each as rare as five errors', () => {
    expect(RARE).toBeCloseTo(5.733e-7, 10);
    expect(limitOf(1)).toBe(5);
    // P(|T| > 6.2154) of 31 degrees of freedom, P(|z| > 5.9958) of one normal number of 300
    expect(limitOf(1, 31)).toBeCloseTo(6.25, 1);
    expect(limitOf(300)).toBeCloseTo(6.0, 1);
    passes(() => sound(limitOf(1, 31) - 0.01, '', 31));
    fails(() => sound(limitOf(1, 31) + 0.01, '', 31));
    fails(() => sound([...new Array(299).fill(0), limitOf(300) + 0.01]));
  });

  it('an estimate by its own degrees of freedom', () => {
    passes(() => agrees(estimate(1.49)));
    fails(() => agrees(estimate(1.51)));
    passes(() => agrees(estimate(1.51, 31)));
    fails(() => agrees(estimate(1.65, 31)));
    fails(() => agrees({ ...estimate(1), reference: undefined }));
    fails(() => agrees({ ...estimate(1.1), standardError: Number.NaN }));
    fails(() => agrees({ ...estimate(1.1), standardError: 0 }));
  });

  it('a control that nothing is wrong with', () => {
    fails(() => refuted(4.99));
    fails(() => refuted([1, -2, 3]));
    fails(() => refuted(Number.NaN));
    fails(() => disagrees(estimate(1.55, 31)));
    fails(() => otherLaw(2.7));
    passes(() => refuted([1, -7]));
    passes(() => disagrees(estimate(1.8, 31)));
  });

  it('points of a curve without an error are no points', () => {
    const curve = { value: [1, 2, 3], standardError: [0.5, 0, 0.5], reference: [1, 2, 2] } as never;
    expect(scores(curve)).toEqual([0, 2]);
    fails(() => fits({ points: 10, worst: 8 }));
    passes(() => fits({ points: 10, worst: 5 }));
  });

  it('laws, p-values, spreads and shares', () => {
    passes(() => sameLaw(2.74));
    fails(() => sameLaw(2.76));
    fails(() => sameLaw(Number.NaN));
    fails(() => soundP(1e-6, 1e-5));
    fails(() => soundP(undefined, 1e-5));
    passes(() => soundSpread(1.28, 150));
    for (const ratio of [1.3, 0.7, Number.NaN]) fails(() => soundSpread(ratio, 150));
    fails(() => soundShare(85, 100, 0.95, 0.86));
    passes(() => soundShare(86, 100, 0.95, 0.86));
    passes(() => soundCoverage(0.85, 150));
    // errors that are a third too small
    fails(() => soundCoverage(0.81, 150));
  });

  it('sums of squares, of normal numbers and of few groups', () => {
    // chi-squared of 60 numbers exceeds 60 (1.48)^2 as rarely as a normal number 5
    passes(() => soundSum(new Array(60).fill(1.3)));
    fails(() => soundSum(new Array(60).fill(1.6)));
    // the tails of Student's t are wider: such deviations are rarer by 31 groups than they look
    passes(() => soundSum(new Array(60).fill(1.52), '', 8));
    fails(() => soundSum(new Array(60).fill(1.52)));
    fails(() => soundSum([Number.NaN, 0]));
  });

  it('controls of laws, spreads, shares and p-values that nothing is wrong with', () => {
    fails(() => otherLaw(Number.NaN));
    passes(() => otherLaw(2.76));
    fails(() => otherSpread(1.28, 150));
    fails(() => otherSpread(Number.NaN, 150));
    passes(() => otherSpread(1.3, 150));
    passes(() => otherSpread(0.7, 150));
    fails(() => lowShare(86, 100, 0.86));
    fails(() => lowShare(Number.NaN, 100, 0.86));
    passes(() => lowShare(85, 100, 0.86));
    fails(() => refutedP(2e-5, 1e-5));
    fails(() => refutedP(undefined, 1e-5));
    passes(() => refutedP(0, 1e-5));
  });

  it('chances are those of the tables', () => {
    // chi-squared of 60 degrees of freedom exceeds 99.607 once in a thousand, 91.952 once in two hundred
    expect(spreadTail(Math.sqrt(99.607 / 60), 61)).toBeCloseTo(0.001, 4);
    expect(spreadTail(Math.sqrt(91.952 / 60), 61)).toBeCloseTo(0.005, 4);
    expect(binomialTail(1, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(binomialTail(0, 150, 0.95)).toBeLessThan(1e-100);
    expect(binomialTail(150, 150, 0.95)).toBeCloseTo(1, 12);
    // of a thousand, whose first terms are below the smallest number: as of a normal number, 10.1 standard errors off the mean, and more
    expect(binomialTail(949, 1000, 0.95)).toBeCloseTo(0.4625, 2);
    expect(binomialTail(880, 1000, 0.95) / 2.4e-18).toBeGreaterThan(0.5);
  });
});

describe('what a verdict sees', () => {
  const last = () => TestRunner.getCurrentTest()!.meta.powers!.at(-1)!;
  const controls = () => TestRunner.getCurrentTest()!.meta.controls ?? [];

  it('of a number: 2 % at 8 of its errors almost surely, at the limit in every other sample', () => {
    sound(0, '', undefined, 8);
    expect(last().seen).toBeCloseTo(0.99865, 5);
    expect(last().least).toBeCloseTo(0.02, 12);
    sound(0, '', undefined, LIMIT);
    expect(last().seen).toBeCloseTo(0.5, 12);
    sound(0, '', undefined, 0.8);
    expect(last().seen).toBeCloseTo(1.3e-5, 6);
    expect(last().least).toBeCloseTo(0.2, 12);
    // by Student's t the limit is further, and a score that is large spreads by more
    sound(0, '', 31, 8);
    expect(last().seen).toBeCloseTo(normalShare((8 - 6.25) / Math.sqrt(1 + 6.25 ** 2 / 62)), 1);
    expect(last().least).toBeGreaterThan(0.02);
  });

  it('brings the control by a reference 2 % off where that is seen, and only there', () => {
    const number = (error: number, value = 1) => [{ value, error, reference: 1 }];
    near(number(0.02 / 7.9));
    expect(controls()).toEqual([]);
    near(number(0.02 / 8, 1.012));
    expect(controls()).toEqual([expect.closeTo((4.8 + 8) / 5, 1)]);
    follows({ value: [1, 2], standardError: [0, 0.001], reference: [1, 2], label: 'x' });
    expect(controls()).toHaveLength(2);
    agrees({ ...estimate(1), standardError: 0.0025 });
    expect(controls()).toHaveLength(3);
    fails(() => follows({ value: [1, 2.007], standardError: [0, 0.001], reference: [1, 2], label: 'x' }));
    fails(() => follows({ value: [1, 2], standardError: [0, 0], reference: [1, 2], label: 'nothing has an error' }));
    fails(() => near([{ value: 1, error: 0, reference: 1.1 }]));
    fails(() => near([{ value: Number.NaN, error: 1, reference: 1 }]));
  });

  it('nothing, of a number that has no error or whose reference is 0', () => {
    near([{ value: 0, error: 0.1, reference: 0 }]);
    near([{ value: 1, error: 0, reference: 1 }]);
    sound(1);
    expect(TestRunner.getCurrentTest()!.meta.powers).toBeUndefined();
  });

  it('of a law, by the distance of one 2 % off, whose bridge spreads by a half', () => {
    sameLaw(1, '', KOLMOGOROV_LIMIT + 1.5);
    expect(last().seen).toBeCloseTo(0.99865, 5);
    expect(last().least).toBeCloseTo(0.02, 12);
  });

  it('of error bars: a spread by 1/sqrt(2 n), a coverage by how many intervals would hold the truth', () => {
    soundSpread(1, 3201);
    expect(last().least).toBeCloseTo(8 / Math.sqrt(6400), 12);
    soundCoverage(0.95, 150);
    const { seen, least } = last();
    expect(seen).toBeLessThan(1e-4);
    // errors that are so much too small hold the truth in 76 % and not in 95
    expect(1 - studentTail((1 - least) * 1.96, Number.POSITIVE_INFINITY)).toBeCloseTo(0.75, 1);
  });
});

describe('what a p-value sees', () => {
  it('is measured by faults on the same data, and is nothing where none shows', () => {
    const { meta } = TestRunner.getCurrentTest()!;
    soundP(0.5, 1e-5, '', (fault) => (fault > 0.04 ? 1e-14 : 0.1));
    expect(meta.powers!.at(-1)).toMatchObject({ least: 0.05 });
    expect(meta.powers!.at(-1)!.seen).toBeLessThan(0.1);
    soundP(0.5, 1e-5, '', () => 0.5);
    expect(meta.powers!.at(-1)!.least).toBe(Number.POSITIVE_INFINITY);
    soundP(0.5, 1e-5);
    expect(meta.powers).toHaveLength(2);
  });
});

describe('a run of the tests', () => {
  const one = { name: 'one', falseAlarm: 4e-4, verdicts: 2, controls: [1.5, 3], powers: [{ seen: 1, least: 0.01 }] };
  const two = { ...one, name: 'two', verdicts: 1, powers: [0.3, 0.1].map((least) => ({ seen: 0.01, least })) };

  it('tells how often it would cry wolf, and what it would see', () => {
    const { falseAlarm, text, faults } = summarise([{ name: 'exact' }, one, two]);
    expect(falseAlarm).toBeCloseTo(8e-4, 12);
    expect(faults).toEqual([]);
    expect(text).toBe(
      'false alarms: 8.0e-4 by 3 verdicts in 2 random tests (below 0.001), 2 of them with a negative control of their own. ' +
        'Of these tests 1 a fault of 2 %, 1 a fault of 5 %, 2 a fault of 10 %, 2 a fault of 20 %, 2 a fault of 50 % ' +
        'almost surely (8 standard errors), by its sharpest verdict; the dullest sees 10 %. Of 3 verdicts 1 see 2 %',
    );
    expect(row(two)).toBe('4.0e-4 | 1 | 2 from 1.5 | 1 % | 10 % | two');
  });

  it('fails by too many false alarms, a test without a control, and one that does not say what it sees', () => {
    expect(summarise([one, { ...two, falseAlarm: 6e-4 }]).faults).toEqual([
      expect.stringMatching(/^false alarms: too many/),
    ]);
    expect(summarise([{ ...one, falseAlarm: Number.NaN }]).faults).toHaveLength(1);
    for (const controls of [undefined, []])
      expect(summarise([one, { ...two, controls }]).faults).toEqual([
        expect.stringMatching(/^two: no negative control/),
      ]);
    for (const powers of [undefined, [], [{ seen: Number.NaN, least: Number.NaN }]])
      expect(summarise([one, { ...two, powers }]).faults).toEqual([expect.stringMatching(/^two: no power/)]);
    expect(summarise([{ name: 'bare', verdicts: 1, falseAlarm: 0 }]).faults).toHaveLength(2);
  });

  it('as reported: only those that passed are judged', () => {
    const module = (tests: object[]) => ({ children: { allTests: () => tests } }) as unknown as TestModule;
    const test = (state: string, meta: object) => ({
      fullName: 'x',
      module: { relativeModuleId: 'a.test.ts' },
      result: () => ({ state }),
      meta: () => meta,
    });
    vi.stubEnv('LOSSCONE_VERDICTS', '');
    const [log, error] = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) =>
      spy.mockImplementation(() => {}),
    );
    const { exitCode } = process;
    try {
      new Alarms().onTestRunEnd([module([test('passed', {}), test('failed', { verdicts: 1 })])]);
      new Alarms().onTestRunEnd([module([test('passed', one)])]);
      expect(process.exitCode).toBe(exitCode);
      expect(log).toHaveBeenCalledOnce();
      new Alarms().onTestRunEnd([module([test('passed', { ...one, controls: undefined })])]);
      expect(process.exitCode).toBe(1);
      expect(error.mock.calls).toEqual([[expect.stringMatching(/: no negative control/)]]);
    } finally {
      process.exitCode = exitCode;
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
  });
});
