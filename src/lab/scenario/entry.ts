/** A control of one value: a quantity, a number, a choice, or a list of them on one line. */
import type { Json } from '../messages.js';
import type { Change } from './plain.js';
import { capital, forms, isVector, list, record, spaced, words } from './shapes.js';

export interface Control {
  /** The key path, as faults name it. */
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly unit: string;
  readonly value: string;
  /** What holds where nothing is written. */
  readonly fallback: string;
  readonly number?: {
    readonly min?: number;
    /** Whether the least value itself is too small. */
    readonly above: boolean;
    readonly max?: number;
    readonly whole: boolean;
  };
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Whether it chooses among kinds that have keys of their own. */
  readonly kinds?: boolean;
  /** What is to be written for a value of the control. */
  set(value: string): readonly Change[];
}

/** A key of the scenario: its schema, what is written there, and how to write. */
export interface Spot {
  readonly schema: Json;
  readonly path: string;
  readonly label: string;
  readonly value: unknown;
  readonly fallback: unknown;
  readonly help: string;
  write(value: unknown): readonly Change[];
}

/** Longer tables stay in the text. */
const longest = 50;

function written(value: unknown, mixed: boolean): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    if (value.length > longest) return '';
    const line = value.map(String).join(', ');
    return mixed ? `[${line}]` : line;
  }
  if (typeof value === 'object') {
    const { unit, values } = value as Json;
    return written(Array.isArray(values) ? values.map((one) => `${one} ${words(unit)}`) : undefined, mixed);
  }
  return String(value);
}

const isNumber = (text: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);

/** The value that a text in a control stands for; a number where it is one. */
function meant(text: string, schema: Json): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const all = forms(schema);
  const array = all.find(({ type }) => type === 'array');
  const mixed = array && all.some(({ type }) => type === 'integer');
  if (array && (!mixed || /[[,]/.test(trimmed))) {
    const item = isVector(array) ? list(array.prefixItems)[0] : record(array.items);
    return trimmed
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => (item.type !== 'string' && isNumber(part) ? Number(part) : part));
  }
  if (all.some(({ type }) => type === 'boolean') && /^(true|false)$/.test(trimmed)) return trimmed === 'true';
  // A whole number that a double cannot hold stays as it was typed, in quotes.
  const fits = isNumber(trimmed) && !(/^\d+$/.test(trimmed) && !Number.isSafeInteger(Number(trimmed)));
  return fits && all.some(({ type, enum: choices }) => (type !== 'string' && type !== 'null') || choices)
    ? Number(trimmed)
    : trimmed;
}

function optionsOf(schema: Json, all: readonly Json[]) {
  const choices = all.length === 1 && Array.isArray(all[0].enum) ? all[0].enum : undefined;
  if (choices) return choices.map((choice) => ({ value: String(choice), label: spaced(String(choice)) }));
  if (schema.type !== 'boolean') return undefined;
  return [
    { value: 'true', label: 'yes' },
    { value: 'false', label: 'no' },
  ];
}

/** Names that may stand in place of a number. */
const namesIn = (all: readonly Json[]) => all.map((form) => words(form.const)).filter(Boolean);

/** The control of a key that has one value. */
export function entry({ schema, path, label, value, fallback, help, write }: Spot): Control {
  const all = forms(schema).filter(({ type }) => type !== 'null');
  const numeric = all.find(({ type }) => type === 'number' || type === 'integer');
  const array = all.find(({ type }) => type === 'array');
  const part = array ? (isVector(array) ? list(array.prefixItems)[0] : record(array.items)) : undefined;
  const unit = words(schema.unit) || words(all[0]?.unit) || words(part?.unit);
  const limit = (name: string) => (typeof numeric?.[name] === 'number' ? (numeric[name] as number) : undefined);
  const options = optionsOf(schema, all);
  const names = namesIn(all).filter((name) => !help.includes(name));
  const rows = Array.isArray(value) ? value.length : list(record(value).values).length;
  return {
    path,
    label: capital(label),
    help: [help, ...names.map((name) => `or ${name}`)].join(', '),
    unit: unit === '1' ? '' : unit,
    value: written(value, Boolean(array && numeric)),
    fallback: rows > longest ? `${rows} values, in the text below` : written(fallback, false),
    ...(numeric && {
      number: {
        min: limit('minimum') ?? limit('exclusiveMinimum'),
        above: limit('minimum') === undefined && limit('exclusiveMinimum') !== undefined,
        max: limit('maximum') ?? limit('exclusiveMaximum'),
        whole: numeric.type === 'integer',
      },
    }),
    ...(options && { options }),
    set: (text) => write(meant(text, schema)),
  };
}
