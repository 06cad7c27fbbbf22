import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { drawFigures, figureSize, figures, figuresOf, orBlame, orbitFigures } from '../figures/index.js';
import { ResultsWriteError } from '../results/errors.js';
import { claimFolder, orExplain } from '../results/write.js';
import { printable } from '../scenario/faults.js';
import { CommandError } from './errors.js';
import { files } from './folder.js';
import { chosen, loadResults } from './results.js';
import { writeAll } from './written.js';

/** What `losscone plot` was given. */
export interface PlotFlags {
  output?: string;
  only?: string;
  width?: number;
  height?: number;
  format?: 'svg' | 'png';
  force?: boolean;
  list?: boolean;
}

const all = [...figures, ...orbitFigures];
const names = all.map(({ name }) => name);

/** `losscone plot`. */
export async function plot(source: string | undefined, flags: PlotFlags): Promise<void> {
  const only = chosen(flags.only, names, 'a figure');
  if (source === undefined) {
    if (!flags.list)
      throw new CommandError('results: no file was named (must be a results.h5, or the folder that holds it)');
    process.stdout.write(
      listing(all.filter(({ name }) => only.includes(name)).map(({ name, title }) => [name, title])),
    );
    return;
  }
  size(flags);
  const { result, file, folder } = await loadResults(source);
  const known = figuresOf(result);
  const theirs = known.filter(({ name }) => only.includes(name));
  const strange = only.find((name) => !known.some((figure) => figure.name === name));
  if (flags.only !== undefined && strange !== undefined)
    throw new CommandError(
      `--only: ${strange} is no figure of a run of ${result.scenario.motion.kind} (known: ${known.map(({ name }) => name).join(', ')})`,
    );
  if (flags.list) {
    const drawings = theirs.map(
      (figure) => [figure.name, orBlame(file, figure, () => figure.describe(result))] as const,
    );
    process.stdout.write(
      listing(
        drawings.map(([name, drawing]) => [
          name,
          drawing.kind === 'empty' ? `(empty) ${drawing.reason}` : drawing.title,
        ]),
      ),
    );
    return;
  }
  const target = await targetFolder(folder, flags);
  const { width, height, format } = flags;
  const drawn = drawFigures(result, {
    only: flags.only === undefined ? undefined : only,
    width,
    height,
    png: format !== 'svg',
    source: file,
  });
  await writeAll(figureFiles(target, drawn, format));
}

/** One figure's bytes at a time. */
async function* figureFiles(
  folder: string,
  drawn: ReturnType<typeof drawFigures>,
  format?: 'svg' | 'png',
): AsyncGenerator<readonly [string, Uint8Array]> {
  for await (const { name, svg, png } of drawn) {
    if (format !== 'png') yield [path.join(folder, `${name}.svg`), new TextEncoder().encode(svg)];
    if (png) yield [path.join(folder, `${name}.png`), png];
  }
}

function listing(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${printable(text)}\n`).join('');
}

/** Says at once, before anything is read, that a size is none. */
function size({ width, height }: PlotFlags): void {
  try {
    figureSize(width, height);
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(`--${error.message}`);
    throw error;
  }
}

/** The folder that was named; else `figures` beside the results, where what plot and run draw may be drawn again. */
async function targetFolder(beside: string, { output, force }: PlotFlags): Promise<string> {
  const folder = output ?? path.join(beside, 'figures');
  const ours = output === undefined && holdsOnlyFigures(folder);
  try {
    if (output === undefined) await orExplain(folder, () => files.makeFolder(beside, 'figures'));
    return await claimFolder('figures', { files, folder, force: force || ours });
  } catch (error) {
    if (error instanceof ResultsWriteError) throw new CommandError(error.message);
    throw error;
  }
}

function holdsOnlyFigures(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).every((file) => names.includes(file.replace(/\.(svg|png)$/, '')));
}
