import { expect, it } from 'vitest';
import { zScore } from '../../src/analysis/estimates.js';
import { estimatesOf, scalars, worstOf } from './manySpeeds.js';

// the other cases are those of the validation
it('D and drifts of many speeds in a mirror with throats are those of theory, and not of another rate nor of a mean speed', () => {
  const { own, rated, alike } = estimatesOf('shell, throats', 60000);
  expect(own.dMuMu.note).toMatch(/bounce-averaged/);
  for (const one of Object.values(scalars(own))) expect(one.standardError).toBeGreaterThan(0);
  expect(worstOf(own)).toBeLessThan(5);
  expect(zScore(rated.dMuMu), 'negative control').toBeGreaterThan(5);
  // what is found does not hang on the rate that theory starts from
  expect(Math.abs(zScore(rated.dMuMu, own.dMuMu.reference))).toBeLessThan(5);
  expect(worstOf(alike), 'negative control').toBeGreaterThan(5);
});
