/** A run under way on the command line: its progress, its signals, the file that it is kept in. */
import { solveTheory } from '../analysis/theory.js';
import { FIRST_BLOCK, type RunState } from '../engine/index.js';
import { type OrbitResult, type RunningOrbits, runOrbits } from '../orbits.js';
import { PartialResult, type RunResult } from '../result.js';
import { type Running, type RunOptions, run as start } from '../run.js';
import { type CheckpointFile, type Keeping, keep } from './checkpoint.js';
import { runProgress } from './progress.js';
import { type Interruption, onInterruption } from './signals.js';
import type { Decided } from './stored.js';
import { teller } from './terminal.js';

/** What is to be run. */
export interface Job extends Decided {
  readonly onlyBlock?: number;
  /** The command that runs one block alone. */
  readonly replay: (block: number) => string;
  /** Goes on from here. */
  readonly from?: RunState;
  readonly checkpoint?: CheckpointFile;
}

/** How it is run. */
export interface HowToRun {
  readonly workers?: number;
  readonly memory?: number;
  readonly quiet?: boolean;
  readonly figures: boolean;
}

/** A run that has ended. */
export interface EndedRun {
  readonly result: RunResult | OrbitResult;
  readonly running: Running | RunningOrbits;
  readonly interruption: Interruption;
  readonly say: (text: string) => void;
  /** To be called when what the run is for is on the disk: nothing else need be kept of a run that is complete. */
  readonly written: () => Promise<void>;
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

/**
 * Runs to the end or to the first signal.
 *
 * @param job what
 * @param how how
 * @param finish writes what has come of it
 */
export async function simulate(
  { loaded, until, maxParticles, shard, onlyBlock, replay, from, checkpoint }: Job,
  { workers, memory, quiet = false, figures }: HowToRun,
  finish: (ended: EndedRun) => Promise<void>,
): Promise<void> {
  const say = teller(quiet);
  const shown = runProgress(quiet);
  let prepares = shard !== undefined;
  const options: RunOptions = {
    workers,
    memoryLimit: memory,
    onlyBlock,
    from,
    share: shard,
    onProgress: (progress) => {
      // once the workers have something to do
      if (!prepares && progress.particlesDone > 0 && progress.secondsLeft > SHORT) {
        prepares = true;
        void prepare(running, figures && loaded.scenario.outputs.figures);
      }
      shown.report(progress);
    },
    replay,
  };
  const running = loaded.orbits
    ? runOrbits(loaded.scenario, options)
    : start(loaded.scenario, { ...options, until, maxParticles });
  const interruption = onInterruption(
    () => {
      shown.stop();
      say(
        shard
          ? 'Ending the run. Once more quits at once.'
          : 'Ending the run; what is finished is written. Once more quits at once.',
      );
      running.abort();
    },
    () => shown.stop(),
  );
  let keeping: Keeping | undefined;
  try {
    keeping = checkpoint && keep(running, { loaded, until, maxParticles, shard }, checkpoint, say);
    const result = await running.result;
    shown.stop();
    if (process.env.LOSSCONE_TRACE) {
      const [mark] = performance.getEntriesByName(FIRST_BLOCK);
      if (mark) process.stderr.write(`first block dispatched after ${mark.startTime.toFixed(0)} ms\n`);
    }
    if (keeping?.refusal) throw keeping.refusal;
    if (!result.complete) await keeping?.hold();
    await finish({ result, running, interruption, say, written: async () => keeping?.release() });
  } finally {
    shown.stop();
    running.abort();
    // A run that failed, or whose files could not be written, can go on too.
    await keeping?.hold();
    interruption.release();
  }
}
