import type { EnginePlan } from '../../src/engine/result.js';
import type { Runner } from '../../src/engine/serve.js';
import { Tallies } from '../../src/engine/tallies.js';
import type { ChunkTallies, TallySpec } from '../../src/plan/tallies.js';

/** What can go wrong while a block runs (`at: 'start'`: while the worker is prepared). */
export type FaultKind =
  | 'exit'
  | 'throw'
  | 'trap'
  | 'hang'
  | 'spin in place'
  | 'uncaught'
  | 'die at the end'
  | 'die after the end'
  | 'lose the answer'
  | 'undeliverable'
  | 'not cloneable'
  | 'wrong shape'
  | 'missing tally'
  | 'throw at the end'
  | 'trap at the end'
  | 'hang at the end'
  | 'out of memory'
  | 'out of memory at the end'
  | 'numerical';

export interface InjectedFault {
  readonly kind: FaultKind;
  /** The block it strikes, or the preparation of the worker. */
  readonly at: number | 'start';
  /** How often, over all workers. */
  readonly times: number;
}

export interface FakePlan extends EnginePlan {
  /** Slices of a block, and the time each takes [ms]. */
  readonly slices: number;
  readonly sliceMs: number;
  readonly faults: readonly InjectedFault[];
  /** How often each fault has struck. */
  readonly struck: SharedArrayBuffer;
}

const tallies: TallySpec[] = [
  { name: 'counts', kind: 'count', axes: ['time', 'xi'], shape: [3, 5], grouped: true, quantum: 1, unit: '1' },
  { name: 'flat', kind: 'count', axes: ['place'], shape: [7], grouped: false, quantum: 1, unit: '1' },
  { name: 'sums', kind: 'sum', axes: ['time'], shape: [4], grouped: true, quantum: 2 ** -20, unit: 'm' },
  { name: 'fates', kind: 'count', axes: ['fate'], shape: [5], grouped: true, quantum: 1, unit: '1' },
];

export function fakePlan(changes: Partial<FakePlan> = {}): FakePlan {
  const { blocks = 64, faults = [] } = changes;
  return {
    particles: 16 * blocks,
    blocks,
    blockSize: 16,
    groups: 32,
    tallies,
    memory: { perWorker: 1e6, host: 1e6 },
    stepsEstimate: 1e4 * blocks,
    slices: 2,
    sliceMs: 0,
    struck: new SharedArrayBuffer(Math.max(4, 4 * faults.length)),
    ...changes,
    faults,
  };
}

/** Particle-steps of one slice. */
export const SLICE_STEPS = 100;

/** What a block adds: a function of its number alone, with sums near the ends of 64 bits, all particles lost left. */
export function addBlock(plan: FakePlan, block: number, to: ChunkTallies): void {
  let state = (block + 1) >>> 0;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  };
  for (const { name, kind } of plan.tallies) {
    const array = to[name];
    for (let i = 0; i < array.length; i++) {
      // Up to 2^55: a chunk's sums must fit in 64 bits, as the kernel's do; those of the whole run need not.
      if (kind === 'sum') (array as BigInt64Array)[i] += (BigInt(next() | 0) << 24n) | BigInt(next() >>> 8);
      else if (name !== 'fates') (array as Uint32Array)[i] += next() & 0xffff;
    }
  }
  (to.fates as Uint32Array)[1] += plan.blockSize;
}

export function emptyChunk(plan: FakePlan): ChunkTallies {
  return Object.fromEntries(
    plan.tallies.map(({ name, kind, shape }) => {
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, kind === 'count' ? new Uint32Array(size) : new BigInt64Array(size)];
    }),
  );
}

/** The tallies of some blocks, computed here and one by one. */
export function expected(plan: FakePlan, blocks: Iterable<number> = Array(plan.blocks).keys()): Tallies {
  const merged = new Tallies(plan.tallies, plan.groups);
  for (const block of blocks) {
    const chunk = emptyChunk(plan);
    addBlock(plan, block, chunk);
    merged.add(Math.floor(block / (plan.strata ?? 1)) % plan.groups, chunk);
  }
  return merged;
}

/** A wasm function that only traps. */
export const TRAP = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
  ...[1, 4, 1, 0x60, 0, 0], // type: () -> ()
  ...[3, 2, 1, 0], // one function of that type
  ...[7, 5, 1, 1, 0x66, 0, 0], // exported as f
  ...[10, 5, 1, 3, 0, 0, 0x0b], // its body: unreachable
]);

export class FakeRunner implements Runner {
  #plan: FakePlan;
  #chunk: ChunkTallies;
  #atCollect: FaultKind | undefined;
  #sleeper = new Int32Array(new SharedArrayBuffer(4));

  constructor(module: WebAssembly.Module, plan: FakePlan) {
    if (!(module instanceof WebAssembly.Module)) throw new Error('the module did not arrive');
    this.#plan = plan;
    this.#chunk = emptyChunk(plan);
    const kind = this.#strike('start');
    if (kind === 'undeliverable') answerOnce(undeliverable());
    else if (kind) this.#suffer(kind);
  }

  *runBlock(block: number): Generator<number, void> {
    const kind = this.#strike(block);
    for (let slice = 0; slice < this.#plan.slices; slice++) {
      // Blocks the thread as computing would, but leaves the core to others.
      if (this.#plan.sliceMs > 0) Atomics.wait(this.#sleeper, 0, 0, this.#plan.sliceMs);
      yield SLICE_STEPS;
      if (kind && slice === 0) {
        if (kind === 'spin in place') while (true) yield 0;
        if (kind === 'uncaught') yield* this.#dieOutsideCalls();
        this.#suffer(kind);
      }
    }
    addBlock(this.#plan, block, this.#chunk);
    if (kind === 'numerical') (this.#chunk.fates as Uint32Array)[4]++;
  }

  collect(): ChunkTallies {
    const chunk = this.#chunk;
    this.#chunk = emptyChunk(this.#plan);
    const kind = this.#atCollect;
    this.#atCollect = undefined;
    if (kind === 'die at the end') process.exit(5);
    if (kind === 'die after the end') setImmediate(() => setImmediate(() => process.exit(0)));
    if (kind === 'wrong shape') return { ...chunk, flat: new Uint32Array(3) };
    if (kind === 'missing tally') return { counts: chunk.counts };
    if (kind === 'not cloneable') return { ...chunk, flat: (() => {}) as unknown as Uint32Array };
    if (kind === 'undeliverable') return { ...chunk, flat: undeliverable() };
    if (kind === 'lose the answer') loseOneAnswer();
    const [, late] = /^(.*) at the end$/.exec(kind ?? '') ?? [];
    if (late) this.#suffer(late as FaultKind);
    return chunk;
  }

  #strike(at: number | 'start'): FaultKind | undefined {
    const struck = new Int32Array(this.#plan.struck);
    for (const [i, fault] of this.#plan.faults.entries()) {
      if (fault.at === at && Atomics.add(struck, i, 1) < fault.times) return fault.kind;
    }
    return undefined;
  }

  /** Throws where only the worker's `error` event tells of it, and does not end its block before that has happened. */
  *#dieOutsideCalls(): Generator<number, never> {
    setTimeout(() => {
      throw new Error('injected outside a call');
    }, 0);
    while (true) {
      // So long that the worker looks at its messages, and its timers, after every turn.
      Atomics.wait(this.#sleeper, 0, 0, 30);
      yield 0;
    }
  }

  #suffer(kind: FaultKind): void {
    switch (kind) {
      case 'exit':
        // A page's workers close; nothing tells their host.
        if (typeof process === 'object') process.exit(3);
        else (globalThis as unknown as { close(): void }).close();
        break;
      case 'throw':
        throw Object.assign(new RangeError('injected'), { code: 'INJECTED' });
      case 'trap':
        (new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports.f as () => void)();
        break;
      case 'hang':
        while (true);
      case 'out of memory':
        fillHeap();
        break;
      default:
        this.#atCollect = kind;
    }
  }
}

/** An object that Node can send but not receive, so that the receiver gets `messageerror`. */
function undeliverable(): Uint32Array {
  const list = new (process.getBuiltinModule('node:net').BlockList)();
  let holder: object | null = list;
  while (holder) {
    const clone = Object.getOwnPropertySymbols(holder).find((symbol) => String(symbol).includes('messaging_clone'));
    if (clone) Object.assign(list, { [clone]: () => ({ data: {}, deserializeInfo: 'net:Socket' }) });
    holder = Object.getPrototypeOf(holder);
  }
  return list as unknown as Uint32Array;
}

/** Takes all memory that JavaScript may have: for a process of its own, with little of it. */
function fillHeap(): void {
  const hoard: number[][] = [];
  while (true) hoard.push(Array.from({ length: 1e4 }, (_, i) => i + 0.5));
}

/** The worker goes on as if it had answered. */
const loseOneAnswer = (): void => answerOnce(undefined);

/** In place of the worker's next answer something else is sent, or nothing. */
function answerOnce(other: unknown): void {
  const port = process.getBuiltinModule('node:worker_threads').parentPort as unknown as {
    postMessage: (message: unknown) => void;
  };
  const post = port.postMessage;
  port.postMessage = () => {
    port.postMessage = post;
    if (other !== undefined) port.postMessage(other);
  };
}
