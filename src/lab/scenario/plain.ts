/** The scenario's text as plain data for the form, and edits of it that leave comments and order where they are. */
import { isMap, isNode, parseDocument } from 'yaml';

export type Plain = Readonly<Record<string, unknown>>;
export type Path = readonly string[];
/** A key to set, or with `undefined` to leave out. */
export type Change = readonly [path: Path, value: unknown];

/** Larger texts are for the parser alone: the form would make typing slow. */
const longest = 100_000;

/**
 * A scenario's text as plain data; undefined where it is no section, or too long for a form.
 * @example
 * plainOf('field: { ratio: 5 }') // => {"field":{"ratio":5}}
 * plainOf('- 1') // => undefined
 */
export function plainOf(text: string): Plain | undefined {
  if (text.length > longest) return undefined;
  try {
    const document = parseDocument(text);
    if (document.errors.length > 0) return undefined;
    // Aliases could grow without bound; no scenario may have one.
    const plain: unknown = document.toJS({ maxAliasCount: 0 });
    if (plain === null) return {};
    return typeof plain === 'object' && !Array.isArray(plain) ? (plain as Plain) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The value at a path; undefined where there is none.
 * @example at({ field: { ratio: 5 } }, ['field', 'ratio']) // => 5
 */
export function at(plain: unknown, path: Path): unknown {
  let value = plain;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Plain)[key];
  }
  return value;
}

/**
 * The text with some keys changed; everything else keeps its comments, order and form.
 * @example
 * edited('field: { B: 1 T } # strong\n', [[['field', 'ratio'], 7]]) // => "field: { B: 1 T, ratio: 7 } # strong\n"
 */
export function edited(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) return text;
  if (document.contents === null) document.contents = document.createNode({}) as never;
  for (const [path, value] of changes) {
    if (value === undefined) {
      // A short form on the way has no keys to delete.
      if (document.hasIn(path)) document.deleteIn(path);
      continue;
    }
    const before = document.getIn(path, true);
    const fresh = document.createNode(value, { flow: true, aliasDuplicateObjects: false });
    if (isNode(before) && before.comment) fresh.comment = before.comment;
    for (let depth = 1; depth < path.length; depth++) {
      const above = path.slice(0, depth);
      if (!isMap(document.getIn(above, true))) document.setIn(above, document.createNode({}));
    }
    document.setIn(path, fresh);
  }
  return document.toString({ lineWidth: 0 });
}
