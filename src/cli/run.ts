import { FIRST_BLOCK, type Progress } from '../engine/index.js';
import type { RunResult } from '../result.js';
import { resultTable } from '../results/table.js';
import { run as start } from '../run.js';
import { files, outputFolder } from './folder.js';
import { type Loaded, loadScenario } from './load.js';
import type { RunFlags } from './program.js';
import { barDisplay, linesDisplay, noDisplay, type ProgressDisplay } from './progress.js';
import { onInterruption, signalCode } from './signals.js';
import { hasColour, isTerminal } from './terminal.js';

/** The command that was typed, as far as it decides the run, with one block alone: for the message of a block that fails. */
function replayCommand(source: string, flags: RunFlags, block: number): string {
  const quoted = (text: string) => (/^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const settings = (flags.set ?? []).map((setting) => `--set ${quoted(setting)}`);
  if (flags.seed !== undefined) settings.push(`--seed ${flags.seed}`);
  if (flags.count !== undefined) settings.push(`--count ${flags.count}`);
  return ['losscone run', quoted(source), ...settings, `--replay-block ${block}`].join(' ');
}

/** Shows progress where it belongs; the display of a terminal is loaded while the run is under way. */
export function progress(quiet: boolean): { report: (progress: Progress) => void; stop: () => void } {
  let display: ProgressDisplay = noDisplay;
  let stopped = false;
  if (!quiet && isTerminal(process.stderr))
    barDisplay(process.stderr).then((bar) => {
      if (!stopped) display = bar;
    });
  else if (!quiet) display = linesDisplay((text) => process.stderr.write(text));
  return {
    report: (state) => display.update(state),
    stop() {
      stopped = true;
      display.stop();
    },
  };
}

/** Writes the run's files; figures are drawn, and what draws them is loaded, only here. */
async function writeFiles(
  result: RunResult,
  folder: string,
  loaded: Loaded,
  flags: RunFlags,
): Promise<readonly string[]> {
  const { writeResults } = await import('../results/write.js');
  const draw =
    flags.figures && result.scenario.outputs.figures ? (await import('../figures/index.js')).drawFigures : undefined;
  // The folder was claimed, or forced, before the run.
  const options = { files, folder, force: true, scenarioYaml: loaded.yaml() };
  const tables = [...loaded.tables()];
  for (const [name, text] of tables) {
    const place = `${folder}/${name}`;
    await files.makeFolder(place.slice(0, place.lastIndexOf('/')));
    await files.writeBytes(place, new TextEncoder().encode(text));
  }
  const written = await writeResults(result, draw ? { ...options, figures: () => draw(result) } : options);
  return [...tables.map(([name]) => name), ...written.files];
}

/** Prints the numbers: as JSON alone, or as a table. */
async function print(result: RunResult, flags: RunFlags): Promise<void> {
  if (flags.json) {
    const { summaryText } = await import('../results/summary.js');
    process.stdout.write(summaryText(result));
  } else {
    process.stdout.write(resultTable(result, { colour: hasColour(process.stdout), width: process.stdout.columns }));
  }
}

/** Names of the files that were written; those of a folder by its name alone. */
function listed(names: readonly string[]): string {
  return [...new Set(names.map((name) => name.replace(/\/.*/, '/')))].join(', ');
}

/** Runs a scenario to its end or to the first signal. */
async function simulate(loaded: Loaded, source: string, flags: RunFlags, folder: string): Promise<void> {
  const say = (text: string) => void (flags.quiet || process.stderr.write(`${text}\n`));
  const shown = progress(flags.quiet ?? false);
  const running = start(loaded.scenario, {
    workers: flags.workers,
    memoryLimit: flags.memory,
    onlyBlock: flags.replayBlock,
    onProgress: shown.report,
    replay: (block) => replayCommand(source, flags, block),
  });
  const interruption = onInterruption(
    () => {
      shown.stop();
      say('Ending the run; what is finished is written. Once more quits at once.');
      running.abort();
    },
    () => shown.stop(),
  );
  try {
    const result = await running.result;
    shown.stop();
    if (process.env.LOSSCONE_TRACE) {
      const [mark] = performance.getEntriesByName(FIRST_BLOCK);
      if (mark) process.stderr.write(`first block dispatched after ${mark.startTime.toFixed(0)} ms\n`);
    }
    // The numbers are printed also where the files cannot be written.
    const written = writeFiles(result, folder, loaded, flags);
    await written.catch(() => {});
    await print(result, flags);
    say(`${folder}: ${listed(await written)}`);
    if (interruption.received !== undefined) process.exitCode = signalCode(interruption.received);
  } finally {
    shown.stop();
    interruption.release();
  }
}

/** `losscone run`. */
export async function run(source: string, flags: RunFlags): Promise<void> {
  const loaded = await loadScenario(source, flags);
  const folder = await outputFolder(loaded.scenario.name, flags.output, flags.force);
  try {
    await simulate(loaded, source, flags, folder.path);
  } finally {
    folder.discard(); // only where it is empty
  }
}
