import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { spaceProfiles } from '../../src/fields/space/index.js';
import {
  anyJsonSchema,
  formatOrbits,
  orbitInput,
  orbitPresets,
  parseScenario,
  ScenarioError,
} from '../../src/scenario/index.js';
import { isOrbitInput, type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { accepts } from './jsonSchemaValidator.js';

const schema = anyJsonSchema();

const faultsOf = (read: () => unknown): string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ScenarioError) return error.message.split('\n');
    throw error;
  }
  return [];
};

it.each(spaceProfiles.map(({ example }) => example))('writes $kind back to the same scenario', (field) => {
  const common = { motion: 'fullOrbit', field, times: { until: '1 us' } };
  const inputs: Record<string, unknown>[] = [
    common,
    {
      ...common,
      species: 'electron',
      particles: {
        count: 3,
        temperature: '1 keV',
        pitch: { kind: 'beam', halfAngle: '10 deg' },
        place: { kind: 'box', at: ['1 km', '2 km', '-3 m'], halfWidth: ['1 m', '0 m', '1 cm'] },
        gyrophase: 0.25,
        reference: 'particle',
      },
      motion: { kind: 'fullOrbit', pusher: 'boris', step: '1 ps' },
      collisions: { operator: 'exact', rate: '1e3 /s' },
      boundary: { highZ: '10 km', outerRadius: '20 km' },
      times: { at: ['1 us', '5 us'] },
      tallies: { ratio: { bins: 7 } },
      outputs: { figures: false, trajectories: { particles: [0, 2], every: '1 ns', from: '1 us', budget: '1 MiB' } },
    },
    { ...common, outputs: { trajectories: 3 } },
    { ...common, outputs: { trajectories: {} } },
  ];
  for (const input of inputs) {
    const scenario = parseOrbits(input as OrbitInput);
    expect(parseOrbits(formatOrbits(scenario))).toEqual(scenario);
    expect(accepts(schema, input), 'as written').toBe(true);
    expect(accepts(schema, orbitInput(scenario)), 'as formatted').toBe(true);
    expect(accepts(schema, { ...input, boundry: {} }), 'negative control').toBe(false);
    for (const trajectories of [[3, 3], 0, { every: '1 m' }, { budget: 'much' }])
      expect(accepts(schema, { ...input, outputs: { trajectories } }), 'negative control').toBe(false);
  }
});

it('tells full orbits by their motion, also where it is misspelt', () => {
  for (const motion of ['fullOrbit', 'fulOrbit', 'fullorbit', { kind: 'fullOrbits' }])
    expect(isOrbitInput({ motion }), String(motion)).toBe(true);
  for (const motion of ['guidingCentre', 'guidingCenter', 'homogenous', undefined, 7, { kind: 'xyz' }])
    expect(isOrbitInput({ motion }), String(motion)).toBe(false);
  expect(faultsOf(() => parseOrbits('{ motion: fulOrbit, field: dipole, times: { until: 1 s } }'))).toEqual([
    expect.stringMatching(/^motion: "fulOrbit" is not known \(did you mean fullOrbit\?/),
  ]);
});

it('sends a scenario of full orbits to parseOrbits in one line', () => {
  expect(faultsOf(() => parseScenario({ motion: { kind: 'fullOrbit' }, field: 'nonsense' } as never))).toEqual([
    'motion: "fullOrbit" makes this a scenario of orbits in space (must be read by parseOrbits)',
  ]);
});

it('reports every fault by its key', () => {
  const faults = faultsOf(() =>
    parseOrbits(`{ motion: { kind: fullOrbit, tolerence: 1e-3 }, field: { kind: botle, B: 1 T }, times: { until: 5 m },
      particles: { place: [1 m, 2 T, 0 m] }, boundary: { lowz: 1 m } }`),
  );
  for (const [i, start] of [
    'motion.tolerence: is not a key here (did you mean tolerance?',
    'field.kind: "botle" is not known (did you mean bottle?',
    'times.until: ',
    'particles.place: "2 T" is a magnetic field',
    'boundary.lowz: ',
  ].entries())
    expect(
      faults.some((fault) => fault.startsWith(start)),
      `${i}: ${start}\n${faults.join('\n')}`,
    ).toBe(true);
});

it.each(orbitPresets)('the preset $name parses and is named after itself', ({ name, title, description, yaml }) => {
  expect(parseOrbits(yaml).name).toBe(name);
  expect(isOrbitInput(parse(yaml))).toBe(true);
  expect(title.length).toBeGreaterThan(10);
  expect(description.length).toBeGreaterThan(60);
  expect(yaml.startsWith('# ')).toBe(true);
});
