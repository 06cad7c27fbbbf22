import { describe, expect, it } from 'vitest';
import { summarise, summaryText } from '../../src/results/summary.js';
import { closedRun, mirrorRun } from './fixture.js';

describe('summary.json', () => {
  it('names its layout and says what was run', () => {
    const summary = JSON.parse(summaryText(mirrorRun()));
    expect(summary.schema).toBe('losscone.summary/1');
    expect(summary).toMatchObject({ name: 'scattering-mirror', complete: true, seed: '1', hash: mirrorRun().hash });
    expect(summary.particles).toEqual({ done: 16384, total: 16384 });
    expect(summary.provenance).toMatchObject({ version: '0.1.0', kernelHash: mirrorRun().provenance.kernelHash });
  });

  it('gives every number with standard error and unit', () => {
    const { estimates, fates, legendreRates, lossTimeQuartiles, reference } = summarise(mirrorRun());
    const numbers = [
      ...Object.values(estimates),
      ...Object.values(fates),
      ...legendreRates,
      ...lossTimeQuartiles,
      ...Object.values(reference),
    ];
    expect(numbers.length).toBeGreaterThan(25);
    for (const number of numbers) {
      expect(number).toHaveProperty('value');
      expect(number).toHaveProperty('standardError');
      expect(typeof number.unit).toBe('string');
      for (const key of ['value', 'standardError'] as const)
        expect(number[key] === null || Number.isFinite(number[key])).toBe(true);
    }
    for (const name of [
      'isotropisationRate',
      'lossRate',
      'confinementTime',
      'trappedFraction',
      'filling',
      'meanMu',
      'dMuMu',
      'dXiXi',
      'pressureRate',
    ])
      expect(estimates).toHaveProperty(name);
    expect(reference.nu).toEqual({ value: mirrorRun().plan.reference.nu, standardError: 0, unit: '1/s' });
  });

  it('writes null and why where a number is not determined or infinite', () => {
    const { lossRate } = summarise(closedRun()).estimates;
    expect(lossRate.value).toBeNull();
    expect(lossRate.standardError).toBeNull();
    expect(lossRate.note).toContain('nothing is lost');
    const run = mirrorRun();
    const estimates = {
      ...run.estimates,
      filling: { value: Number.NaN, standardError: Number.NaN, unit: '1', label: 'filling' },
      confinementTime: { value: Number.POSITIVE_INFINITY, standardError: 0, unit: 's', label: 'time' },
    };
    const summary = JSON.parse(summaryText({ ...run, estimates }));
    expect(summary.estimates.filling).toMatchObject({ value: null, note: 'not determined' });
    expect(summary.estimates.confinementTime).toMatchObject({ value: null, note: 'infinite' });
    expect(summaryText(run)).not.toMatch(/NaN|Infinity/);
  });

  it('says whether the end was reached, and how good the fits are', () => {
    const { equilibrium, estimates } = summarise(mirrorRun());
    expect(equilibrium).toMatchObject({ kind: 'slowest mode', reached: 'yes' });
    expect(equilibrium.since).toBeGreaterThan(0);
    const { fit } = estimates.lossRate;
    expect(fit!.pValue).toBeGreaterThan(0);
    expect(fit!.pValue).toBeLessThan(1);
    expect(fit!.chiSquared).toBeGreaterThan(0);
    const short = summarise(closedRun({ times: 4, collisionTimes: 0.1 })).equilibrium;
    expect(short).toMatchObject({ kind: 'equilibrium', reached: 'no', since: null });
  });

  it('gives z where there is exact theory', () => {
    const run = closedRun();
    const { value, standardError, reference } = run.estimates.isotropisationRate;
    const number = summarise(run).estimates.isotropisationRate;
    expect(number.reference).toBe(reference);
    expect(number.z).toBeCloseTo((value - reference!) / standardError, 12);
    expect(summarise(mirrorRun()).estimates.meanMuInitial.z).toBeUndefined();
  });
});
