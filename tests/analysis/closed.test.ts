import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { isotropisationRate } from '../../src/analysis/isotropisation.js';
import { Sample } from '../../src/analysis/sample.js';
import { slowModeWindow } from '../../src/analysis/slowMode.js';
import type { Estimate, TallyReader } from '../../src/analysis/types.js';
import { agrees, disagrees, FAULT, fits, follows, limitOf, powered, refuted, scores, sound } from '../random.js';
import { Chain, MOMENT_SCALE } from './chain.js';

const nu = 1000;
const chain = new Chain({
  bins: 40,
  nu,
  times: Array.from({ length: 31 }, (_, j) => j * 2e-5),
  cone: null,
  start: (xi) => (xi > 0.79 ? 1 : 0),
  muBins: 4,
});
const run = (seed: number, perGroup: number) =>
  estimate(chain.scenario(), chain.plan(), chain.run(seed, new Array(32).fill(perGroup)));
const tallies = chain.run(7, new Array(32).fill(20000));
const estimates = estimate(chain.scenario(), chain.plan(), tallies);

/** The same with one of the sums changed. */
function changed(from: TallyReader, tally: string, change: (sum: number, index: number) => number): TallyReader {
  const of = (name: string, sums: Float64Array) => (name === tally ? sums.map(change) : sums);
  return {
    spec: from.spec,
    total: (name) => of(name, from.total(name)),
    group: (name, g) => of(name, from.group(name, g)),
  };
}

/** |z| < 5 of the truth; a truth 2 % off must fail. */
function verdict(found: Estimate, truth: number) {
  agrees(found, truth);
  disagrees(found, 1.02 * truth);
}

describe('estimates of a closed run', () => {
  it('isotropisation: 6 nu, and the rates of P1', () => {
    verdict(estimates.isotropisationRate, 6 * nu);
    expect(estimates.isotropisationRate.reference).toBe(6 * nu);
    expect(estimates.isotropisationRate.unit).toBe('1/s');
    verdict(estimates.legendreRates[1], 2 * nu);
    expect(estimates.legendreRates[0].value).toBeNaN();
  });

  it('the window ends where the mode sinks into its noise, and moves with the number of particles', () => {
    const few = run(7, 100).isotropisationRate.fit!;
    const many = estimates.isotropisationRate.fit!;
    expect(many.from).toBe(0);
    expect(few.to).toBeLessThan(many.to);
    const p2 = estimates.legendre[2];
    const last = p2.x.indexOf(many.to);
    expect(Math.abs(p2.value[last])).toBeGreaterThan(4 * p2.standardError[last]);
    fits(many);
    // what a ripple of 2 % on <P2> would move its first points by
    const first = Array.from({ length: 8 }, (_, j) => (FAULT * p2.value[j]) / p2.standardError[j]);
    const limit = limitOf(many.points, 31);
    powered(Math.max(...first.filter(Number.isFinite)), limit, 31);
    const ripple = changed(tallies, 'legendre', (sum, i) =>
      i % 9 === 2 ? sum * (1 + FAULT * (-1) ** Math.floor(i / 9)) : sum,
    );
    const sample = new Sample(chain.plan(), ripple);
    const { fit } = isotropisationRate(sample, chain.scenario(), slowModeWindow(sample));
    refuted(fit!.worst, 'a ripple of 2 %', 31, fit!.points);
  });

  it('D_mumu and the drift of mu, of the start and by bins of the starting mu', () => {
    agrees(estimates.dMuMu, chain.diffusion());
    verdict(estimates.muDrift, chain.drift());
    expect(estimates.dMuMu.unit).toBe('J^2/T^2/s');
    const curve = estimates.dMuMuCurve;
    expect(curve.x.length).toBeGreaterThanOrEqual(1);
    // the continuous operator and the chain differ by the square of the bins, well below the noise here
    const noise = 0.02 / limitOf(1, 31);
    for (let u = 0; u < curve.x.length; u++) {
      const { value, standardError, reference } = curve;
      sound((value[u] - reference![u]) / (standardError[u] + noise * reference![u]), curve.label, 31);
    }
  });

  it('<mu> and its curves against exact theory', () => {
    const exact = (t: number) => (2 / 3) * MOMENT_SCALE - (chain.drift() / (6 * nu)) * Math.exp(-6 * nu * t);
    verdict(estimates.meanMu, exact(6e-4));
    expect(estimates.meanMuInitial.value).toBeLessThan(estimates.meanMu.value);
    for (let j = 0; j < 31; j += 5) {
      const { value, standardError, reference } = estimates.meanMuCurve;
      sound((value[j] - reference![j]) / (standardError[j] + 2e-13 * value[j]), `<mu> ${j}`, 31);
    }
    const [spread] = estimates.muSpread;
    for (let j = 5; j < 31; j += 5) {
      expect(Math.abs(spread.value[j] / spread.reference![j] - 1)).toBeLessThan(0.03);
    }
    expect(estimates.muVariance.value[30]).toBeGreaterThan(0);
  });

  it('Legendre curves: l = 0 is the fraction inside, l = 2 follows exp(-6 nu t)', () => {
    expect(estimates.legendre).toHaveLength(9);
    expect(estimates.legendre[0]).toBe(estimates.survival);
    expect([...estimates.survival.value]).toEqual(new Array(31).fill(1));
    follows(estimates.legendre[2], undefined, 31);
    refuted(
      scores(
        estimates.legendre[2],
        (j) => Math.exp(-5.88e3 * estimates.legendre[2].x[j]) * estimates.legendre[2].reference![0],
      ),
      '2 % off',
    );
  });

  it('D_mumu of a curve that no smooth fit follows has its error enlarged, and says so', () => {
    const modulated = changed(tallies, 'dmu2', (x, i) => x * (1 + 0.05 * Math.sin(2 * Math.floor(i / 4))));
    const found = estimate(chain.scenario(), chain.plan(), modulated).dMuMu;
    const [, times] = /error enlarged ([0-9.]+) times/.exec(found.note!)!;
    agrees(found, chain.diffusion());
    disagrees({ ...found, standardError: found.standardError / Number(times) }, chain.diffusion());
    expect(estimates.dMuMu.note).toBeUndefined();
  });

  it('what a closed run has not is NaN with the reason', () => {
    for (const none of [estimates.lossRate, estimates.confinementTime, estimates.filling]) {
      expect(none.value).toBeNaN();
      expect(none.note).toMatch(/no open boundary/);
    }
    expect(estimates.trappedFraction.note).toMatch(/no loss cone/);
    expect(estimates.fates.confined.value).toBe(1);
    expect(estimates.fates.confined.note).toMatch(/exact/);
    expect(estimates.fates.fault.standardError).toBeGreaterThan(0);
  });

  it('an isotropic start has no rate of isotropisation, and says so', () => {
    const still = new Chain({ ...chain.options, start: () => 1 });
    const { isotropisationRate } = estimate(still.scenario(), still.plan(), still.run(1, new Array(32).fill(200)));
    expect(isotropisationRate.value).toBeNaN();
    expect(isotropisationRate.note).toMatch(/needs <P2> above 4 standard errors at 3 snapshots/);
  });

  it('no exact reference is claimed where there is none', () => {
    const tallies = chain.run(1, new Array(32).fill(50));
    const plan = chain.plan();
    const mirror = { ...chain.scenario(), motion: { kind: 'guidingCentre' }, field: { kind: 'parabolic' } };
    const spread = { ...plan, reference: { ...plan.reference, oneSpeed: false, oneRate: false } };
    for (const found of [estimate(mirror, plan, tallies), estimate(chain.scenario(), spread, tallies)]) {
      expect(found.isotropisationRate.reference).toBeUndefined();
      expect(found.legendre[2].reference).toBeUndefined();
      expect(found.dMuMu.reference).toBeUndefined();
    }
    expect(estimate(chain.scenario(), spread, tallies).isotropisationRate.note).toMatch(/different rates/);
    const wall = { ...mirror, field: { kind: 'uniform' }, boundary: { kind: 'reflecting' } };
    const walled = estimate(wall, plan, tallies);
    expect(walled.legendre[1].reference).toBeUndefined();
    expect(walled.legendre[2].reference).toBeDefined();
  });
});
