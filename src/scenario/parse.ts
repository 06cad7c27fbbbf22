/** From what a user gives to a validated scenario, or every fault of it. */
import type * as z from 'zod';
import { isTableFileName, TableFile } from './columns.js';
import { offer, ScenarioError, show } from './faults.js';
import { isMapping, KNOWN_KEYS } from './leaves.js';
import { isOrbitInput } from './orbits/sections.js';
import { below, faultList, readObject, readText } from './read.js';
import { type Report, resolve } from './resolve.js';
import { type Draft, type Scenario, type ScenarioInput, sections } from './schema.js';

/** Bytes a table file may have. */
export const MAX_TABLE_BYTES = 8 * 1024 * 1024;

/** What parsing may be given besides the scenario. */
export interface ParseOptions {
  /** The text of a CSV file the scenario names, relative to the scenario's folder. Throws where there is none; a `code` of the error says why. */
  readonly files?: (name: string) => string;
}

/** What is said of a file by the code of the error: `IRREGULAR` is the caller's own, of a pipe or a device. */
const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file beside the scenario',
  IRREGULAR: 'it is no regular file',
};

/** Opens a table file; what is wrong with it is said where the schema meets it. */
function openTable(name: string, files: ParseOptions['files']): TableFile {
  const refused = (problem: string) => new TableFile(name, null, problem);
  if (!isTableFileName(name)) return refused('must be a file in the folder of the scenario, e.g. field.csv');
  if (files === undefined) return refused('no files are at hand here: give the lists themselves');
  try {
    const text = files(name);
    if (typeof text !== 'string') return refused('must be text');
    if (text.length > MAX_TABLE_BYTES) return refused(`must be at most ${MAX_TABLE_BYTES} bytes`);
    return new TableFile(name, text, '');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    return refused(problems[code] ?? 'the file could not be opened');
  }
}

/** A scenario names one of its field, of nu, of the potential, of particles, ... */
export const MAX_TABLES = 16;

/** Puts the files a scenario names in the place of their names; `opened` holds those before. */
function attachFiles(value: unknown, files: ParseOptions['files'], opened = new Map<string, TableFile>()): void {
  if (!isMapping(value)) return;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (key !== 'file' || typeof inner !== 'string') {
      attachFiles(inner, files, opened);
      continue;
    }
    const table =
      opened.get(inner) ??
      (opened.size < MAX_TABLES
        ? openTable(inner, files)
        : new TableFile(inner, null, `is one too many: a scenario must name at most ${MAX_TABLES} files`));
    if (opened.size < MAX_TABLES) opened.set(inner, table);
    value[key] = table;
  }
}

/** Keys a section takes in place of another. */
const SHORT_KEYS: ReadonlyMap<string | number, readonly string[]> = new Map([
  ['speed', ['energy', 'temperature']],
  ['rate', ['strength']],
  ['until', ['collisionTimes', 'bounces']],
]);
/** Keys of a section of which only one may be given. */
export const EXCLUSIVE: readonly (readonly [section: readonly string[], keys: readonly string[]])[] = [
  [['particles'], ['speed', 'energy', 'temperature']],
  [
    ['particles', 'speed'],
    ['speed', 'energy'],
  ],
  [['collisions'], ['rate', 'strength']],
  [['times'], ['at', 'until', 'collisionTimes', 'bounces']],
  [['times'], ['at', 'count']],
];

/** The key path of a fault as the user wrote it: short forms end where the user's own value stands. */
export function pathOf(keys: readonly PropertyKey[], plain: Record<string, unknown>): string {
  let path = '';
  let at: unknown = plain;
  for (const key of keys) {
    // A scalar or list where the schema sees a section is a short form of it; `undefined` is a default or a missing key.
    if (at !== undefined && typeof at !== 'object') break;
    if (Array.isArray(at) && typeof key !== 'number') break;
    const name = typeof key === 'symbol' ? '' : key;
    const here = isMapping(at) ? at : {};
    const written =
      here[name] === undefined ? SHORT_KEYS.get(name)?.find((word) => here[word] !== undefined) : undefined;
    path = below(path, written ?? name);
    if (written !== undefined) break;
    at = isMapping(at) || Array.isArray(at) ? (at as Record<string | number, unknown>)[name] : undefined;
  }
  return path;
}

/** Reports keys that are given beside others they stand in place of. */
function reportExclusive(plain: Record<string, unknown>, report: Report): void {
  for (const [section, keys] of EXCLUSIVE) {
    const at = section.reduce<unknown>((value, key) => (isMapping(value) ? value[key] : undefined), plain);
    if (!isMapping(at)) continue;
    const given = keys.filter((key) => at[key] !== undefined && at[key] !== null);
    for (const key of given.slice(1)) {
      report(
        [...section, key].join('.'),
        show(at[key]),
        `is given beside ${given[0]} (give one of ${keys.join(', ')})`,
      );
    }
  }
}

/** What a schema's issue says, in the words of the house. */
function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  start: string,
  plain: Record<string, unknown>,
  report: Report,
): void {
  for (const issue of issues) {
    const path = pathOf([start, ...issue.path], plain);
    if (issue.code === 'unrecognized_keys') {
      const known: string[] = JSON.parse(issue.message.slice(KNOWN_KEYS.length));
      for (const key of issue.keys) report(below(path, key), show(key), `is not a key here (${offer(key, known)})`);
    } else {
      const { input } = issue;
      report(path, input instanceof TableFile ? show(input.name) : show(input), issue.message);
    }
  }
}

/**
 * Reads a scenario: YAML, JSON or an object, with units on every dimensioned number. What is left out is the default scenario's.
 * @param input text of at most 1 MiB, or plain data of the same shape
 * @param options `files`: opens the CSV tables the scenario names
 * @returns the validated scenario, in SI
 * @throws ScenarioError with every fault by key path
 * @example
 * parseScenario('field: { kind: parabolic, ratio: 10 }').field // => {"kind":"parabolic","B":0.5,"ratio":10,"length":2}
 * parseScenario({ particles: { count: 1000, speed: '1e6 m/s' } }).particles.speed // => {"kind":"mono","speed":1000000}
 * parseScenario('field: { ratio: 0.8 }') // throws field.ratio: 0.8 is not a mirror ratio (must be > 1
 */
export function parseScenario(input: string | ScenarioInput, options: ParseOptions = {}): Scenario {
  const { plain, faults, report } = readPlain(input, options);
  if (isOrbitInput(plain)) {
    const found = show(isMapping(plain.motion) ? plain.motion.kind : plain.motion);
    report('motion', found, `${found} makes this a scenario of orbits in space (must be read by parseOrbits)`);
    throw new ScenarioError(faults);
  }
  const draft: Partial<Draft> = readSections<Draft>(plain, sections, report);
  const { scenario, faults: together } = resolve(draft);
  for (const fault of together) report(pathOf(fault.path.split('.'), plain), fault.found, fault.message);
  if (scenario === null || faults.length > 0) throw new ScenarioError(faults);
  return scenario;
}

/**
 * What a user wrote as plain data, its files opened.
 * @throws ScenarioError where it cannot be read at all
 */
export function readPlain(input: string | object, options: ParseOptions) {
  const { faults, report } = faultList();
  const plain = typeof input === 'string' ? readText(input, report) : readObject(input, report);
  if (plain === undefined) throw new ScenarioError(faults.length > 0 ? faults : [nothing()]);
  if (!isMapping(plain)) {
    report(
      '',
      show(plain),
      `the scenario is ${show(plain)} (must be a section with keys such as particles, field, collisions)`,
    );
    throw new ScenarioError(faults);
  }
  attachFiles(plain, options.files);
  return { plain, faults, report };
}

/** The sections of a scenario, each by its own schema; one at fault is reported and left out. */
export function readSections<D>(
  plain: Record<string, unknown>,
  sections: { readonly [K in keyof D]: unknown },
  report: Report,
): Partial<D> {
  const known = Object.keys(sections);
  for (const key of Object.keys(plain)) {
    if (!known.includes(key)) report(below('', key), show(key), `is not a key here (${offer(key, known)})`);
  }
  reportExclusive(plain, report);
  const draft: Partial<D> = {};
  for (const key of known as (keyof D & string)[]) {
    const parsed = (sections[key] as z.ZodType).safeParse(plain[key], { reportInput: true });
    if (parsed.success) Object.assign(draft, { [key]: parsed.data });
    else reportIssues(parsed.error.issues, key, plain, report);
  }
  return draft;
}

const nothing = () => ({ path: '', found: 'nothing', message: 'the scenario is missing (must be text or an object)' });
