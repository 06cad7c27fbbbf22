import { solveTheory } from '../analysis/theory.js';
import { FIRST_BLOCK } from '../engine/index.js';
import { type OrbitResult, type RunningOrbits, runOrbits } from '../orbits.js';
import { PartialResult, type RunResult } from '../result.js';
import { grouped } from '../results/format.js';
import { resultTable } from '../results/table.js';
import { type Running, type RunOptions, run as start } from '../run.js';
import { MOST_PARTICLES } from '../until.js';
import { CommandError, exit } from './errors.js';
import { files, outputFolder } from './folder.js';
import { type Loaded, loadScenario } from './load.js';
import type { RunFlags } from './program.js';
import { runProgress } from './progress.js';
import { onInterruption, signalCode } from './signals.js';
import { hasColour } from './terminal.js';

/** The command that was typed, as far as it decides the run, with one block alone: for the message of a block that fails. */
function replayCommand(source: string, flags: RunFlags, block: number): string {
  const quoted = (text: string) => (/^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const settings = (flags.set ?? []).map((setting) => `--set ${quoted(setting)}`);
  if (flags.seed !== undefined) settings.push(`--seed ${flags.seed}`);
  const count = flags.count ?? (flags.until && MOST_PARTICLES);
  if (count !== undefined) settings.push(`--count ${count}`);
  return ['losscone run', quoted(source), ...settings, `--replay-block ${block}`].join(' ');
}

/** Writes the run's files; figures are drawn, and what draws them is loaded, only here. */
async function writeFiles(
  result: RunResult | OrbitResult,
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
async function print(result: RunResult | OrbitResult, flags: RunFlags): Promise<void> {
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

/** A run that takes longer [s] gets ready for its end on the way. */
const SHORT = 2;

/**
 * Solves the theory beside the estimates, and loads what writes the files, while the workers run: whoever ends a long run does
 * not wait for these then. What fails here says so where it is used.
 */
async function prepare(running: Running | RunningOrbits, figures: boolean): Promise<void> {
  try {
    for await (const part of running) {
      if (part instanceof PartialResult) solveTheory(part.scenario, part.plan);
      break;
    }
    await (await import('../results/hdf5.js')).loadHdf5();
    if (!figures) return;
    await (await import('../figures/index.js')).serverDocument();
    await (await import('../figures/png.js')).loadRasteriser();
  } catch {}
}

/** Runs a scenario to its end or to the first signal. */
async function simulate(loaded: Loaded, source: string, flags: RunFlags, folder: string): Promise<void> {
  const say = (text: string) => void (flags.quiet || process.stderr.write(`${text}\n`));
  const shown = runProgress(flags.quiet ?? false);
  let prepares = false;
  const options: RunOptions = {
    workers: flags.workers,
    memoryLimit: flags.memory,
    onlyBlock: flags.replayBlock,
    onProgress: (progress) => {
      // once the workers have something to do
      if (!prepares && progress.particlesDone > 0 && progress.secondsLeft > SHORT) {
        prepares = true;
        void prepare(running, flags.figures && loaded.scenario.outputs.figures);
      }
      shown.report(progress);
    },
    replay: (block) => replayCommand(source, flags, block),
  };
  const running = loaded.orbits
    ? runOrbits(loaded.scenario, options)
    : start(loaded.scenario, { ...options, until: flags.until, maxParticles: flags.until && flags.count });
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
    const precision = 'precision' in result ? result.precision : undefined;
    // What is kept runs again as it was: with the number of particles that was taken.
    const taken = precision && result.complete ? loaded.withCount(precision.particles) : loaded;
    // The numbers are printed also where the files cannot be written.
    const written = writeFiles(result, folder, taken, flags);
    // What the command ends with is known before a closed pipe can end it.
    const wrote = await written.then(
      () => true,
      () => false,
    );
    if (!wrote || precision?.reached === false) process.exitCode = exit.failed;
    if (wrote && interruption.received !== undefined) process.exitCode = signalCode(interruption.received);
    await print(result, flags);
    say(`${folder}: ${listed(await written)}`);
    if (interruption.received === undefined && precision) {
      const words = `${grouped(precision.particles)} particles taken: ${precision.why}`;
      if (precision.reached) say(words);
      else throw new CommandError(words, exit.failed);
    }
  } finally {
    shown.stop();
    interruption.release();
  }
}

/** `losscone run`. */
export async function run(source: string, flags: RunFlags): Promise<void> {
  if (flags.until && flags.replayBlock !== undefined)
    throw new CommandError('--until: goes with no single block (leave --replay-block out)');
  // With --until the number of particles is the most that may be taken, and not the scenario's.
  const loaded = await loadScenario(source, flags.until ? { ...flags, count: undefined } : flags);
  if (loaded.orbits && flags.until)
    throw new CommandError(
      `--until: is not offered for motion ${loaded.scenario.motion.kind} (give --count, the number of particles)`,
    );
  const folder = await outputFolder(loaded.scenario.name, flags.output, flags.force);
  try {
    await simulate(loaded, source, flags, folder.path);
  } finally {
    folder.discard(); // only where it is empty
  }
}
