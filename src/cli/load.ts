import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { causeOf } from '../results/files.js';
import { offer, ScenarioError, show } from '../scenario/faults.js';
import {
  formatOrbits,
  formatScenario,
  isOrbitInput,
  type OrbitInput,
  type OrbitScenario,
  presets as ofLines,
  orbitPresets,
  parseOrbits,
  parseScenario,
  type Scenario,
  type ScenarioInput,
} from '../scenario/index.js';
import { MAX_TABLE_BYTES } from '../scenario/parse.js';
import { faultList, MAX_BYTES, readText } from '../scenario/read.js';
import { CommandError } from './errors.js';
import { withSettings } from './overrides.js';
import { readAtMost, readRegular } from './readFile.js';

/** A scenario that was named on the command line. */
interface LoadedOf<S> {
  readonly scenario: S;
  /** Gives it as it can be run again: as it was written where that is possible, with its tables in it where it names files. */
  readonly yaml: () => string;
  /** Tables that are too long for that: they stand beside it, under the names it has for them. */
  readonly tables: () => ReadonlyMap<string, string>;
  /** Gives it whole in SI units, whatever it was written as: the same for the same scenario. */
  readonly full: () => string;
  /** The same with another number of particles. */
  readonly withCount: (count: number) => Loaded;
}

/** Of a motion along a line, or of orbits in space. */
export type Loaded =
  | (LoadedOf<Scenario> & { readonly orbits: false })
  | (LoadedOf<OrbitScenario> & { readonly orbits: true });

/** What stands in place of the scenario's own keys. */
export interface Overrides {
  readonly set?: readonly string[];
  readonly seed?: string;
  readonly count?: number;
}

const standardInput = '-';

/** Reads a file that the user named. */
function readFile(file: string): string {
  try {
    const named = file !== standardInput;
    const about = named ? statSync(file) : undefined;
    if (about?.isDirectory()) throw new CommandError(`${file}: is a folder (must be a scenario file)`);
    const text = readAtMost(named ? file : 0, MAX_BYTES);
    if (text === '' && about?.isFIFO())
      throw new CommandError(`${file}: is a pipe that nobody writes to (must be a scenario file)`);
    if (text !== undefined) return text;
    throw new CommandError(
      `${named ? file : 'standard input'}: has more than ${MAX_BYTES} bytes (a scenario must have at most that)`,
    );
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CommandError(`${file}: ${missing ? 'there is no such file' : causeOf(error)}`);
  }
}

const presets = [...ofLines, ...orbitPresets];
const isPreset = (source: string): boolean => presets.some(({ name }) => name === source);
// A folder does not hide the preset of its name, as a file does.
const isThere = (source: string): boolean => existsSync(source) && (statSync(source).isFile() || !isPreset(source));
const looksLikeFile = (source: string): boolean =>
  source === standardInput || /[\\/]|\.(ya?ml|json)$/i.test(source) || isThere(source);

/** The text of a preset. @throws CommandError with the nearest name */
export function presetText(name: string, otherwise = ''): string {
  const found = presets.find((preset) => preset.name === name);
  if (found !== undefined) return found.yaml;
  const names = presets.map((preset) => preset.name);
  throw new CommandError(`${show(name)} is not a preset${otherwise} (${offer(name, names)})`);
}

/** Every fault of a scenario, one a line, under the name it was given by. */
function explain(error: unknown, source: string): unknown {
  if (!(error instanceof ScenarioError)) return error;
  const lines = error.message.split('\n');
  const head = `${source === standardInput ? 'standard input' : source}: ${lines.length === 1 ? 'a fault' : `${lines.length} faults`}`;
  return new CommandError([head, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** A scenario as it was written, before it is checked. */
function readDocument(text: string): unknown {
  const { faults, report } = faultList();
  const document = readText(text, report);
  if (faults.length > 0) throw new ScenarioError(faults);
  return document;
}

/** Whether a text is one that a scenario may be. */
function isReadable(text: string): boolean {
  const { faults, report } = faultList();
  readText(text, report);
  return faults.length === 0;
}

/** A scenario and the tables it names, as they are to be kept with a run. */
function repeatable(
  whole: () => string,
  written: string,
  tables: ReadonlyMap<string, string>,
): Pick<Loaded, 'yaml' | 'tables'> {
  const none: ReadonlyMap<string, string> = new Map();
  if (tables.size === 0) return { yaml: () => written, tables: () => none };
  let fits: boolean | undefined;
  const inside = () => {
    fits ??= isReadable(whole());
    return fits;
  };
  return { yaml: () => (inside() ? whole() : written), tables: () => (inside() ? none : tables) };
}

/** A scenario's text with the tables that lie beside it. */
interface Opened {
  readonly text: string;
  /** The text of a table that the scenario names: read once, so that what is kept of a run is what was run. */
  readonly files: (name: string) => string;
}

/** Opens what was named: a file, standard input, or (by `preset`) a text that comes with the package. */
function open(source: string, preset: (name: string) => string): Opened {
  const file = looksLikeFile(source);
  const text = file ? readFile(source) : preset(source);
  const folder = file && source !== standardInput ? path.dirname(source) : '.';
  const read = new Map<string, string>();
  const files = (name: string): string => {
    const place = path.join(folder, name);
    // One byte more than a table may have says that it has too many.
    const table = read.get(name) ?? readRegular(place, MAX_TABLE_BYTES) ?? ' '.repeat(MAX_TABLE_BYTES + 1);
    read.set(name, table);
    return table;
  };
  return { text, files };
}

function settingsOf({ set = [], seed, count }: Overrides): string[] {
  const settings = [...set];
  if (seed !== undefined) settings.push(`seed="${seed}"`);
  if (count !== undefined) settings.push(`particles.count=${count}`);
  return settings;
}

/**
 * Reads a scenario file, standard input or a preset, with what was set on the command line.
 *
 * @throws CommandError that names the file, and every fault of the scenario
 */
export async function loadScenario(source: string, overrides: Overrides = {}): Promise<Loaded> {
  const opened = open(source, (name) => presetText(name, ', nor is there such a file'));
  return load(opened, source, settingsOf(overrides));
}

/**
 * Reads a scenario that a file holds, with the tables that it holds.
 *
 * @param place the file, for messages
 * @throws CommandError that names the file, and every fault of the scenario
 */
export function loadStored(text: string, tables: Readonly<Record<string, string>>, place: string): Loaded {
  const files = (name: string): string => {
    if (Object.hasOwn(tables, name)) return tables[name];
    throw Object.assign(new Error(), { code: 'ENOENT' });
  };
  return load({ text, files }, place, []);
}

function load({ text, files }: Opened, source: string, settings: readonly string[]): Loaded {
  const loadWith = (settings: readonly string[]): Loaded => {
    const tables = new Map<string, string>();
    const noted = (name: string): string => {
      const table = files(name);
      tables.set(name, table);
      return table;
    };
    try {
      const plain = readDocument(text);
      const document = withSettings(plain, settings);
      const options = { files: noted };
      const written = document === plain ? text : stringify(document);
      const withCount = (count: number) => loadWith([...settings, `particles.count=${count}`]);
      if (isOrbitInput(document)) {
        const scenario = parseOrbits(document as OrbitInput, options);
        const full = () => formatOrbits(scenario);
        return { orbits: true, scenario, ...repeatable(full, written, tables), full, withCount };
      }
      const scenario = parseScenario(document as ScenarioInput, options);
      const full = () => formatScenario(scenario);
      return { orbits: false, scenario, ...repeatable(full, written, tables), full, withCount };
    } catch (error) {
      throw explain(error, source);
    }
  };
  return loadWith(settings);
}

/**
 * Reads a scenario that is not checked yet, with what was set on the command line.
 *
 * @param preset the text of what is no file
 * @throws CommandError that names the file where it cannot be read
 */
export function loadDocument(source: string, overrides: Overrides, preset: (name: string) => string) {
  const { text, files } = open(source, preset);
  try {
    return { document: withSettings(readDocument(text), settingsOf(overrides)) as ScenarioInput, files };
  } catch (error) {
    throw explain(error, source);
  }
}
