import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { kaplanMeier } from '../../src/analysis/lossTimes.js';
import { agrees, disagrees, near, otherSpread, refuted, soundSpread, z as zOf } from '../random.js';
import { Chain, generator } from './chain.js';

describe('Kaplan-Meier', () => {
  it('gives the values of the remission times of Freireich et al. (1963)', () => {
    // 21 patients on 6-MP; bins of half a week, so that who is censored in a week of losses comes after these
    const losses = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    const count = (weeks: number[], half: number) =>
      Array.from({ length: 72 }, (_, k) => weeks.filter((week) => 2 * week + half === k).length);
    const { fraction, standardError } = kaplanMeier(21, count(losses, 0), count(censored, 1));
    const at = (week: number) => 2 * week + 1;
    const known = [
      [6, 0.857, 0.0764],
      [7, 0.807, 0.0869],
      [10, 0.753, 0.0963],
      [13, 0.69, 0.1068],
      [16, 0.627, 0.1141],
      [22, 0.538, 0.1282],
      [23, 0.448, 0.1346],
    ];
    for (const [week, S, error] of known) {
      expect(fraction[at(week)]).toBeCloseTo(S, 3);
      expect(standardError[at(week)]).toBeCloseTo(error, 4);
    }
  });

  it('is the counted fraction, with its binomial error, where none is censored', () => {
    const { fraction, standardError } = kaplanMeier(1000, [100, 300, 0, 200], [0, 0, 0, 0]);
    expect([...fraction]).toEqual([1, 0.9, 0.6, 0.6, 0.4].map((x) => expect.closeTo(x, 12)));
    expect(standardError[4]).toBeCloseTo(Math.sqrt((0.4 * 0.6) / 1000), 12);
    expect(standardError[0]).toBe(0);
  });

  it('is right although some are censored; left out or counted as lost it is not', () => {
    const random = generator(3);
    const n = 320_000;
    const bins = 40;
    const [lost, censored] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)];
    for (let i = 0; i < n; i++) {
      const [loss, fault] = [-Math.log(random()), -2 * Math.log(random())];
      const bin = Math.floor(Math.min(loss, fault) * (bins / 2));
      if (bin < bins) (loss < fault ? lost : censored)[bin]++;
    }
    const at = ({ fraction, standardError }: ReturnType<typeof kaplanMeier>, k: number) => ({
      value: fraction[k],
      error: standardError[k],
      reference: Math.exp((-2 * k) / bins),
    });
    const z = (found: ReturnType<typeof kaplanMeier>) => zOf(at(found, bins), Math.exp(-2));
    for (const k of [bins / 4, bins]) near([at(kaplanMeier(n, lost, censored), k)], `S ${k}`);
    const none = censored.map(() => 0);
    const without = n - censored.reduce((a, b) => a + b);
    refuted(z(kaplanMeier(without, lost, none)));
    const both = lost.map((d, k) => d + censored[k]);
    refuted(z(kaplanMeier(n, both, none)));
  });
});

describe('loss times of a run', () => {
  const nu = 1000;
  const chain = new Chain({
    bins: 20,
    nu,
    times: Array.from({ length: 41 }, (_, j) => (j * 2e-3) / 40),
    cone: { edge: 0.8, leak: Infinity },
    start: (xi) => (Math.abs(xi) < 0.8 ? 1 - xi * xi : 0),
  });
  const run = chain.run(11, new Array(32).fill(17_000));
  const found = estimate(chain.scenario(), chain.plan(), run);

  it('the curve is the exact fraction inside, the hazard comes to the slowest rate', () => {
    const { kaplanMeier: S, hazard } = found;
    for (const j of [1, 10, 20, 30, 40]) {
      near([{ value: S.value[j], error: S.standardError[j], reference: chain.inside(j) }], `S ${j}`);
    }
    const { rate } = chain.slowest();
    const late = Array.from({ length: 20 }, (_, k) => 20 + k);
    const weights = late.map((k) => hazard.standardError[k] ** -2);
    const weight = weights.reduce((a, b) => a + b);
    const mean = late.reduce((sum, k, i) => sum + weights[i] * hazard.value[k], 0) / weight;
    near([{ value: mean, error: 1 / Math.sqrt(weight), reference: rate }], 'late hazard');
    refuted((mean - 1.1 * rate) * Math.sqrt(weight));
  });

  it('the quartiles are where the exact curve crosses, the sides add up', () => {
    const [, median] = found.lossTimeQuartiles;
    let j = 0;
    while (chain.inside(j + 1) > 0.5) j++;
    const part = (chain.inside(j) - 0.5) / (chain.inside(j) - chain.inside(j + 1));
    const exact = (j + part) * 5e-5;
    agrees(median, exact);
    disagrees(median, 1.05 * exact);
    const [left, right] = found.lossTimesBySide;
    const whole = left.value.reduce((sum, f, k) => sum + (f + right.value[k]) * 5e-5, 0);
    expect(whole).toBeCloseTo(1 - found.kaplanMeier.value[40], 10);
  });

  it('errors are those of the groups where starts are stratified, with faults too', () => {
    const plan = chain.plan();
    const asStratified = { ...plan, reference: { ...plan.reference, strata: 4 } };
    // a fault in every other group, half-way
    const faults = (g: number) => {
      const values = run.group('faultTimes', g);
      values[20] += g % 2;
      return values;
    };
    const censoring = {
      spec: (name: string) => run.spec(name),
      group: (name: string, g: number) => (name === 'faultTimes' ? faults(g) : run.group(name, g)),
      total: (name: string) => {
        const all = run.total(name);
        if (name === 'faultTimes') all[20] += 16;
        return all;
      },
    };
    for (const reader of [run, censoring]) {
      const independent = estimate(chain.scenario(), plan, reader);
      const grouped = estimate(chain.scenario(), asStratified, reader);
      expect(grouped.kaplanMeier.value).toEqual(independent.kaplanMeier.value);
      expect(grouped.lossTimeQuartiles[1].degreesOfFreedom).toBe(31);
      expect(independent.lossTimeQuartiles[1].degreesOfFreedom).toBeUndefined();
      // these particles are independent, so both are right: apart by the scatter of a spread of 32
      for (const [name, i] of [
        ['kaplanMeier', 10],
        ['kaplanMeier', 30],
        ['hazard', 5],
        ['hazard', 30],
      ] as const) {
        const ratio = grouped[name].standardError[i] / independent[name].standardError[i];
        expect(ratio, `${name} ${i}`).not.toBe(1);
        soundSpread(ratio, 32, `${name} ${i}`);
        // the spread of one group, not of the mean of 32
        otherSpread(Math.sqrt(32) * ratio, 32);
      }
    }
  });

  it('a handful of particles has no quartile', () => {
    const median = (sizes: number[]) =>
      estimate(chain.scenario(), chain.plan(), chain.run(2, sizes)).lossTimeQuartiles[1];
    const few = median([5, 5]);
    expect(few.value).toBeNaN();
    expect(few.note).toBe('needs 30 particles for an error to be trusted, has 10');
    expect(median([32, 32]).standardError).toBeGreaterThan(0);
  });

  it('a quartile that is not reached, or hardly, says so', () => {
    const short = new Chain({ ...chain.options, times: chain.options.times.slice(0, 5) });
    const [first, median] = estimate(
      short.scenario(),
      short.plan(),
      short.run(2, new Array(32).fill(40)),
    ).lossTimeQuartiles;
    expect(first.value).toBeGreaterThan(0);
    expect(median.value).toBeNaN();
    expect(median.note).toMatch(/^not reached: .* % are lost at the end$/);
  });
});
