import { describe, expect, it } from 'vitest';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { placeInBox } from '../../src/plan/orbits/starts.js';
import { type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { OrbitBlock } from '../orbits/kernel.js';

const plan = (parts: Record<string, unknown>) =>
  planOrbits(parseOrbits({ motion: 'fullOrbit', times: { until: '1 us' }, ...parts } as OrbitInput));

const box = (at: readonly string[], halfWidth: readonly string[]) => ({ kind: 'box', at, halfWidth });

describe('starts in space', () => {
  it('are where the kernel puts them', () => {
    const place = box(['2 m', '-1 m', '0 m'], ['0.5 m', '0.25 m', '1 m']);
    const block = new OrbitBlock({
      motion: 'fullOrbit',
      seed: '18446744073709551615',
      field: { kind: 'uniform' },
      particles: { count: 64 * 64, place, reference: 'particle' },
      times: { until: '1 us' },
    } as OrbitInput);
    for (let i = 0; i < 64; i++) {
      const host = placeInBox({ at: [2, -1, 0], halfWidth: [0.5, 0.25, 1] }, '18446744073709551615', i);
      block.lane(i).x.forEach((x, k) => {
        expect(x).toBeCloseTo(host[k], 13);
      });
    }
  });

  it.each([
    [
      { field: 'dipole', particles: { place: ['0 m', '3e6 m', '0 m'] } },
      'particles.place: particle 0 at (0, 3000000, 0) m lies 3000000 m from the origin, inside of 6371000 m, where particles are lost (must be farther out)',
    ],
    [
      { field: 'dipole', particles: { count: 1000, place: box(['1e7 m', '0 m', '0 m'], ['4e6 m', '1 m', '1 m']) } },
      /^particles\.place: particle \d+ at \(6\d{6}\.\d+, -?0\.\d+, -?0\.\d+\) m lies 6\d{6}\.\d+ m from the origin, inside of 6371000 m/,
    ],
    [
      { field: { kind: 'currentSheet', B0: '5 nT', thickness: '1 km' }, particles: { place: ['1 m', '2 m', '0 m'] } },
      'particles.place: particle 0 at (1, 2, 0) m has a magnetic field of 0 T there (must be a place where B has a direction)',
    ],
    [
      // a null but for rounding
      {
        field: { kind: 'bottle', B: '1 T', scale: '1 m' },
        particles: { place: ['1.4142135623730951 m', '0 m', '0 m'] },
      },
      /particle 0 at \(1\.414\d+, 0, 0\) m has a magnetic field of 2\.2\d+e-16 T there/,
    ],
    [
      {
        motion: 'driftOrbit',
        field: { kind: 'uniform', B: ['0 T', '0 T', '1 mT'], E: ['4e5 V/m', '0 V/m', '0 V/m'] },
      },
      /particle 0 at \(0, 0, 0\) m has an E x B drift of 4\d+(\.\d+)? m\/s there, faster than light/,
    ],
    [
      { field: { kind: 'uniform' }, boundary: { highZ: '1 m' }, particles: { place: ['0 m', '0 m', '2 m'] } },
      'particles.place: particle 0 at (0, 0, 2) m lies beyond z = 1 m, where particles are lost (must be between the ends)',
    ],
    [
      { field: { kind: 'uniform' }, boundary: { outerRadius: '1 m' }, particles: { place: ['0 m', '0 m', '2 m'] } },
      'particles.place: particle 0 at (0, 0, 2) m lies 2 m from the origin, beyond 1 m, where particles are lost (must be nearer)',
    ],
    [
      {
        field: { kind: 'tokamak', B0: '2 T', majorRadius: '3 m', minorRadius: '1 m' },
        particles: { place: ['4.5 m', '0 m', '0 m'] },
      },
      'particles.place: particle 0 at (4.5, 0, 0) m lies 1.5 m from the magnetic axis, beyond 1 m, where particles are lost (must be nearer)',
    ],
  ])('name the first particle that cannot start: %j', (parts, words) => {
    expect(() => plan(parts)).toThrow(words);
  });

  it('ask for a step that turns none of them too far, wherever in a box B is strongest', () => {
    const bottle = { kind: 'bottle', B: '1 T', scale: '1 m' };
    const particles = { count: 64, place: box(['0 m', '0 m', '0 m'], ['0 m', '0 m', '2 m']) };
    const motion = { kind: 'fullOrbit', step: '15 ns' };
    expect(plan({ field: bottle, motion, particles: { count: 64 } }).particles).toBe(64);
    expect(plan({ field: bottle, motion: { ...motion, kind: 'driftOrbit' }, particles }).particles).toBe(64);
    expect(() => plan({ field: bottle, motion, particles })).toThrow(
      /^motion\.step: 1\.5e-8 s turns particle \d+ by [67]\.\d+ rad \(must be at most 2, 4\.\d+e-9 s/,
    );
  });

  it('may be anywhere else in a box that reaches into the planet, if no particle does', () => {
    expect(
      plan({ field: 'dipole', particles: { count: 4, place: box(['1e7 m', '0 m', '0 m'], ['3.7e6 m', '1 m', '1 m']) } })
        .particles,
    ).toBe(4);
  });
});
