/** Controls of a section and all below it, by its schema: kinds, sections that may be left out, lists of sections. */
import type { Json } from '../messages.js';
import { type Control, entry } from './entry.js';
import { fileControl, withFile } from './fileControl.js';
import { bareKeys, bareKinds, below, isSection, keyOf, keysOf, type Node } from './node.js';
import type { Plain } from './plain.js';
import {
  capital,
  filled,
  filledKind,
  filler,
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
import { speciesControls } from './speciesControls.js';

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

function keyControls(node: Node, current: Plain, key: string): Control[] {
  const one = below(node, current, key);
  const table = propertyOf(node.schema, 'file');
  if (Object.keys(table).length === 0) return controlsAt(one);
  if (key === 'file') return [fileControl(node, current, one)];
  // The whole text of a file is no line of a form.
  if (key === 'text') return [];
  return current.file !== undefined && current[key] === undefined && isColumn(one.schema) ? [] : controlsAt(one);
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
    range: 'whole, 1 to 16',
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
