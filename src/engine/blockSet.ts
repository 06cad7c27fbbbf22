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
  #bits: Uint8Array;
  #count = 0;

  constructor(size: number) {
    this.size = size;
    this.#bits = new Uint8Array(Math.ceil(size / 8));
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
