import type { Progress } from '../engine/index.js';
import { caseTable, validationTable, validationText } from '../results/validation.js';
import { orExplain } from '../results/write.js';
import { offer, show } from '../scenario/faults.js';
import { validate as start, validationCases } from '../validate.js';
import type { CaseResult } from '../validation/index.js';
import { version } from '../version.js';
import { CommandError, exit } from './errors.js';
import { files, outputFolder } from './folder.js';
import { runProgress } from './progress.js';
import { onInterruption, signalCode } from './signals.js';
import { hasColour, teller } from './terminal.js';

/** What `losscone validate` was given. */
export interface ValidateFlags {
  quick?: boolean;
  only?: string[];
  control?: boolean;
  list?: boolean;
  json?: boolean;
  figures: boolean;
  quiet?: boolean;
  force?: boolean;
  seed?: string;
  workers?: number;
  memory?: number;
  output?: string;
}

/** The cases, one a line. */
async function list(): Promise<void> {
  const { formula } = await import('../results/format.js');
  const cases = await validationCases();
  const width = Math.max(...cases.map(({ id }) => id.length));
  for (const { id, title, source } of cases)
    process.stdout.write(`${id.padEnd(width)}  ${formula(title)}\n${' '.repeat(width)}  ${formula(source)}\n`);
}

/** The ids of the cases that were asked for. @throws CommandError for one that there is not */
async function chosen(only: readonly string[] | undefined): Promise<string[]> {
  const known = (await validationCases()).map(({ id }) => id);
  if (only?.length === 0) throw new CommandError(`--only: names no case (known: ${known.join(', ')})`);
  const wanted = only?.map((name) => {
    const found = known.find((id) => id.toLowerCase() === name.toLowerCase());
    if (found === undefined)
      throw new CommandError(`--only: ${show(name)} is not a reference case (${offer(name, known)})`);
    return found;
  });
  return known.filter((id) => wanted === undefined || wanted.includes(id));
}

/** A display of the present run that can be taken away to print, and comes back. */
class Display {
  readonly #quiet: boolean;
  #shown?: ReturnType<typeof runProgress>;

  constructor(quiet: boolean) {
    this.#quiet = quiet;
  }

  update(state: Progress): void {
    this.#shown ??= runProgress(this.#quiet);
    this.#shown.report(state);
  }

  stop(): void {
    this.#shown?.stop();
    this.#shown = undefined;
  }
}

/** Files of a folder, until one cannot be written: what is found goes on being printed, and the failure is told at the end. */
class Output {
  readonly #folder: string;
  failure?: unknown;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    if (this.failure !== undefined) return;
    const place = `${this.#folder}/${name}`;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    try {
      await orExplain(place, async () => {
        await files.makeFolder(this.#folder, name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '');
        await files.writeBytes(place, bytes);
      });
    } catch (error) {
      this.failure = error;
    }
  }
}

/** Runs the cases, printing and drawing each as it is done. */
async function runCases(
  ids: readonly string[],
  flags: ValidateFlags,
  output: Output,
  { display, signal }: { readonly display: Display; readonly signal: AbortSignal },
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const found = start({
    ...flags,
    only: ids,
    memoryLimit: flags.memory,
    signal,
    onProgress: (_, state) => display.update(state),
  });
  for await (const result of found) {
    display.stop();
    results.push(result);
    if (!flags.json) process.stdout.write(`${caseTable(result, { colour: hasColour(process.stdout) })}\n`);
    if (!flags.figures) continue;
    const { drawCase } = await import('../figures/index.js');
    const { name, svg, png } = await drawCase(result);
    await output.write(`figures/${name}.svg`, svg);
    if (png) await output.write(`figures/${name}.png`, png);
  }
  return results;
}

/** `losscone validate`. */
export async function validate(flags: ValidateFlags): Promise<void> {
  if (flags.list) return await list();
  const ids = await chosen(flags.only);
  const folder = await outputFolder('validate', flags.output, flags.force);
  const say = teller(flags.quiet);
  const display = new Display(flags.quiet ?? false);
  const controller = new AbortController();
  const interruption = onInterruption(
    () => {
      display.stop();
      say('Ending the validation; what is finished is written. Once more quits at once.');
      controller.abort();
    },
    () => display.stop(),
  );
  say(`${ids.length} reference ${ids.length === 1 ? 'case' : 'cases'}: ${ids.join(', ')}`);
  try {
    const output = new Output(folder.path);
    const results = await runCases(ids, flags, output, {
      display,
      signal: controller.signal,
    });
    const complete = results.length === ids.length;
    const size = flags.quick ? 'quick' : 'full';
    const text = validationText(results, { version, seed: flags.seed ?? '1', size, complete });
    if (results.length > 0) {
      await output.write('validate.json', text);
      if (output.failure === undefined) say(`${folder.path}: validate.json${flags.figures ? ', figures' : ''}`);
    }
    if (flags.json) process.stdout.write(text);
    else if (results.length > 0)
      process.stdout.write(validationTable(results, { complete }, { colour: hasColour(process.stdout) }));
    const sound = results.every(({ passed, controls }) => passed && controls.every(({ refuted }) => refuted));
    if (!sound) process.exitCode = exit.failed;
    if (interruption.received !== undefined) process.exitCode = signalCode(interruption.received);
    if (output.failure !== undefined) throw output.failure;
  } finally {
    display.stop();
    interruption.release();
    folder.discard(); // only where it is empty
  }
}
