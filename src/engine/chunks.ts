import { tallySize } from '../plan/tallies.js';
import type { EnginePlan } from './result.js';

/** A unit of dispatch: whole sets of blocks of one jackknife group, so that a worker needs one copy of the tallies only. */
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
 * Number of sets of blocks in a chunk (a set is one block without strata): about a tenth of a second of work, more where tallies are large, fewer where the run is so small that workers would stand idle.
 *
 * @param plan the run
 * @param workers number of workers, >= 1
 * @param blocks of the stretch that is cut, where it is not the whole run
 * @returns sets, >= 1
 */
export function chunkLength(plan: EnginePlan, workers: number, blocks = plan.blocks): number {
  const work = (plan.stepsEstimate + SETUP_STEPS * plan.particles) / plan.blocks;
  const byWork = Math.max(CHUNK_STEPS, STEPS_PER_ELEMENT * tallyElements(plan)) / work;
  const byWorkers = blocks / (CHUNKS_PER_WORKER * workers);
  const byRoom = (plan.mostParticlesOfChunk ?? Infinity) / plan.blockSize;
  return Math.max(1, Math.floor(Math.min(byWork, byWorkers, byRoom) / (plan.strata ?? 1)) || 1);
}

/** Elements of all tallies that every chunk brings. */
export function tallyElements({ tallies }: EnginePlan): number {
  return tallies.reduce((sum, spec) => sum + (spec.sparse ? 0 : tallySize(spec)), 0);
}

/**
 * The chunks of a run or of a stretch of it, made one by one: the list itself would grow with the number of particles.
 *
 * Set n, blocks strata n and following, belongs to group n mod groups. The groups take turns, so that what is finished at any time is nearly a prefix of the run.
 */
export class ChunkSource {
  /** Chunks that are still to come. */
  remaining: number;
  #sets: number;
  #strata: number;
  #groups: number;
  #length: number;
  #from: number;
  #group = 0;
  #first = 0;

  /**
   * @param sets number of sets of blocks, >= 0
   * @param groups number of jackknife groups, >= 1
   * @param length sets per chunk, >= 1 (Infinity: a whole group)
   * @param from the first set of the stretch
   * @param strata blocks of a set
   */
  constructor(sets: number, groups: number, length: number, from = 0, strata = 1) {
    this.#from = from;
    this.#sets = sets;
    this.#strata = strata;
    this.#groups = groups;
    this.#length = Math.min(length, Math.max(1, sets));
    this.remaining = 0;
    for (let group = 0; group < Math.min(groups, sets); group++) {
      this.remaining += Math.ceil(Math.ceil((sets - group) / groups) / this.#length);
    }
  }

  /** The next chunk, or undefined at the end. */
  next(): Chunk | undefined {
    if (this.remaining === 0) return undefined;
    const group = this.#group;
    const blocks: number[] = [];
    for (let i = 0; i < this.#length; i++) {
      const set = group + this.#groups * (this.#first + i);
      if (set >= this.#sets) break;
      const first = this.#strata * (this.#from + set);
      for (let stratum = 0; stratum < this.#strata; stratum++) blocks.push(first + stratum);
    }
    this.#group++;
    // A group is at most one set shorter than the first one, so a turn ends early where its next chunk would be empty.
    if (this.#group === this.#groups || this.#group + this.#groups * this.#first >= this.#sets) {
      this.#group = 0;
      this.#first += this.#length;
    }
    this.remaining--;
    return { group: (this.#from + group) % this.#groups, blocks };
  }
}
