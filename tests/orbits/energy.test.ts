import { expect, it } from 'vitest';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { PROTON } from '../../src/physics/species.js';
import { OrbitBlock } from './kernel.js';

/** Largest |change of the momentum| over it, and the largest |z|/scale, in a bottle of 1 T whose scale is some 100 Larmor radii. */
function after(gyrations: number, pusher: 'higueraCary' | 'boris', speed: number) {
  const gamma = 1 / Math.sqrt(1 - (speed / SPEED_OF_LIGHT) ** 2);
  const scale = (100 * gamma * speed * PROTON.mass) / PROTON.charge;
  const block = new OrbitBlock({
    motion: { kind: 'fullOrbit', pusher, tolerance: 0.03 },
    field: { kind: 'bottle', B: '1 T', scale: `${scale} m` },
    particles: {
      count: 512,
      speed: `${speed} m/s`,
      pitch: { kind: 'cosine', xi: 0.5 },
      place: [`${0.1 * scale} m`, '0 m', '0 m'],
    },
    times: { until: '1 us', count: 1 },
  });
  const size = (i: number) => Math.hypot(...block.lane(i).u);
  const start = Array.from({ length: 8 }, (_, i) => size(i));
  const step = (20 * 2 * Math.PI * gamma * PROTON.mass) / PROTON.charge;
  let [worst, reach] = [0, 0];
  for (let k = 0; k < gyrations / 20; k++) {
    block.step(k * step, step);
    if (k % 97 !== 0) continue;
    for (let i = 0; i < 8; i++) {
      worst = Math.max(worst, Math.abs(size(i) / start[i] - 1));
      reach = Math.max(reach, Math.abs(block.lane(i).x[2]) / scale);
    }
  }
  return { worst, reach };
}

it.each([
  ['higueraCary', 1e6],
  ['higueraCary', 0.9 * SPEED_OF_LIGHT],
  ['boris', 1e6],
] as const)('a million gyrations in a bottle keep the energy and the particle: %s, %d m/s', (pusher, speed) => {
  const { worst, reach } = after(1e6, pusher, speed);
  // rounding alone: 1e7 kicks whose errors of 1e-16 all but cancel
  expect(worst).toBeLessThan(5e-12);
  expect(reach).toBeGreaterThan(0.1);
  expect(reach).toBeLessThan(0.7);
});
