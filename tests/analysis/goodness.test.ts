import { describe, expect, it } from 'vitest';
import { linearFit } from '../../src/analysis/fits.js';
import { goodnessOfFit } from '../../src/analysis/goodness.js';
import { jackknife } from '../../src/analysis/jackknife.js';
import { fisherTail } from '../../src/analysis/student.js';
import { otherLaw, sameLaw } from '../random.js';
import { generator } from './chain.js';

const POINTS = 12;
const x = Array.from({ length: POINTS }, (_, j) => j / (POINTS - 1));

/** 32 groups of random walks about a curve: points that share what came before, as snapshots share their particles. */
function walks(seed: number, curve: (x: number) => number) {
  const random = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const groups = Array.from({ length: 32 }, () => {
    let walk = 0;
    const row = x.map((at) => {
      walk += normal();
      return curve(at) + walk;
    });
    return [Float64Array.from(row)];
  });
  const total = groups.reduce((sum, [row]) => sum.map((s, j) => s + row[j]), new Float64Array(POINTS));
  return jackknife([total], groups, new Array(32).fill(1), ([sums], n) => sums.map((s) => s / n));
}

function judge(seed: number, curve: (x: number) => number) {
  const data = walks(seed, curve);
  const weight = data.standardError.map((error) => error ** -2);
  const { intercept, slope } = linearFit(x, data.value, weight);
  const model = x.map((at) => intercept + slope * at);
  const goodness = goodnessOfFit(data, model, weight, [x.map(() => 1), x]);
  const naive = x.reduce((sum, _, j) => sum + weight[j] * (data.value[j] - model[j]) ** 2, 0);
  return { ...goodness, naive };
}

describe('goodness of a fit to points that share particles', () => {
  const RUNS = 46_000;
  const runs = Array.from({ length: RUNS }, (_, i) => judge(i + 1, (at) => 3 - 2 * at));

  /** Distance of a sample from the uniform distribution, times the root of its size (Kolmogorov-Smirnov). */
  const distance = (sample: number[]) => {
    const p = sample.toSorted((a, b) => a - b);
    const D = Math.max(...p.map((value, i) => Math.max(value - i / RUNS, (i + 1) / RUNS - value)));
    return Math.sqrt(RUNS) * D;
  };

  it('has p-values that are uniform where the fit is right, which the sum of squares alone has not', () => {
    // F of errors that are 2 % too small is 1/0.98^2 of what it should be
    const at = Array.from({ length: 100 }, (_, k) => 0.05 * k);
    const off = Math.max(...at.map((F) => fisherTail(F, 4, 28) - fisherTail(F / 0.98 ** 2, 4, 28)));
    sameLaw(distance(runs.map(({ pValue }) => pValue ?? NaN)), 'p', Math.sqrt(RUNS) * off);
    expect(runs[0].freedom).toBe(4);
    // over the errors of the points alone: the tail of chi-squared with 10 degrees of freedom
    const tail = (h: number) => Math.exp(-h) * (1 + h + h ** 2 / 2 + h ** 3 / 6 + h ** 4 / 24);
    otherLaw(distance(runs.map(({ naive }) => tail(naive / 2))));
  });

  it('finds a bend that the model has not', () => {
    const bent = Array.from({ length: 20 }, (_, i) => judge(1000 + i, (at) => 3 - 2 * at + 8 * at * at));
    expect(bent.filter(({ pValue }) => (pValue ?? 1) < 0.01).length).toBeGreaterThan(15);
  });

  it('is not given where points or groups are too few', () => {
    const data = walks(1, () => 0);
    const two = { ...data, value: data.value.slice(0, 2), deviations: data.deviations.map((row) => row.slice(0, 2)) };
    expect(
      goodnessOfFit(
        two,
        [0, 0],
        [1, 1],
        [
          [1, 1],
          [0, 1],
        ],
      ),
    ).toEqual({});
    expect(
      goodnessOfFit(
        { ...data, degreesOfFreedom: 3 },
        x,
        x.map(() => 1),
        [x],
      ),
    ).toEqual({});
  });
});

describe("Fisher's F", () => {
  // Abramowitz & Stegun (1964), table 26.9: 5 % and 1 % points
  it.each([
    [1, 10, 4.96, 0.05],
    [2, 28, 3.34, 0.05],
    [4, 28, 2.71, 0.05],
    [4, 28, 4.07, 0.01],
    [2, 1, 199.5, 0.05],
  ])('of %d and %d degrees of freedom exceeds %d with probability %d', (above, below, F, p) => {
    expect(fisherTail(F, above, below) / p).toBeCloseTo(1, 1.7);
    expect(fisherTail(0, above, below)).toBeCloseTo(1, 12);
  });
});
