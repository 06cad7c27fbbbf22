import { closeSync, existsSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { causeOf } from '../results/files.js';
import { resultNames } from '../results/names.js';
import { decodeResults, type StoredResult } from '../results/read.js';
import { offer, show } from '../scenario/faults.js';
import { CommandError } from './errors.js';

/** A result that was named on the command line. */
export interface LoadedResult {
  readonly result: StoredResult;
  readonly file: string;
  /** The folder the file is in. */
  readonly folder: string;
}

const resultsFile = resultNames.data;
/** What else the command writes, and what a user of it may have wanted. */
const others = [
  {
    holds: 'scan.json',
    what: 'scan',
    advice: 'its table is scan.csv and scan.h5; the same losscone scan again, into the same folder, draws it anew',
  },
  {
    holds: 'validate.json',
    what: 'validation',
    advice: 'its numbers are in validate.json; the same losscone validate again draws it anew',
  },
];
/** Every HDF5 file begins with these bytes. */
const signature = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
/** A file is read whole, and Node reads no larger one. */
const mostBytes = 2 ** 31 - 1;

/**
 * Reads a result that the user named: a results.h5 or the folder that holds it.
 *
 * @throws CommandError and ResultsFileError, in one line, for anything else
 */
export async function loadResults(source: string): Promise<LoadedResult> {
  const file = resultsFileOf(source);
  const info = look(file);
  if (!info.isFile()) throw new CommandError(`${file}: is no regular file (must be a results.h5 that losscone wrote)`);
  if (info.size > mostBytes)
    throw new CommandError(`${file}: has ${info.size} bytes (a results file must have at most ${mostBytes})`);
  try {
    // Whatever is not HDF5 need not be read whole to be refused.
    const bytes = beginsLikeHdf5(file) ? await readFile(file) : new Uint8Array(Math.min(info.size, 1));
    return { result: await decodeResults(bytes, file), file, folder: path.dirname(file) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw new CommandError(`${file}: ${reason(error)}`);
    throw error;
  }
}

function resultsFileOf(source: string): string {
  if (!look(source).isDirectory()) return source;
  const file = path.join(source, resultsFile);
  try {
    statSync(file);
  } catch {
    const other = others.find(({ holds }) => existsSync(path.join(source, holds)));
    throw new CommandError(
      other
        ? `${source}: holds a ${other.what} and no ${resultsFile} (${other.advice})`
        : `${source}: holds no ${resultsFile} (must be a folder that losscone run wrote, or the ${resultsFile} itself)`,
    );
  }
  return file;
}

function look(place: string): Stats {
  try {
    return statSync(place);
  } catch (error) {
    throw new CommandError(`${place}: ${reason(error)}`);
  }
}

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? 'there is no such file or folder (must be a results.h5, or the folder that holds it)'
    : causeOf(error);
}

function beginsLikeHdf5(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const first = new Uint8Array(signature.length);
    return readSync(descriptor, first) === first.length && signature.every((byte, i) => byte === first[i]);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Which of a list the user wants, in the list's order.
 *
 * @param only names with commas between them; undefined: all
 * @param known all names
 * @param what they are, for the message
 * @throws CommandError for a name that is none of them
 */
export function chosen(only: string | undefined, known: readonly string[], what: string): readonly string[] {
  if (only === undefined) return known;
  const wanted = only
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (wanted.length === 0) throw new CommandError(`--only: names nothing (${offer('', known)})`);
  for (const name of wanted)
    if (!known.includes(name)) throw new CommandError(`--only: ${show(name)} is not ${what} (${offer(name, known)})`);
  return known.filter((name) => wanted.includes(name));
}
