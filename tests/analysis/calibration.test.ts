import { describe, expect, it } from 'vitest';
import { refuted, sound, soundCoverage, soundSpread } from '../random.js';
import { calibrate, calibrationCases } from './calibration.js';

// 150 runs: a coverage of 95 % has a standard error of 1.8 %, the spread one of 6 %, the bias one of 0.08.
const RUNS = 150;

describe('quoted errors', () => {
  for (const one of calibrationCases(40).filter((_, k) => [0, 5].includes(k))) {
    it(`are the spread of the estimates: ${one.name}`, { timeout: 30000 }, () => {
      for (const { name, given, coverage, spread, bias } of calibrate(one, RUNS)) {
        expect(given, name).toBeGreaterThan(RUNS / 2);
        soundCoverage(coverage, given, name);
        soundSpread(spread, given, name);
        sound(bias * Math.sqrt(given), name, given - 1);
      }
    });
  }

  it('that are a third too small fail the same test', () => {
    const [closed] = calibrationCases(40);
    const [first] = closed.truths;
    const small = {
      ...closed,
      truths: [{ ...first, of: (e: Parameters<typeof first.of>[0]) => shrunk(first.of(e)) }],
    };
    const [{ coverage, spread, given }] = calibrate(small, RUNS);
    expect(coverage).toBeLessThan(0.9);
    refuted((spread - 1) * Math.sqrt(2 * (given - 1)));
  });
});

function shrunk<T extends { standardError: number }>(estimate: T): T {
  return { ...estimate, standardError: estimate.standardError / 1.5 };
}
