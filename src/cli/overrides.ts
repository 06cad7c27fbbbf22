import { printable, Refusal, show } from '../scenario/faults.js';
import { faultList, readValue } from '../scenario/read.js';
import { setKey } from '../scenario/settings.js';
import { CommandError } from './errors.js';

type Group = Record<string, unknown>;

const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fault(argument: string, found: string, right: string): never {
  const typed = argument.length > 60 ? `${argument.slice(0, 57)}...` : argument;
  throw new CommandError(`--set ${printable(typed)}: ${found} (${right})`);
}

/** A value has the limits of a scenario, in depth and keys as in size. */
function valueIn(argument: string, text: string): unknown {
  const { faults, report } = faultList();
  const value = readValue(text, report);
  if (faults.length === 0) return value;
  return fault(argument, `${show(text)} is not a value`, 'a number, a quantity such as 10 keV, or a word');
}

/**
 * A scenario as it was written, with single values set on the command line.
 *
 * @param document the scenario before it is checked; it is not changed
 * @param settings e.g. `['field.ratio=5', 'particles.energy=10 keV']`, later ones win
 * @returns a copy; whether its keys and values are right is for the scenario's schema to say
 * @throws CommandError for a setting that is not `key.path=value`, or whose path leads through a value
 */
export function withSettings(document: unknown, settings: readonly string[]): unknown {
  if (settings.length === 0 || !isGroup(document)) return document;
  const copy = structuredClone(document);
  for (const setting of settings) {
    const at = setting.indexOf('=');
    const path = setting.slice(0, Math.max(0, at)).trim();
    if (!/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/.test(path))
      fault(setting, 'is not a setting', 'key.path=value, e.g. field.ratio=5');
    const value = valueIn(setting, setting.slice(at + 1));
    try {
      setKey(copy, path, value);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault(setting, error.found, error.right);
    }
  }
  return copy;
}
