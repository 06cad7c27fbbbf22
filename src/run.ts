import wasm from '../dist/losscone.wasm';
import type { Precision } from './analysis/precision.js';
import { checkOptions, checkScenario } from './calls.js';
import * as engine from './engine/index.js';
import { planRun } from './plan/plan.js';
import { PartialResult, RunResult } from './result.js';
import type { Scenario } from './scenario/index.js';
import { planOfFirst, planUntil, type Until, withCount } from './until.js';
import { version } from './version.js';

/** How far a run is. */
export interface Progress extends engine.Progress {
  /** In a run to a precision: what was reached at the last prefix that was judged. */
  readonly precision?: readonly Precision[];
}

/** How a run is carried out. But for `until`, nothing here changes a bit of its result. */
export interface RunOptions {
  /**
   * Runs to a precision in place of the scenario's number of particles: `{ lossRate: 0.01 }` until its standard error is
   * at most 1 % of it, `{ confinementTime: '1 us' }` until it is 1 us; several must hold together. It is judged after
   * 65,536 particles (more with many strata), after twice as many and so on, whatever order they were done in: the result is to the bit that of a
   * scenario with the number of particles that were taken.
   */
  readonly until?: Until;
  /** With `until`: the most particles that may be taken; default 1e9. */
  readonly maxParticles?: number;
  /** Number of workers, >= 1; `'auto'` (default): one per core in Node, one core less in a browser, fewer where memory is short. */
  readonly workers?: number | 'auto';
  /** Ends the run early; what is finished is its result, with `complete: false`. */
  readonly signal?: AbortSignal;
  /** Called some ten times a second and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
  /** Where the worker's script is, if a bundler moved it away: `import workerUrl from 'losscone/worker?url'` in Vite. */
  readonly workerUrl?: string | URL;
  /** Bytes that the run may take; default: half of the memory at hand. */
  readonly memoryLimit?: number;
  /** Runs this block alone, to look into a block that failed. */
  readonly onlyBlock?: number;
  /** The command that runs one block alone, for the message of a block that fails. */
  readonly replay?: (block: number) => string;
  /** Goes on from what another run of the same scenario had (`running.state()`): the result is to the bit that of one run. */
  readonly from?: engine.RunState;
  /** Computes one of so many shares of the run alone: `{ index: 3, of: 100 }`, the first being 1. Not with `until` or `onlyBlock`. */
  readonly share?: { readonly index: number; readonly of: number };
}

/**
 * A run under way. Iterating over it yields the latest partial result, again and again, and ends with the run; a slow
 * consumer misses some and holds nothing up.
 */
export interface Running extends AsyncIterable<PartialResult> {
  /** What the run ends with; after an abort what was finished, with `complete: false`. Rejects where the run fails. */
  readonly result: Promise<RunResult>;
  readonly progress: Progress;
  /** Stops the workers where they are; resolves when all have stopped, within 100 ms. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run; what is finished is its result, with `complete: false`. */
  abort(): void;
  /** Changes the number of workers on the way. */
  setWorkers(workers: number | 'auto'): void;
  /** What the run has so far, for another one to go on `from`; a copy. */
  state(): engine.RunState;
}

/**
 * Runs a scenario in parallel workers, in Node and in browsers alike.
 *
 * The result is a pure function of the scenario: neither the number of workers nor the order in which blocks of particles
 * are done changes a bit of it.
 *
 * @param scenario from `parseScenario`
 * @param options how to run it
 * @returns the run under way: `await running.result`, or `for await (const partial of running)`; with `until`,
 *   `result.precision` says whether and how it was reached
 * @throws EngineError for an option that is out of range or a scenario that was not parsed, PlanError for a scenario whose physics lacks what it asks for; a run that does not fit in memory rejects `result` with a
 *   MemoryError before a worker starts
 */
export function run(scenario: Scenario, options: RunOptions = {}): Running {
  checkScenario(scenario, 'parseScenario');
  checkOptions(options);
  checkUntil(options);
  const { until, maxParticles, onProgress, share, ...others } = options;
  const sought = until === undefined ? undefined : planUntil(scenario, until, maxParticles);
  const judge = sought?.judge;
  const plan = sought?.plan ?? planRun(scenario);
  if (options.from?.judged) judge?.recall(options.from.judged.memory);
  const withPrecision = (progress: engine.Progress): Progress =>
    judge ? { ...progress, precision: judge.precision } : progress;
  const running = engine.run(plan, {
    ...others,
    wasm,
    provenance: { version },
    ...(onProgress && { onProgress: (progress) => onProgress(withPrecision(progress)) }),
    ...(share && { share: engine.shareOf(plan, share.index, share.of) }),
    ...(sought && {
      judged: {
        prefixes: sought.prefixes,
        judge: (prefix) => sought.judge.judge(prefix),
        memory: () => sought.judge.memory,
      },
    }),
  });
  const result = running.result.then((whole) => {
    if (!judge) return new RunResult(scenario, whole);
    const { done } = whole.particles;
    const taken = whole.complete ? { ...whole, plan: planOfFirst(plan, done) } : whole;
    const found = { precision: judge.report(whole.complete), estimates: whole.complete ? judge.estimates : undefined };
    return new RunResult(withCount(scenario, taken.plan.particles), taken, found);
  });
  result.catch(() => {}); // Whoever only iterates meets the failure there.
  return {
    result,
    get progress() {
      return withPrecision(running.progress);
    },
    pause: () => running.pause(),
    resume: () => running.resume(),
    abort: () => running.abort(),
    setWorkers: (workers) => running.setWorkers(workers),
    state: () => running.state(),
    async *[Symbol.asyncIterator]() {
      const whole = withCount(scenario, plan.particles);
      for await (const part of running) yield new PartialResult(whole, part);
    },
  };
}

/** Refuses precisions that are none, and what does not go with them. */
function checkUntil({ until, maxParticles, onlyBlock }: RunOptions): void {
  if (until !== undefined && (typeof until !== 'object' || until === null))
    throw new engine.EngineError('BAD_OPTION', 'until: is no list of precisions (must be e.g. { lossRate: 0.01 })');
  if (until !== undefined && onlyBlock !== undefined)
    throw new engine.EngineError('BAD_OPTION', 'until: goes with no single block (leave onlyBlock out)');
  if (until === undefined && maxParticles !== undefined)
    throw new engine.EngineError('BAD_OPTION', 'maxParticles: is for a run to a precision (give until too)');
}
