import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { lossRate } from '../../src/analysis/lossRate.js';
import { averageOverPitch, coneConfinementTime, coneLossRate } from '../../src/analysis/references.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import type { AnalysisScenario, Estimate } from '../../src/analysis/types.js';
import { agrees, disagrees, FAULT, fits, limitOf, lowShare, near, powered, refuted, soundShare } from '../random.js';
import { Chain, type ChainOptions } from './chain.js';

const nu = 1000;
const uniform = (until: number, n: number) => Array.from({ length: n + 1 }, (_, j) => (j * until) / n);
const base: ChainOptions = {
  bins: 20,
  nu,
  times: uniform(1e-3, 40),
  cone: { edge: 0.8, leak: Infinity },
  start: (xi) => (Math.abs(xi) < 0.11 ? 1 : 0),
};
const run = (chain: Chain, perGroup: number, seed = 3) =>
  estimate(chain.scenario(), chain.plan(), chain.run(seed, new Array(32).fill(perGroup)));

/** The loss rate alone. */
function rateOf(chain: Chain, perGroup: number, seed: number): Estimate {
  const sample = new Sample(chain.plan(), chain.run(seed, new Array(32).fill(perGroup)));
  return lossRate(sample, chain.scenario(), slowModeWindow(sample));
}

function verdict(found: Estimate, truth: number) {
  agrees(found, truth);
  disagrees(found, 1.02 * truth);
}

describe('loss rate and confinement time', () => {
  const chain = new Chain(base);
  const estimates = run(chain, 20000);

  it('are the least eigenvalue and the mean first-passage time', () => {
    verdict(estimates.lossRate, chain.slowest().rate);
    verdict(estimates.confinementTime, chain.meanLossTime());
  });

  it('the transient is left out: with it the rate would fail', () => {
    const { fit } = estimates.lossRate;
    expect(fit!.from).toBeGreaterThan(0);
    fits(fit!);
    const { x, value, standardError } = estimates.survival;
    const shifts = Array.from(value, (y, j) => (x[j] >= fit!.from ? (FAULT * y) / standardError[j] : 0));
    powered(Math.max(...shifts), limitOf(fit!.points, 31), 31);
    const inside = (t: number) => chain.inside(base.times.indexOf(t));
    const naive = -Math.log(inside(1e-3)) / 1e-3;
    disagrees({ ...estimates.lossRate, value: naive }, chain.slowest().rate);
    expect(estimates.lossRate.note).toBeUndefined();
  });

  it('the share that is extrapolated is said; without survivors it is a plain mean', () => {
    expect(estimates.confinementTime.label).toMatch(/[0-9.]+ % of it extrapolated/);
    const long = new Chain({ ...base, times: uniform(8e-3, 40) });
    const all = run(long, 9000);
    expect(all.fates.timeLimit.value).toBe(0);
    expect(all.confinementTime.label).not.toMatch(/extrapolated/);
    agrees(all.confinementTime, long.meanLossTime());
  });

  it('snapshots at uneven times, and loss-time bins where snapshots are few, give the same rate', () => {
    const log = new Chain({ ...base, times: [0, ...Array.from({ length: 30 }, (_, j) => 1e-5 * 100 ** (j / 29))] });
    const uneven = run(log, 10_000).lossRate;
    agrees(uneven, log.slowest().rate);
    disagrees(uneven, 1.05 * log.slowest().rate);
    const few = new Chain({ ...base, times: uniform(1e-3, 8) });
    const found = run(few, 50_000).lossRate;
    verdict(found, few.slowest().rate);
    expect(found.fit!.points).toBeLessThan(8);
  });

  it('a run that ends far within the transient has no loss rate, and says what it needs', () => {
    const short = new Chain({ ...base, times: uniform(6e-5, 20) });
    const found = run(short, 5000);
    expect(found.lossRate.value).toBeNaN();
    expect(found.lossRate.note).toMatch(/rate still changes by .* %.*needs a longer run/);
    expect(found.confinementTime.value).toBeNaN();
    expect(found.filling.value).toBeNaN();
  });

  it('a run that ends late in the transient has a rate that is labelled so, and whose error holds what is left of it', () => {
    const short = new Chain({ ...base, times: uniform(2.2e-4, 40) });
    const found = run(short, 20000);
    const { rate } = short.slowest();
    expect(found.lossRate.label).toMatch(/not yet the slowest mode/);
    expect(found.lossRate.note).toMatch(/survivors still change.*error includes the change/);
    // of these errors, which are of what is left of the transient, 3 are 5 of 0.6
    const close = ({ value, standardError }: Estimate, reference: number) => {
      near([{ value, error: 0.6 * standardError, reference }], 'late');
      refuted((value - 2 * reference) / (0.6 * standardError), 'twice as much');
    };
    close(found.lossRate, rate);
    expect(found.lossRate.standardError / rate).toBeGreaterThan(0.02);
    expect(found.confinementTime.note).toMatch(/not yet the slowest mode/);
    close(found.confinementTime, short.meanLossTime());
  });

  it('a transient that ends after half of the run is left out all the same, while enough is lost after it', () => {
    const half = new Chain({ ...base, times: uniform(6e-4, 40) });
    for (const seed of [1, 2]) {
      const rate = rateOf(half, 20000, seed);
      expect(rate.label).toMatch(/slowest mode\)/);
      expect(rate.fit!.from).toBeGreaterThan(3e-4);
      verdict(rate, half.slowest().rate);
    }
  });

  it('survivors that are in the slowest mode from the start are taken for it, few or many', () => {
    const leaking = { ...base, cone: { edge: 0.7, leak: 3 * nu }, times: uniform(2e-3, 50) };
    const { mode } = new Chain(leaking).slowest();
    const own = new Chain({ ...leaking, start: (xi) => mode[Math.floor((xi + 1) * 10)] });
    // 1 % of false alarms in theory, of which no more than 6 in 100 may be: 4 in 60, or less
    const [runs, least] = [100, 0.94];
    let late = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const rate = rateOf(own, seed % 2 ? 40 : 100, seed);
      expect(rate.label).toBe('loss rate (slowest mode)');
      if (rate.fit!.from > own.options.times[20]) late++;
    }
    soundShare(runs - late, runs, 0.99, least);
    // the control: those that start otherwise are not in it
    const other = new Chain({ ...leaking, start: (xi) => (Math.abs(xi) < 0.11 ? 1 : 0) });
    let later = 0;
    for (let seed = 1; seed <= 10; seed++) if (rateOf(other, 40, seed).fit!.from > other.options.times[0]) later++;
    lowShare(10 - later, 10, least);
  });

  it('too few losses: says how many it needs and has', () => {
    const found = run(chain, 4);
    expect(found.lossRate.value).toBeNaN();
    expect(found.lossRate.note).toMatch(/needs 100 losses after .* s, has \d+/);
    expect(found.confinementTime.note).toMatch(/are inside at the end .* longer than/);
  });

  it('isotropisation with losses is the approach to the slowest mode, and so labelled', () => {
    const { isotropisationRate } = run(new Chain({ ...base, times: uniform(1e-3, 100) }), 10000);
    expect(isotropisationRate.label).toMatch(/approach of the survivors/);
    const rates = evenRates(chain);
    expect(Math.abs(isotropisationRate.value / (rates[1] - rates[0]) - 1)).toBeLessThan(0.05);
  });

  it('speeds that scatter at different rates: the value is labelled for what it is', () => {
    const plan = chain.plan();
    const mixed = { ...plan, reference: { ...plan.reference, oneRate: false, oneSpeed: false } };
    const found = estimate(chain.scenario(), mixed, chain.run(3, new Array(32).fill(1000)));
    expect(found.lossRate.label).toMatch(/mean of those left/);
    expect(found.lossRate.note).toMatch(/speeds are lost at different rates, so there is no slowest mode/);
  });
});

describe('exact references of a cone in velocity space', () => {
  const scenario = (more: Partial<AnalysisScenario['boundary']>, pitch: AnalysisScenario['particles']['pitch']) => {
    const s = new Chain(base).scenario();
    return { ...s, particles: { ...s.particles, pitch }, boundary: { kind: 'cone', sides: 'both' as const, ...more } };
  };
  const own = new Chain(base).plan();
  const plan = { ...own, reference: { ...own.reference, mirrorRatio: 5, xiLossCone: Math.sqrt(0.8) } };

  it('loss rate by the mirror ratio', () => {
    const at = { kind: 'cosine', xi: 0, only: 'all' } as const;
    expect(coneLossRate(scenario({}, at), plan)! / nu).toBeCloseTo(1.457449, 5);
    expect(coneLossRate({ ...scenario({}, at), boundary: { kind: 'throat' } }, plan)).toBeUndefined();
  });

  it('mean loss time of the initial pitch', () => {
    const time = (pitch: AnalysisScenario['particles']['pitch']) => coneConfinementTime(scenario({}, pitch), plan)!;
    expect(time({ kind: 'cosine', xi: 0, only: 'all' })).toBeCloseTo(Math.log(5) / (2 * nu), 12);
    // ∫ ln[5 (1 - x^2)] dx from 0 to sqrt(0.8), by parts: ln((1 + e)/(1 - e)) - 2 e
    const e = Math.sqrt(0.8);
    expect(time({ kind: 'isotropic', only: 'all' })).toBeCloseTo((Math.log((1 + e) / (1 - e)) - 2 * e) / (2 * nu), 8);
  });

  it('averages over every kind of initial pitch', () => {
    const one = (pitch: Parameters<typeof averageOverPitch>[0]) => averageOverPitch(pitch, 2, (xi) => xi);
    expect(one({ kind: 'beam', halfAngle: Math.PI / 3, direction: -1, only: 'all' })).toBeCloseTo(-0.75, 6);
    expect(one({ kind: 'table', xi: [0, 1], density: [0, 1], only: 'all' })).toBeCloseTo(2 / 3, 6);
    expect(averageOverPitch({ kind: 'pancake', power: 2, only: 'all' }, 2, (xi) => xi * xi)).toBeCloseTo(0.2, 6);
    expect(averageOverPitch({ kind: 'isotropic', only: 'trapped' }, 2, (xi) => xi * xi)).toBeCloseTo(1 / 6, 6);
  });
});

describe('trapped fraction and fates', () => {
  const leaking = new Chain({
    ...base,
    times: uniform(3e-3, 40),
    cone: { edge: 0.7, leak: 3 * nu },
    start: (xi) => (xi > 0.3 ? 2 : 1),
  });
  const estimates = run(leaking, 4000);

  it('count the initial ensemble and every end', () => {
    verdict(estimates.trappedFraction, leaking.trapped());
    verdict(estimates.fates.lostRight, leaking.lostRight());
    const sum = Object.values(estimates.fates).reduce((total, fate) => total + fate.value, 0);
    expect(sum).toBeCloseTo(1, 12);
    expect(estimates.fates.confined.note).toMatch(/exact: the boundary is open/);
  });

  it('survival against exact theory, with binomial errors', () => {
    const { value, standardError } = estimates.survival;
    for (let j = 5; j <= 40; j += 5) {
      near([{ value: value[j], error: standardError[j], reference: leaking.inside(j) }], `S ${j}`);
      refuted((value[j] - leaking.inside(j - 1)) / standardError[j], `S ${j}, a snapshot before`);
      expect(standardError[j]).toBeCloseTo(Math.sqrt((value[j] * (1 - value[j])) / 128000), 4);
    }
  });

  it('trapped only is exactly 1, and says so; an isotropic start has its reference', () => {
    const scenario = leaking.scenario();
    const only = { ...scenario.particles.pitch, only: 'trapped' as const };
    const tallies = new Chain({ ...base, start: (xi) => (Math.abs(xi) < 0.5 ? 1 : 0) }).run(1, new Array(32).fill(10));
    const all = estimate({ ...scenario, particles: { ...scenario.particles, pitch: only } }, leaking.plan(), tallies);
    expect(all.trappedFraction).toMatchObject({ value: 1, standardError: 0, note: expect.stringMatching(/exact/) });
    expect(estimates.trappedFraction.reference).toBeCloseTo(0.7, 3);
  });
});

/** Rates of the even modes of a chain, slowest first, by counting the sign changes of the mode grown from the middle. */
function evenRates(chain: Chain): [number, number] {
  const [left, right] = chain.rates;
  const from = chain.options.bins / 2;
  const to = from + chain.edges.slice(from).filter((edge) => edge < 0.8 - 1e-9).length;
  // x' = -rate x with mirror symmetry: shoot outward from the two middle bins, which are equal
  const outside = (rate: number) => {
    let [before, now] = [1, 1];
    let changes = 0;
    for (let i = from; i < to; i++) {
      const next = ((left[i] + right[i] - rate) * now - left[i] * before) / right[i];
      if (next * now < 0) changes++;
      [before, now] = [now, next];
    }
    return changes;
  };
  return [1, 2].map((wanted) => {
    let [low, high] = [0, 1e6];
    for (let k = 0; k < 100; k++) {
      const middle = (low + high) / 2;
      if (outside(middle) < wanted) low = middle;
      else high = middle;
    }
    return low;
  }) as [number, number];
}
