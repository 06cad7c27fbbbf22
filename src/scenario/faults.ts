/** What is wrong with a scenario: every fault by key path, in words. */

/** One fault: the key path, the value found there as it would be shown, and what is wrong and what would be right. */
export interface Fault {
  readonly path: string;
  readonly found: string;
  readonly message: string;
}

/**
 * A scenario that cannot be run, with every fault found in it. The message has one line for each: `path: found (right)`.
 * @example
 * new ScenarioError([{ path: 'field.ratio', found: '0.8', message: '0.8 is not a mirror ratio (must be > 1)' }]).message // => "field.ratio: 0.8 is not a mirror ratio (must be > 1)"
 */
export class ScenarioError extends Error {
  readonly code = 'SCENARIO';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => (fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`)).join('\n'));
    this.name = 'ScenarioError';
    this.faults = faults;
  }
}

/** Thrown by whoever reads one value: what was found, and what would be right. It becomes a `Fault` where the path is known. */
export class Refusal extends Error {
  constructor(
    readonly found: string,
    readonly right: string,
  ) {
    super(right === '' ? found : `${found} (${right})`);
    this.name = 'Refusal';
  }
}

/** Faults that only a whole section shows; each path is relative to the section, e.g. `separation` or `profile.s`. */
export class SectionFault extends Error {
  readonly faults: readonly Fault[];
  constructor(...faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'SectionFault';
    this.faults = faults;
  }
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]/gu;
/**
 * Text with nothing in it that a terminal would obey.
 * @example
 * printable('a\u001b[31mb') // => "a\\u001b[31mb"
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** Whether a text has nothing in it that a terminal would obey. */
export const isPlain = (text: string): boolean => printable(text) === text;

/** JSON that says the same, with nothing in it that a terminal would obey. */
export const printableJson = (json: string): string =>
  json.replace(UNPRINTABLE, (found) =>
    found === '\n'
      ? found
      : Array.from({ length: found.length }, (_, i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
          '',
        ),
  );

/**
 * A value as a message may show it: short, on one line, with nothing a terminal would obey.
 * @example
 * show('5 km') // => "\"5 km\""
 * show({ a: 1 }) // => "a section"
 */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    const short = value.length > 60 ? `${value.slice(0, 57)}...` : value;
    return printable(`"${short}"`);
  }
  if (typeof value === 'bigint') return value.toString().slice(0, 60);
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a section';
  return String(value).slice(0, 60);
}

/** A key as a message may show it: bare where it is a plain word. */
export function showKey(key: string): string {
  return /^[A-Za-z_][\w-]{0,39}$/.test(key) ? key : show(key);
}

/** Number of single-character edits (insert, delete, replace, swap of neighbours) that turn one word into another. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, replace, swap);
    }
    before = row;
    row = next;
  }
  return row[b.length];
}

/**
 * The name nearest to a misspelt one, or null where none is near (more than a third of its letters wrong).
 * @example
 * nearest('parabolik', ['uniform', 'parabolic']) // => "parabolic"
 * nearest('xyz', ['uniform', 'parabolic']) // => null
 */
export function nearest(word: string, names: readonly string[]): string | null {
  if (word.length > 64) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const name of names) {
    const distance = editDistance(word.toLowerCase(), name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best !== null && least <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) ? best : null;
}

/** The list of names a message offers, with the nearest first named: `did you mean ratio? known: B, ratio, length`. */
export function offer(word: string, names: readonly string[]): string {
  const near = nearest(word, names);
  return `${near === null ? '' : `did you mean ${near}? `}known: ${names.join(', ')}`;
}
