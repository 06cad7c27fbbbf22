/**
 * Two generations of a file: at every moment, whatever stops the process or the machine, one of them is whole on the disk.
 *
 * A new one is written under another name and synced; then the newest becomes the older (`FILE.old`), the new one takes its
 * name, and the folder is synced. Between the two renames only the older one has its name.
 */
import type { Disk } from '../platform/disk.js';

export const olderName = (file: string) => `${file}.old`;

/** On other systems a name may have a backslash. */
const folders = typeof process === 'object' && process.platform === 'win32' ? /^.*[\\/]/s : /^.*\//s;
const baseOf = (file: string) => file.replace(folders, '');
/** What stands between the name of a file and `.tmp` while it is written: a process, eight digits of chance, and a number. */
const idPattern = /^\d+(\.[0-9a-f]{8})?\.\d+$/;
const freshName = (file: string, id: string) =>
  `${file.slice(0, file.length - baseOf(file).length)}.${baseOf(file)}.${id}.tmp`;

/**
 * The newest generation that is there: of this run and `whole`, or known to be damaged (`spoilt`); of another run that is to go
 * (`foreign`); or `none`, and there must be none.
 */
export type Newest = 'whole' | 'spoilt' | 'foreign' | 'none';

/**
 * Writes the next generation.
 *
 * @param newest what the newest one is: a damaged one is replaced and does not become the older one, a foreign one goes with its older one
 * @throws what the disk throws; the newest generation that was whole is still there, under its name or the older one's
 */
export async function writeGeneration(
  disk: Disk,
  file: string,
  bytes: Uint8Array,
  id: string,
  newest: Newest = 'whole',
): Promise<void> {
  const fresh = freshName(file, id);
  try {
    await disk.create(fresh, bytes);
    await disk.sync(fresh);
    if (newest === 'whole' && (await exists(disk, file))) await disk.rename(file, olderName(file));
    // Whatever stops this here, the newest one of the other run is still there; its older one must never be taken for this run's.
    if (newest === 'foreign') await disk.remove(olderName(file));
    // Of two processes that begin at the same time one is refused.
    if (newest === 'none') await disk.publish(fresh, file);
    else await disk.rename(fresh, file);
  } catch (error) {
    await disk.remove(fresh).catch(() => {});
    throw error;
  }
  await disk.syncFolder(file);
}

/** Whether there is a newest generation. */
export async function exists(disk: Disk, file: string): Promise<boolean> {
  return (await disk.beside(file)).includes(baseOf(file));
}

/** Whether there is a generation of the file. */
export async function isKept(disk: Disk, file: string): Promise<boolean> {
  const names = await disk.beside(file);
  return names.includes(baseOf(file)) || names.includes(baseOf(olderName(file)));
}

/** Removes both generations, and what a process that was killed had begun to write. */
export async function removeGenerations(disk: Disk, file: string): Promise<void> {
  // The newest last: as long as there is one, the newest is not older than what was known to be safe.
  await sweep(disk, file);
  await disk.remove(olderName(file));
  await disk.remove(file);
  await disk.syncFolder(file);
}

/** Removes what a process that was killed had begun to write. */
export async function sweep(disk: Disk, file: string): Promise<void> {
  const head = `.${baseOf(file)}.`;
  const folder = file.slice(0, file.length - baseOf(file).length);
  for (const name of await disk.beside(file))
    if (name.startsWith(head) && name.endsWith('.tmp') && idPattern.test(name.slice(head.length, -'.tmp'.length)))
      await disk.remove(`${folder}${name}`);
}

/** What was read, and from which file; `fault` says why it is not the newest. */
export interface Generation<T> {
  readonly content: T;
  readonly place: string;
  readonly fault?: string;
}

/**
 * Reads the newest generation that is whole.
 *
 * @param read makes something of the bytes, and throws where they are damaged
 * @param explain says what the disk threw
 * @throws Error that says what is wrong with each of them
 */
export async function readGeneration<T>(
  disk: Disk,
  file: string,
  read: (bytes: Uint8Array<ArrayBuffer>) => T,
  explain: (error: unknown) => string = (error) => (error as Error).message,
): Promise<Generation<T>> {
  const faults: string[] = [];
  for (const place of [file, olderName(file)]) {
    try {
      const bytes = await disk.read(place);
      if (bytes === undefined) {
        faults.push(`${place}: there is no such file`);
        continue;
      }
      return { content: read(bytes), place, ...(faults.length > 0 && { fault: faults[0] }) };
    } catch (error) {
      faults.push(`${place}: ${explain(error)}`);
    }
  }
  // Where there is no older one, it is not what was asked for.
  throw new Error(faults[1].endsWith('there is no such file') ? faults[0] : faults.join('; '));
}
