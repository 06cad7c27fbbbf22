import { describe, expect, it } from 'vitest';
import { ELECTRON } from '../../src/physics/species.js';
import { near } from '../random.js';
import { OrbitBlock } from './kernel.js';
import { orbitsHere } from './runHere.js';

const dipole = { kind: 'dipole', B0: '4 T', radius: '1 m' } as const;
const electrons = {
  species: 'electron',
  field: dipole,
  particles: { count: 64, energy: '1 MeV', place: ['4 m', '0 m', '0 m'] },
} as const;

describe('steps whose substeps change along a bounce', () => {
  it.each([1e-2, 1e-3])('lead back to where they came from: tolerance %d', (tolerance) => {
    const parts = {
      field: dipole,
      motion: { kind: 'fullOrbit', tolerance },
      particles: { ...electrons.particles, count: 1024 },
      times: { until: '100 ns', count: 1 },
    } as const;
    const block = new OrbitBlock({ ...parts, species: 'electron' });
    const start = Array.from({ length: 8 }, (_, i) => block.lane(i));
    const [steps, step] = [200, 1e-9];
    const substeps = new Set<number>();
    for (let k = 0; k < steps; k++) substeps.add(block.step(k * step, step));
    // backwards: the momentum turned, and the charge, which stands for the field
    const { mass, charge } = ELECTRON;
    const back = new OrbitBlock({
      ...parts,
      species: { name: 'positron', mass: `${mass} kg`, charge: `${-charge} C` },
    });
    for (let i = 0; i < 8; i++) {
      const { x, u } = block.lane(i);
      back.set(i, { x, u: [-u[0], -u[1], -u[2]] });
    }
    for (let k = 0; k < steps; k++) back.step(k * step, step);
    expect(substeps.size, 'a field that asks for other substeps on the way').toBeGreaterThan(2);
    for (let i = 0; i < 8; i++)
      for (let k = 0; k < 3; k++) expect(Math.abs(back.lane(i).x[k] - start[i].x[k])).toBeLessThan(1e-9);
  });

  it('leave mu where it was, over many bounces', () => {
    const { estimates } = orbitsHere({
      ...electrons,
      motion: { kind: 'fullOrbit', tolerance: 1e-2 },
      particles: { ...electrons.particles, count: 128 },
      times: { until: '1 us', count: 4 },
    });
    const { value, standardError, degreesOfFreedom } = estimates.muChange;
    // with the substeps of a step's start alone it is 1e-2 or more
    expect(standardError).toBeLessThan(2e-4);
    near([{ value: 1 + value, error: standardError, reference: 1 }], 'mu of what it was', degreesOfFreedom);
  });
});

it('a step that is given is halved where the field has grown so strong that it would turn a particle by more than 2 rad', () => {
  const block = new OrbitBlock({
    motion: { kind: 'fullOrbit', step: '1.8e-8 s' },
    field: { kind: 'bottle', B: '1 T', scale: '0.1 m' },
    particles: { count: 512, speed: '1e5 m/s', place: ['0 m', '0 m', '0 m'], reference: 'particle' },
    times: { until: '1 us', count: 1 },
  });
  const at = (z: number) => {
    for (let i = 0; i < 8; i++) block.set(i, { x: [0, 0, z], u: [1e-4, 0, 0] });
    return block.step(0, 1.8e-8) / 8;
  };
  expect(at(0)).toBe(1);
  // B is 1.3, 5 and 10 T there
  expect(at(0.055)).toBe(2);
  expect(at(0.2)).toBe(8);
  expect(at(0.3)).toBe(16);
});
