import type { ChunkTallies } from '../plan/tallies.js';
import { detectPlatform } from '../platform/index.js';
import { breathe } from './breathe.js';
import type { Fault } from './errors.js';
import { type ChunkReply, IDLE, type Reply, type WorkerApi, type WorkerStatus } from './protocol.js';
import { moving, offer } from './remote.js';
import type { EnginePlan } from './result.js';

/** What runs blocks inside a worker. */
export interface Runner {
  /** Runs one block in slices of a few ms; yields the particle-steps done since the last yield, in parts where a step is longer. */
  runBlock(block: number): Iterable<number>;
  /** What the blocks since the last call added, in arrays of their own (they are moved to the host); zeroes the tallies. */
  collect(): ChunkTallies;
}

export type CreateRunner<P extends EnginePlan> = (module: WebAssembly.Module, plan: P) => Runner;

/** After this long the worker looks at its messages [ms]: short enough for answers within 100 ms, long enough to cost nothing. */
const ATTENTION = 8;

/**
 * Makes this worker serve a host: call it once, while the worker's module is evaluated.
 *
 * @param createRunner makes the runner for a compiled kernel and a plan
 */
export function serve<P extends EnginePlan>(createRunner: CreateRunner<P>): void {
  const port = detectPlatform().parentPort();
  offer(new BlockServer(createRunner as CreateRunner<EnginePlan>), port);
  // That the script is read: whoever ends the worker waits for it.
  port.postMessage('loaded');
}

class BlockServer implements WorkerApi {
  #createRunner: CreateRunner<EnginePlan>;
  #runner: Runner | undefined;
  #status = { ...IDLE };
  #resumed: Promise<void> | undefined;
  #wake = () => {};
  #looked = 0;

  constructor(createRunner: CreateRunner<EnginePlan>) {
    this.#createRunner = createRunner;
  }

  prepare(module: WebAssembly.Module, plan: EnginePlan): Reply<null> {
    try {
      this.#runner = this.#createRunner(module, plan);
      return { value: null };
    } catch (error) {
      return { fault: faultOf(error) };
    }
  }

  async run(blocks: readonly number[]): Promise<Reply<ChunkReply>> {
    const status = { ...IDLE, busy: true, paused: this.#status.paused };
    this.#status = status;
    this.#looked = performance.now();
    try {
      if (!this.#runner) throw new Error('worker: run before prepare');
      for (const block of blocks) {
        status.block = block;
        for (const steps of this.#runner.runBlock(block)) {
          status.steps += steps;
          await this.#attend();
        }
        status.blocksDone++;
        await this.#attend();
      }
      const tallies = this.#runner.collect();
      return moving({ value: { tallies, steps: Math.round(status.steps) } }, Object.values(tallies));
    } catch (error) {
      return { fault: { ...faultOf(error), ...(status.block >= 0 && { block: status.block }) } };
    } finally {
      this.#status = { ...IDLE, paused: status.paused };
    }
  }

  status(): WorkerStatus {
    return this.#status;
  }

  pause(): void {
    this.#status.paused = true;
    this.#resumed ??= new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  resume(): void {
    this.#status.paused = false;
    this.#resumed = undefined;
    this.#wake();
  }

  /** Lets messages in from time to time, and waits while paused. */
  async #attend(): Promise<void> {
    if (performance.now() - this.#looked < ATTENTION) return;
    await breathe();
    while (this.#resumed) await this.#resumed;
    this.#looked = performance.now();
  }
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { code } = error as { code?: unknown };
  return { name: error.name, message: error.message, ...(typeof code === 'string' && { code }) };
}
