import { describe, expect, it } from 'vitest';
import { ELEMENTARY_CHARGE, SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { OrbitBlock } from './kernel.js';

const mass = 1.67262192369e-27;
const B0 = 1e-7;
const omega0 = (ELEMENTARY_CHARGE * B0) / mass;

/** Spread of gamma - (omega/k) pPar/(m c^2) along orbits in one wave, over v^2/2c^2. */
function spread(speed: number, stepsPerGyration: number, phaseSpeed: number) {
  const gamma0 = 1 / Math.sqrt(1 - (speed / SPEED_OF_LIGHT) ** 2);
  const gyration = (2 * Math.PI * gamma0) / omega0;
  const block = new OrbitBlock({
    motion: { kind: 'fullOrbit', step: `${gyration / stepsPerGyration} s` },
    field: {
      kind: 'wave',
      B0: `${B0} T`,
      waves: [
        {
          amplitude: `${B0 / 100} T`,
          polarisation: 'left',
          wavelength: `${(2 * Math.PI * speed) / omega0} m`,
          phaseSpeed: `${phaseSpeed} m/s`,
        },
      ],
    },
    particles: { count: 512, speed: `${speed} m/s`, pitch: { kind: 'cosine', xi: -0.5 } },
    times: { until: `${50 * gyration} s`, count: 1 },
  });
  const invariant = (i: number) => {
    const { u } = block.lane(i);
    const u2 = u[0] ** 2 + u[1] ** 2 + u[2] ** 2;
    // gamma - 1 without cancellation
    return u2 / (Math.sqrt(1 + u2) + 1) - (phaseSpeed / SPEED_OF_LIGHT) * u[2];
  };
  const all = Array.from({ length: 8 }, () => [] as number[]);
  for (let k = 0; k < 50; k++) {
    block.step(k * gyration, gyration);
    all.forEach((list, i) => {
      list.push(invariant(i));
    });
  }
  const energy = (speed / SPEED_OF_LIGHT) ** 2 / 2;
  return Math.max(...all.map((list) => Math.max(...list) - Math.min(...list))) / energy;
}

describe('the invariant of one wave, gamma - (omega/k) pPar/(m c^2) (D2)', () => {
  it('is kept to 1e-9 at 1e6 m/s with 40 steps a gyration', () => {
    expect(spread(1e6, 40, 2e5)).toBeLessThan(1e-9);
  });

  it('to second order in the step where the particle is relativistic', () => {
    const [coarse, fine] = [spread(2.5e8, 40, 5e7), spread(2.5e8, 80, 5e7)];
    expect(coarse / fine).toBeGreaterThan(3);
    expect(coarse / fine).toBeLessThan(5);
  });
});
