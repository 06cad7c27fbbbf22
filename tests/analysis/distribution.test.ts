import { describe, expect, it } from 'vitest';
import { distribution } from '../../src/analysis/distribution.js';
import { near, refuted } from '../random.js';
import { Chain } from './chain.js';

const chain = new Chain({
  bins: 20,
  nu: 1000,
  times: [0, 1e-4, 2e-4],
  cone: null,
  start: () => 1,
});
const sizes = new Array(32).fill(100);
const tallies = chain.run(1, sizes);

describe('distribution', () => {
  it('of one speed is per unit xi, integrates to the fraction inside, and is labelled so', () => {
    const { local } = distribution(chain.scenario(), chain.plan(), tallies);
    expect(local.shape).toEqual([3, 1, 20]);
    expect(local.axes.map((axis) => axis.name)).toEqual(['time', 'speed', 'xi']);
    expect(local.label).toMatch(/per unit xi \(one speed\)/);
    for (let j = 0; j < 3; j++) {
      const integral = local.f.slice(j * 20, (j + 1) * 20).reduce((sum, f) => sum + f * 0.1, 0);
      expect(integral).toBeCloseTo(1, 12);
    }
    const chi = [...local.f.slice(40)].reduce((sum, f, i) => sum + ((f - 0.5) / local.standardError[40 + i]) ** 2, 0);
    expect(chi).toBeGreaterThan(5);
    expect(chi).toBeLessThan(60);
  });

  it('of several speeds is d^3N/dv^3: its integral over velocity space is the density', () => {
    const scenario = chain.scenario();
    const own = chain.plan();
    const plan = { ...own, reference: { ...own.reference, oneSpeed: false } };
    const { local } = distribution(scenario, plan, tallies);
    expect(local.unit).toBe('s^3/m^6');
    const [v1, v2] = [plan.axes.speedEdges[0], plan.axes.speedEdges[1]];
    const shell = ((2 * Math.PI) / 3) * (v2 ** 3 - v1 ** 3) * 0.1;
    expect(local.f.slice(0, 20).reduce((sum, f) => sum + f * shell, 0)).toBeCloseTo(1, 12);
  });

  it('by midplane pitch divides by the bounce weight, and keeps an isotropic f flat', () => {
    const weight = (xi: number) => 3 + Math.abs(xi);
    const weighted = new Chain({ ...chain.options, start: weight, bounceWeight: weight });
    const all = weighted.run(2, new Array(32).fill(90_000));
    const { midplane } = distribution(weighted.scenario(), weighted.plan(), all);
    const bins = Array.from(midplane.f, (value, i) => ({ value, error: midplane.standardError[i], reference: 0.5 }));
    for (const bin of bins.slice(0, 20)) near([bin], 'f by midplane pitch');
    refuted(
      bins.slice(0, 20).map(({ value, error }, i) => (value - weight((i - 9.5) / 10) / 7) / error),
      'not divided by it',
    );
    expect(midplane.label).not.toMatch(/counted along/);
    expect(distribution(chain.scenario(), chain.plan(), tallies).midplane.label).toMatch(/counted along the line/);
  });

  it('by place is particles per metre and unit xi', () => {
    const { place } = distribution(chain.scenario(), chain.plan(), tallies);
    expect(place.unit).toBe('1/m');
    expect(place.f.slice(0, 20).reduce((sum, f) => sum + f * 0.1 * 2, 0)).toBeCloseTo(1, 12);
  });

  it('has no standard error of 0, and survives an empty run', () => {
    const one = chain.run(1, [1]);
    const { local } = distribution(chain.scenario(), chain.plan(), one);
    expect(Math.min(...local.standardError)).toBeGreaterThan(0);
    const none = distribution(chain.scenario(), chain.plan(), chain.run(1, []));
    expect([...none.local.counts].every((count) => count === 0)).toBe(true);
  });
});
