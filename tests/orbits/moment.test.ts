import { describe, expect, it } from 'vitest';
import { OrbitBlock } from './kernel.js';
import { orbitsHere } from './runHere.js';

describe('mu along a bounce in a bottle', () => {
  it('x', () => {
    for (const v of [4e6, 2e6, 1e6, 5e5]) {
      const { estimates, plan } = orbitsHere({
        motion: 'fullOrbit',
        field: { kind: 'bottle', B: '1 T', scale: '1 m' },
        particles: {
          count: 2048,
          speed: `${v} m/s`,
          pitch: { kind: 'cosine', xi: 0.6 },
          place: ['0.2 m', '0 m', '0 m'],
        },
        times: { until: `${20 / v} s`, count: 20 },
      });
      console.log(
        v,
        plan.reference.larmorRadius,
        'rms',
        estimates.muSpread.value
          .map((x) => +x.toPrecision(3))
          .slice(1, 6)
          .join(' '),
        'raw',
        estimates.rawMuSpread.value
          .map((x) => +x.toPrecision(3))
          .slice(1, 6)
          .join(' '),
        'eps',
        estimates.epsilon.value[0],
        'E',
        estimates.meanEnergy.value[20] / estimates.meanEnergy.value[0] - 1,
      );
    }
  });
});
