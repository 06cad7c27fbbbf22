import { type ChunkTallies, type TallySpec, tallySize } from '../plan/tallies.js';
import { type Digest, detectPlatform } from '../platform/index.js';
import { EngineError, TallyOverflowError } from './errors.js';

/** Largest count that a Float64Array holds exactly together with all smaller ones. */
const LARGEST_COUNT = Number.MAX_SAFE_INTEGER;
const WORD = 2 ** 32;
const WORD_INVERSE = 2 ** -32;

/**
 * One copy of a tally: counts as exact doubles; sums as 128-bit two's complement in four words, the least significant first. Words and not
 * BigInts, because adding then allocates nothing and stays clear of a fault in V8 11 (Node 20), whose compiler can crash on loops of them.
 */
type Store = Float64Array | Uint32Array;

interface Entry {
  readonly spec: TallySpec;
  readonly size: number;
  readonly total: Store;
  readonly groups: readonly Store[];
}

/**
 * The merged tallies of a run: integers only, so that adding chunks is associative and commutative to the bit.
 *
 * Counts are exact below 2^53, sums below 2^127; beyond that `add` throws instead of wrapping. Grouped tallies keep one copy per jackknife
 * group beside the total; the others keep the total only.
 *
 * @example
 * const spec = { name: 'fates', kind: 'count', axes: ['fate'], shape: [2], grouped: true, quantum: 1, unit: '1' };
 * const tallies = new Tallies([spec], 32);
 * tallies.add(5, { fates: new Uint32Array([3, 4]) });
 * [...tallies.total('fates')] // => [3, 4]
 * [...tallies.group('fates', 6)] // => [0, 0]
 * tallies.add(5, { fates: new Uint32Array(3) }) // throws a chunk brought Uint32Array of 3 (must be Uint32Array of 2)
 */
export class Tallies {
  readonly specs: readonly TallySpec[];
  /** Number of jackknife groups. */
  readonly groups: number;
  #entries: Map<string, Entry>;

  /**
   * Tallies that are all zero.
   *
   * @param specs the plan's tallies; their order is the order of the hash
   * @param groups number of jackknife groups, >= 1
   */
  constructor(specs: readonly TallySpec[], groups: number) {
    this.specs = specs;
    this.groups = groups;
    this.#entries = new Map(
      specs.map((spec) => {
        const size = tallySize(spec);
        const copies = Array.from({ length: spec.grouped ? groups : 0 }, () => emptyStore(spec, size));
        return [spec.name, { spec, size, total: emptyStore(spec, size), groups: copies }];
      }),
    );
  }

  /**
   * Tallies with given totals and empty groups: for reading stored results and for tests at the ends of the range.
   *
   * @param integers one list of stored integers per tally name; a missing name stays zero
   * @throws EngineError if a name is not declared or a list has not the declared length
   */
  static fromIntegers(specs: readonly TallySpec[], groups: number, integers: Record<string, bigint[]>): Tallies {
    const tallies = new Tallies(specs, groups);
    for (const [name, values] of Object.entries(integers)) {
      const { total, size } = tallies.#entry(name);
      if (values.length !== size) {
        throw new EngineError('BAD_CHUNK', `tally '${name}': ${values.length} integers (must be ${size})`);
      }
      values.forEach((value, i) => {
        if (total instanceof Float64Array) total[i] = Number(value);
        else
          for (let word = 0; word < 4; word++)
            total[4 * i + word] = Number(BigInt.asUintN(32, value >> BigInt(32 * word)));
      });
    }
    return tallies;
  }

  /**
   * Adds one chunk's tallies to the total and to its group. The chunk is checked as a whole before anything is added.
   *
   * @param group the jackknife group of all blocks of the chunk, 0 .. groups - 1
   * @param chunk one array for every declared tally
   * @throws EngineError if the chunk has not the declared shape; TallyOverflowError if a tally leaves its exact range
   */
  add(group: number, chunk: ChunkTallies): void {
    this.check(group, chunk);
    for (const { spec, total, groups } of this.#entries.values()) {
      const rows = spec.sparse ? (chunk.rows as Uint32Array | undefined) : undefined;
      if (spec.sparse && rows === undefined) continue; // it adds nothing
      for (const store of spec.grouped ? [total, groups[group]] : [total])
        addTo(spec.name, store, chunk[spec.name], rows);
    }
  }

  /** Whether a chunk could be added. @throws EngineError where it has not the declared shape */
  check(group: number, chunk: ChunkTallies): void {
    if (!Number.isInteger(group) || group < 0 || group >= this.groups) {
      throw new EngineError('BAD_CHUNK', `group: ${group} is not a jackknife group (must be 0 to ${this.groups - 1})`);
    }
    for (const entry of this.#entries.values()) checkChunk(entry, chunk);
  }

  /**
   * The stored bytes from which everything else follows: of a grouped tally its groups, of another one its total, in the
   * plan's order. Counts are doubles, sums two's complement 128-bit integers, both little-endian.
   */
  *stores(): Generator<Uint8Array<ArrayBuffer>> {
    for (const { total, groups } of this.#entries.values())
      for (const store of groups.length > 0 ? groups : [total])
        yield new Uint8Array(store.buffer as ArrayBuffer, store.byteOffset, store.byteLength);
  }

  /**
   * Fills tallies that are all zero from stored bytes.
   *
   * @param read fills its argument with the next bytes
   * @throws EngineError where a count is none; TallyOverflowError where a total leaves its exact range
   */
  async restore(read: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    for (const bytes of this.stores()) await read(bytes);
    for (const { spec, total, groups } of this.#entries.values()) {
      for (const store of groups.length > 0 ? groups : [total]) checkStore(spec.name, store);
      for (const store of groups) addStore(spec.name, total, store);
    }
  }

  /**
   * Adds all of other tallies of the same plan.
   * @throws TallyOverflowError if a tally leaves its exact range
   */
  merge(other: Tallies): void {
    for (const [name, { total, groups }] of this.#entries) {
      const { total: more, groups: theirs } = other.#entry(name);
      addStore(name, total, more);
      for (const [group, store] of groups.entries()) addStore(name, store, theirs[group]);
    }
  }

  /** The declaration of a tally. @throws EngineError if the plan declares no tally of this name */
  spec(name: string): TallySpec {
    return this.#entry(name).spec;
  }

  /**
   * A tally over all particles, as physical values: integer times quantum, in `spec(name).unit`.
   *
   * @returns a new array, row-major in `spec(name).shape`
   * @throws EngineError if there is no such tally
   */
  total(name: string): Float64Array {
    const { spec, total } = this.#entry(name);
    return physical(spec, total);
  }

  /**
   * A grouped tally over the particles of one jackknife group, as physical values in `spec(name).unit`.
   *
   * @param group 0 .. groups - 1
   * @returns a new array, row-major in `spec(name).shape`
   * @throws EngineError if there is no such tally, it is not grouped, or there is no such group
   */
  group(name: string, group: number): Float64Array {
    return physical(this.spec(name), this.#copy(name, group));
  }

  /**
   * The stored integers themselves: of the total, or of one group.
   *
   * @throws EngineError as `group`
   */
  integers(name: string, group?: number): bigint[] {
    const { size, total } = this.#entry(name);
    const store = group === undefined ? total : this.#copy(name, group);
    const values = new Array<bigint>(size);
    for (let i = 0; i < size; i++) values[i] = integer(store, i);
    return values;
  }

  /**
   * SHA-256 over all integers: for every tally in the plan's order its total, then (if grouped) its groups 0, 1, ...; elements row-major;
   * counts as unsigned 64-bit, sums as two's complement 128-bit integers, little-endian. Names, units and quanta do not enter.
   *
   * @returns 64 hexadecimal digits
   */
  async hash(): Promise<string> {
    const digest = detectPlatform().digest();
    for (const { total, groups } of this.#entries.values()) {
      for (const store of [total, ...groups]) digestStore(digest, store);
    }
    return digest.hex();
  }

  /** A copy that later `add`s do not change. */
  clone(): Tallies {
    const copy = new Tallies(this.specs, 0);
    (copy as { groups: number }).groups = this.groups;
    copy.#entries = new Map(
      Array.from(this.#entries, ([name, entry]) => [
        name,
        { ...entry, total: entry.total.slice(), groups: entry.groups.map((store) => store.slice()) },
      ]),
    );
    return copy;
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) {
      throw new EngineError(
        'NO_TALLY',
        `tally '${name}': the plan declares none (there are ${[...this.#entries.keys()].join(', ')})`,
      );
    }
    return entry;
  }

  #copy(name: string, group: number): Store {
    const { spec, groups } = this.#entry(name);
    if (!spec.grouped) throw new EngineError('NO_GROUPS', `tally '${name}': not kept by group (only the total is)`);
    if (!groups[group]) {
      throw new EngineError('NO_GROUPS', `tally '${name}': no group ${group} (must be 0 to ${this.groups - 1})`);
    }
    return groups[group];
  }
}

function emptyStore(spec: TallySpec, size: number): Store {
  return spec.kind === 'count' ? new Float64Array(size) : new Uint32Array(4 * size);
}

function checkChunk({ spec, size: whole }: Entry, chunk: ChunkTallies): void {
  const { rows } = chunk;
  if (spec.sparse && rows === undefined && chunk[spec.name] === undefined) return;
  if (spec.sparse && !(rows instanceof Uint32Array && rows.every((row) => row < whole))) {
    throw new EngineError('BAD_CHUNK', `tally '${spec.name}': a chunk brought no rows of it (must be below ${whole})`);
  }
  const size = spec.sparse ? rows.length : whole;
  const wanted = spec.kind === 'count' ? Uint32Array : BigInt64Array;
  const found = chunk[spec.name];
  if (!(found instanceof wanted) || found.length !== size) {
    const what = found === undefined ? 'nothing' : `${found.constructor.name} of ${found.length}`;
    throw new EngineError(
      'BAD_CHUNK',
      `tally '${spec.name}': a chunk brought ${what} (must be ${wanted.name} of ${size})`,
    );
  }
}

/** Adds a chunk's elements: all of them, or those of some rows. */
function addTo(name: string, store: Store, chunk: Uint32Array | BigInt64Array, rows: Uint32Array | undefined): void {
  if (store instanceof Float64Array) addCounts(name, store, chunk as Uint32Array, rows);
  else addSums(name, store, chunk as BigInt64Array, rows);
}

function addCounts(name: string, store: Float64Array, chunk: Uint32Array, rows: Uint32Array | undefined): void {
  for (let k = 0; k < chunk.length; k++) {
    // Most of a chunk is zero, and reading over it takes less than half the time of adding it.
    if (chunk[k] === 0) continue;
    const i = rows === undefined ? k : rows[k];
    // Both terms are integers below 2^53, so a sum at or below LARGEST_COUNT is exact and a larger one is seen.
    const sum = store[i] + chunk[k];
    if (sum > LARGEST_COUNT) throw countOverflow(name, i);
    store[i] = sum;
  }
}

function addSums(name: string, store: Uint32Array, chunk: BigInt64Array, rows: Uint32Array | undefined): void {
  // The machine's byte order is that of the kernel's memory, so the words lie least significant first here too.
  const words = new Uint32Array(chunk.buffer, chunk.byteOffset, 2 * chunk.length);
  for (let k = 0; k < chunk.length; k++) {
    if ((words[2 * k] | words[2 * k + 1]) === 0) continue;
    const i = rows === undefined ? k : rows[k];
    const at = 4 * i;
    const sign = words[2 * k + 1] >>> 31;
    const extension = sign * (WORD - 1);
    const before = store[at + 3] >>> 31;
    let sum = store[at] + words[2 * k];
    store[at] = sum;
    sum = store[at + 1] + words[2 * k + 1] + (sum >= WORD ? 1 : 0);
    store[at + 1] = sum;
    sum = store[at + 2] + extension + (sum >= WORD ? 1 : 0);
    store[at + 2] = sum;
    sum = store[at + 3] + extension + (sum >= WORD ? 1 : 0);
    store[at + 3] = sum;
    if (before === sign && store[at + 3] >>> 31 !== sign) throw sumOverflow(name, i);
  }
}

/** Counts are whole numbers; any words make a sum. */
function checkStore(name: string, store: Store): void {
  if (!(store instanceof Float64Array)) return;
  const wrong = store.findIndex((count) => !(Number.isSafeInteger(count) && count >= 0 && !Object.is(count, -0)));
  if (wrong >= 0) throw new EngineError('BAD_STATE', `tally '${name}', element ${wrong}: ${store[wrong]} is no count`);
}

/** Adds a store of the same kind and length. */
function addStore(name: string, store: Store, more: Store): void {
  if (store instanceof Float64Array) {
    for (let i = 0; i < store.length; i++) {
      const sum = store[i] + more[i];
      if (sum > LARGEST_COUNT) throw countOverflow(name, i);
      store[i] = sum;
    }
    return;
  }
  for (let at = 0; at < store.length; at += 4) {
    const before = store[at + 3] >>> 31;
    const sign = more[at + 3] >>> 31;
    let carry = 0;
    for (let word = at; word < at + 4; word++) {
      const sum = store[word] + more[word] + carry;
      store[word] = sum;
      carry = sum >= WORD ? 1 : 0;
    }
    if (before === sign && store[at + 3] >>> 31 !== sign) throw sumOverflow(name, at / 4);
  }
}

const countOverflow = (name: string, i: number) =>
  new TallyOverflowError(`tally '${name}', element ${i}: the count passes ${LARGEST_COUNT} (must stay below 2^53)`);
const sumOverflow = (name: string, i: number) =>
  new TallyOverflowError(`tally '${name}', element ${i}: the sum passes 128 bits (must stay within +-2^127)`);

function integer(store: Store, i: number): bigint {
  if (store instanceof Float64Array) return BigInt(store[i]);
  const number = exact(store, i);
  if (!Number.isNaN(number)) return BigInt(number);
  const at = 4 * i;
  const high = (BigInt(store[at + 3] | 0) << 32n) | BigInt(store[at + 2]);
  return (high << 64n) | (BigInt(store[at + 1]) << 32n) | BigInt(store[at]);
}

/** An integer within 2^53 as a double, which nothing is lost by; NaN for a larger one. */
function exact(store: Uint32Array, i: number): number {
  const upper = store[4 * i + 1] | 0;
  const sign = upper >> 31;
  const small = (store[4 * i + 3] | 0) === sign && (store[4 * i + 2] | 0) === sign;
  return small && upper >= -(2 ** 20) && upper < 2 ** 20 ? upper * WORD + store[4 * i] : Number.NaN;
}

/** The double nearest to an integer. */
function nearest(store: Uint32Array, i: number): number {
  const number = exact(store, i);
  // Number(bigint) rounds to nearest
  return Number.isNaN(number) ? Number(integer(store, i)) : number;
}

function physical(spec: TallySpec, store: Store): Float64Array {
  if (store instanceof Float64Array) return store.map((count) => count * spec.quantum);
  if (spec.doubles) return doubles(store);
  const values = new Float64Array(store.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = nearest(store, i) * spec.quantum;
  return values;
}

/** The doubles whose bits are the lower half of each integer. */
function doubles(store: Uint32Array): Float64Array {
  const values = new Float64Array(store.length / 4);
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < values.length; i++) words.set(store.subarray(4 * i, 4 * i + 2), 2 * i);
  return values;
}

function digestStore(digest: Digest, store: Store): void {
  if (!(store instanceof Float64Array)) {
    // the words lie in memory as they are hashed: little-endian, the least significant first
    // (in pieces: Node takes less than 2 GB at once)
    for (let from = 0; from < store.length; from += 2 ** 24) {
      const n = Math.min(2 ** 24, store.length - from);
      digest.update(new Uint8Array(store.buffer, store.byteOffset + 4 * from, 4 * n));
    }
    return;
  }
  const words = new Uint32Array(2 * Math.min(store.length, 8192));
  for (let from = 0; from < store.length; from += 8192) {
    const n = Math.min(8192, store.length - from);
    for (let i = 0; i < n; i++) {
      const count = store[from + i];
      // Of a whole number below 2^53 the low word is what >>> takes; the remainder itself takes three times as long.
      words[2 * i] = count >>> 0;
      words[2 * i + 1] = count * WORD_INVERSE;
    }
    digest.update(new Uint8Array(words.buffer, 0, 8 * n));
  }
}
