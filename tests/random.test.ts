import { afterEach, describe, expect, it } from 'vitest';
import { summarise } from './alarms.js';
import {
  agrees,
  binomialTail,
  disagrees,
  fits,
  limitOf,
  otherLaw,
  RARE,
  refuted,
  sameLaw,
  scores,
  sound,
  soundCoverage,
  soundP,
  soundShare,
  soundSpread,
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

  it('chances are those of the tables', () => {
    // chi-squared of 60 degrees of freedom exceeds 99.607 once in a thousand, 91.952 once in two hundred
    expect(spreadTail(Math.sqrt(99.607 / 60), 61)).toBeCloseTo(0.001, 4);
    expect(spreadTail(Math.sqrt(91.952 / 60), 61)).toBeCloseTo(0.005, 4);
    expect(binomialTail(1, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(binomialTail(0, 150, 0.95)).toBeLessThan(1e-100);
  });
});

it('a run of the tests tells how often it would cry wolf', () => {
  const { falseAlarm, text } = summarise([
    { name: 'exact' },
    { name: 'one', falseAlarm: 5e-4, verdicts: 2, controls: [1.5] },
    { name: 'two', falseAlarm: 6e-4, verdicts: 1, powers: [8, 7.9] },
  ]);
  expect(falseAlarm).toBeCloseTo(1.1e-3, 12);
  expect(text).toBe(
    'false alarms: 1.1e-3 by 3 verdicts in 2 random tests (below 0.001); 1 of them with a negative control of their own; ' +
      'a fault of 2 % is 8 standard errors or more in 1 of 2 verdicts on a number',
  );
});
