import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { causeOf } from '../results/files.js';
import { offer, ScenarioError, show } from '../scenario/faults.js';
import { formatScenario, parseScenario, presets, type Scenario, type ScenarioInput } from '../scenario/index.js';
import { faultList, MAX_BYTES, readText } from '../scenario/read.js';
import { CommandError } from './errors.js';
import { withSettings } from './overrides.js';

/** A scenario that was named on the command line. */
export interface Loaded {
  readonly scenario: Scenario;
  /** Gives it as it can be run again: as it was written where that is possible, with its tables in it where it names files. */
  readonly yaml: () => string;
}

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
    if (file !== standardInput) {
      const about = statSync(file);
      if (about.isDirectory()) throw new CommandError(`${file}: is a folder (must be a scenario file)`);
      if (about.size > MAX_BYTES)
        throw new CommandError(`${file}: has ${about.size} bytes (a scenario must have at most ${MAX_BYTES})`);
    }
    return readFileSync(file === standardInput ? 0 : file, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CommandError(`${file}: ${missing ? 'there is no such file' : causeOf(error)}`);
  }
}

const isFile = (source: string): boolean => existsSync(source) && statSync(source).isFile();
const looksLikeFile = (source: string): boolean =>
  source === standardInput || /[\\/]|\.(ya?ml|json)$/i.test(source) || isFile(source);

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

/**
 * Reads a scenario file, standard input or a preset, with what was set on the command line.
 *
 * @throws CommandError that names the file, and every fault of the scenario
 */
export async function loadScenario(source: string, overrides: Overrides = {}): Promise<Loaded> {
  const file = looksLikeFile(source);
  const text = file ? readFile(source) : presetText(source, ', nor is there such a file');
  const settings = [...(overrides.set ?? [])];
  if (overrides.seed !== undefined) settings.push(`seed="${overrides.seed}"`);
  if (overrides.count !== undefined) settings.push(`particles.count=${overrides.count}`);
  const folder = file && source !== standardInput ? path.dirname(source) : '.';
  let namesFiles = false;
  const files = (name: string): string => {
    namesFiles = true;
    return readFileSync(path.join(folder, name), 'utf8');
  };
  try {
    const document = settings.length > 0 ? withSettings(readDocument(text), settings) : undefined;
    const scenario = parseScenario(document === undefined ? text : (document as ScenarioInput), { files });
    const yaml = () => (namesFiles ? formatScenario(scenario) : document === undefined ? text : stringify(document));
    return { scenario, yaml };
  } catch (error) {
    throw explain(error, source);
  }
}
