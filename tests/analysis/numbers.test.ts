import { describe, expect, it } from 'vitest';
import {
  exponentialFit,
  growthFit,
  growthTerms,
  linearFit,
  relaxationFit,
  survivalRate,
} from '../../src/analysis/fits.js';
import { fractionOfCounts } from '../../src/analysis/fractions.js';
import { jackknife } from '../../src/analysis/jackknife.js';
import { chiSquaredDeviation, studentQuantile } from '../../src/analysis/student.js';
import { near, refuted, z } from '../random.js';
import { generator } from './chain.js';

describe("Student's t", () => {
  // Abramowitz & Stegun (1964), table 26.10
  it.each([
    [0.975, 1, 12.706205],
    [0.975, 2, 4.302653],
    [0.975, 31, 2.039513],
    [0.95, 30, 1.697261],
    [0.995, 7, 3.499483],
    [0.975, Infinity, 1.959964],
  ])('quantile at p = %d, %d degrees of freedom', (p, dof, t) => {
    expect(studentQuantile(p, dof)).toBeCloseTo(t, 5);
    expect(studentQuantile(1 - p, dof)).toBeCloseTo(-t, 5);
  });

  it('is NaN outside its range', () => {
    for (const [p, dof] of [
      [0, 5],
      [1, 5],
      [0.5, 0],
      [NaN, 5],
    ])
      expect(studentQuantile(p, dof)).toBeNaN();
  });

  it('measures chi-squared in normal deviations: 95 % point of 31 degrees of freedom', () => {
    expect(chiSquaredDeviation(44.985, 31)).toBeCloseTo(1.6449, 2);
  });
});

describe('jackknife', () => {
  const mean = (sums: readonly Float64Array[], n: number) => Float64Array.of(sums[0][0] / n);

  it('of a mean of equal groups is the standard error of the mean', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const m = values.reduce((a, b) => a + b) / 8;
    const error = Math.sqrt(values.reduce((sum, x) => sum + (x - m) ** 2, 0) / 7 / 8);
    const result = jackknife(
      [Float64Array.of(m * 8)],
      values.map((x) => [Float64Array.of(x)]),
      new Array(8).fill(1),
      mean,
    );
    expect(result.value[0]).toBeCloseTo(m, 14);
    expect(result.standardError[0]).toBeCloseTo(error, 14);
    expect(result.degreesOfFreedom).toBe(7);
  });

  it('leaves out empty groups and has no error of a single one', () => {
    const groups = [[Float64Array.of(2)], [Float64Array.of(0)], [Float64Array.of(4)]];
    const two = jackknife([Float64Array.of(6)], groups, [1, 0, 1], mean);
    expect(two.degreesOfFreedom).toBe(1);
    expect(two.standardError[0]).toBeCloseTo(1, 14);
    const one = jackknife([Float64Array.of(2)], groups, [1, 0, 0], mean);
    expect(one.value[0]).toBe(2);
    expect(one.standardError[0]).toBeNaN();
  });

  it('has the right variance for groups of very different sizes; the equal-size formula has not', () => {
    const random = generator(5);
    const sizes: number[] = Array.from({ length: 32 }, (_, g) => (g < 4 ? 400 : 10));
    const particles = sizes.reduce((a, b) => a + b);
    let right = 0;
    let naive = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const groups = sizes.map((n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += random();
        return [Float64Array.of(sum)];
      });
      const total = [Float64Array.of(groups.reduce((sum, [g]) => sum + g[0], 0))];
      right += jackknife(total, groups, sizes, mean).standardError[0] ** 2 / runs;
      const without = groups.map(([g], k) => (total[0][0] - g[0]) / (particles - sizes[k]));
      const centre = without.reduce((a, b) => a + b) / 32;
      naive += ((31 / 32) * without.reduce((sum, x) => sum + (x - centre) ** 2, 0)) / runs;
    }
    const exact = 1 / 12 / particles;
    expect(Math.abs(right / exact - 1)).toBeLessThan(0.08);
    expect(Math.abs(naive / exact - 1)).toBeGreaterThan(0.2);
  });
});

describe('fits', () => {
  const t = Float64Array.from({ length: 20 }, (_, i) => 0.1 * i);

  it('find an exact exponential, of either sign', () => {
    for (const amplitude of [3, -0.2]) {
      const fit = exponentialFit(
        t,
        t.map((x) => amplitude * Math.exp(-1.7 * x)),
        t.map((x) => 1 + x),
      );
      expect(fit.rate).toBeCloseTo(1.7, 11);
      expect(fit.amplitude).toBeCloseTo(amplitude, 11);
    }
  });

  it('of an exponential in the data itself are unbiased at low signal, where the logarithm is not', () => {
    const random = generator(11);
    const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const noise = 0.05;
    const weight = t.map(() => 1 / noise ** 2);
    const rates: number[] = [];
    const logarithmic: number[] = [];
    for (let run = 0; run < 2000; run++) {
      const y = t.map((x) => Math.exp(-1.5 * x) + noise * normal());
      rates.push(exponentialFit(t, y, weight).rate);
      const safe = y.map((value) => Math.log(Math.max(value, 1e-3)));
      logarithmic.push(-linearFit(t, safe, weight).slope);
    }
    const mean = (values: number[]) => {
      const value = values.reduce((a, b) => a + b) / values.length;
      const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / values.length;
      return { value, error: Math.sqrt(variance / values.length), reference: 1.5 };
    };
    near([mean(rates)], 'rate');
    refuted(z(mean(logarithmic), 1.5));
  });

  it('say NaN where the data do not allow a fit', () => {
    expect(exponentialFit([0], [1], [1]).rate).toBeNaN();
    expect(exponentialFit([0, 1], [1, -1], [1, 1]).rate).toBeNaN();
    expect(linearFit([1, 1], [1, 2], [1, 1]).slope).toBeNaN();
    expect(growthFit([1], [1], [1], [1]).slope).toBeNaN();
    expect(survivalRate([0, 1], [0, 0])).toBeNaN();
    expect(survivalRate([0, 1], [5, 0])).toBeNaN();
    expect(survivalRate([0, 1], [5, 5])).toBe(0);
  });

  it('find an exponential on its way to any end, and say NaN where there is none', () => {
    const y = t.map((x) => 0.3 - 2 * Math.exp(-1.7 * x));
    const fit = relaxationFit(
      t,
      y,
      t.map((x) => 1 + x),
    );
    expect(fit.rate).toBeCloseTo(1.7, 6);
    expect(fit.end).toBeCloseTo(0.3, 6);
    expect(fit.amplitude).toBeCloseTo(-2, 6);
    expect(relaxationFit([0, 1, 2], [1, 2, 3], [1, 1, 1]).rate).toBeNaN();
    expect(relaxationFit(t, t, new Array(20).fill(1)).rate).toBeNaN();
  });

  it('the survival rate is exact at any spacing, coarse and uneven', () => {
    const times = [0, 0.1, 0.15, 1, 3, 3.01];
    expect(
      survivalRate(
        times,
        times.map((x) => 1e6 * Math.exp(-0.8 * x)),
      ),
    ).toBeCloseTo(0.8, 12);
  });

  it('the initial slope of the sum of exp(-6 nu t) and exp(-20 nu t) is exact; a straight line through y/t is not', () => {
    const nu = 50;
    const times = Float64Array.from({ length: 10 }, (_, i) => ((i + 1) * 0.02) / nu);
    const y = times.map((x) => 3 * (1 - Math.exp(-6 * nu * x)) - 0.4 * (1 - Math.exp(-20 * nu * x)));
    const exact = nu * (18 - 8);
    const shape = times.map((x) => growthTerms(x, nu)[0]);
    const curvature = times.map((x) => growthTerms(x, nu)[1]);
    const weight = times.map((x) => 1 / x ** 2);
    const fit = growthFit(shape, curvature, y, weight);
    expect(fit.slope).toBeCloseTo(exact, 8);
    expect(fit.slope * shape[4] + fit.bend * curvature[4]).toBeCloseTo(y[4], 10);
    const straight = linearFit(
      times,
      y.map((value, i) => value / times[i]),
      times.map(() => 1),
    ).intercept;
    expect(Math.abs(straight / exact - 1)).toBeGreaterThan(0.02);
  });
});

describe('fractions', () => {
  const sizes = new Array<number>(32).fill(100);

  it('have binomial errors, never 0', () => {
    expect(fractionOfCounts(1600, 3200, new Array(32).fill(50), sizes).value).toBe(0.5);
    expect(fractionOfCounts(0, 3200, new Array(32).fill(0), sizes).standardError).toBeGreaterThan(1e-4);
    expect(fractionOfCounts(3200, 3200, sizes, sizes).standardError).toBeGreaterThan(1e-4);
  });

  it('take the error of the groups where these spread otherwise, and say so', () => {
    const wide = sizes.map((_, g) => (g % 2 ? 20 : 80));
    const far = fractionOfCounts(1600, 3200, wide, sizes);
    expect(far.standardError).toBeCloseTo(0.3 / Math.sqrt(31), 12);
    expect(far.spreadNote).toMatch(/larger than binomial/);
    const near = fractionOfCounts(
      1600,
      3200,
      sizes.map((_, g) => 50 + (g % 2 ? 1 : -1)),
      sizes,
    );
    expect(near.standardError).toBeCloseTo(0.01 / Math.sqrt(31), 12);
    expect(near.spreadNote).toMatch(/smaller than binomial/);
    const random = generator(3);
    const fair = sizes.map((n) => Array.from({ length: n }, random).filter((u) => u < 0.3).length);
    const usual = fractionOfCounts(
      fair.reduce((a, b) => a + b),
      3200,
      fair,
      sizes,
    );
    expect(usual.spreadNote).toBeUndefined();
    expect(usual.degreesOfFreedom).toBeUndefined();
  });

  it('take it always with stratified starts, however they spread, and few counts too', () => {
    const near = sizes.map((_, g) => 30 + (g % 2 ? 4 : -4));
    expect(fractionOfCounts(960, 3200, near, sizes).degreesOfFreedom).toBeUndefined();
    const stratified = fractionOfCounts(960, 3200, near, sizes, true);
    expect(stratified).toMatchObject({ value: 0.3, degreesOfFreedom: 31 });
    expect(stratified.standardError).toBeCloseTo(0.04 / Math.sqrt(31), 12);
    expect(stratified.spreadNote).toBeUndefined();
    const one = sizes.map((_, g) => (g === 7 ? 1 : 0));
    expect(fractionOfCounts(1, 3200, one, sizes, true).standardError).toBeCloseTo(1 / 3200, 12);
    // equal groups are no proof, and none at all say nothing
    expect(fractionOfCounts(960, 3200, new Array(32).fill(30), sizes, true).standardError).toBe(0.5 / 3200);
    expect(fractionOfCounts(0, 3200, new Array(32).fill(0), sizes, true)).toEqual(
      fractionOfCounts(0, 3200, new Array(32).fill(0), sizes),
    );
    expect(fractionOfCounts(30, 100, [30], [100], true).standardError).toBeCloseTo(Math.sqrt(0.21 / 100), 3);
  });
});
