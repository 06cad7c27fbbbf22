/** Controls of the most used keys, made from the JSON Schema that also checks them: labels, units and ranges stand there. */
import type { Json } from '../messages.js';
import { at, type Change, type Path, type Plain } from './plain.js';

export interface Control {
  /** The key path, as faults name it. */
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly unit: string;
  readonly value: string;
  /** What holds where nothing is written. */
  readonly fallback: string;
  readonly number?: { readonly min?: number; readonly max?: number; readonly whole: boolean };
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** What is to be written for a value of the control. */
  set(value: string): readonly Change[];
}

export interface Section {
  readonly title: string;
  readonly help: string;
  readonly controls: readonly Control[];
}

/** A choice among kinds, each with keys of its own. */
interface Union {
  readonly title: string;
  readonly path: Path;
  /** The key that tells the kinds apart. */
  readonly tag: string;
  /** The kind and key that a bare value stands for. */
  readonly bare?: readonly [kind: string, key: string];
  /** What else the section may hold in its place. */
  readonly instead?: readonly Path[];
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
/** `shellL` as `shell L`, `halfAngle` as `half angle`. */
const spaced = (key: string) =>
  key.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${key.endsWith(b) ? b : b.toLowerCase()}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A key's own schema: short forms and `null` beside it left out. */
function leaf(schema: Json): Json {
  const inner = list(schema.anyOf).filter((one) => one.type !== 'null');
  return inner.length === 1 ? { ...inner[0], description: schema.description ?? inner[0].description } : schema;
}

const isVector = (schema: Json) => Array.isArray(schema.prefixItems);

function written(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? '' : String(value);
}

/** The value that a text in a control stands for; a number where it is one. */
function meant(text: string, schema: Json): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (isVector(schema)) return trimmed.split(',').map((part) => part.trim());
  const numeric = schema.type !== 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed);
  return numeric ? Number(trimmed) : trimmed;
}

/** A control of one value; undefined for what a form of single lines cannot hold, such as tables. */
function leafControl(
  key: string,
  path: string,
  raw: Json,
  value: unknown,
  set: (value: unknown) => readonly Change[],
): Control | undefined {
  const schema = leaf(raw);
  const choices = Array.isArray(schema.enum) ? schema.enum : undefined;
  const single = choices || isVector(schema) || ['string', 'number', 'integer'].includes(words(schema.type));
  if (!single || key === 'file') return undefined;
  const parts = isVector(schema) ? list(schema.prefixItems)[0] : schema;
  const numeric = schema.type === 'number' || schema.type === 'integer';
  const limit = (name: string) => (typeof schema[name] === 'number' ? (schema[name] as number) : undefined);
  return {
    path,
    label: capital(spaced(key)),
    help: words(schema.description),
    unit: words(parts.unit) === '1' ? '' : words(parts.unit),
    value: written(value),
    fallback: written(schema.default),
    ...(numeric && {
      number: {
        min: limit('minimum') ?? limit('exclusiveMinimum'),
        max: limit('maximum') ?? limit('exclusiveMaximum'),
        whole: schema.type === 'integer',
      },
    }),
    ...(choices && { options: choices.map((choice) => ({ value: String(choice), label: spaced(String(choice)) })) }),
    set: (text) => set(meant(text, schema)),
  };
}

/** The kinds of a union, wherever in the section's forms they stand. */
function kindsOf(schema: Json, tag: string): readonly Json[] {
  const direct = list(schema.oneOf);
  if (direct.length > 0) return direct;
  for (const form of list(schema.anyOf)) {
    const found = kindsOf(form, tag);
    if (found.length > 0) return found;
  }
  return [];
}

const kindName = (kind: Json, tag: string) => words(record(record(kind.properties)[tag]).const);

/** A section as its long form: `{ kind, ... }`. */
function normal(value: unknown, kinds: readonly string[], { tag, bare }: Union): Plain {
  if (typeof value === 'string' && kinds.includes(value)) return { [tag]: value };
  if (bare && (typeof value === 'string' || typeof value === 'number' || Array.isArray(value)))
    return { [tag]: bare[0], [bare[1]]: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const plain = value as Plain;
  return plain[tag] === undefined ? { [tag]: kinds[0], ...plain } : plain;
}

/** What a key has to hold at least when its kind is chosen. */
function filler(raw: Json): unknown {
  const schema = leaf(raw);
  const example = (of: Json) => {
    const first = list(of.examples)[0] as unknown;
    return typeof first === 'string' ? first.split(' or ')[0] : first;
  };
  if (isVector(schema)) return list(schema.prefixItems).map(example);
  return example(schema);
}

function unionControls(root: Json, plain: Plain, union: Union): Control[] {
  const { path, tag, title, instead = [] } = union;
  const schema = path.reduce<Json>((node, key) => propertyOf(node, key), root);
  const kinds = kindsOf(schema, tag);
  const names = kinds.map((kind) => kindName(kind, tag));
  const value = at(plain, path) ?? insteadOf(plain, instead);
  const current = normal(value ?? schema.default, names, union);
  const kind = kinds[names.indexOf(words(current[tag]))];
  const place = path.join('.');
  const clear = instead.map((other): Change => [other, undefined]);
  const choose = (name: string): readonly Change[] => {
    if (name === '') return [[path, undefined], ...clear];
    const chosen = kinds[names.indexOf(name)];
    const properties = record(chosen.properties);
    const required = Array.isArray(chosen.required) ? chosen.required.map(String) : [];
    const kept: Record<string, unknown> = { [tag]: name };
    for (const [key, of] of Object.entries(properties)) {
      if (key === tag) continue;
      if (current[key] !== undefined) kept[key] = current[key];
      else if (required.includes(key) || (key === 'B' && record(of).default === undefined)) {
        const fill = filler(record(of));
        if (fill !== undefined) kept[key] = fill;
      }
    }
    return [...clear, [path, kept]];
  };
  const select: Control = {
    path: place,
    label: title,
    help: words(kind?.description) || words(schema.description),
    unit: '',
    value: kind ? words(current[tag]) : '',
    fallback: '',
    options: [
      ...(kind ? [] : [{ value: '', label: value === undefined ? 'as the field has it' : 'as written below' }]),
      ...kinds.map((one, i) => ({
        value: names[i],
        label: words(record(record(one.properties)[tag]).description) || spaced(names[i]),
      })),
    ],
    set: choose,
  };
  const keys = kind ? Object.entries(record(kind.properties)).filter(([key]) => key !== tag) : [];
  const long = typeof value === 'object' && value !== null && !Array.isArray(value) && at(plain, path) === value;
  return [
    select,
    ...keys
      .map(([key, of]) =>
        leafControl(key, `${place}.${key}`, record(of), current[key], (fresh) =>
          long ? [[[...path, key], fresh]] : [...clear, [path, { ...current, [key]: fresh }]],
        ),
      )
      .filter((control) => control !== undefined),
  ];
}

/** A short key that stands in place of a section. */
function insteadOf(plain: Plain, instead: readonly Path[]): unknown {
  for (const path of instead) {
    const value = at(plain, path);
    const key = path[path.length - 1];
    if (value === undefined) continue;
    if (key === 'temperature') return { kind: 'maxwellian', temperature: value };
    if (key === 'strength') return { law: 'strength', value };
    return { kind: 'mono', speed: value };
  }
  return undefined;
}

/** A key of a section, whichever of the section's forms has it. */
function propertyOf(schema: Json, key: string): Json {
  const own = record(schema.properties)[key];
  if (own !== undefined) return record(own);
  for (const form of list(schema.anyOf)) {
    const found = propertyOf(form, key);
    if (Object.keys(found).length > 0) return found;
  }
  return {};
}

function keyControl(root: Json, plain: Plain, path: Path, label?: string): Control[] {
  const schema = path.reduce<Json>((node, key) => propertyOf(node, key), root);
  // A section that is left out may have other defaults than its keys.
  const above = propertyOf(root, path[0]).default;
  const fallback = at(plain, path.slice(0, 1)) === undefined ? at(above, path.slice(1)) : undefined;
  const shown = fallback === undefined ? schema : { ...schema, default: fallback };
  const control = leafControl(path[path.length - 1], path.join('.'), shown, at(plain, path), (value) => [
    [path, value],
  ]);
  return control ? [label ? { ...control, label } : control] : [];
}

const lengths = ['collisionTimes', 'bounces', 'until'] as const;
const lengthNames = { collisionTimes: 'collision times', bounces: 'bounces', until: 'a time' } as const;

/** When a run ends: in one of three measures. */
function lengthControls(root: Json, plain: Plain): Control[] {
  const given = lengths.find((key) => at(plain, ['times', key]) !== undefined) ?? 'collisionTimes';
  const examples = { collisionTimes: 2, bounces: 20, until: '10 us' };
  const swap = (key: string): Change[] =>
    lengths.map((name) => [['times', name], name === key ? examples[name] : undefined]);
  return [
    {
      path: 'times',
      label: 'Run length in',
      help: words(propertyOf(propertyOf(root, 'times'), 'until').description),
      unit: '',
      value: given,
      fallback: '',
      options: lengths.map((value) => ({ value, label: lengthNames[value] })),
      set: swap,
    },
    {
      path: `times.${given}`,
      label: 'Until',
      help: words(propertyOf(propertyOf(root, 'times'), given).description),
      unit: { collisionTimes: 'nu t', bounces: 'bounces', until: 's' }[given],
      value: written(at(plain, ['times', given])),
      fallback: '',
      set: (text) => [[['times', given], meant(text, given === 'until' ? { type: 'string' } : { type: 'number' })]],
    },
  ];
}

/** The scenario's motions in space, by the schema of those scenarios. */
export function orbitMotions(orbits: Json): readonly string[] {
  return propertyOf(propertyOf(orbits, 'motion'), 'kind').enum as readonly string[];
}

/** How orbits are followed: a bare name, or a section. */
function motionControls(root: Json, plain: Plain): Control[] {
  const motion = propertyOf(root, 'motion');
  const long = typeof plain.motion === 'object' && plain.motion !== null;
  const path = long ? ['motion', 'kind'] : ['motion'];
  const kind = leafControl('kind', 'motion', propertyOf(motion, 'kind'), at(plain, path), (value) => [[path, value]]);
  const more = long ? ['pusher', 'tolerance'].flatMap((key) => keyControl(root, plain, ['motion', key])) : [];
  return [...(kind ? [kind] : []), ...more];
}

/** Species that have a name; others stand in the text. */
function speciesControls(root: Json, plain: Plain): Control[] {
  const forms = list(propertyOf(root, 'species').anyOf).flatMap((form) => [form, ...list(form.anyOf)]);
  const names = forms.find((form) => Array.isArray(form.enum));
  const value = at(plain, ['species']);
  if (!names || typeof value === 'object') return [];
  const help = propertyOf(root, 'species').description;
  const schema = { ...names, description: help, default: propertyOf(root, 'species').default };
  const control = leafControl('species', 'species', schema, value, (name) => [[['species'], name]]);
  return control ? [control] : [];
}

/** Whether a scenario is one of orbits in space. */
export function isOrbits(plain: Plain, motions: readonly string[]): boolean {
  const { motion } = plain;
  return motions.includes(String(typeof motion === 'object' && motion !== null ? (motion as Plain).kind : motion));
}

/**
 * The form of a scenario.
 * @param root JSON Schema of its kind
 * @param plain what is written
 * @param orbits whether it is one of orbits in space
 */
export function sectionsOf(root: Json, plain: Plain, orbits: boolean): Section[] {
  const help = (key: string) => words(propertyOf(root, key).description);
  const speed = [
    ['particles', 'energy'],
    ['particles', 'temperature'],
  ];
  const collisions: Union = {
    title: 'Rate',
    path: ['collisions', 'rate'],
    tag: 'law',
    bare: ['constant', 'value'],
    instead: [['collisions', 'strength']],
  };
  return [
    {
      title: 'Field',
      help: help('field'),
      controls: unionControls(root, plain, { title: 'Kind of field', path: ['field'], tag: 'kind' }),
    },
    {
      title: 'Particles',
      help: help('particles'),
      controls: [
        ...speciesControls(root, plain),
        ...keyControl(root, plain, ['particles', 'count'], 'Number'),
        ...unionControls(root, plain, {
          title: 'Speeds',
          path: ['particles', 'speed'],
          tag: 'kind',
          bare: ['mono', 'speed'],
          instead: speed,
        }),
        ...unionControls(root, plain, { title: 'Pitch', path: ['particles', 'pitch'], tag: 'kind' }),
        ...unionControls(root, plain, {
          title: 'Place',
          path: ['particles', 'place'],
          tag: 'kind',
          bare: orbits ? ['point', 'at'] : ['point', 's'],
        }),
      ],
    },
    ...(orbits ? [{ title: 'Motion', help: help('motion'), controls: motionControls(root, plain) }] : []),
    {
      title: 'Collisions',
      help: help('collisions'),
      controls: [
        ...keyControl(root, plain, ['collisions', 'operator']),
        ...(at(plain, ['collisions']) === undefined && orbits ? [] : unionControls(root, plain, collisions)),
      ],
    },
    {
      title: 'Boundary',
      help: help('boundary'),
      controls: orbits
        ? ['lowZ', 'highZ', 'outerRadius'].flatMap((key) => keyControl(root, plain, ['boundary', key]))
        : unionControls(root, plain, { title: 'Particles are lost', path: ['boundary'], tag: 'kind' }),
    },
    {
      title: 'Times',
      help: help('times'),
      controls: [
        ...lengthControls(root, plain),
        ...keyControl(root, plain, ['times', 'count'], 'Snapshots'),
        ...keyControl(root, plain, ['seed']),
      ],
    },
  ];
}
