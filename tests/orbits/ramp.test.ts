import { expect, it } from 'vitest';
import { sinh } from '../../src/physics/elementary.js';
import { PROTON } from '../../src/physics/species.js';
import { OrbitBlock } from './kernel.js';

/** `1/(1 - P)`, the exact change of mu of an orbit about the axis. */
function muRatio(s: number, O1: number, O2: number): number {
  const ratio = sinh((Math.PI * s * (O2 - O1)) / 2) / sinh((Math.PI * s * (O2 + O1)) / 2);
  return 1 / (1 - ratio * ratio);
}

const unit = PROTON.charge / PROTON.mass;

/** mu after over before, of orbits that start at eight phases, with steps of `turn` in units of the first gyration. */
function measured(s: number, turn: number): number[] {
  const half = 5 + 40 * s;
  const block = new OrbitBlock({
    motion: { kind: 'fullOrbit', step: `${turn / unit} s` },
    field: {
      kind: 'ramp',
      from: '1 T',
      to: '2 T',
      course: { kind: 'tanh', centre: `${half / unit} s`, width: `${s / unit} s` },
    },
    particles: { count: 512, speed: '1e5 m/s', pitch: { kind: 'cosine', xi: 0 } },
    times: { until: `${(2 * half) / unit} s`, count: 1 },
  });
  const perpendicular = () => Array.from({ length: 8 }, (_, i) => block.lane(i).u).map(([x, y]) => x * x + y * y);
  const before = perpendicular();
  const steps = Math.round((2 * half) / turn);
  for (let i = 0; i < steps; i++) block.step((i * turn) / unit, turn / unit);
  return perpendicular().map((u2, i) => u2 / before[i] / 2);
}

it('a ramp in time changes mu as its closed form says, whatever the phase (D1)', () => {
  for (const s of [0.3, 1, 0.01]) {
    const turn = s === 0.01 ? 0.0005 : 0.002;
    const exact = muRatio(s, 1, 2);
    for (const ratio of measured(s, turn)) expect(Math.abs(ratio / exact - 1), `s = ${s}`).toBeLessThan(1e-6);
    // with the other field's gyrofrequency it is another number
    expect(Math.abs(muRatio(s, 1, 2.1) / exact - 1)).toBeGreaterThan(1e-5);
  }
});
