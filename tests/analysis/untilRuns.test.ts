import { describe, expect, it } from 'vitest';
import { legendreRate } from '../../src/analysis/isotropisation.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import { studentQuantile } from '../../src/analysis/student.js';
import type { Estimates } from '../../src/analysis/types.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario, presets } from '../../src/scenario/index.js';
import { PrecisionJudge } from '../../src/until.js';
import { kernelModule } from '../kernel/load.js';
import { lowShare, soundShare } from '../random.js';
import { agrees, refutes, share } from '../validation/verdict.js';
import { generator } from './chain.js';
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
    soundShare(Math.round(coverage * RUNS), RUNS, 0.9437, LEAST);
    // The control of the test itself: chance decides, at more than one prefix.
    expect(ended.filter((share) => share > 0.1).length).toBeGreaterThanOrEqual(3);
    // errors that are too small are found out
    const small = coverageUntil(kernelModule(), untilCases[0], RUNS / 3, { estimator: rateAlone(0.6) });
    lowShare(Math.round((small.coverage * RUNS) / 3), RUNS / 3, LEAST);
  });
});

/**
 * The rule alone: means of 32 groups of normal numbers, 1, 2, 4, ... in each, that have nothing else wrong with them.
 * The error that is wanted is the true one of the third prefix.
 * @param part of its error that a mean is quoted with
 */
function coverageOfMeans(runs: number, part = 1) {
  const scenario = parseScenario(presets[0].yaml);
  const random = generator(11);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const sums = new Float64Array(32);
  const most = 6;
  const reach = studentQuantile(0.975, 31);
  let number = 0;
  const lossRate = () => {
    const mean = sums.reduce((sum, x) => sum + x, 0) / (32 * number);
    const variance = sums.reduce((sum, x) => sum + (x / number - mean) ** 2, 0) / (32 * 31);
    const standardError = part * Math.sqrt(variance);
    return { value: mean, standardError, degreesOfFreedom: 31, unit: '1/s', label: 'mean' };
  };
  const target = `${1 / Math.sqrt(32 * 4)} 1/s`;
  const estimator = () => ({ lossRate: lossRate() }) as unknown as Estimates;
  const judge = new PrecisionJudge(scenario, planRun(scenario), { lossRate: target }, estimator);
  const ended = new Array(most).fill(0);
  let held = 0;
  for (let run = 0; run < runs; run++) {
    sums.fill(0);
    for (let k = 0; k < most; k++) {
      const more = k === 0 ? 1 : number;
      number = 2 ** k;
      for (let g = 0; g < 32; g++) sums[g] += Math.sqrt(more) * normal();
      if (!judge.judge({ tallies: undefined as never, particles: { done: number } }).enough && k < most - 1) continue;
      ended[k]++;
      break;
    }
    const { value, standardError } = judge.estimates!.lossRate;
    if (Math.abs(value) <= reach * standardError) held++;
  }
  return { coverage: (expected: number) => share(held, runs, expected), ended };
}

describe('the rule of doubling, for means of normal numbers', () => {
  // by an independent simulation of 2,000,000 runs; 94.35 to 94.53 % at 25 other precisions
  const COVERAGE = 0.9437;
  const runs = 60_000;

  it('costs half a per cent of coverage', () => {
    const { coverage, ended } = coverageOfMeans(runs);
    agrees('coverage of a run to a precision', coverage(COVERAGE), COVERAGE);
    refutes('coverage of a number of particles that is given', coverage(0.95), 0.95);
    expect(ended.filter((n) => n > 0.02 * runs).length).toBeGreaterThanOrEqual(2);
  });

  it('is found out where errors are a tenth too small', () => {
    const { coverage } = coverageOfMeans(runs, 0.9);
    expect(coverage(COVERAGE).value).toBeLessThan(0.93);
    refutes('coverage with small errors', coverage(COVERAGE), COVERAGE);
  });
});
