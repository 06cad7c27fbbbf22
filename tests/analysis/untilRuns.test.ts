import { describe, expect, it } from 'vitest';
import { legendreRate } from '../../src/analysis/isotropisation.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import type { Estimates } from '../../src/analysis/types.js';
import { kernelModule } from '../kernel/load.js';
import { coverageUntil, untilCases } from './untilRuns.js';

const RUNS = 150;
// A coverage of 95 % has a standard error of 1.8 % here; `npm run coverage` does 2,000 runs.
const LEAST = 0.86;

/** The one estimate that is judged, its error as it is or in part. */
const rateAlone =
  (part: number): typeof import('../../src/analysis/estimate.js').estimate =>
  (scenario, plan, tallies) => {
    const sample = new Sample(plan, tallies);
    const rate = legendreRate(1, sample, scenario, slowModeWindow(sample));
    const legendreRates = [{ ...rate, standardError: part * rate.standardError }];
    return { legendreRates: [undefined, ...legendreRates] } as unknown as Estimates;
  };

describe('a run that ends by its own error', () => {
  it('has intervals that hold what they should', () => {
    const { coverage, ended, given } = coverageUntil(kernelModule(), untilCases[0], RUNS, { estimator: rateAlone(1) });
    expect(given).toBe(RUNS);
    expect(coverage).toBeGreaterThan(LEAST);
    // The control of the test itself: chance decides, at more than one prefix.
    expect(ended.filter((share) => share > 0.1).length).toBeGreaterThanOrEqual(3);
  });

  it('would be found out where the errors are too small', () => {
    const { coverage } = coverageUntil(kernelModule(), untilCases[0], RUNS, { estimator: rateAlone(0.6) });
    expect(coverage).toBeLessThan(LEAST);
  });
});
