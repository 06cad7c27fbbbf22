import { describe, expect, it } from 'vitest';
import { equilibrium } from '../../src/analysis/equilibrium.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import type { AnalysisPlan, AnalysisScenario, TallyReader } from '../../src/analysis/types.js';
import { lowShare, soundShare } from '../random.js';
import { Chain } from './chain.js';

const nu = 1000;
const times = (until: number, n = 25) => Array.from({ length: n }, (_, j) => (j * until) / (n - 1));
const closed = (until: number, start: (xi: number) => number) =>
  new Chain({ bins: 24, nu, times: times(until), cone: null, start });
const judged = (scenario: AnalysisScenario, plan: AnalysisPlan, tallies: TallyReader) => {
  const sample = new Sample(plan, tallies);
  return equilibrium(sample, scenario, slowModeWindow(sample));
};
const verdict = (chain: Chain, seed: number, perGroup: number, scenario = {}) =>
  judged({ ...chain.scenario(), ...scenario }, chain.plan(), chain.run(seed, new Array(32).fill(perGroup)));

describe('equilibrium of a closed run', () => {
  const beam = (xi: number) => (xi > 0.8 ? 1 : 0);

  it('is reached when the slowest of the means is below its noise, and later with more particles', () => {
    const long = closed(5e-3, beam);
    const few = verdict(long, 1, 40);
    const many = verdict(long, 1, 1500);
    expect([few.reached, many.reached]).toEqual(['yes', 'yes']);
    // <P1> = 0.9 exp(-2 nu t) against noise of 1/sqrt(3 n)
    expect(few.since).toBeGreaterThan(1e-3);
    expect(many.since).toBeGreaterThan(few.since);
    expect(many.words).toMatch(/^equilibrium since .* s: <P1> to <P4> are 0 within their errors/);
    expect(many.evidence.map(({ expected }) => expected)).toEqual([0, 0, 0, 0]);
    expect(many.evidence[0].lastOff).toBeLessThan(many.since);
  });

  it('is not reached by a run that is too short, which names what still differs', () => {
    const { reached, since, words } = verdict(closed(4e-4, beam), 1, 400);
    expect(reached).toBe('no');
    expect(since).toBeNaN();
    expect(words).toMatch(/^not in equilibrium: <P1> differs from 0 until/);
  });

  it('is there from the start in an isotropic run, but for one in a hundred', () => {
    const [runs, least] = [60, 55 / 60];
    const right = (chain: Chain, length: number) =>
      Array.from({ length }, (_, i) => verdict(chain, i + 1, 8)).filter(({ since }) => since === 0).length;
    soundShare(
      right(
        closed(1e-3, () => 1),
        runs,
      ),
      runs,
      0.99,
      least,
    );
    const lopsided = closed(1e-3, (xi) => 1 + xi / 2);
    lowShare(right(lopsided, 15), 15, least, 'half as many more on one side');
  });

  it('is not claimed where nothing scatters, or where a field works on the particles', () => {
    const chain = closed(1e-3, () => 1);
    const plan = chain.plan();
    const still = { ...plan, reference: { ...plan.reference, nu: 0 } };
    const run = chain.run(1, new Array(32).fill(10));
    expect(judged(chain.scenario(), still, run)).toMatchObject({ reached: 'no', evidence: [] });
    expect(verdict(chain, 1, 10, { parallelField: {} }).reached).toBe('not known');
  });
});

describe('the slowest mode of a run with losses', () => {
  const cone = (until: number) =>
    new Chain({
      bins: 20,
      nu,
      times: times(until, 41),
      cone: { edge: 0.8, leak: Infinity },
      start: (xi) => (Math.abs(xi) < 0.11 ? 1 : 0),
    });

  it('is reached in time, and not before', () => {
    const found = verdict(cone(2e-3), 5, 400);
    expect(found.reached).toBe('yes');
    expect(found.since).toBeGreaterThan(1e-4);
    expect(found.words).toMatch(/^slowest mode since .*: the last to change is <P[24]>, until/);
    const early = verdict(cone(1.5e-4), 5, 400);
    expect(early.reached).toBe('no');
    expect(early.words).toMatch(/^not in the slowest mode/);
  });
});
