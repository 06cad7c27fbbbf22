import { EngineError } from './errors.js';

/**
 * A set of block numbers as bits: 12 kB for the 97,657 blocks of 1e8 particles.
 *
 * @example
 * const blocks = new BlockSet(100);
 * blocks.add(17);
 * blocks.has(17) // true
 * blocks.count // 1
 */
export class BlockSet {
  /** Block numbers are 0 .. size - 1. */
  readonly size: number;
  #bits: Uint8Array<ArrayBuffer>;
  #count = 0;

  constructor(size: number) {
    this.size = size;
    this.#bits = new Uint8Array(Math.ceil(size / 8));
  }

  /**
   * A set from its bits, block b in bit b mod 8 of byte floor(b/8).
   * @throws EngineError where they are not as many as the size needs, or name blocks beyond it
   */
  static fromBits(size: number, bits: Uint8Array): BlockSet {
    const set = new BlockSet(size);
    if (bits.length !== set.#bits.length)
      throw new EngineError('BAD_STATE', `blocks: ${bits.length} bytes of them (must be ${set.#bits.length})`);
    for (let block = 0; block < 8 * bits.length; block++) {
      if (((bits[block >> 3] >> (block & 7)) & 1) === 0) continue;
      if (block >= size) throw new EngineError('BAD_STATE', `blocks: has block ${block} (must be below ${size})`);
      set.add(block);
    }
    return set;
  }

  /** The set as bits; a copy. */
  get bits(): Uint8Array<ArrayBuffer> {
    return this.#bits.slice();
  }

  /** How many blocks are in the set. */
  get count(): number {
    return this.#count;
  }

  has(block: number): boolean {
    return ((this.#bits[block >> 3] >> (block & 7)) & 1) === 1;
  }

  /** Puts a block in; returns false if it was there. */
  add(block: number): boolean {
    if (this.has(block)) return false;
    this.#bits[block >> 3] |= 1 << (block & 7);
    this.#count++;
    return true;
  }

  clone(): BlockSet {
    const copy = new BlockSet(this.size);
    copy.#bits = this.#bits.slice();
    copy.#count = this.#count;
    return copy;
  }

  /** The blocks in increasing order. */
  *[Symbol.iterator](): Generator<number> {
    for (let block = 0; block < this.size; block++) if (this.has(block)) yield block;
  }
}
