import { tallySize } from '../plan/tallies.js';
import type { EnginePlan } from './result.js';

/** A unit of dispatch: blocks of one jackknife group, so that a worker needs one set of tallies only. */
export interface Chunk {
  readonly group: number;
  readonly blocks: readonly number[];
}

/** Work of a chunk [particle-steps], some 0.1 s of one worker: merging is cheap beside it, and losing one costs little. */
const CHUNK_STEPS = 1.5e7;
/** Work of a chunk for each element of the tallies [particle-steps]: merging an element takes as long as one or two. */
const STEPS_PER_ELEMENT = 20;
/** Setting a particle up costs about as much as this many steps. */
const SETUP_STEPS = 20;
/** Chunks per worker that a small run is cut into at least, so that the last ones end together. */
const CHUNKS_PER_WORKER = 8;

/**
 * Number of blocks in a chunk: about a tenth of a second of work, more where tallies are large, fewer where the run is so small that workers would stand idle.
 *
 * @param plan the run
 * @param workers number of workers, >= 1
 * @param blocks of the stretch that is cut, where it is not the whole run
 * @returns blocks, >= 1
 */
export function chunkLength(plan: EnginePlan, workers: number, blocks = plan.blocks): number {
  const work = (plan.stepsEstimate + SETUP_STEPS * plan.particles) / plan.blocks;
  const byWork = Math.max(CHUNK_STEPS, STEPS_PER_ELEMENT * tallyElements(plan)) / work;
  const byWorkers = blocks / (CHUNKS_PER_WORKER * workers);
  return Math.max(1, Math.floor(Math.min(byWork, byWorkers)) || 1);
}

/** Elements of all tallies that every chunk brings. */
export function tallyElements({ tallies }: EnginePlan): number {
  return tallies.reduce((sum, spec) => sum + (spec.sparse ? 0 : tallySize(spec)), 0);
}

/**
 * The chunks of a run or of a stretch of it, made one by one: the list itself would grow with the number of particles.
 *
 * Block b belongs to group b mod groups. The groups take turns, so that what is finished at any time is nearly a prefix of the run.
 */
export class ChunkSource {
  /** Chunks that are still to come. */
  remaining: number;
  #blocks: number;
  #groups: number;
  #length: number;
  #from: number;
  #group = 0;
  #first = 0;

  /**
   * @param blocks number of blocks, >= 0
   * @param groups number of jackknife groups, >= 1
   * @param length blocks per chunk, >= 1 (Infinity: a whole group)
   * @param from the first block of the stretch
   */
  constructor(blocks: number, groups: number, length: number, from = 0) {
    this.#from = from;
    this.#blocks = blocks;
    this.#groups = groups;
    this.#length = Math.min(length, Math.max(1, blocks));
    this.remaining = 0;
    for (let group = 0; group < Math.min(groups, blocks); group++) {
      this.remaining += Math.ceil(Math.ceil((blocks - group) / groups) / this.#length);
    }
  }

  /** The next chunk, or undefined at the end. */
  next(): Chunk | undefined {
    if (this.remaining === 0) return undefined;
    const group = this.#group;
    const blocks: number[] = [];
    for (let i = 0; i < this.#length; i++) {
      const block = group + this.#groups * (this.#first + i);
      if (block >= this.#blocks) break;
      blocks.push(this.#from + block);
    }
    this.#group++;
    // A group is at most one block shorter than the first one, so a turn ends early where its next chunk would be empty.
    if (this.#group === this.#groups || this.#group + this.#groups * this.#first >= this.#blocks) {
      this.#group = 0;
      this.#first += this.#length;
    }
    this.remaining--;
    return { group: (this.#from + group) % this.#groups, blocks };
  }
}
