import type { AnyResult } from './data.js';
import { encodeResults } from './encode.js';
import { ResultsWriteError } from './errors.js';
import { causeOf, type Files } from './files.js';
import { resultNames } from './names.js';
import { summaryText } from './summary.js';

export interface WriteOptions {
  readonly files: Files;
  /** Where to; by default the next free `results/<name>-<n>`. */
  readonly folder?: string;
  /** Whether files in a folder that is not empty may be written over. */
  readonly force?: boolean;
  /** The scenario as a user may run it again; goes to scenario.yaml and into results.h5. */
  readonly scenarioYaml: string;
  /** Figures to write beside the data: name without extension -> SVG text and, where wanted, PNG bytes. */
  readonly figures?: () => AsyncIterable<DrawnFigure>;
}

/** A drawn figure on its way to a file. */
export interface DrawnFigure {
  /** A basename without extension. */
  readonly name: string;
  readonly svg: string;
  readonly png?: Uint8Array;
}

/** What was written. */
export interface WrittenResults {
  readonly folder: string;
  /** Paths below the folder, in the order of writing. */
  readonly files: readonly string[];
}

/**
 * Writes a run's files: scenario.yaml, results.h5, summary.json, figures/*.svg and *.png.
 *
 * Each file appears whole or not at all; summary.json comes after the data it sums up, the figures last.
 *
 * @param result a run, finished or interrupted
 * @param options where to and with what
 * @returns the folder and the files in it
 * @throws ResultsWriteError, in one line, for a folder that is not empty (without `force`), a full or read-only disk
 */
export async function writeResults(result: AnyResult, options: WriteOptions): Promise<WrittenResults> {
  const { files } = options;
  const folder = await claimFolder(result.scenario.name, options);
  const written: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    await orExplain(`${folder}/${name}`, () => files.writeBytes(`${folder}/${name}`, bytes));
    written.push(name);
  };
  await write(resultNames.scenario, options.scenarioYaml);
  await write(resultNames.data, await encodeResults(result, { yaml: options.scenarioYaml }));
  await write(resultNames.summary, summaryText(result));
  if (options.figures) {
    const figures = resultNames.figures;
    await orExplain(`${folder}/${figures}`, () => files.makeFolder(folder, figures));
    for await (const figure of options.figures()) {
      const name = basename(figure.name);
      await write(`${figures}/${name}.svg`, figure.svg);
      if (figure.png) await write(`${figures}/${name}.png`, figure.png);
    }
  }
  return { folder, files: written };
}

/**
 * Makes the folder that a run's files go to.
 *
 * @param name the scenario's name
 * @param options as of `writeResults`
 * @returns its path
 * @throws ResultsWriteError where it is not empty (without `force`) or cannot be made
 */
export async function claimFolder(
  name: string,
  { files, folder, force = false }: Pick<WriteOptions, 'files' | 'folder' | 'force'>,
): Promise<string> {
  if (folder !== undefined) {
    const inside = await orExplain(folder, () => files.list(folder));
    if (inside && inside.length > 0 && !force)
      throw new ResultsWriteError(`${folder}: is not empty (give another folder, or --force to write over its files)`);
    await orExplain(folder, () => files.makeFolder(folder));
    return folder;
  }
  const root = 'results';
  const start = `${basename(name)}-`;
  const taken = (await orExplain(root, () => files.list(root))) ?? [];
  const numbers = taken
    .filter((entry) => entry.startsWith(start) && /^[1-9]\d{0,8}$/.test(entry.slice(start.length)))
    .map((entry) => Number(entry.slice(start.length)));
  // Another run may take the number in between: then the folder is there already, and the next one is tried.
  for (let n = Math.max(0, ...numbers) + 1; ; n++) {
    const path = `${root}/${start}${n}`;
    if (await orExplain(path, () => files.makeFolder(path))) return path;
  }
}

/** A name that cannot leave its folder. */
function basename(name: string): string {
  if (/^(?!\.+$)[A-Za-z0-9._-]{1,64}$/.test(name)) return name;
  throw new ResultsWriteError(
    `name: ${JSON.stringify(name.slice(0, 80))} cannot name a file (must be letters, digits, ".", "_" and "-")`,
  );
}

/**
 * Does something to a path.
 * @param advice what helps where it cannot be done
 * @throws ResultsWriteError that says in words why it cannot be done
 */
export async function orExplain<R>(
  path: string,
  action: () => Promise<R>,
  advice = 'free it, or give another folder',
): Promise<R> {
  try {
    return await action();
  } catch (error) {
    throw new ResultsWriteError(`${path}: cannot be written: ${causeOf(error)} (${advice})`, {
      cause: error,
    });
  }
}
