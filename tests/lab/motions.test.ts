/** From motion along a line to orbits in space and back. */
import { describe, expect, it } from 'vitest';
import { parseOrbits, parseScenario } from '../../src/index.js';
import { otherMotion, presetOf } from '../../src/lab/scenario/motions.js';
import { plainOf } from '../../src/lab/scenario/plain.js';
import { ORBIT_MOTIONS } from '../../src/scenario/orbits/sections.js';
import { orbitPresets, presets } from '../../src/scenario/presets.js';

const all = [...presets, ...orbitPresets].map(({ name, title, description, yaml }) => ({
  name,
  title,
  description,
  yaml,
}));
const other = (text: string) => otherMotion(text, ORBIT_MOTIONS, all);

describe('the other motion', () => {
  it.each(presets.map(({ name, yaml }) => [name, yaml]))('of %s is a scenario of orbits', (name, yaml) => {
    const text = other(yaml) as string;
    const scenario = parseOrbits(text);
    expect(scenario.name).toBe(name);
    expect(scenario.particles.count).toBe(parseScenario(yaml).particles.count);
    expect(scenario.species).toEqual(parseScenario(yaml).species);
    expect(scenario.particles.speed).toEqual(parseScenario(yaml).particles.speed);
  });

  it.each(orbitPresets.map(({ name, yaml }) => [name, yaml]))('of %s is a scenario of a line', (name, yaml) => {
    const scenario = parseScenario(other(yaml) as string);
    expect(scenario.name).toBe(name);
    expect(scenario.particles.speed).toEqual(parseOrbits(yaml).particles.speed);
    expect(scenario.times.at ?? scenario.times.until).toEqual(
      parseOrbits(yaml).times.at ?? parseOrbits(yaml).times.until,
    );
  });

  it('takes the same field where there is one', () => {
    expect(plainOf(other('field: dipole\n') as string)?.field).toMatchObject({ kind: 'dipole' });
    expect(plainOf(other('field: { B: 1 T }\n') as string)?.field).toMatchObject({ kind: 'bottle' });
    expect(plainOf(other('motion: fullOrbit\nfield: { kind: wave }\n') as string)?.field).toMatchObject({
      kind: 'parabolic',
    });
  });

  it('takes a rate along, and leaves what only one kind has', () => {
    const text = other('collisions: { rate: 2e3 /s, operator: binomial }\ntimes: { bounces: 4 }\n') as string;
    expect(parseOrbits(text).collisions).toEqual({ operator: 'exact', rate: { law: 'constant', value: 2000 } });
    expect(parseOrbits(other('collisions: { strength: 0.2 }\n') as string).collisions.operator).toBe('none');
    expect(parseScenario(other(text) as string).collisions.rate).toEqual({ law: 'constant', value: 2000 });
  });

  it('is none of a text that cannot be read', () => {
    expect(other('a: [')).toBeUndefined();
    expect(otherMotion('seed: 1', ORBIT_MOTIONS, [])).toBeUndefined();
  });
});

describe('the preset of a scenario', () => {
  const found = (text: string) => presetOf(plainOf(text), ORBIT_MOTIONS, all)?.name;

  it.each(all.map(({ name, yaml }) => [name, yaml]))('%s is found, as it is and changed', (name, yaml) => {
    expect(found(yaml)).toBe(name);
    expect(found(`${yaml}seed: 7\n`.replace(/^seed: 1\n/m, ''))).toBe(name);
  });

  it('is none where the scenario has another name or motion, or cannot be read', () => {
    for (const text of [
      'name: mine\n',
      '{}',
      'name: mirror\nmotion: fullOrbit\n',
      'name: banana\n',
      'name: [',
      'name: 3\n',
    ])
      expect(found(text), text).toBeUndefined();
  });
});
