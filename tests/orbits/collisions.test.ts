import { describe, expect, it } from 'vitest';
import { ELEMENTARY_CHARGE } from '../../src/physics/constants.js';
import { near, refuted } from '../random.js';
import { orbitsHere } from './runHere.js';

describe('collisions on full orbits', () => {
  const v = 1e6;
  const B = 1e-2;
  const mass = 1.67262192369e-27;
  const gyrofrequency = (ELEMENTARY_CHARGE * B) / mass;

  it.each([0.05, 0.5])(
    'diffuse across B as (v^2/3) 2 nu/(Omega^2 + 4 nu^2), along it as v^2/(6 nu): nu/Omega = %d',
    (ratio) => {
      const nu = ratio * gyrofrequency;
      const run = orbitsHere({
        motion: { kind: 'fullOrbit', tolerance: 0.01 },
        field: { kind: 'uniform', B: ['0 T', '0 T', `${B} T`] },
        particles: { count: 8192, speed: `${v} m/s`, pitch: 'isotropic' },
        collisions: { operator: 'exact', rate: `${nu} /s` },
        times: { until: `${12 / nu} s`, count: 2 },
      });
      const [x, y, z] = run.estimates.spread;
      const time = 6 / nu;
      // the transient of 1/(2 nu) is over at the first look: the rest grows as 2 D t
      const growth = (k: typeof x) => (k.value[2] - k.value[1]) / (2 * time);
      const across = (growth(x) + growth(y)) / 2;
      const perpendicular = ((v * v) / 3) * ((2 * nu) / (4 * nu * nu + gyrofrequency * gyrofrequency));
      // a variance of N numbers is known to sqrt(2/N), here of two directions; growth is between two of them that share half
      const error = Math.sqrt(2 / 8192) * Math.sqrt(3);
      near([{ value: across / perpendicular, error: error / Math.SQRT2, reference: 1 }], 'across');
      refuted((across / (perpendicular / 2) - 1) / (error / Math.SQRT2), 'nu_m = nu');
      near([{ value: growth(z) / ((v * v) / (6 * nu)), error, reference: 1 }], 'along');
      expect(run.estimates.meanEnergy.value[2] / run.estimates.meanEnergy.value[0]).toBeCloseTo(1, 6);
    },
  );
});
