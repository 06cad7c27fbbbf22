import { describe, expect, it } from 'vitest';
import { calibrate, calibrationCases } from './calibration.js';

// 150 runs: a coverage of 95 % has a standard error of 1.8 %, the spread one of 6 %, the bias one of 0.08.
const RUNS = 150;

describe('quoted errors', () => {
  for (const one of calibrationCases(40).filter((_, k) => [0, 5].includes(k))) {
    it(`are the spread of the estimates: ${one.name}`, { timeout: 30000 }, () => {
      for (const { name, given, coverage, spread, bias } of calibrate(one, RUNS)) {
        expect(given, name).toBeGreaterThan(RUNS / 2);
        expect(coverage, name).toBeGreaterThanOrEqual(0.88);
        expect(coverage, name).toBeLessThanOrEqual(0.99);
        expect(spread, name).toBeGreaterThan(0.8);
        expect(spread, name).toBeLessThan(1.25);
        expect(Math.abs(bias), name).toBeLessThan(0.4);
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
    const [{ coverage, spread }] = calibrate(small, RUNS);
    expect(coverage).toBeLessThan(0.9);
    expect(spread).toBeGreaterThan(1.25);
  });
});

function shrunk<T extends { standardError: number }>(estimate: T): T {
  return { ...estimate, standardError: estimate.standardError / 1.5 };
}
