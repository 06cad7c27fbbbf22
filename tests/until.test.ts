import { describe, expect, it } from 'vitest';
import { unavailable } from '../src/analysis/estimates.js';
import type { Estimate, Estimates } from '../src/analysis/types.js';
import { planRun } from '../src/plan/plan.js';
import { parseScenario, presets } from '../src/scenario/index.js';
import { doublingPrefixes, PrecisionJudge, planOfFirst, planUntil, withCount } from '../src/until.js';
import { expectSame } from './same.js';

/** Without exact theory, which takes a second to solve and says nothing here. */
const box = parseScenario({
  particles: { pitch: 'isotropic' },
  field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
  boundary: 'none',
  motion: 'homogeneous',
});
const boxPlan = planRun(box);
const known = (value: number, standardError: number): Estimate => ({
  value,
  standardError,
  unit: '1/s',
  label: 'rate',
});

/** A judge of one estimate that says in turn what is given; first of all what it is without particles. */
function judging(states: readonly Estimate[], until: Record<string, number | string> = { lossRate: 0.01 }) {
  let at = 0;
  const estimator = () => ({ lossRate: states[Math.min(at++, states.length - 1)] }) as unknown as Estimates;
  const judge = new PrecisionJudge(box, boxPlan, until, estimator);
  const tallies = undefined as never;
  return { judge, next: (done: number) => judge.judge({ tallies, particles: { done } }) };
}

describe('the plan of a run to a precision', () => {
  it.each(presets.map(({ name, yaml }) => [name, yaml]))(
    'is, at every prefix, that of the same number of particles: %s',
    (_, yaml) => {
      const scenario = parseScenario(yaml);
      const plan = planRun(withCount(scenario, 1_000_000));
      for (const n of [65_536, 131_072]) {
        const { stepsEstimate, ...first } = planOfFirst(plan, n);
        const { stepsEstimate: estimated, ...direct } = planRun(withCount(scenario, n));
        expectSame(first, direct);
        expect(stepsEstimate / estimated).toBeCloseTo(1, 12);
      }
    },
  );

  it('is judged after 65,536 particles and every doubling, up to the most', () => {
    const { prefixes, plan } = planUntil(box, { lossRate: 0.01 });
    expect(prefixes.slice(0, 3)).toEqual([64, 128, 256]);
    expect(prefixes.at(-1)).toBe(plan.blocks);
    expect(plan.particles).toBe(1e9);
    expect(planUntil(box, { lossRate: 0.01 }, 100_000).prefixes).toEqual([64, 98]);
    expect(planUntil(box, { lossRate: 0.01 }, 65_536).prefixes).toEqual([64]);
    expect(planUntil(box, { lossRate: 0.01 }, 3000).prefixes).toEqual([66]);
    expect(doublingPrefixes({ ...plan, blocks: 64, blockSize: 16 }, 512)).toEqual([32, 64]);
  });

  it('begins beyond the table of single particles', () => {
    const listed = { ...box, outputs: { ...box.outputs, particles: 100_000 } };
    const { prefixes, plan } = planUntil(listed, { lossRate: 0.01 });
    expect(prefixes[0]).toBe(128);
    const direct = planRun(withCount(listed, 131_072));
    expect(planOfFirst(plan, 131_072).tallies).toEqual(direct.tallies);
  });

  it.each([
    [{ lossRat: 0.01 }, undefined, 'until: "lossRat" is not an estimate (did you mean lossRate?'],
    [{ lossRate: '1 m' }, undefined, 'until.lossRate: "1 m" is no precision of a quantity in 1/s'],
    [{ lossRate: 0 }, undefined, 'until.lossRate: 0 is no precision'],
    [{ lossRate: Number.NaN }, undefined, 'until.lossRate: NaN is no precision'],
    [{ filling: '1 s' }, undefined, 'until.filling: "1 s" is no precision of a pure number'],
    [{}, undefined, 'until: names no estimate'],
    [{ lossRate: 0.01 }, 0.5, 'maxParticles: 0.5 is no number of particles'],
  ])('refuses %j', (until, most, words) => {
    expect(() => planUntil(box, until, most)).toThrow(words);
  });
});

describe('a judge of precision', () => {
  it('goes on until the error is small enough', () => {
    const { judge, next } = judging([known(Number.NaN, Number.NaN), known(100, 2), known(100, 1.001), known(100, 1)]);
    expect(next(1000)).toEqual({ enough: false, expected: 4000 });
    expect(next(2000).enough).toBe(false);
    expect(next(4000).enough).toBe(true);
    expect(judge.report(true)).toMatchObject({ reached: true, particles: 4000, most: 1e6 });
    expect(judge.report(false).reached).toBe(false);
  });

  it('wants every precision', () => {
    const { next } = judging([known(100, 1)], { lossRate: '0.5 1/s' });
    expect(next(1000)).toEqual({ enough: false, expected: 4000 });
  });

  it('gives up at the first prefix where it is the scenario that lacks something', () => {
    const closed = unavailable('rate', '1/s', 'no open boundary: nothing is lost');
    const { judge, next } = judging([closed]);
    expect(next(1000).enough).toBe(true);
    expect(judge.report(true)).toMatchObject({
      reached: false,
      why: 'no number of particles gives it: lossRate not determined: no open boundary: nothing is lost (wanted to 1 %)',
    });
  });

  it('gives up where twice the particles changed nothing, and not where they did', () => {
    const lacks = (note: string) => unavailable('rate', '1/s', note);
    const stuck = judging([lacks('no data'), lacks('needs finer tallies.xi'), lacks('needs finer tallies.xi')]);
    expect(stuck.next(1000).enough).toBe(false);
    expect(stuck.next(2000).enough).toBe(true);
    const rare = judging([lacks('no data'), lacks('needs 100, has 3'), lacks('needs 100, has 7'), known(100, 9)]);
    expect([1000, 2000, 4000].map((n) => rare.next(n).enough)).toEqual([false, false, false]);
    expect(rare.judge.report(true).why).toBe(
      'the most particles that were allowed did not reach the precision: lossRate to 9 % (wanted 1 %)',
    );
  });

  it('goes on from what another one of the same run remembered', () => {
    const lacks = (note: string) => unavailable('rate', '1/s', note);
    const states = [lacks('no data'), lacks('needs finer tallies.xi')];
    const before = judging(states);
    expect(before.next(1000).enough).toBe(false);
    const memory = JSON.parse(JSON.stringify(before.judge.memory));
    const after = judging(states);
    after.judge.recall(memory);
    expect(after.next(2000).enough).toBe(true);
    // The control: one that remembers nothing wants another prefix.
    expect(judging(states).next(2000).enough).toBe(false);
    for (const wrong of [[], [['filling', '']], [['lossRate', 3]], [['lossRate', '', '']], {}, 'x', null])
      expect(() => after.judge.recall(wrong)).toThrow('state: its judge remembers other estimates (must be lossRate)');
  });
});
