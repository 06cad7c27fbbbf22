import { expect, it } from 'vitest';
import { zScore } from '../../src/analysis/estimates.js';
import { agrees, refuted, sound } from '../random.js';
import { deviationsOf, estimatesOf, scalars, shiftsOf } from './manySpeeds.js';

// the other cases are those of the validation
it('D and drifts of many speeds in a mirror with throats are those of theory, and not of another rate nor of a mean speed', () => {
  const { own, rated, alike } = estimatesOf('shell, throats', 60000);
  expect(own.dMuMu.note).toMatch(/bounce-averaged/);
  for (const one of Object.values(scalars(own))) expect(one.standardError).toBeGreaterThan(0);
  sound(deviationsOf(own), 'own', 31, shiftsOf(own));
  refuted(Math.max(0, zScore(rated.dMuMu)));
  // what is found does not hang on the rate that theory starts from
  agrees(rated.dMuMu, own.dMuMu.reference);
  refuted(deviationsOf(alike));
});
