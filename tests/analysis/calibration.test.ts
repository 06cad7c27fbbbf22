import { describe, expect, it } from 'vitest';
import { lowShare, near, otherSpread, soundShare, soundSpread } from '../random.js';
import { calibrate, calibrationCases } from './calibration.js';

// 315 runs: a spread of the estimates between 0.8 and 1.2 of the quoted errors, and no less than 88 % of the intervals that hold the truth, are
// both as rare as five standard errors or rarer.
const RUNS = 315;
const LEAST = 0.88;

describe('quoted errors', () => {
  for (const one of calibrationCases(40).filter((_, k) => [0, 5].includes(k))) {
    it(`are the spread of the estimates: ${one.name}`, { timeout: 60_000 }, () => {
      for (const { name, given, coverage, narrow, spread, mean, error, truth } of calibrate(one, RUNS)) {
        expect(given, name).toBeGreaterThan(RUNS / 2);
        soundShare(Math.round(coverage * given), given, 0.95, LEAST, name);
        soundSpread(spread, given, name);
        near([{ value: mean, error, reference: truth }], name, given - 1);
        // errors that are a third too small
        lowShare(Math.round(narrow * given), given, LEAST, name);
        otherSpread(1.5 * spread, given, name);
      }
    });
  }
});
