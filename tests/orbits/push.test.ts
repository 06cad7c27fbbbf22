import { describe, expect, it } from 'vitest';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { PROTON } from '../../src/physics/species.js';
import { OrbitBlock } from './kernel.js';

const c = SPEED_OF_LIGHT;

describe('the push', () => {
  it('crossed fields: a proton that the electric force holds on its line stays on it (C4)', () => {
    const gamma = 20;
    const beta = Math.sqrt(1 - 1 / gamma ** 2);
    const turn = PROTON.charge / PROTON.mass;
    const end = (pusher: 'higueraCary' | 'boris') => {
      const block = new OrbitBlock({
        motion: { kind: 'fullOrbit', pusher, step: `${20 / turn} s` },
        field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'], E: [`${-beta * c} V/m`, '0 V/m', '0 V/m'] },
        particles: { count: 64, speed: `${beta * c} m/s`, place: ['0 m', '0 m', '0 m'], reference: 'particle' },
        times: { until: `${2e5 / turn} s`, count: 1 },
      });
      block.set(0, { x: [0, 0, 0], u: [0, gamma * beta, 0] });
      for (let i = 0; i < 1e4; i++) block.step((i * 20) / turn, 20 / turn);
      return block.lane(0);
    };
    expect(Math.abs(end('higueraCary').x[0])).toBeLessThan(1e-9);
    // the textbook push drifts by kilometres
    expect(Math.abs(end('boris').x[0])).toBeGreaterThan(1000);
  });

  it('a gyration: the energy is kept, and the turn is that of the push, nearly that of the field', () => {
    const block = new OrbitBlock({
      motion: { kind: 'fullOrbit', tolerance: 1e-3 },
      field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
      particles: { count: 512, speed: '1e8 m/s', pitch: { kind: 'cosine', xi: 0.3 } },
      times: { until: '1 us', count: 1 },
    });
    const before = block.lane(0);
    const [steps, step] = [10, 1e-8];
    let substeps = 0;
    for (let i = 0; i < steps; i++) substeps += block.step(i * step, step) / 8;
    const after = block.lane(0);
    const size = (u: readonly number[]) => Math.hypot(...u);
    expect(Math.abs(size(after.u) / size(before.u) - 1)).toBeLessThan(1e-14);
    expect(after.u[2]).toBe(before.u[2]);
    const t = (PROTON.charge / PROTON.mass / 2) * ((steps * step) / substeps);
    const gamma2 = 1 + size(before.u) ** 2;
    const s = gamma2 - t * t;
    const g = Math.sqrt((s + Math.sqrt(s * s + 4 * (t * t + (before.u[2] * t) ** 2))) / 2);
    const turned = (angle: number) =>
      Math.cos(Math.atan2(after.u[1], after.u[0]) - Math.atan2(before.u[1], before.u[0]) + angle);
    const exact = (2 * t * substeps) / Math.sqrt(gamma2);
    const pushed = 2 * Math.atan(t / g) * substeps;
    expect(turned(pushed)).toBeCloseTo(1, 12);
    expect(turned(exact), 'the push is a little late').toBeLessThan(1 - 1e-9);
    expect(Math.abs(pushed / exact - 1)).toBeLessThan(1e-3);
    expect(Math.abs(pushed / exact - 1)).toBeGreaterThan(1e-5);
  });
});
