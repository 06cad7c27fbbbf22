import { describe, expect, it } from 'vitest';
import { legendres, legendreVariance } from '../../src/validation/legendre.js';
import { FAULT, powered } from '../random.js';
import { follow, runHere, scenario } from './runHere.js';
import { agrees, type Measured, refutes } from './verdict.js';

/** nu(v) where a potential changes the speed along the orbit. */
const EV = 1.602176634e-19;
const PROTON = 1.67262192595e-27;
const SPEED = 1e6;
const ENERGY = (PROTON * SPEED * SPEED) / 2 / EV;
const seconds = (value: number) => ({ at: { unit: 's', values: [value] } });
const line = { kind: 'uniform', B: '1 T', length: '2 m' };
const hill = (share: number) => ({ kind: 'parabolic', drop: `${share * ENERGY} V` });
const power = (rate: number, index: number) => ({ law: 'powerLaw', value: `${rate} /s`, at: '1e6 m/s', index });

describe('a beam that a parabolic hill slows down', () => {
  // v = v0 cos(w t), w = v0/half-length for a hill as high as the energy. To first order in nu t the perpendicular energy grows
  // by 2 nu(v) m v^2 a second; nu(v) = nu0 (v/v0)^k.
  const rate = 100;
  const w = SPEED / 1;
  function perpendicularEnergy(index: number, height: number): Measured {
    const count = 2 ** 16 * 2.75;
    let sum = 0;
    let sum2 = 0;
    follow(
      scenario({
        seed: 5,
        particles: { count, pitch: { kind: 'cosine', xi: 1 } },
        field: line,
        potential: hill(height),
        collisions: { rate: power(rate, index) },
        boundary: 'none',
        times: seconds(1 / w),
      }),
      ({ p, m }) => {
        for (let i = 0; i < p.length; i++) {
          const x = p[i] * p[i] * m[i];
          sum += x;
          sum2 += x * x;
        }
      },
    );
    const mean = sum / count;
    return { value: mean, error: Math.sqrt((sum2 / count - mean * mean) / count), count };
  }
  const grown = (integral: number) => (4 * rate * integral) / w;
  const constant = grown(0.5 + Math.sin(2) / 4);

  it('scatters more as it slows: nu as v^-3', () => {
    const found = perpendicularEnergy(-3, 1);
    agrees('hill, v^-3', found, grown(Math.atanh(Math.sin(1))));
    refutes('hill', found, constant);
  });

  it('and as v^-1 and v^2', () => {
    agrees('hill, v^-1', perpendicularEnergy(-1, 1), grown(Math.sin(1)));
    agrees('hill, v^2', perpendicularEnergy(2, 1), grown(3 / 8 + Math.sin(2) / 4 + Math.sin(4) / 32));
  });

  it('less as a well makes it faster: nu as v^-3', () => {
    // v = v0 cosh(w t): the integral of v0/v is the Gudermannian
    const found = perpendicularEnergy(-3, -1);
    agrees('well, v^-3', found, grown(Math.atan(Math.sinh(1))));
    refutes('well', found, grown(0.5 + Math.sinh(2) / 4));
  });
});

describe('a step in which nu dt is more than one kick by lane can turn', () => {
  const first = 2 ** -5;
  for (const tau of [0.02, 0.04, 0.2, 1, 3, 20]) {
    it(`makes up the rest: exp(-l(l+1) nu dt), nu dt = ${tau}`, () => {
      const N = 2 ** 17;
      const nu = 1e4;
      const xi0 = 0.6;
      const run = runHere(
        scenario({
          seed: 11,
          particles: { count: N, pitch: { kind: 'cosine', xi: xi0 } },
          field: { kind: 'uniform', B: '1 T', length: '2e6 m' },
          potential: { kind: 'parabolic', drop: '1e-3 V' },
          collisions: { rate: power(nu, -3) },
          boundary: 'none',
          motion: { kind: 'guidingCentre', step: `${tau / nu} s` },
          times: seconds(tau / nu),
        }),
      );
      const sums = run.tallies.total('legendre');
      for (const l of [1, 2, 3, 4]) {
        const error = Math.sqrt(legendreVariance(l, xi0, tau) / N);
        const found = { value: sums[9 + l] / N, error, count: N };
        const P = legendres(4, xi0)[l];
        agrees(`rest l=${l}`, found, P * Math.exp(-l * (l + 1) * tau));
        // where all are turned a fault is a share of them that is not
        powered((FAULT * Math.abs(P)) / error);
        if (tau > 0.1 && l === 1) refutes('rest', found, P * Math.exp(-l * (l + 1) * first));
      }
    });
  }
});

it('a thermal ensemble on a hill, where nu(v) diverges at the turning points, has no numerical fault', () => {
  const run = runHere(
    scenario({
      seed: 3,
      particles: { count: 2048, speed: { kind: 'maxwellian', temperature: '10 keV' } },
      field: { kind: 'parabolic', B: '1 T', ratio: 3, length: '2 m' },
      potential: { kind: 'parabolic', drop: '20 kV' },
      collisions: { rate: power(1e5, -3) },
      boundary: 'reflecting',
      times: seconds(1e-5),
    }),
  );
  expect(run.tallies.total('fates')[4]).toBe(0);
  expect(run.tallies.total('fates')[0] + run.tallies.total('fates')[3]).toBe(2048);
});
