/** Controls of a section and all below it, by its schema: kinds, sections that may be left out, lists of sections. */
import type { Json } from '../messages.js';
import { type Control, entry, type Spot } from './entry.js';
import type { Change, Path, Plain } from './plain.js';
import {
  capital,
  filled,
  filledKind,
  filler,
  forms,
  isColumn,
  itemOf,
  kindName,
  kindsOf,
  objectOf,
  optional,
  propertyOf,
  record,
  spaced,
  tagOf,
  words,
} from './shapes.js';

/** A key with what may be below it. */
export interface Node extends Spot {
  /** Where it stands in the text, if there it is a section in its long form. */
  readonly at?: Path;
  /** Names of the files at hand. */
  readonly files: readonly string[];
}

const isSection = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The kind and key that a bare value stands for. */
const bareKinds: Readonly<Record<string, readonly [kind: string, key: string]>> = {
  speed: ['mono', 'speed'],
  rate: ['constant', 'value'],
  profile: ['uniform', 'E'],
};
/** The key of a section that a bare value stands for, and whether every value of it may stand bare. */
const bareKeys: Readonly<Record<string, readonly [key: string, always: boolean]>> = {
  motion: ['kind', true],
  trajectories: ['particles', true],
  collisions: ['operator', false],
  rare: ['levels', false],
  parallelField: ['profile', false],
};

const keyOf = (path: string) =>
  path
    .replace(/\[\d+\]$/, '')
    .split('.')
    .at(-1) ?? '';

/** The whole scenario. */
export const rootNode = (schema: Json, plain: Plain, files: readonly string[]): Node => ({
  schema,
  path: '',
  label: '',
  value: plain,
  fallback: undefined,
  help: '',
  at: [],
  files,
  write: (value) => Object.entries(value as Plain).map(([key, one]): Change => [[key], one]),
});

/** What is to be written for a key of a section. */
function writeKey(node: Node, current: Plain, key: string, value: unknown): readonly Change[] {
  if (node.at) return [[[...node.at, key], value]];
  const next = Object.fromEntries(Object.entries({ ...current, [key]: value }).filter(([, one]) => one !== undefined));
  const left = Object.keys(next);
  const [bare, always] = bareKeys[keyOf(node.path)] ?? [];
  if (left.length === 0) return node.write(undefined);
  return node.write(always && left.length === 1 && left[0] === bare ? next[bare as string] : next);
}

/** A key of a section, with what stands there. */
export function below(node: Node, current: Plain, key: string, more: Partial<Node> = {}): Node {
  const schema = propertyOf(node.schema, key);
  const value = current[key];
  return {
    schema,
    path: node.path ? `${node.path}.${key}` : key,
    label: spaced(key),
    value,
    // A section that is left out may have other defaults than its keys.
    fallback: (isSection(node.fallback) && node.value === undefined ? node.fallback[key] : undefined) ?? schema.default,
    help: words(schema.description) || node.help,
    files: node.files,
    at: node.at && isSection(value) ? [...node.at, key] : undefined,
    write: (fresh) => writeKey(node, current, key, fresh),
    ...more,
  };
}

/** Controls of a key and of all below it. */
export function controlsAt(node: Node): Control[] {
  const { schema } = node;
  if (kindsOf(schema).length > 0) return kindControls(node);
  if (itemOf(schema)) return listControls(node);
  const object = objectOf(schema);
  if (!object) return [entry(node)];
  if (record(object.properties).charge) return speciesControls(node, object);
  return sectionControls(node, object);
}

/** A section of kinds as its long form: `{ kind, ... }`. */
function longKind(node: Node, value: unknown, kinds: readonly Json[]): Plain {
  const tag = tagOf(kinds[0]);
  const names = kinds.map(kindName);
  if (typeof value === 'string' && names.includes(value)) return { [tag]: value };
  const key = keyOf(node.path);
  if (key === 'place' && Array.isArray(value)) return { kind: 'point', at: value };
  if (key === 'place' && value !== undefined && !isSection(value)) return { kind: 'point', s: value };
  if (bareKinds[key] && value !== undefined && value !== null && !isSection(value))
    return { [tag]: bareKinds[key][0], [bareKinds[key][1]]: value };
  if (!isSection(value)) return {};
  const long = value[tag] === undefined ? { [tag]: names[0], ...value } : value;
  // One energy of all particles is one speed of them.
  const { energy, ...rest } = long;
  return long.kind === 'mono' && energy !== undefined ? { ...rest, speed: rest.speed ?? energy } : long;
}

function kindControls(node: Node): Control[] {
  const { schema, value, path, label, help } = node;
  const kinds = kindsOf(schema);
  const tag = tagOf(kinds[0]);
  const names = kinds.map(kindName);
  const absent = value === undefined || value === null || value === 'none';
  const written = absent && !names.includes(String(value)) ? node.fallback : value;
  const current = longKind(node, written, kinds);
  const kind = kinds[names.indexOf(words(current[tag]))];
  const none = optional(schema);
  const select: Control = {
    path,
    label: capital(label),
    help: words(kind?.description) || help,
    unit: '',
    value: kind ? words(current[tag]) : '',
    fallback: '',
    kinds: true,
    options: [
      ...(none || !kind
        ? [{ value: '', label: none ? 'none' : absent ? 'as the field has it' : 'as written below' }]
        : []),
      ...kinds.map((one, i) => ({
        value: names[i],
        label: words(record(record(one.properties)[tag]).description) || spaced(names[i]),
      })),
    ],
    set: (name) => {
      const chosen = kinds[names.indexOf(name)];
      if (!chosen) return node.write(undefined);
      const { file, ...kept } = current;
      const table = record(chosen.properties).file !== undefined && node.files[0];
      return node.write(table ? withFile(chosen, kept, table) : filledKind(chosen, kept));
    },
  };
  if (!kind) return [select];
  const known = record(kind.properties);
  // A short form, or one that means the same by another key, is written anew as a whole.
  const inPlace = isSection(value) && Object.keys(value).every((key) => key in known) ? node.at : undefined;
  const own: Node = { ...node, schema: kind, value: current, help: select.help, at: inPlace };
  return [select, ...keysOf(kind).flatMap((key) => (key === tag ? [] : keyControls(own, current, key)))];
}

const keysOf = (object: Json) => Object.keys(record(object.properties));

/** A table's keys where a file has the columns. */
function withFile(table: Json, current: Plain, file: string): Plain {
  const columns = keysOf(table).filter((key) => isColumn(propertyOf(table, key)) || key === 'text');
  return { [tagOf(table)]: kindName(table), ...omit(current, [...columns, tagOf(table)], table), file };
}

const omit = (current: Plain, keys: readonly string[], of: Json): Plain =>
  Object.fromEntries(Object.entries(current).filter(([key]) => !keys.includes(key) && key in record(of.properties)));

function keyControls(node: Node, current: Plain, key: string): Control[] {
  const one = below(node, current, key);
  const table = propertyOf(node.schema, 'file');
  if (Object.keys(table).length === 0) return controlsAt(one);
  if (key === 'file') return [fileControl(node, current, one)];
  // The whole text of a file is no line of a form.
  if (key === 'text') return [];
  return current.file !== undefined && current[key] === undefined && isColumn(one.schema) ? [] : controlsAt(one);
}

/** Which of the files at hand a table is. */
function fileControl(node: Node, current: Plain, one: Node): Control {
  const named = words(one.value);
  const names = [...new Set([...node.files, ...(named ? [named] : [])])];
  const lists = keysOf(node.schema).some((key) => isColumn(propertyOf(node.schema, key)));
  return {
    ...entry(one),
    label: 'File',
    help: `${one.help}. Drop files on the page, or open them, to choose one here`,
    options: [
      {
        value: '',
        label: lists ? 'none: the lists below' : names.length > 0 ? 'choose a file' : 'drop a file on the page',
      },
      ...names.map((name) => ({ value: name, label: node.files.includes(name) ? name : `${name} (not at hand)` })),
    ],
    set: (name) => {
      if (name !== '') return node.write(withFile(node.schema, current, name));
      const { file, ...rest } = current;
      return node.write(lists ? filledKind(node.schema, rest) : rest);
    },
  };
}

/** A list of sections: how many, and the keys of each. */
function listControls(node: Node): Control[] {
  const item = itemOf(node.schema) as Json;
  const all: readonly unknown[] = Array.isArray(node.value) ? node.value : isSection(node.value) ? [node.value] : [];
  const count: Control = {
    path: node.path,
    label: `Number of ${node.label === 'background' ? 'background species' : node.label}`,
    help: node.help,
    unit: '',
    value: String(all.length),
    fallback: '',
    number: { min: 1, above: false, max: 16, whole: true },
    set: (text) => {
      const wanted = Number(text);
      if (text.trim() === '' || !Number.isInteger(wanted) || wanted < 1 || wanted > 16) return [];
      return node.write(Array.from({ length: wanted }, (_, i) => all[i] ?? all.at(-1) ?? filled(item)));
    },
  };
  return [
    count,
    ...all.flatMap((value, i) => {
      const one: Node = {
        ...node,
        schema: item,
        path: `${node.path}[${i}]`,
        value,
        at: undefined,
        write: (fresh) => node.write(all.map((other, j) => (j === i ? fresh : other))),
      };
      const current = record(value);
      return keysOf(item).flatMap((key) =>
        controlsAt(below(one, current, key)).map((control) => ({
          ...control,
          label: `${i + 1}: ${spaced(control.label.charAt(0).toLowerCase() + control.label.slice(1))}`,
        })),
      );
    }),
  ];
}

/** A section of keys; one that may be left out begins with whether it is there. */
function sectionControls(node: Node, object: Json): Control[] {
  const { value, path, label, schema } = node;
  const bare = bareKeys[keyOf(path)]?.[0];
  const none = optional(schema);
  const absent = value === undefined || value === null || value === 'none';
  const short = value !== undefined && !isSection(value) && bare;
  const current: Plain = isSection(value) ? value : short && !(none && absent) ? { [bare]: value } : {};
  const own: Node = { ...node, schema: object };
  const first = bare ?? keysOf(object)[0];
  const keys = keysOf(object).flatMap((key) =>
    controlsAt(below(own, current, key)).map((control) =>
      control.path === `${path}.${key}` && path.includes('.') && !none
        ? { ...control, label: `${capital(label)}: ${control.label.charAt(0).toLowerCase()}${control.label.slice(1)}` }
        : control,
    ),
  );
  if (!none) return keys;
  const select: Control = {
    path,
    label: capital(label),
    help: node.help,
    unit: '',
    value: absent ? '' : 'given',
    fallback: '',
    options: [
      { value: '', label: 'none' },
      { value: 'given', label: 'as below' },
    ],
    set: (text) => {
      if (text === '') return node.write(undefined);
      const one = propertyOf(object, first);
      return node.write({ [first]: one.default ?? filler(one, first), ...filled(object) });
    },
  };
  return absent ? [select] : [select, ...keys];
}

/** A species by its name, or by mass and charge. */
function speciesControls(node: Node, object: Json): Control[] {
  const names = forms(node.schema)
    .filter((form) => Array.isArray(form.enum))
    .flatMap((form) => form.enum as string[]);
  const { value } = node;
  const own = isSection(value);
  const select: Control = {
    ...entry({ ...node, schema: { enum: names }, value: own ? 'own' : value }),
    options: [...names.map((name) => ({ value: name, label: name })), { value: 'own', label: 'by mass and charge' }],
    set: (name) => node.write(name === 'own' ? { name: 'particle', ...filled(object) } : name),
  };
  if (!own) return [select];
  return [
    select,
    ...keysOf(object).map((key) => ({
      ...entry(below({ ...node, schema: object }, value, key)),
      label: `Species: ${key}`,
    })),
  ];
}
