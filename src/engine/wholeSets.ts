import type { ChunkTallies } from '../plan/tallies.js';
import type { Chunk } from './chunks.js';

/** What a worker brought of a chunk. */
export interface Part {
  readonly chunk: Chunk;
  readonly tallies: ChunkTallies;
  readonly steps: number;
  readonly faults: number;
}

/**
 * Holds back the blocks that ran alone until their set is whole. With stratified starts a part of a set would bias every
 * estimate; a chunk has whole sets, but after a failure its blocks run one by one.
 *
 * @example
 * const sets = new WholeSets(2)
 * const part = (...blocks) => ({ chunk: { group: 0, blocks }, tallies: {}, steps: 1, faults: 0 })
 * sets.add(part(0, 1, 64, 65)).length // => 1
 * sets.add(part(3)).length // => 0
 * sets.add(part(2)).map(({ chunk }) => chunk.blocks[0]) // => [3, 2]
 */
export class WholeSets {
  readonly #strata: number;
  readonly #waiting = new Map<number, Part[]>();

  /** @param strata blocks of a set, >= 1 */
  constructor(strata: number) {
    this.#strata = strata;
  }

  /** Takes a part and gives what may be merged now: nothing, the part, or with it those that waited for it. */
  add(part: Part): readonly Part[] {
    const { blocks } = part.chunk;
    if (blocks.length % this.#strata === 0) return [part];
    const set = Math.floor(blocks[0] / this.#strata);
    const parts = [...(this.#waiting.get(set) ?? []), part];
    if (parts.length < this.#strata) {
      this.#waiting.set(set, parts);
      return [];
    }
    this.#waiting.delete(set);
    return parts;
  }
}
