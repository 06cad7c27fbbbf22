/**
 * Scenarios that between them use every path of a run: all presets with few particles, and odd ones that no preset is like.
 * Counts are no multiples of a block.
 */
import type { Scenario, ScenarioInput } from '../src/scenario/index.js';

const odd: readonly ScenarioInput[] = [
  {
    name: 'forced-sine',
    seed: '18446744073709551615',
    species: 'electron',
    particles: { count: 777, temperature: '2 keV', pitch: { kind: 'pancake', power: 1.5 }, place: 'fluxTube' },
    field: { kind: 'twoCoil', B: '0.3 T', radius: '0.4 m', separation: '2.5 m' },
    potential: { kind: 'ambipolar', electronTemperature: '1 keV', densityRatio: 0.2 },
    parallelField: {
      profile: { kind: 'uniform', E: '20 V/m' },
      time: { kind: 'sine', frequency: '1 MHz', phase: '20 deg' },
    },
    collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1 keV', index: -3 } },
    boundary: 'throat',
    times: { count: 5, until: '0.5 us' },
    outputs: { particles: 300 },
  },
  {
    name: 'relativistic',
    seed: 3,
    species: 'electron',
    particles: {
      count: 601,
      speed: { kind: 'powerLaw', index: 2, from: '100 keV', to: '5 MeV' },
      pitch: 'isotropic',
      place: { kind: 'point', s: '1000 km' },
    },
    field: { kind: 'dipole', shellL: 4.5 },
    collisions: { operator: 'none' },
    boundary: 'throat',
    times: { count: 5, bounces: 3 },
  },
  {
    name: 'one-sided-cone',
    seed: 4,
    species: 'deuteron',
    particles: { count: 2500, speed: { kind: 'shell', from: '1e5 m/s', to: '1e6 m/s' }, pitch: 'isotropic' },
    field: { kind: 'uniform', B: '1 T', length: '3 m' },
    collisions: { rate: '1e4 /s' },
    boundary: { kind: 'cone', ratio: 3, sides: 'left' },
    motion: 'homogeneous',
    times: { count: 9, spacing: 'log', collisionTimes: 3 },
  },
  {
    name: 'euler-maruyama',
    seed: 5,
    species: 'alpha',
    particles: { count: 1030, energy: '3 MeV', pitch: { kind: 'beam', halfAngle: '20 deg' } },
    field: { kind: 'multiMirror', B: '0.5 T', ratio: 2, cells: 3, length: '6 m' },
    collisions: { operator: 'eulerMaruyama', strength: 2 },
    boundary: 'periodic',
    times: { count: 4, collisionTimes: 0.5 },
  },
  {
    name: 'binomial',
    seed: 6,
    particles: { count: 999, energy: '3 keV', pitch: { kind: 'cosine', xi: 0.4 } },
    field: { kind: 'parabolic', B: '0.5 T', ratio: 2, length: '6 m' },
    collisions: { operator: 'binomial', strength: 2 },
    boundary: 'reflecting',
    times: { count: 4, collisionTimes: 0.5 },
  },
  {
    name: 'trapped-coulomb',
    seed: 9,
    particles: {
      count: 4097,
      temperature: '500 eV',
      pitch: { kind: 'isotropic', only: 'trapped' },
      place: 'fluxTube',
    },
    field: { kind: 'parabolic', B: '1 T', ratio: 3, length: '4 m' },
    collisions: {
      rate: {
        law: 'coulomb',
        background: [
          { species: 'electron', density: '1e19 m^-3', temperature: '100 eV' },
          { species: 'deuteron', density: '1e19 m^-3', temperature: '300 eV' },
        ],
        coulombLogarithm: 14,
      },
    },
    boundary: 'throat',
    times: { count: 6, until: '0.2 ms' },
    outputs: { particles: 5000 },
  },
  {
    name: 'streaming',
    seed: 10,
    particles: { count: 70001, energy: '1 keV' },
    field: { kind: 'uniform', B: '1 T', length: '5 m' },
    collisions: { operator: 'none' },
    boundary: 'none',
    times: { count: 3, until: '1 us' },
  },
  {
    name: 'fed-at-many-speeds',
    seed: 11,
    particles: { count: 1300, temperature: '2 keV', place: 'fluxTube' },
    field: { kind: 'parabolic', B: '0.5 T', ratio: 3, length: '2 m' },
    collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '2 keV', index: -3 } },
    boundary: 'throat',
    source: { rate: '1e15 /s' },
    times: { count: 3, collisionTimes: 1 },
  },
  {
    name: 'rare-thermal',
    seed: 11,
    particles: { count: 1500, temperature: '1 keV', pitch: { kind: 'pancake', power: 60 }, place: 'fluxTube' },
    field: { kind: 'twoCoil', B: '1 T', radius: '0.4 m', separation: '2 m' },
    collisions: { rate: { law: 'powerLaw', value: '2e3 /s', at: '1 keV', index: -3 } },
    boundary: 'throat',
    rare: 'auto',
    times: { count: 4, until: '30 us' },
    outputs: { particles: 300 },
  },
  {
    name: 'stratified',
    seed: 12,
    particles: {
      count: 1200,
      temperature: '1 keV',
      pitch: { kind: 'isotropic', only: 'trapped' },
      place: 'fluxTube',
      stratify: { pitch: 2, speed: 2 },
    },
    field: { kind: 'parabolic', B: '0.5 T', ratio: 3, length: '2 m' },
    collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1 keV', index: -3 } },
    boundary: 'throat',
    rare: { levels: 2 },
    source: { rate: '1e15 /s' },
    times: { count: 4, collisionTimes: 0.5 },
    outputs: { particles: 40 },
  },
  { name: 'one-particle', seed: 0, particles: { count: 1 } },
];

/** The scenarios by name, made with the parser at hand: that of the sources or that of the built library. */
export function varied(library: {
  parseScenario(input: ScenarioInput | string): Scenario;
  presets: readonly { yaml: string }[];
}): Scenario[] {
  const few = library.presets.map(({ yaml }, i) => {
    const scenario = library.parseScenario(yaml);
    return { ...scenario, particles: { ...scenario.particles, count: 900 + 61 * i } };
  });
  return [...few, ...odd.map((input) => library.parseScenario(input))];
}
