/**
 * From a text or an object to plain data that is safe to look at. Scenario files are hostile input: their size, depth and number
 * of values are capped before anything is built; aliases, anchors, tags, directives and repeated keys are refused; values are
 * copied into objects without a prototype.
 */
import { Composer, type CST, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, Parser } from 'yaml';
import { type Fault, show, showKey } from './faults.js';

/** Bytes a scenario may have. */
export const MAX_BYTES = 1024 * 1024;
/** Levels of nesting a scenario may have. */
export const MAX_DEPTH = 32;
/** Values a scenario may hold: four of the longest columns and some. */
export const MAX_VALUES = 500_000;
/** Lexical tokens (words, numbers, commas, brackets, blanks) of a text: parsing takes about 5 us for each, a second for all. */
export const MAX_TOKENS = 200_000;
/** Keys one section may have. */
const MAX_KEYS = 1000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

type Report = (path: string, found: string, message: string) => void;

/** The path of a key below another. */
export function below(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? showKey(key) : `${path}.${showKey(key)}`;
}

/** What the lexer marks scalars and the start of documents with: these characters are not in the text. */
const marks = new Set(['\u0002', '\u0018', '\u001f', '\ufeff']);

/**
 * A look at the text before anything is built of it: splitting it into tokens is fast and stops where the first limit is passed,
 * parsing and composing take a hundred times as long.
 */
function refuseLexemes(text: string, place: (offset: number) => string, report: Report): boolean {
  let offset = 0;
  let count = 0;
  let depth = 0;
  const refuse = (what: string, right: string): true => {
    report('', what, `${place(offset)}: ${what} (${right})`);
    return true;
  };
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > MAX_TOKENS)
      return refuse(
        `more than ${MAX_TOKENS} words and signs`,
        'must be fewer; a long table belongs in a CSV file of its own',
      );
    if (lexeme === '[' || lexeme === '{') depth++;
    else if (lexeme === ']' || lexeme === '}') depth--;
    if (depth > MAX_DEPTH) return refuse(`nesting deeper than ${MAX_DEPTH} levels`, `must be at most ${MAX_DEPTH}`);
    if (depth < 0) return refuse(`"${lexeme}" closes nothing`, 'leave it out');
    if (!marks.has(lexeme)) offset += lexeme.length;
  }
  return false;
}

/** Whether the tokens of a text hold what no scenario may; without recursion, for the nesting itself may be the attack. */
function refuseTokens(tokens: readonly CST.Token[], place: (offset: number) => string, report: Report): boolean {
  const refused = new Set<string>();
  const refuse = (what: string, right: string, offset: number) => {
    if (!refused.has(what)) report('', what, `${place(offset)}: ${what} (${right})`);
    refused.add(what);
  };
  const stack: { token: CST.Token | CST.SourceToken; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  let values = 0;
  let documents = 0;
  while (stack.length > 0) {
    const { token, depth } = stack.pop()!;
    if (token.type === 'alias' || token.type === 'anchor')
      refuse('an alias or anchor', 'write the value out', token.offset);
    if (token.type === 'tag') refuse('a tag', 'leave it out', token.offset);
    if (token.type === 'directive') refuse('a directive', 'leave it out', token.offset);
    if (token.type === 'document' && ++documents > 1) refuse('a second document', 'must be one scenario', token.offset);
    if (++values > 20 * MAX_VALUES) refuse('too many values', `must be at most ${MAX_VALUES}`, token.offset);
    if (depth > MAX_DEPTH) {
      refuse(
        `nesting deeper than ${MAX_DEPTH} levels`,
        `must be at most ${MAX_DEPTH}`,
        'offset' in token ? token.offset : 0,
      );
      continue;
    }
    if ('start' in token && Array.isArray(token.start)) for (const t of token.start) stack.push({ token: t, depth });
    if ('value' in token && token.value) stack.push({ token: token.value as CST.Token, depth });
    if ('items' in token) {
      // Repeated keys are found by comparing all with all, and every empty entry becomes an error of its own.
      const list = token.type === 'block-seq' || (token.type === 'flow-collection' && token.start.source === '[');
      if (!list && token.items.length > MAX_KEYS) refuse(`more than ${MAX_KEYS} keys`, 'must be fewer', token.offset);
      if (token.type === 'flow-collection') {
        const commas = (item: CST.CollectionItem) => item.start.filter(({ type }) => type === 'comma').length;
        if (token.items.some((item) => commas(item) > 2))
          refuse('empty entries between commas', 'leave the commas out', token.offset);
      }
      for (const item of token.items) {
        for (const t of item.start) stack.push({ token: t, depth });
        for (const t of item.sep ?? []) stack.push({ token: t, depth });
        if (item.key) stack.push({ token: item.key, depth: depth + 1 });
        if (item.value) stack.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return refused.size > 0;
}

/** Plain data of a composed node. Depth and number of values are already bounded. */
function plainNode(node: Node | null | undefined, path: string, report: Report): unknown {
  if (node === null || node === undefined) return null;
  if (isScalar(node)) return plainScalar(node.value);
  if (isSeq(node)) return node.items.map((item, i) => plainNode(item as Node, below(path, i), report));
  if (!isMap(node)) return null;
  const map = emptyMap();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) {
      report(path, 'a key', 'has a key that is a list or a section (must be a word)');
      continue;
    }
    const name = String(key.value);
    if (FORBIDDEN.has(name)) report(below(path, name), show(name), 'is not a key (leave it out)');
    else map[name] = plainNode(value as Node | null, below(path, name), report);
  }
  return map;
}

const emptyMap = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;

/** Whole numbers are read exactly; those a number holds become one, larger ones stay BigInt. */
function plainScalar(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Whether a text is JSON; tabs between its tokens, which YAML may not have, can then become spaces. */
function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Reads YAML or JSON. Faults are reported with line and column; the result is then undefined. */
export function readText(input: string, report: Report): unknown {
  const plain = readValue(input, report);
  if (plain !== null) return plain;
  report(
    '',
    'nothing',
    'the scenario is empty (must have keys such as particles, field, collisions; {} is the default scenario)',
  );
  return undefined;
}

/** Reads a text that may also be a single value, or nothing: null. Faults are reported; the result is then undefined. */
export function readValue(input: string, report: Report): unknown {
  const limit = `must be at most ${MAX_BYTES / 1024} KiB; a long table belongs in a CSV file of its own`;
  if (input.length > MAX_BYTES || new TextEncoder().encode(input).length > MAX_BYTES) {
    report('', `${input.length} characters`, `the scenario has ${input.length} characters (${limit})`);
    return undefined;
  }
  const source = input.replace(/^\uFEFF/, '');
  const text = isJson(source) ? source.replaceAll('\t', ' ') : source;
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  if (refuseLexemes(text, place, report)) return undefined;
  const tokens = [...new Parser().parse(text)];
  if (refuseTokens(tokens, place, report)) return undefined;
  const composer = new Composer({ version: '1.2', schema: 'core', merge: false, intAsBigInt: true, uniqueKeys: true });
  const [document] = [...composer.compose(tokens, true, text.length)];
  if (document.errors.length > 0) {
    for (const error of document.errors.slice(0, 10)) {
      const message = error.message.replace(/\s+/g, ' ').replace(/[.:]?$/, '');
      report('', 'text', `${place(error.pos[0])}: is not readable as YAML or JSON (${shortly(message)})`);
    }
    return undefined;
  }
  return plainNode(document.contents, '', report);
}

const shortly = (text: string) => show(text).slice(1, -1);

/** Copies an object a program made: own, enumerable, plain data only. */
export function readObject(input: unknown, report: Report): unknown {
  let values = 0;
  let overfull = false;
  const copy = (value: unknown, path: string, depth: number): unknown => {
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      if (!overfull) {
        const found = depth > MAX_DEPTH ? `nested deeper than ${MAX_DEPTH} levels` : `more than ${MAX_VALUES} values`;
        report(path, found, `is ${found} (must be less; does it contain itself?)`);
      }
      overfull = true;
      return undefined;
    }
    if (typeof value === 'function' || typeof value === 'symbol') {
      report(path, typeof value, `is a ${typeof value} (must be plain data)`);
      return undefined;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const list = value as unknown as ArrayLike<unknown>;
      values += list.length;
      return values > MAX_VALUES ? copy(undefined, path, depth) : Array.from(list);
    }
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (let i = 0; i < value.length && !overfull; i++) items.push(copy(value[i], below(path, i), depth + 1));
      return items;
    }
    const prototype = Object.getPrototypeOf(value);
    // An object of another realm has another Object.prototype: what makes it plain is that nothing stands above its prototype.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      report(path, 'an object', 'is an object of a class (must be plain data)');
      return undefined;
    }
    const map = emptyMap();
    for (const key of Object.keys(value)) {
      if (overfull) break;
      if (FORBIDDEN.has(key)) report(below(path, key), show(key), 'is not a key (leave it out)');
      else {
        const inner = copy((value as Record<string, unknown>)[key], below(path, key), depth + 1);
        // A key of value `undefined` is a key left out.
        if (inner !== undefined) map[key] = inner;
      }
    }
    return map;
  };
  try {
    return copy(input, '', 0);
  } catch {
    report('', 'an object', 'the scenario cannot be read (must be plain data)');
    return undefined;
  }
}

/** A list of faults and what adds to it; more than a thousand are counted, not kept. */
export function faultList(): { faults: Fault[]; report: Report } {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const report: Report = (path, found, message) => {
    const key = `${path}\n${message}`;
    if (faults.length >= 1000 || seen.has(key)) return;
    seen.add(key);
    faults.push({ path, found, message });
  };
  return { faults, report };
}
