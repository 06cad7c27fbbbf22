/**
 * The file that holds the state of a run: a checkpoint, or a finished share.
 *
 *     8 bytes   'losscone'
 *     4 bytes   version of the layout, 1
 *     4 bytes   length of the header
 *     header    JSON in UTF-8: which run it is of (header.ts)
 *     body      raw deflate of the bits of the finished blocks, then the tallies' stores (Tallies.stores)
 *     32 bytes  SHA-256 of everything before
 *
 * Integers are little-endian.
 */

import type { EnginePlan } from '../engine/index.js';
import { BlockSet, EngineError, planHash, type RunState, Tallies } from '../engine/index.js';
import { detectPlatform } from '../platform/index.js';
import { type Header, readHeader } from './header.js';

export const magic = 'losscone';
const layout = 1;
const fixed = 16;
const digestBytes = 32;
/** No larger file is written or read: it is held whole, and Node reads no larger one. */
export const mostFileBytes = 2 ** 31 - 1;
/** A scenario and its tables, of at most 8 MiB each, of which most have one. */
const mostHeaderBytes = 2 ** 27;

const digestOf = (bytes: Uint8Array): Uint8Array => {
  const digest = detectPlatform().digest();
  digest.update(bytes);
  const hex = digest.hex();
  return Uint8Array.from({ length: digestBytes }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
};

/** Bytes of a state's body before it is packed. */
export function bodyBytes({ blocks, groups, tallies }: Pick<EnginePlan, 'blocks' | 'groups' | 'tallies'>): number {
  const stores = tallies.map(({ shape, kind, grouped }) => {
    const size = shape.reduce((product, n) => product * n, 1) * (kind === 'count' ? 8 : 16);
    return size * (grouped ? groups : 1);
  });
  return stores.reduce((sum, bytes) => sum + bytes, Math.ceil(blocks / 8));
}

/**
 * A state as the bytes of a file.
 *
 * @param header what it is of, but for the numbers of the state itself
 * @param state as `Running.state()` gives it
 */
export async function encodeState(header: Omit<Header, 'state'>, state: RunState): Promise<Uint8Array<ArrayBuffer>> {
  const { tallies, blocks, steps, seconds, faults, judged } = state;
  const pieces = [blocks.bits, ...tallies.stores()];
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole: Header = {
    ...header,
    state: { blocks: blocks.size, groups: tallies.groups, bytes, steps, seconds, faults, ...(judged && { judged }) },
  };
  const head = new TextEncoder().encode(JSON.stringify(whole));
  const packed = await pack(pieces);
  const size = packed.reduce((sum, { length }) => sum + length, fixed + head.length + digestBytes);
  if (size > mostFileBytes) throw bad(`the state takes ${size} bytes (a file must have at most ${mostFileBytes})`);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  new TextEncoder().encodeInto(magic, file);
  view.setUint32(8, layout, true);
  view.setUint32(12, head.length, true);
  file.set(head, fixed);
  let at = fixed + head.length;
  for (const piece of packed) {
    file.set(piece, at);
    at += piece.length;
  }
  file.set(digestOf(file.subarray(0, at)), at);
  return file;
}

/** A file that was read and found whole. */
export interface StateFile {
  readonly header: Header;
  /**
   * Unpacks the state, which must be one of this plan.
   * @throws EngineError where it is not
   */
  state(plan: EnginePlan): Promise<RunState>;
}

/**
 * Reads a file of a state: its header, once its check sum has been found right.
 * @throws EngineError that says what is wrong; nothing is taken from a file with a wrong byte
 */
export function decodeState(file: Uint8Array<ArrayBuffer>): StateFile {
  if (!magic.startsWith(new TextDecoder().decode(file.subarray(0, 8)))) throw bad('it is no file of a losscone run');
  if (file.length < fixed + digestBytes) throw bad(`it ends after ${file.length} bytes`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = file.length - digestBytes;
  const digest = digestOf(file.subarray(0, end));
  if (digest.some((byte, i) => byte !== file[end + i])) throw bad('it is damaged: its check sum is wrong');
  const version = view.getUint32(8, true);
  if (version !== layout) throw bad(`its layout is ${version} (must be ${layout})`);
  const from = fixed + view.getUint32(12, true);
  if (from > end) throw bad('its header is longer than the file');
  if (from > mostHeaderBytes) throw bad(`its header has ${from - fixed} bytes (must be at most ${mostHeaderBytes})`);
  const header = readHeader(new TextDecoder().decode(file.subarray(fixed, from)));
  return { header, state: (plan) => unpackState(header, file.subarray(from, end), plan) };
}

async function unpackState({ state }: Header, packed: Uint8Array<ArrayBuffer>, plan: EnginePlan): Promise<RunState> {
  const bytes = bodyBytes(plan);
  if (state.blocks !== plan.blocks || state.groups !== plan.groups || state.bytes !== bytes)
    throw bad(
      `it holds ${state.blocks} blocks and ${state.bytes} bytes of tallies (must be ${plan.blocks} and ${bytes}: the scenario's)`,
    );
  const reader = new Unpacker(packed);
  const bits = new Uint8Array(Math.ceil(plan.blocks / 8));
  await reader.fill(bits);
  const tallies = new Tallies(plan.tallies, plan.groups);
  await tallies.restore((store) => reader.fill(store));
  await reader.end();
  const { steps, seconds, faults, judged } = state;
  return {
    plan: planHash(plan),
    tallies,
    blocks: BlockSet.fromBits(plan.blocks, bits),
    steps,
    seconds,
    faults,
    ...(judged && { judged }),
  };
}

async function pack(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array[]> {
  const stream = new CompressionStream('deflate-raw');
  const packed: Uint8Array[] = [];
  const reader = stream.readable.getReader();
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      packed.push(value);
    }
  })();
  const writer = stream.writable.getWriter();
  for (const piece of ofOneSize(pieces)) await writer.write(piece);
  await writer.close();
  await reading;
  return packed;
}

/** Tallies are many small stores, of which each would take its turn; a huge one would hold up all of its bytes between the stream's ends. */
const PIECE = 2 ** 20;

/** The same bytes in pieces of a size that suits a stream. */
function* ofOneSize(pieces: readonly Uint8Array[]): Generator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(PIECE);
  let filled = 0;
  for (const bytes of pieces)
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + PIECE - filled);
      piece.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < PIECE) continue;
      yield piece;
      piece = new Uint8Array(PIECE);
      filled = 0;
    }
  yield piece.subarray(0, filled);
}

/** Unpacks as much as is asked for: a file that would unpack to more than its plan has is refused on the way. */
class Unpacker {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest = new Uint8Array(0) as Uint8Array;

  constructor(packed: Uint8Array<ArrayBuffer>) {
    const source = new Blob([packed]).stream();
    this.#reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read().catch(() => {
      throw bad('its tallies cannot be unpacked');
    });
    if (!done) this.#rest = value;
    return !done;
  }

  async fill(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#rest.length === 0 && !(await this.#more())) throw bad('its tallies end too early');
      const taken = this.#rest.subarray(0, bytes.length - at);
      bytes.set(taken, at);
      at += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
  }

  async end(): Promise<void> {
    if (this.#rest.length > 0 || (await this.#more())) {
      await this.#reader.cancel();
      throw bad('its tallies go on where they should end');
    }
  }
}

const bad = (what: string) => new EngineError('BAD_STATE', what);
