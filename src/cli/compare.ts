import { type ComparingOrbits, compareOrbits, type OrbitComparison } from '../compare.js';
import { comparisonTable, comparisonText } from '../results/comparison.js';
import { orExplain, writeResults } from '../results/write.js';
import { offer, ScenarioError, show } from '../scenario/faults.js';
import { formatOrbits, ORBIT_MOTIONS, type OrbitMotion } from '../scenario/index.js';
import { CommandError } from './errors.js';
import { files, outputFolder } from './folder.js';
import { loadScenario } from './load.js';
import type { CompareFlags } from './program.js';
import { runProgress } from './progress.js';
import { onInterruption, signalCode } from './signals.js';
import { teller } from './terminal.js';

/** The motions that were named. */
function motionsOf(names: readonly string[] = ['fullOrbit', 'driftOrbit']): OrbitMotion[] {
  const motions = names.map((name) => {
    const known = ORBIT_MOTIONS.find((motion) => motion === name);
    if (!known)
      throw new CommandError(`--motions: ${show(name)} is no motion in space (${offer(name, ORBIT_MOTIONS)})`);
    return known;
  });
  if (motions.length < 2 || new Set(motions).size < motions.length)
    throw new CommandError(`--motions: ${names.join(',')} (must be two or more, each once)`);
  return motions;
}

/** Writes the files of each run into a folder of its own, and what they came to beside them. */
async function writeAll({ motions, runs, compared }: OrbitComparison, folder: string): Promise<void> {
  for (const [i, run] of runs.entries()) {
    await orExplain(`${folder}/${motions[i]}`, () => files.makeFolder(folder, motions[i]));
    await writeResults(run, {
      files,
      folder: `${folder}/${motions[i]}`,
      force: true,
      scenarioYaml: formatOrbits(run.scenario),
    });
  }
  const text = comparisonText({ motions, runs, compared });
  await files.writeBytes(`${folder}/comparison.json`, new TextEncoder().encode(text));
}

/** `losscone compare`. */
export async function compare(source: string, flags: CompareFlags): Promise<void> {
  const motions = motionsOf(flags.motions);
  const loaded = await loadScenario(source, flags);
  if (!loaded.orbits)
    throw new CommandError(
      `${source}: is one of motion ${loaded.scenario.motion.kind}, along a line (compare takes orbits in space: motion ${ORBIT_MOTIONS.join(', ')})`,
    );
  const say = teller(flags.quiet);
  const shown = runProgress(flags.quiet ?? false);
  const folder = await outputFolder(`${loaded.scenario.name}-compare`, flags.output, flags.force);
  let comparing: ComparingOrbits | undefined;
  const interruption = onInterruption(
    () => {
      shown.stop();
      say('Ending the comparison; nothing is written. Once more quits at once.');
      comparing?.abort();
    },
    () => shown.stop(),
  );
  try {
    comparing = compareOrbits(loaded.scenario, {
      motions,
      workers: flags.workers,
      memoryLimit: flags.memory,
      onProgress: (progress) => shown.report(progress),
    });
    const comparison = await comparing.result;
    shown.stop();
    // The numbers are printed also where the files cannot be written; a reader that leaves early finds them written.
    const written = writeAll(comparison, folder.path);
    await written.catch(() => {});
    process.stdout.write(flags.json ? comparisonText(comparison) : comparisonTable(comparison, process.stdout.columns));
    await written;
    say(`${folder.path}: comparison.json, ${motions.map((motion) => `${motion}/`).join(', ')}`);
  } catch (error) {
    if (error instanceof ScenarioError) throw new CommandError(`${source}: ${error.message}`);
    if (interruption.received === undefined) throw error;
    throw new CommandError((error as Error).message, signalCode(interruption.received));
  } finally {
    shown.stop();
    interruption.release();
    folder.discard();
  }
}
