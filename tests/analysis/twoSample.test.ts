import { describe, expect, it } from 'vitest';
import { compareCounts } from '../../src/analysis/twoSample.js';
import { KOLMOGOROV_LIMIT, otherLaw, sameLaw } from '../random.js';
import { generator } from './chain.js';

/** Exponential numbers of a mean in 200 bins. */
function exponential(seed: number, mean: number, n = 700_000): Float64Array {
  const random = generator(seed);
  const counts = new Float64Array(200);
  for (let i = 0; i < n; i++) counts[Math.min(199, Math.floor(-20 * mean * Math.log(random())))]++;
  return counts;
}

describe('the test of two samples', () => {
  it('takes two of one law for one, and one whose mean is a twentieth more for another', () => {
    const first = exponential(1, 1);
    // of x exp(-x), by 2 %, at most 0.02/e
    const apart = (0.02 / Math.E) * Math.sqrt(350_000);
    sameLaw(compareCounts(first, exponential(2, 1)).statistic, 'exponential', apart);
    const other = compareCounts(first, exponential(2, 1.05));
    otherLaw(other.statistic);
    expect(other.pValue).toBeLessThan(1e-6);
  });

  it('has the chances of the table: 1.36 once in twenty, 1.63 once in a hundred, 2.75 once in two million', () => {
    const chance = (statistic: number) => {
      const n = 2e6;
      const half = 2 * statistic * Math.sqrt(n);
      return compareCounts([n + half, n - half], [n, n]).pValue;
    };
    expect(chance(1.358)).toBeCloseTo(0.05, 3);
    expect(chance(1.628)).toBeCloseTo(0.01, 3);
    expect(chance(KOLMOGOROV_LIMIT) / 5.4e-7).toBeCloseTo(1, 1);
  });

  it('says nothing of a sample that is empty, and refuses other bins', () => {
    expect(compareCounts([0, 0], [1, 2]).statistic).toBeNaN();
    expect(compareCounts([0, 0], [1, 2]).pValue).toBeNaN();
    expect(() => compareCounts([1], [1, 2])).toThrow(/2 bins \(must be as many as the first has, 1\)/);
  });
});
