import type { ChunkTallies } from '../plan/tallies.js';
import type { Chunk } from './chunks.js';
import { NumericalFaultError } from './errors.js';
import type { EnginePlan } from './result.js';

/** Place of the numerical faults in the tally `fates`: confined, lost left, lost right, time limit, fault. */
const FAULT = 4;
/** Share of particles that may fail numerically. */
const TOLERATED = 1e-6;
/** Blocks that are named at most. */
const NAMED = 8;

/** Counts numerical faults and remembers where they were. */
export class FaultWatch {
  #particles: number;
  #count = 0;
  #blocks: number[] = [];
  #more = false;

  constructor(plan: EnginePlan) {
    this.#particles = plan.particles;
  }

  /**
   * Looks at a finished chunk.
   *
   * @throws NumericalFaultError as soon as there are more faults than the whole run may have
   */
  add(chunk: Chunk, tallies: ChunkTallies): void {
    const faults = Number(tallies.fates?.[FAULT] ?? 0);
    if (faults === 0) return;
    this.#count += faults;
    const room = NAMED - this.#blocks.length;
    this.#blocks.push(...chunk.blocks.slice(0, room));
    this.#more ||= chunk.blocks.length > room;
    if (this.#count > TOLERATED * this.#particles) {
      throw new NumericalFaultError(this.#count, this.#particles, this.#blocks, this.#more);
    }
  }
}
