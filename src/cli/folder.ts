import { existsSync, rmdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nodePlatform } from '../platform/index.js';
import { ResultsWriteError } from '../results/errors.js';
import { causeOf, nodeFiles } from '../results/files.js';
import { claimFolder } from '../results/write.js';
import { CommandError } from './errors.js';

/** The folder that a run's files go to, made and tried before the run. */
export interface OutputFolder {
  readonly path: string;
  /** Takes the folder away again if it is ours and still empty: after a run that left nothing to write. */
  discard(): void;
}

export const files = nodeFiles(nodePlatform.writeBytes);

/** Folders on the way to `place` that do not exist yet, the innermost first. */
function missing(place: string): string[] {
  const folders: string[] = [];
  for (let folder = path.resolve(place); !existsSync(folder); folder = path.dirname(folder)) folders.push(folder);
  return folders;
}

/**
 * Makes `results/<name>-<n>`, n the next free number, or the folder that the user named.
 *
 * @param name the scenario's name, a basename
 * @param output the folder that the user named
 * @param force whether files in it may be written over
 * @throws CommandError where it holds files and `force` is not given, or where it cannot be written: now, and not after the run
 */
export async function outputFolder(name: string, output?: string, force = false): Promise<OutputFolder> {
  checkName(output);
  const fresh = missing(output ?? 'results');
  try {
    const folder = await claimFolder(name, { files, folder: output, force });
    if (output === undefined) fresh.unshift(folder);
    await tryFolder(folder);
    return { path: folder, discard: () => discard(fresh) };
  } catch (error) {
    throw error instanceof ResultsWriteError ? new CommandError(error.message) : error;
  }
}

function checkName(output: string | undefined): void {
  if (output === '') throw new CommandError('--output: "" is not a folder (must be the name of one)');
}

/** Makes a folder where there is none, and tries whether a file can be written to it. @throws CommandError where it cannot */
export async function tryFolder(folder: string): Promise<void> {
  checkName(folder);
  const probe = path.join(folder, `.losscone-${process.pid}`);
  try {
    await files.makeFolder(folder);
    await writeFile(probe, '', { flag: 'wx' }); // never through a link that somebody laid there
    await rm(probe);
  } catch (error) {
    throw new CommandError(`${folder}: cannot be written: ${causeOf(error)} (give another folder with -o)`);
  }
}

function discard(folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Not empty: what is in it stays, and so do the folders above.
  }
}
