import { describe, expect, it } from 'vitest';
import {
  orbitJsonSchema,
  orbitPresets,
  parseOrbits,
  parseScenario,
  presets,
  scenarioJsonSchema,
} from '../../src/index.js';
import { isOrbits, orbitMotions, sectionsOf } from '../../src/lab/scenario/controls.js';
import { fromFragment, toFragment } from '../../src/lab/scenario/link.js';
import { edited, plainOf } from '../../src/lab/scenario/plain.js';
import { faultsByControl } from '../../src/lab/view/Form.js';

const line = scenarioJsonSchema();
const orbits = orbitJsonSchema();
const sections = (text: string) => {
  const plain = plainOf(text)!;
  const inSpace = isOrbits(plain, orbitMotions(orbits));
  return sectionsOf(inSpace ? orbits : line, plain, inSpace);
};
const control = (text: string, path: string, label?: string) => {
  const found = sections(text)
    .flatMap(({ controls }) => controls)
    .find((one) => one.path === path && (label === undefined || one.label === label));
  if (!found) throw new Error(`no control ${path}`);
  return found;
};

describe('a scenario in a link', () => {
  it.each(presets.map(({ name, yaml }) => [name, yaml]))('comes back to the letter: %s', async (_, yaml) => {
    const fragment = await toFragment(yaml);
    expect(fragment).toMatch(/^s=[\w-]+$/);
    expect(await fromFragment(`#${fragment}`)).toBe(yaml);
  });

  it('is none where there is none, and a fault where it is cut or a bomb', async () => {
    expect(await fromFragment('#chapter')).toBeUndefined();
    await expect(fromFragment('#s=%%%')).rejects.toThrow('link: its scenario cannot be unpacked');
    const whole = await toFragment(presets[0].yaml);
    await expect(fromFragment(whole.slice(0, 60))).rejects.toThrow('link:');
    await expect(fromFragment(await toFragment('#'.repeat(2e6)))).rejects.toThrow('link: its scenario has more than');
  });
});

describe('edits of the text', () => {
  it('keep comments, order and everything else', () => {
    const text = '# mine\nfield: { kind: parabolic, B: 1 T } # strong\nseed: 3\n';
    const fresh = edited(text, [[['field', 'ratio'], 7]]);
    expect(fresh).toBe('# mine\nfield: { kind: parabolic, B: 1 T, ratio: 7 } # strong\nseed: 3\n');
    expect(edited(fresh, [[['field', 'ratio'], undefined]])).toBe(text);
  });

  it('leave alone what cannot be read', () => {
    expect(edited('field: {', [[['seed'], 1]])).toBe('field: {');
    expect(plainOf('a: &x 1\nb: *x')).toBeUndefined();
  });
});

describe('the form', () => {
  it.each([...presets, ...orbitPresets].map(({ name, yaml }) => [name, yaml]))('reads %s', (_, yaml) => {
    const all = sections(yaml).flatMap(({ controls }) => controls);
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(({ label }) => label === '')).toEqual([]);
    // No two controls are of one key, or a fault would not know where to appear.
    const names = all.map(({ path, label }) => `${path} ${label}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('shows what short forms mean and writes them back', () => {
    const text = 'particles: { energy: 5 keV }\ncollisions: { strength: 0.3 }\n';
    expect(control(text, 'particles.speed.speed').value).toBe('5 keV');
    const faster = edited(text, control(text, 'particles.speed.speed').set('7 keV'));
    expect(parseScenario(faster).particles.speed).toEqual(
      parseScenario({ particles: { energy: '7 keV' } }).particles.speed,
    );
    expect(control(text, 'collisions.rate.value').value).toBe('0.3');
    expect(parseScenario(edited(text, control(text, 'collisions.rate.value').set('0.6'))).collisions).toEqual(
      parseScenario('collisions: { strength: 0.6 }').collisions,
    );
  });

  it.each(['parabolic', 'uniform', 'dipole', 'twoCoil', 'multiMirror'])(
    'changes the field to %s, fit to run',
    (kind) => {
      const { yaml } = presets[0];
      const scenario = parseScenario(edited(yaml, control(yaml, 'field').set(kind)).replace(/^boundary.*$/m, ''));
      expect(scenario.field.kind).toBe(kind);
    },
  );

  it('writes places in space as lists', () => {
    const { yaml } = orbitPresets[0];
    const moved = edited(yaml, control(yaml, 'particles.place.at').set('0.1 m, 0 m, 0.2 m'));
    expect(parseOrbits(moved).particles.place).toMatchObject({ at: [0.1, 0, 0.2] });
  });

  it('has each fault at its control', () => {
    const text = 'field: { ratio: 0.8 }\nparticles: { count: -1, energy: 5 T }\n';
    const found = faultsByControl(sections(text), [
      { path: 'field.ratio', found: '0.8', message: 'a' },
      { path: 'particles.count', found: '-1', message: 'b' },
      { path: 'outputs', found: '', message: 'c' },
      { path: 'novel', found: '', message: 'd' },
    ]);
    expect([...found.keys()]).toEqual(['field.ratio', 'particles.count', 'outputs.particles']);
  });
});
