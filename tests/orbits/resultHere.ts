/** A run of orbits in space in this thread, as files, tables and figures read it. */
import { OrbitResult } from '../../src/orbits.js';
import type { OrbitData } from '../../src/results/data.js';
import type { OrbitInput } from '../../src/scenario/orbits/schema.js';
import { orbitsHere } from './runHere.js';

export async function orbitResultHere(input: OrbitInput | string): Promise<OrbitData> {
  const { scenario, plan, tallies } = orbitsHere(input);
  return new OrbitResult(scenario, {
    plan,
    tallies,
    complete: true,
    particles: { done: plan.particles, total: plan.particles },
    blocks: undefined as never, // what is written does not read it
    steps: Number(tallies.total('work')[0]),
    seconds: 1,
    hash: await tallies.hash(),
    workers: 1,
    retries: 0,
    provenance: { version: '0', kernelHash: '0', runtime: 'test', started: '2026-11-23T12:00:00Z' },
    warnings: plan.warnings,
  });
}

/** Protons that a thin current sheet turns: mu is broken. */
export const sheetInput: OrbitInput = {
  name: 'sheet',
  motion: 'fullOrbit',
  field: { kind: 'currentSheet', B0: '5 nT', thickness: '500 km', normalField: '5 nT' },
  particles: { count: 256, speed: '1.4142e6 m/s', pitch: { kind: 'cosine', xi: -0.7 }, place: ['0 m', '0 m', '2e7 m'] },
  boundary: { lowZ: '-1e7 m' },
  times: { until: '60 s', count: 6 },
};

/** Electrons in a whistler, which is in resonance with those at xi = -0.28. */
export const waveInput: OrbitInput = {
  name: 'wave',
  motion: { kind: 'fullOrbit', tolerance: 1e-2 },
  species: 'electron',
  field: {
    kind: 'wave',
    B0: '100 nT',
    waves: [{ amplitude: '100 pT', polarisation: 'right', wavelength: '62 km', frequency: '700 Hz' }],
  },
  particles: { count: 1024, energy: '300 keV' },
  times: { until: '5 ms', count: 1 },
  tallies: { startXi: { bins: 32 } },
};

/** Protons in a bottle: mu stays. */
export const bottleInput: OrbitInput = {
  name: 'bottle',
  motion: 'fullOrbit',
  field: { kind: 'bottle', B: '0.5 T', scale: '1 m' },
  particles: { count: 256, energy: '10 keV', place: ['0.2 m', '0 m', '0 m'] },
  boundary: { lowZ: '-1.5 m', highZ: '1.5 m' },
  times: { until: '3 us', count: 4 },
};
