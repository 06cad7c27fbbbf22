/** What a JSON Schema says of a key: its forms, kinds and keys. */
import type { Json } from '../messages.js';

export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
export const words = (value: unknown): string => (typeof value === 'string' ? value : '');
/** `shellL` as `shell L`, `halfAngle` as `half angle`. */
export const spaced = (key: string) =>
  key.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${key.endsWith(b) ? b : b.toLowerCase()}`);
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The forms that a key may be written in, those within forms too. */
export function forms(schema: Json): readonly Json[] {
  const inner = list(schema.anyOf);
  return inner.length > 0 ? inner.flatMap(forms) : [schema];
}

/** The kinds of a section that has some, each with keys of its own. */
export const kindsOf = (schema: Json) => forms(schema).flatMap((form) => list(form.oneOf));

/** The key that tells kinds apart. */
export const tagOf = (kind: Json) =>
  Object.entries(record(kind.properties)).find(([, of]) => record(of).const !== undefined)?.[0] ?? '';

export const kindName = (kind: Json) => words(record(record(kind.properties)[tagOf(kind)]).const);

/** The long form of a section: where it has several, the last names all that may be written. A `{ unit, values }` is a list. */
export const objectOf = (schema: Json): Json | undefined =>
  forms(schema)
    .filter(({ properties }) => Object.keys(record(properties)).length > 0 && !record(properties).values)
    .at(-1);

/** Whether a key is a list of as many values as one likes. */
export const isColumn = (schema: Json) =>
  forms(schema).some((form) => form.type === 'array' && form.prefixItems === undefined);

/** What stands in a list of sections. */
export const itemOf = (schema: Json): Json | undefined =>
  forms(schema)
    .map((form) => record(form.items))
    .find((item) => item.properties !== undefined);

/** Whether a section may be left out altogether. */
export const optional = (schema: Json) => forms(schema).some(({ type }) => type === 'null');

export const isVector = (schema: Json) => Array.isArray(schema.prefixItems);

/** A key of a section, whichever of the section's forms has it. */
export function propertyOf(schema: Json, key: string): Json {
  for (const form of forms(schema)) {
    const own = record(form.properties)[key];
    if (own !== undefined) return record(own);
  }
  return {};
}

/** Whether a value has the form of a key: another kind may have a list where this one has a number. */
function fits(value: unknown, schema: Json): boolean {
  return forms(schema).some((form) => {
    if (form.const !== undefined) return value === form.const;
    if (Array.isArray(form.enum)) return (form.enum as unknown[]).includes(value);
    if (!Array.isArray(value)) {
      if (typeof value === 'object') return form.type === 'object' || form.oneOf !== undefined;
      return form.type === 'integer' ? Number.isInteger(value) : form.type === typeof value;
    }
    const parts = list(form.prefixItems);
    if (form.type !== 'array' || (parts.length > 0 && parts.length !== value.length)) return false;
    return value.every((one, i) => fits(one, parts[i] ?? record(form.items)));
  });
}

/** Rows to begin a table with, by unit. */
const rows: Readonly<Record<string, readonly string[]>> = {
  m: ['-1 m', '0 m', '1 m'],
  T: ['2.5 T', '0.5 T', '2.5 T'],
  V: ['1 kV', '0 V', '1 kV'],
  'V/m': ['1 V/m', '2 V/m', '1 V/m'],
  'm/s or J': ['5 keV', '10 keV', '15 keV'],
  '1/s': ['2e3 /s', '1e3 /s', '500 /s'],
};

/** What a key has to hold at least where its section is chosen. */
export function filler(schema: Json, key = ''): unknown {
  const kinds = kindsOf(schema);
  if (kinds.length > 0) return filledKind(kinds[0]);
  const item = itemOf(schema);
  if (item) return [filled(item)];
  if (isVector(schema)) return list(schema.prefixItems).map((part) => filler(part));
  for (const form of [schema, ...forms(schema)]) {
    const example = list(form.examples)[0] as unknown;
    if (typeof example === 'string') return example.split(' or ')[0];
    if (example !== undefined) return example;
  }
  if (forms(schema).some(({ type }) => type === 'array')) {
    const unit = words(schema.unit);
    if (unit === '1') return key === 'xi' ? [-1, 0, 1] : [1, 1, 1];
    const item = record(forms(schema).find(({ type }) => type === 'array')?.items);
    return rows[unit] ?? (list(item.examples).length > 0 ? [filler(item)] : undefined);
  }
  const named = forms(schema).find((form) => Array.isArray(form.enum));
  return schema.default ?? (named ? (named.enum as unknown[])[0] : undefined);
}

/** `10 keV` as `100 keV`. */
const tenfold = (quantity: string) => quantity.replace(/^[\d.eE+-]+(?=\s)/, (number) => String(10 * Number(number)));

/** A section with the keys that it must have. */
export function filled(object: Json, kept: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const required = Array.isArray(object.required) ? object.required.map(String) : [];
  const properties = Object.entries(record(object.properties));
  const columns = properties.filter(([, of]) => isColumn(record(of))).map(([key]) => key);
  // A table has columns or a file. A grid in space is a matter of files: no few rows would do.
  const table = record(object.properties).file && kept.file === undefined && columns.length === 2;
  const result: Record<string, unknown> = {};
  for (const [key, of] of properties) {
    const schema = record(of);
    // Of two keys that may each be given, as the strength of a field or its current, one has to be.
    const [, other] = /give this or (\w+)/.exec(words(schema.description)) ?? [];
    if (kept[key] !== undefined && fits(kept[key], schema)) result[key] = kept[key];
    else if (
      required.includes(key) ||
      (table && columns.includes(key)) ||
      (other && !(other in result) && kept[other] === undefined)
    ) {
      // A range must not be empty.
      const fill = key === 'to' && typeof result.from === 'string' ? tenfold(result.from) : filler(schema, key);
      if (fill !== undefined) result[key] = fill;
    }
  }
  return result;
}

/** A section of a kind with the keys that it must have. */
export function filledKind(kind: Json, kept: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const tag = tagOf(kind);
  return { [tag]: kindName(kind), ...filled(kind, { ...kept, [tag]: kindName(kind) }) };
}
