import path from 'node:path';
import type { OrbitResult } from '../orbits.js';
import { nodeDisk } from '../platform/nodeDisk.js';
import type { RunResult } from '../result.js';
import { grouped } from '../results/format.js';
import { resultNames } from '../results/names.js';
import { resultTable } from '../results/table.js';
import { orExplain } from '../results/write.js';
import { printable } from '../scenario/faults.js';
import { MOST_PARTICLES } from '../until.js';
import { claimCheckpoint, keepApart, quoted, quotedName } from './checkpoint.js';
import { CommandError, exit } from './errors.js';
import { files, outputFolder } from './folder.js';
import { type Loaded, loadScenario } from './load.js';
import type { RunFlags } from './program.js';
import { computeShare } from './shard.js';
import { signalCode } from './signals.js';
import { type EndedRun, type Job, simulate } from './simulate.js';
import { planOf, refuseLarge } from './stored.js';
import { hasColour } from './terminal.js';

/** The command that was typed, as far as it decides the run, with one block alone: for the message of a block that fails. */
function replayCommand(source: string, flags: RunFlags, block: number): string {
  const settings = (flags.set ?? []).map((setting) => `--set ${quoted(setting)}`);
  if (flags.seed !== undefined) settings.push(`--seed ${flags.seed}`);
  const count = flags.count ?? (flags.until && MOST_PARTICLES);
  if (count !== undefined) settings.push(`--count ${count}`);
  return ['losscone run', source === '-' ? source : quotedName(source), ...settings, `--replay-block ${block}`].join(
    ' ',
  );
}

/** How the files of a run are written and its numbers printed. */
export interface WriteFlags {
  figures: boolean;
  json?: boolean;
}

/** Writes the run's files; figures are drawn, and what draws them is loaded, only here. */
async function writeFiles(
  result: RunResult | OrbitResult,
  folder: string,
  loaded: Loaded,
  figures: boolean,
): Promise<readonly string[]> {
  const { writeResults } = await import('../results/write.js');
  const draw =
    figures && result.scenario.outputs.figures ? (await import('../figures/index.js')).drawFigures : undefined;
  // The folder was claimed, or forced, before the run.
  const options = { files, folder, force: true, scenarioYaml: loaded.yaml() };
  const tables = [...loaded.tables()];
  for (const [name, text] of tables) {
    const place = `${folder}/${name}`;
    await orExplain(place, async () => {
      await files.makeFolder(folder, path.posix.dirname(name).replace(/^\.$/, ''));
      await files.writeBytes(place, new TextEncoder().encode(text));
    });
  }
  const written = await writeResults(result, draw ? { ...options, figures: () => draw(result) } : options);
  // The names too are to be on the disk before anything else of the run goes.
  for (const place of [`${folder}/summary.json`, folder]) await nodeDisk.syncFolder(place);
  return [...tables.map(([name]) => name), ...written.files];
}

const own: readonly string[] = Object.values(resultNames);

/** Where a run writes. */
export const placesIn = (folder: string, loaded: Loaded): string[] =>
  [...own, ...loaded.tables().keys()].map((name) => `${folder}/${name}`);

/** Refuses tables that are kept beside the scenario and would have the name of what the run writes. */
function checkTables(loaded: Loaded): void {
  for (const name of loaded.tables().keys())
    if (own.includes(name.replace(/\/.*/s, '')))
      throw new CommandError(
        `${printable(name)}: a table as long as this is kept beside the scenario, where the run writes a file of that name (give it another name)`,
      );
}

/** Prints the numbers: as JSON alone, or as a table. */
async function print(result: RunResult | OrbitResult, json = false): Promise<void> {
  if (json) {
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

/** Writes and prints what a run has come to. */
export function conclude(loaded: Loaded, folder: string, { figures, json }: WriteFlags) {
  return async ({ result, interruption, say, written: safe }: EndedRun): Promise<void> => {
    const precision = 'precision' in result ? result.precision : undefined;
    // What is kept runs again as it was: with the number of particles that was taken.
    const taken = precision && result.complete ? loaded.withCount(precision.particles) : loaded;
    // The numbers are printed also where the files cannot be written.
    const written = writeFiles(result, folder, taken, figures);
    // What the command ends with is known before a closed pipe can end it.
    const wrote = await written.then(
      () => true,
      () => false,
    );
    if (wrote && result.complete) await safe();
    if (!wrote || precision?.reached === false) process.exitCode = exit.failed;
    if (wrote && interruption.received !== undefined) process.exitCode = signalCode(interruption.received);
    await print(result, json);
    say(`${folder}: ${listed(await written)}`);
    if (interruption.received === undefined && precision) {
      const words = `${grouped(precision.particles)} particles taken: ${precision.why}`;
      if (precision.reached) say(words);
      else throw new CommandError(words, exit.failed);
    }
  };
}

/** Refuses options that do not go together. */
function checkFlags({ until, replayBlock, checkpoint, checkpointEvery, shard, json }: RunFlags): void {
  if (until && replayBlock !== undefined)
    throw new CommandError('--until: goes with no single block (leave --replay-block out)');
  if (checkpoint !== undefined && replayBlock !== undefined)
    throw new CommandError('--checkpoint: goes with no single block (leave --replay-block out)');
  if (shard) {
    const other = until ? '--until' : replayBlock !== undefined ? '--replay-block' : json ? '--json' : undefined;
    if (other) throw new CommandError(`--shard: goes with no ${other} (a share is part of a whole run)`);
  }
  if (checkpointEvery !== undefined && checkpoint === undefined)
    throw new CommandError('--checkpoint-every: says how often, but not where (give --checkpoint too)');
}

/** `losscone run`. */
export async function run(source: string, flags: RunFlags): Promise<void> {
  checkFlags(flags);
  // With --until the number of particles is the most that may be taken, and not the scenario's.
  const loaded = await loadScenario(source, flags.until ? { ...flags, count: undefined } : flags);
  if (loaded.orbits && flags.until)
    throw new CommandError(
      `--until: is not offered for motion ${loaded.scenario.motion.kind} (give --count, the number of particles)`,
    );
  const { checkpoint: file, checkpointEvery: seconds, output, force } = flags;
  // By then the folder holds what was finished; of a share it holds nothing yet.
  const again = output === undefined ? '' : ` -o ${quotedName(output)}${flags.shard ? '' : ' --force'}`;
  const job: Job = {
    loaded,
    until: flags.until,
    maxParticles: flags.until && flags.count,
    onlyBlock: flags.replayBlock,
    replay: (block) => replayCommand(source, flags, block),
    ...(file !== undefined && {
      checkpoint: { file, seconds, force, resume: `losscone resume ${quotedName(file)}${again}` },
    }),
  };
  /** What the run writes has its place by then. */
  const claim = async (places: readonly string[]) => {
    if (file === undefined) return;
    keepApart(file, places);
    await claimCheckpoint(file, force);
    // What cannot begin is to be refused before one that is there goes, and before there is one of it.
    refuseLarge(planOf(job), flags);
  };
  checkTables(loaded);
  if (flags.shard) return computeShare({ ...job, shard: flags.shard }, flags, claim);
  const folder = await outputFolder(loaded.scenario.name, output, force);
  try {
    await claim(placesIn(folder.path, loaded));
    await simulate(job, flags, conclude(loaded, folder.path, flags));
  } finally {
    folder.discard(); // only where it is empty
  }
}
