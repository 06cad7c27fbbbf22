import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError, fileFault } from './errors.js';

/** The folder that a run's files go to. */
export interface OutputFolder {
  readonly path: string;
  /** Takes the folder away again if it is ours and still empty: after a run that left nothing to write. */
  discard(): void;
}

function refuse(folder: string, error: unknown): never {
  // mkdir reports a file in the way as EEXIST.
  const fault = (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'is not a folder' : fileFault(error);
  if (fault === undefined) throw error;
  throw new CommandError(`${folder}: ${fault} (give a folder that can be written to with -o)`);
}

/** Fails now, and not after the run, where nothing can be written. */
function probe(folder: string): void {
  const file = path.join(folder, `.losscone-${process.pid}`);
  writeFileSync(file, '');
  rmSync(file);
}

function claimed(folder: string, ours: boolean): OutputFolder {
  return {
    path: folder,
    discard() {
      if (!ours) return;
      try {
        rmdirSync(folder);
      } catch {
        // Not empty: what is in it stays.
      }
    },
  };
}

/** The next free number of `name-<n>`: one more than the largest there is. */
function nextNumber(parent: string, name: string): number {
  const numbers = readdirSync(parent)
    .filter((entry) => entry.startsWith(`${name}-`) && /^\d{1,9}$/.test(entry.slice(name.length + 1)))
    .map((entry) => Number(entry.slice(name.length + 1)));
  return Math.max(0, ...numbers) + 1;
}

/**
 * Makes `results/<name>-<n>` under the current folder, n the next free number.
 *
 * @param name the scenario's name, a basename
 * @throws CommandError where it cannot be written
 */
export function numberedFolder(name: string, parent = 'results'): OutputFolder {
  try {
    mkdirSync(parent, { recursive: true });
    for (let n = nextNumber(parent, name); ; n++) {
      const folder = path.join(parent, `${name}-${n}`);
      try {
        mkdirSync(folder); // fails where another run has just taken the number
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        throw error;
      }
      probe(folder);
      return claimed(folder, true);
    }
  } catch (error) {
    refuse(parent, error);
  }
}

/**
 * Makes or takes the folder that the user named.
 *
 * @param force whether files in it may be written over
 * @throws CommandError where it holds files and `force` is not given, or where it cannot be written
 */
export function namedFolder(folder: string, force: boolean): OutputFolder {
  try {
    const ours = mkdirSync(folder, { recursive: true }) !== undefined;
    if (!ours && !force && readdirSync(folder).length > 0)
      throw new CommandError(`${folder}: is not empty (give another folder, or --force to write over its files)`);
    probe(folder);
    return claimed(folder, ours);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    refuse(folder, error);
  }
}
