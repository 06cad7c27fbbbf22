import { describe, expect, it } from 'vitest';
import { ELEMENTARY_CHARGE, SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { OrbitBlock } from './kernel.js';

const mass = 1.67262192369e-27;
const B1 = 1e-4;
const omega1 = (ELEMENTARY_CHARGE * B1) / mass;

/** mu after over mu before, of a proton that gyrates about the axis while B goes from B1 to 2 B1 with width s/omega1. */
function jump(s: number, tolerance: number): number {
  const width = s / omega1;
  const [before, after] = [25 * width + 2 / omega1, 25 * width + 2 / omega1];
  const v = 1e3;
  const block = new OrbitBlock({
    motion: { kind: 'fullOrbit', tolerance },
    field: {
      kind: 'ramp',
      from: `${B1} T`,
      to: `${2 * B1} T`,
      course: { kind: 'tanh', centre: `${before} s`, width: `${width} s` },
    },
    particles: { count: 512, speed: `${v} m/s`, place: ['0 m', '0 m', '0 m'] },
    times: { until: `${before + after} s`, count: 1 },
  });
  const u = v / SPEED_OF_LIGHT;
  for (let i = 0; i < 8; i++) {
    const phase = (2 * Math.PI * i) / 8;
    const rho = v / omega1;
    // the centre x + rho z x v/|v| is the axis
    block.set(i, {
      x: [-rho * Math.sin(phase), rho * Math.cos(phase), 0],
      u: [u * Math.cos(phase), u * Math.sin(phase), 0],
    });
  }
  const steps = Math.ceil((before + after) * omega1 * 4);
  const step = (before + after) / steps;
  for (let i = 0; i < steps; i++) block.step(i * step, step);
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const { u: now } = block.lane(i);
    sum += (now[0] ** 2 + now[1] ** 2) / u ** 2 / 2 / 8;
  }
  return sum;
}

/** 1/(1 - P), P = [sinh(pi s (O2 - O1)/2)/sinh(pi s (O2 + O1)/2)]^2 with O1 = 1, O2 = 2. */
const exact = (s: number) => 1 / (1 - (Math.sinh((Math.PI * s) / 2) / Math.sinh((3 * Math.PI * s) / 2)) ** 2);

describe('a uniform field that changes in time (D1)', () => {
  it.each([0.3, 1, 0.01])('changes mu by 1/(1 - P), whatever the phase: s = %d', (s) => {
    const [coarse, fine] = [jump(s, 4e-5), jump(s, 1e-5)];
    // second order in the step: a quarter of the tolerance is half the step
    const limit = (4 * fine - coarse) / 3;
    expect(Math.abs(limit / exact(s) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(limit - 1), 'negative control').toBeGreaterThan(1e-4);
  });

  it('leaves it where it is slow', () => {
    expect(Math.abs(jump(4, 1e-4) - 1)).toBeLessThan(1e-4);
  });
});
