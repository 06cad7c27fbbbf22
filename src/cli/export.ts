import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { tableCsv } from '../results/csv.js';
import { blaming, ResultsWriteError } from '../results/errors.js';
import { resultTables, type Table } from '../results/tables.js';
import { claimFolder, orExplain } from '../results/write.js';
import { CommandError } from './errors.js';
import { files } from './folder.js';
import { chosen, loadResults } from './results.js';
import { writeAll } from './written.js';

/** What `losscone export` was given. */
export interface ExportFlags {
  output?: string;
  format?: 'csv' | 'npz';
  only?: string;
  force?: boolean;
}

/** `losscone export`. */
export async function exportResults(source: string, flags: ExportFlags): Promise<void> {
  const { result, file: from, folder } = await loadResults(source);
  const tables = blaming(from, 'tables cannot be made', () => resultTables(result));
  const names = chosen(
    flags.only,
    tables.map(({ name }) => name),
    'a table of these results',
  );
  const { output } = flags;
  const format = flags.format ?? (output?.endsWith('.npz') ? 'npz' : 'csv');
  if (format === 'npz') {
    const { npz, resultArrays } = await import('../results/npz.js');
    const place = output ?? path.join(folder, 'results.npz');
    const file = await claimFile(isFolder(place) ? path.join(place, 'results.npz') : place, flags);
    const only = flags.only === undefined ? undefined : names;
    await writeAll([[file, blaming(from, 'arrays cannot be made', () => npz(resultArrays(result, only)))]]);
    return;
  }
  if (output?.endsWith('.npz') && !isFolder(output))
    throw new CommandError(`${output}: is no name for CSV tables (give a folder, or --format npz)`);
  const wanted = tables.filter(({ name }) => names.includes(name));
  if (output?.endsWith('.csv') && !isFolder(output)) {
    if (wanted.length !== 1)
      throw new CommandError(
        `${output}: is one file for ${wanted.length} tables (name one of them with --only, or a folder)`,
      );
    await writeAll([[await claimFile(output, flags), bytesOf(from, wanted[0])]]);
    return;
  }
  const target = await claim(output ?? path.join(folder, 'csv'), flags, output === undefined ? folder : undefined);
  await writeAll(tableFiles(target, from, wanted));
}

const isFolder = (place: string) => existsSync(place) && statSync(place).isDirectory();

/** One table's bytes at a time. */
function* tableFiles(folder: string, from: string, tables: readonly Table[]): Generator<readonly [string, Uint8Array]> {
  for (const table of tables) yield [path.join(folder, `${table.name}.csv`), bytesOf(from, table)];
}

const bytesOf = (from: string, table: Table) =>
  blaming(from, `table ${table.name} cannot be made`, () => tableCsv(table));

/** A file that may be written, its folder made. */
async function claimFile(place: string, { force }: ExportFlags): Promise<string> {
  if (existsSync(place) && !force)
    throw new CommandError(`${place}: is there already (give another name, or --force to write over it)`);
  await claim(path.dirname(place), { force: true });
  return place;
}

/** A folder that may be written to; `csv` in the folder `beside`, where there is one. */
async function claim(folder: string, { force }: ExportFlags, beside?: string): Promise<string> {
  try {
    if (beside !== undefined) await orExplain(folder, () => files.makeFolder(beside, 'csv'));
    return await claimFolder('tables', { files, folder, force });
  } catch (error) {
    if (error instanceof ResultsWriteError) throw new CommandError(error.message);
    throw error;
  }
}
