import { describe, expect, it } from 'vitest';
import { ELEMENTARY_CHARGE, SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { OrbitBlock } from './kernel.js';

const mass = 1.67262192369e-27;
const charge = ELEMENTARY_CHARGE;
const radius = 6.4e6;
const r = 4 * radius;

/** Angular drift of an equatorial proton in a dipole over -3 gamma m v^2/(2 q B r^2); `share` is its Larmor radius over r. */
function dipoleDrift(kind: 'fullOrbit' | 'driftOrbit', share: number, gamma: number) {
  const v = SPEED_OF_LIGHT * Math.sqrt(1 - 1 / gamma ** 2);
  const B = (gamma * mass * v) / (charge * share * r);
  const expected = (-3 * gamma * mass * v * v) / (2 * charge * B * r * r);
  const gyration = (2 * Math.PI * share * r) / v;
  const block = new OrbitBlock({
    motion: { kind, tolerance: 1e-5 },
    field: { kind: 'dipole', B0: `${64 * B} T`, radius: `${radius} m` },
    particles: { count: 512, speed: `${v} m/s`, pitch: { kind: 'cosine', xi: 0 }, place: [`${r} m`, '0 m', '0 m'] },
    times: { until: `${200 * gyration} s`, count: 1 },
  });
  const { kernel } = block.runner;
  const { timeUnit } = block.plan.reference;
  const steps = 200;
  const angles = () =>
    Array.from({ length: 8 }, (_, i) => {
      const { x, u } = block.lane(i);
      if (kind === 'driftOrbit') return Math.atan2(x[1], x[0]);
      // the centre lies at x - b x v/Omega
      const at = Math.hypot(...x);
      const size = Math.hypot(...u) / ((gamma * v) / SPEED_OF_LIGHT);
      const rho = (share * r * (at / r) ** 3 * size) / Math.hypot(...u);
      return Math.atan2(x[1] - u[0] * rho, x[0] + u[1] * rho);
    });
  const before = angles();
  for (let i = 0; i < steps; i++)
    if (kind === 'driftOrbit') kernel.advanceCentres(0, 8, 0, gyration / timeUnit);
    else block.step(i * gyration, gyration);
  const drift = angles().reduce((sum, angle, i) => sum + angle - before[i], 0) / 8;
  return drift / (steps * gyration) / expected;
}

describe('the equatorial drift of a dipole, -3 gamma m v^2/(2 q B r^2) about +z', () => {
  it.each([1.0001, 3])('of the full orbit, as the Larmor radius goes to zero (C3): gamma = %d', (gamma) => {
    const [a, b] = [1e-2, 5e-3].map((share) => dipoleDrift('fullOrbit', share, gamma));
    // what is left goes as the square of rho/r
    expect(Math.abs((4 * b - a) / 3 - 1)).toBeLessThan(1e-3);
    expect(Math.abs(b - 1)).toBeLessThan(5e-3);
  });

  it.each([1.0001, 3])('of the guiding centre: gamma = %d', (gamma) => {
    expect(Math.abs(dipoleDrift('driftOrbit', 1e-3, gamma) - 1)).toBeLessThan(1e-5);
  });
});
