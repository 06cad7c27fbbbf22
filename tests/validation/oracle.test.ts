import { describe, expect, it } from 'vitest';
import { estimate, scatteringOracle } from '../../src/analysis/index.js';
import { runHere, scenario } from './runHere.js';
import { agrees, refutes, share } from './verdict.js';

const NU = 1e4;

describe('f(xi, t), survival and Legendre moments of a cone in velocity space, start off its middle', () => {
  const times = [0.1, 0.3, 0.6];
  const [count, ratio, xi] = [3 * 2 ** 17, 3, 0.3];
  const run = runHere(
    scenario({
      particles: { count, pitch: { kind: 'cosine', xi } },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions: { operator: 'exact', rate: `${NU} /s` },
      boundary: { kind: 'cone', ratio },
      motion: 'homogeneous',
      times: { at: { unit: 's', values: times.map((t) => t / NU) } },
      tallies: { speed: { bins: 1 }, xi: { bins: 12 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 1 } },
    }),
  );
  const oracle = scatteringOracle({ mirrorRatio: ratio, start: { xi } });
  const { survival, legendre } = estimate(run.scenario, run.plan, run.tallies);

  it.each([1, 2, 3])('snapshot %i', (j) => {
    const tau = times[j - 1];
    const inside = share(survival.value[j] * count, count, oracle.survival(tau));
    agrees(`S at nu t = ${tau}`, inside, oracle.survival(tau));
    if (j === 3) refutes('S, nu 2 % off', inside, oracle.survival(1.02 * tau));
    const pitch = run.tallies.total('localPitch').subarray(12 * j, 12 * j + 12);
    pitch.forEach((n, i) => {
      const expected = oracle.share(-1 + i / 6, -1 + (i + 1) / 6, tau);
      const rare = n === 0 && expected < 1e-5;
      if (!rare) agrees(`share ${i} at nu t = ${tau}`, share(n, count, expected), expected);
    });
    for (const l of [1, 2, 4]) {
      const { value, standardError, reference } = legendre[l];
      const mean = { value: value[j], error: standardError[j], count };
      expect(reference?.[j]).toBeCloseTo(oracle.legendre(l, tau) / oracle.survival(tau), 10);
      agrees(`P${l} at nu t = ${tau}`, mean, reference?.[j] ?? NaN);
      if (l === 1 && j === 1) refutes('P1 as without a cone', mean, xi * Math.exp(-2 * tau));
    }
  });

  it('the estimates carry these curves as references', () => {
    expect(survival.reference?.[0]).toBe(1);
    expect(survival.reference?.[2]).toBeCloseTo(oracle.survival(times[1]), 10);
  });
});
