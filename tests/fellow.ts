/**
 * Time as a thread beside this one has it. A promise of a second cannot be held to a clock where others have the machine: it goes on while
 * this process stands still. The fellow stands still too; but not while this thread computes, or waits for a worker that does not answer.
 */
import { Worker } from 'node:worker_threads';

/** Between two ticks [ms]: one that comes late counts no more. */
const TICK = 5;

const program = `
const cell = require('node:worker_threads').workerData;
const never = new Int32Array(new SharedArrayBuffer(4));
for (;;) {
  Atomics.wait(never, 0, 0, ${TICK});
  Atomics.add(cell, 0, 1);
}`;

export class Fellow {
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker = new Worker(program, { eval: true, workerData: this.#cell });

  /** How long something takes [ms]. */
  async timed(work: () => Promise<unknown>): Promise<number> {
    // Two ticks: it has begun, and keeps its time.
    const from = Atomics.load(this.#cell, 0);
    while (Atomics.load(this.#cell, 0) < from + 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const start = Atomics.load(this.#cell, 0);
    await work();
    return TICK * (Atomics.load(this.#cell, 0) - start);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
