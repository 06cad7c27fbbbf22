import { expect, it } from 'vitest';
import { interval } from '../../src/analysis/estimates.js';
import type { Estimate } from '../../src/analysis/types.js';
import { near, refuted, soundShare, soundSpread } from '../random.js';
import { lostBefore } from '../validation/lostBefore.js';
import { lossesOf, NU_T, well } from './rareWell.js';

it('the probability of a rare loss has errors that are right: bias, spread and coverage over 200 small runs', () => {
  const exact = lostBefore(2, NU_T);
  expect(exact).toBeLessThan(3e-3);
  const found: Estimate[] = [];
  const small = well(1, 640);
  for (let seed = 1; seed <= 200; seed++) found.push(lossesOf(seed, small).losses!.lossProbability);
  const n = found.length;
  const mean = found.reduce((sum, { value }) => sum + value, 0) / n;
  const variance = found.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (n - 1);
  const quoted = found.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / n;
  near([{ value: mean, error: Math.sqrt(variance / n), reference: exact }], 'P');
  // negative control: a tenth would be seen
  refuted((1.1 * mean - exact) / Math.sqrt(variance / n));
  // spread and coverage of n runs scatter by 1/sqrt(2 n) and sqrt(0.95 0.05/n)
  soundSpread(Math.sqrt(variance / quoted), n + 1);
  const covered = found.filter((one) => {
    const [low, high] = interval(one);
    return low < exact && exact < high;
  }).length;
  soundShare(covered, n, 0.95, 0.95 - 5 * Math.sqrt((0.95 * 0.05) / n));
});
