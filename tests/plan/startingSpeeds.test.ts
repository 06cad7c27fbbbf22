import { describe, expect, it } from 'vitest';
import { momentumFromSpeed } from '../../src/physics/index.js';
import { planRun } from '../../src/plan/plan.js';
import { evenly, fromDensity, single } from '../../src/plan/quantileTable.js';
import { startingSpeeds } from '../../src/plan/startingSpeeds.js';
import { parseScenario } from '../../src/scenario/index.js';

const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0);

describe('the starting speeds in cells', () => {
  const table = fromDensity(evenly(0, 6.5, 4096), (p) => p * p * Math.exp(-p * p));
  const nu = (p: number) => Math.min(1e4, p ** -3);
  const { momenta, shares, rates } = startingSpeeds(table, nu);

  it('hold all particles, their mean energy squared, and their scattering', () => {
    expect(momenta.length).toBe(shares.length + 1);
    expect(rates.length).toBe(shares.length);
    expect(sum(shares)).toBeCloseTo(1, 12);
    const power = (n: number) => (momenta[n] ** 4 + momenta[n + 1] ** 4) / 2;
    // <p^4> of a Maxwellian is 15/4
    expect(sum(shares.map((share, n) => share * power(n)))).toBeCloseTo(15 / 4, 1);
    let scattering = 0;
    for (let i = 0; i < 4096; i++) {
      const share = table[2 * i + 2] - table[2 * i];
      scattering += share * nu((table[2 * i + 1] + table[2 * i + 3]) / 2);
    }
    expect(sum(shares.map((share, n) => share * rates[n]))).toBeCloseTo(scattering, 9);
  });

  it('rise, and hold no more than a share of anything', () => {
    momenta.forEach((p, n) => {
      if (n > 0) expect(p).toBeGreaterThan(momenta[n - 1]);
    });
    for (const share of shares) expect(share).toBeLessThan(1 / 30);
    expect(shares.length).toBeLessThan(150);
  });

  it('are one where there is but one', () => {
    const one = startingSpeeds(single(3), () => 7);
    expect([one.momenta, one.shares, one.rates].map((x) => Array.from(x))).toEqual([[3, 3], [1], [7]]);
  });

  it('leave out what is empty at either end of a distribution', () => {
    const gap = fromDensity(evenly(0, 4, 400), (p) => (p > 1 && p < 2 ? 1 : 0));
    const found = startingSpeeds(gap, () => 1).momenta;
    expect(found[0]).toBeCloseTo(1, 6);
    expect(found[found.length - 1]).toBeCloseTo(2, 1);
  });

  it('stand in a plan with the rate that the kernel takes, 0 without collisions', () => {
    const plan = (collisions: Record<string, unknown>) =>
      planRun(
        parseScenario({
          species: 'proton',
          particles: { count: 100, speed: '1e6 m/s' },
          field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
          collisions,
          boundary: 'throat',
          times: { count: 4, until: '10 us' },
        }),
      ).reference;
    const { startMomenta, startRates } = plan({ rate: '1e3 /s' });
    expect(startMomenta[0] / momentumFromSpeed(1e6, 1.67262192369e-27)).toBeCloseTo(1, 6);
    expect(Array.from(startRates)).toEqual([1000]);
    expect(Array.from(plan({ operator: 'none' }).startRates)).toEqual([0]);
  });
});
