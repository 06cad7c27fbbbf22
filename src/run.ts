import wasm from '../dist/losscone.wasm';
import * as engine from './engine/index.js';
import { planRun } from './plan/plan.js';
import { PartialResult, RunResult } from './result.js';
import type { Scenario } from './scenario/index.js';
import { version } from './version.js';

/** How a run is carried out. Nothing here changes a bit of its result. */
export interface RunOptions {
  /** Number of workers, >= 1; `'auto'` (default): one per core in Node, one core less in a browser, fewer where memory is short. */
  readonly workers?: number | 'auto';
  /** Ends the run early; what is finished is its result, with `complete: false`. */
  readonly signal?: AbortSignal;
  /** Called some ten times a second and once at the end. */
  readonly onProgress?: (progress: engine.Progress) => void;
  /** Where the worker's script is, if a bundler moved it away: `import workerUrl from 'losscone/worker?url'` in Vite. */
  readonly workerUrl?: string | URL;
  /** Bytes that the run may take; default: half of the memory at hand. */
  readonly memoryLimit?: number;
  /** Runs this block alone, to look into a block that failed. */
  readonly onlyBlock?: number;
  /** The command that runs one block alone, for the message of a block that fails. */
  readonly replay?: (block: number) => string;
}

/**
 * A run under way. Iterating over it yields the latest partial result, again and again, and ends with the run; a slow
 * consumer misses some and holds nothing up.
 */
export interface Running extends AsyncIterable<PartialResult> {
  /** What the run ends with; after an abort what was finished, with `complete: false`. Rejects where the run fails. */
  readonly result: Promise<RunResult>;
  readonly progress: engine.Progress;
  /** Stops the workers where they are; resolves when all have stopped, within 100 ms. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run; what is finished is its result, with `complete: false`. */
  abort(): void;
  /** Changes the number of workers on the way. */
  setWorkers(workers: number | 'auto'): void;
}

/**
 * Runs a scenario in parallel workers, in Node and in browsers alike.
 *
 * The result is a pure function of the scenario: neither the number of workers nor the order in which blocks of particles
 * are done changes a bit of it.
 *
 * @param scenario from `parseScenario`
 * @param options how to run it
 * @returns the run under way: `await running.result`, or `for await (const partial of running)`
 * @throws EngineError for an option that is out of range or a scenario that was not parsed, PlanError for a scenario whose physics lacks what it asks for; a run that does not fit in memory rejects `result` with a
 *   MemoryError before a worker starts
 */
export function run(scenario: Scenario, options: RunOptions = {}): Running {
  checkCall(scenario, options);
  const plan = planRun(scenario);
  const running = engine.run(plan, { ...options, wasm, provenance: { version } });
  const result = running.result.then((whole) => new RunResult(scenario, whole));
  result.catch(() => {}); // Whoever only iterates meets the failure there.
  return {
    result,
    get progress() {
      return running.progress;
    },
    pause: () => running.pause(),
    resume: () => running.resume(),
    abort: () => running.abort(),
    setWorkers: (workers) => running.setWorkers(workers),
    async *[Symbol.asyncIterator]() {
      for await (const part of running) yield new PartialResult(scenario, part);
    },
  };
}

/** What TypeScript would have said: a program in JavaScript, or a cast, may pass anything. */
function checkCall(scenario: unknown, { signal, onProgress }: RunOptions): void {
  const { species, particles } = (scenario ?? {}) as Partial<Scenario>;
  if (typeof species?.mass !== 'number' || typeof particles?.count !== 'number')
    throw new engine.EngineError(
      'BAD_SCENARIO',
      'scenario: is not a validated one (must be what parseScenario returns)',
    );
  if (signal !== undefined && typeof signal?.addEventListener !== 'function')
    throw new engine.EngineError('BAD_OPTION', 'signal: is none (must be an AbortSignal)');
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw new engine.EngineError('BAD_OPTION', 'onProgress: is no function');
}
