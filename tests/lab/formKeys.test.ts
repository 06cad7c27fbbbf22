/** Every key of both schemas has a control that says what it is, or an argued exception. */
import { describe, expect, it } from 'vitest';
import { orbitJsonSchema, parseOrbits, parseScenario, scenarioJsonSchema } from '../../src/index.js';
import { type Control, sectionsOf } from '../../src/lab/scenario/controls.js';
import { edited, plainOf } from '../../src/lab/scenario/plain.js';

type Json = Record<string, unknown>;
const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

/** What no control of its own is for, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'particles.energy': 'short for one speed: shown as particles.speed',
  'particles.temperature': 'short for a Maxwellian: shown as particles.speed',
  'particles.speed.kind': 'the long form of one energy: shown as particles.speed',
  'particles.speed.energy': 'the long form of one energy: shown as particles.speed',
  'collisions.strength': 'short for a rate: shown as collisions.rate',
  'times.until.seconds': 'the long form of until: shown as times.until',
  'times.until.collisionTimes': 'the long form of collisionTimes: shown as times.collisionTimes',
  'times.until.bounces': 'the long form of bounces: shown as times.bounces',
  'field.B': 'a field without its kind: shown as field{parabolic}.B',
  'field.ratio': 'a field without its kind: shown as field{parabolic}.ratio',
  'field.length': 'a field without its kind: shown as field{parabolic}.length',
  'field{eqdsk}.text': 'the whole text of a file: the control is the file',
};

/** Leaves of a schema by their path, with the kind behind each section that has several: `field{dipole}.shellL`. */
function leaves(schema: Json, path: string, into: Map<string, Json[]>): void {
  const before = into.size;
  const down = (properties: Json, of: string) => {
    for (const [key, one] of Object.entries(properties)) {
      const inner = one as Json;
      if (inner.const !== undefined && /\}$/.test(of)) into.set(of.replace(/\{\w+\}$/, ''), [inner]);
      else leaves(inner, of ? `${of}.${key}` : key, into);
    }
  };
  const walk = (form: Json) => {
    for (const one of list(form.anyOf)) walk(one);
    for (const kind of list(form.oneOf)) {
      const tag = Object.values(kind.properties as Json).find((one) => (one as Json).const !== undefined) as Json;
      down(kind.properties as Json, `${path}{${tag.const}}`);
    }
    if (form.properties) down(form.properties as Json, path);
    const items = form.items as Json | undefined;
    if (items?.properties) down(items.properties as Json, `${path}[]`);
    // `{ unit, values }` is a way to write a list.
    for (const word of ['unit', 'values']) {
      const keys = Object.keys((form.properties as Json) ?? {});
      if (keys.length === 2 && keys.includes('unit') && keys.includes('values')) into.delete(`${path}.${word}`);
    }
  };
  walk(schema);
  const scalar = !schema.properties && !schema.oneOf;
  if (into.size === before && scalar) into.set(path, [...(into.get(path) ?? []), schema]);
}

/** The same name for a control. */
function nameOf(control: Control, all: readonly Control[]): string {
  const kinds = new Map(all.filter((one) => one.kinds).map((one) => [one.path, one.value]));
  let name = '';
  let path = '';
  for (const part of control.path.split('.')) {
    path = path ? `${path}.${part}` : part;
    name += `${name ? '.' : ''}${part.replace(/\[\d+\]/, '[]')}`;
    if (kinds.get(path) && path !== control.path) name += `{${kinds.get(path)}}`;
  }
  return name;
}

/** Every control that choices can lead to. */
function reachable(schema: Json, first: string, orbits: boolean): Map<string, Control> {
  const found = new Map<string, Control>();
  const seen = new Set<string>();
  const waiting = [first];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const all = sectionsOf(schema, plainOf(text)!, orbits).flatMap(({ controls }) => controls);
    for (const control of all) {
      found.set(nameOf(control, all), control);
      // What each choice opens; choices of plain values open nothing.
      if (!control.kinds && !['given', 'own'].some((word) => control.options?.some(({ value }) => value === word)))
        if (control.path !== 'times' && control.path !== 'collisions.operator') continue;
      for (const { value } of control.options ?? []) {
        const mark = `${nameOf(control, all)}=${value}`;
        if (seen.has(mark)) continue;
        seen.add(mark);
        waiting.push(edited(text, control.set(value)));
      }
    }
  }
  return found;
}

const both = [
  ['the line', scenarioJsonSchema() as Json, 'seed: 1\n', false],
  [
    'space',
    orbitJsonSchema() as Json,
    'motion: { kind: fullOrbit }\nfield: { kind: uniform }\ncollisions: { rate: 1 /s }\n',
    true,
  ],
] as const;

describe.each(both)('the form of a scenario of %s', (_, schema, text, orbits) => {
  const wanted = new Map<string, Json[]>();
  leaves(schema, '', wanted);
  const found = reachable(schema, text, orbits);

  it('has a control for every key', () => {
    expect(wanted.size).toBeGreaterThan(80);
    const missing = [...wanted.keys()].filter((path) => !found.has(path) && !(path in exceptions));
    expect(missing).toEqual([]);
  });

  it('misses a key that no section holds', () => {
    const more = new Map<string, Json[]>();
    leaves({ properties: { ...(schema.properties as Json), novel: { type: 'number' } } }, '', more);
    expect([...more.keys()].filter((path) => !found.has(path) && !(path in exceptions))).toEqual(['novel']);
  });

  it('says what each is, its unit and its range', () => {
    for (const [path, control] of found) {
      expect(control.label, path).not.toBe('');
      expect(control.help.length, path).toBeGreaterThan(3);
      const [leaf] = wanted.get(path) ?? [];
      if (!leaf) continue;
      if (typeof leaf.unit === 'string' && leaf.unit !== '1') expect(control.unit, path).not.toBe('');
      const least = leaf.minimum ?? leaf.exclusiveMinimum;
      if (typeof least === 'number') expect(control.number?.min, path).toBe(least);
      if (typeof leaf.maximum === 'number') expect(control.number?.max, path).toBe(leaf.maximum);
    }
  });

  it('has no two controls of one name in a section', () => {
    const all = sectionsOf(schema, plainOf(text)!, orbits);
    for (const { controls } of all) {
      const labels = controls.map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });
});

it('excepts no key that has a control, and none that is no key', () => {
  const wanted = new Map<string, Json[]>();
  for (const [, schema] of both) leaves(schema, '', wanted);
  const found = both.flatMap(([, schema, text, orbits]) => [...reachable(schema, text, orbits).keys()]);
  expect(Object.keys(exceptions).filter((path) => !wanted.has(path) || found.includes(path))).toEqual([]);
});

describe('long forms in the form', () => {
  const control = (text: string, path: string, orbits = false, files: readonly string[] = []) =>
    sectionsOf(orbits ? orbitJsonSchema() : scenarioJsonSchema(), plainOf(text)!, orbits, files)
      .flatMap(({ controls }) => controls)
      .find((one) => one.path === path)!;

  it.each(['{ energy: 5 keV }', '{ kind: mono, energy: 5 keV }', '5 keV'])(
    'speed: %s is shown and changed',
    (speed) => {
      const text = `particles: { speed: ${speed} }\n`;
      expect(control(text, 'particles.speed').value).toBe('mono');
      expect(control(text, 'particles.speed.speed').value).toBe('5 keV');
      const faster = edited(text, control(text, 'particles.speed.speed').set('7 keV'));
      expect(parseScenario(faster).particles.speed).toEqual(
        parseScenario('particles: { speed: 7 keV }').particles.speed,
      );
    },
  );

  it.each([
    ['{ bounces: 3 }', 'times.bounces', '3', '4'],
    ['{ collisionTimes: 3 }', 'times.collisionTimes', '3', '4'],
    ['{ seconds: 3 us }', 'times.until', '3 us', '4 us'],
  ])('until: %s is shown and changed', (until, path, value, fresh) => {
    const text = `times: { until: ${until} }\n`;
    expect(control(text, path).value).toBe(value);
    const later = edited(text, control(text, path).set(fresh));
    expect(parseScenario(later).times).toEqual(parseScenario(text.replace(value, fresh)).times);
  });

  it.each([
    ['source', 'given', (s: ReturnType<typeof parseScenario>) => s.source],
    ['rare', 'given', (s: ReturnType<typeof parseScenario>) => s.rare],
    ['parallelField', 'given', (s: ReturnType<typeof parseScenario>) => s.parallelField],
    ['potential', 'ambipolar', (s: ReturnType<typeof parseScenario>) => s.potential],
  ])('%s can be put in and taken out', (path, value, part) => {
    const text = 'particles: { pitch: { kind: cosine, xi: 0 } }\n';
    const wanted = edited(text, control(text, path).set(value));
    expect(control(wanted, path).value).toBe(value);
    expect(plainOf(wanted)).toHaveProperty(path);
    // Splitting needs a cone, which is no matter of the form.
    if (path !== 'rare') expect(part(parseScenario(wanted))).toBeTruthy();
    expect(plainOf(edited(wanted, control(wanted, path).set('')))).toEqual(plainOf(text));
  });

  it('keeps paths by number or by list', () => {
    const text = 'motion: fullOrbit\nfield: { kind: uniform }\ntimes: { until: 1 us }\noutputs: { trajectories: 2 }\n';
    const path = 'outputs.trajectories.particles';
    expect(control(text, path, true).value).toBe('2');
    const some = edited(text, control(text, path, true).set('[0, 17]'));
    expect(plainOf(some)?.outputs).toEqual({ trajectories: [0, 17] });
    expect(control(some, path, true).value).toBe('[0, 17]');
    const seldom = edited(text, control(text, 'outputs.trajectories.every', true).set('10 ns'));
    expect(parseOrbits(seldom).outputs.trajectories).toMatchObject({ every: 1e-8 });
  });

  it.each([
    ['field', false, 'boundary: none\n'],
    ['particles.speed', false, ''],
    ['particles.pitch', false, ''],
    ['collisions.rate', false, 'collisions: { rate: 1 /s }\n'],
    ['field', true, 'motion: fullOrbit\nfield: { kind: uniform }\ntimes: { until: 1 us }\n'],
  ])('%s goes from every kind to every other without a fault (in space: %s)', (path, orbits, first) => {
    // Those two are of files alone.
    const kinds = control(first, path, orbits)
      .options!.map(({ value }) => value)
      .filter((kind) => !['', 'grid', 'eqdsk'].includes(kind));
    const read = (text: string) => (orbits ? parseOrbits(text) : parseScenario(text));
    for (const one of kinds) {
      const text = edited(first, control(first, path, orbits).set(one));
      const choice = control(text, path, orbits);
      expect(choice.value).toBe(one);
      for (const other of kinds) {
        const there = edited(text, choice.set(other));
        // The thickness that was set is kept, and too large for sheets 1000 km apart: it is for the user to say which gives way.
        if (`${one} ${other}` === 'currentSheet sheets') expect(() => read(there)).toThrow('overlap');
        else expect(() => read(there), there).not.toThrow();
      }
    }
  });

  it('takes a table from a file at hand, and its lists again', () => {
    const files = ['mine.csv'];
    const text = 'field: { kind: parabolic }\n';
    const table = edited(text, control(text, 'field', false, files).set('table'));
    expect(plainOf(table)?.field).toEqual({ kind: 'table', file: 'mine.csv' });
    expect(control(table, 'field.file', false, files).value).toBe('mine.csv');
    expect(control(table, 'field.s', false, files)).toBeUndefined();
    const lists = edited(table, control(table, 'field.file', false, files).set(''));
    expect(parseScenario(lists).field.kind).toBe('table');
    expect(control(table, 'field.file').options?.map(({ label }) => label)).toContain('mine.csv (not at hand)');
  });

  it('sets how many waves there are, and each', () => {
    const text =
      'motion: fullOrbit\ntimes: { until: 1 us }\nfield: { kind: wave, B0: 100 nT, waves: [{ amplitude: 1 nT, polarisation: left, wavelength: 9 km, frequency: 0 Hz }] }\n';
    const two = edited(text, control(text, 'field.waves', true).set('2'));
    const other = edited(two, control(two, 'field.waves[1].polarisation', true).set('right'));
    expect(parseOrbits(other).field).toMatchObject({ waves: [{ polarisation: 'left' }, { polarisation: 'right' }] });
  });
});
