import { detectPlatform, type Platform } from '../platform/index.js';
import { BlockSet } from './blockSet.js';
import { type Chunk, ChunkSource, chunkLength, tallyElements } from './chunks.js';
import { compile } from './compile.js';
import { BlockError, EngineError, type MemoryError, WorkerFailure, WorkerStartError } from './errors.js';
import { FaultWatch, faultsOf } from './faultWatch.js';
import { affordableWorkers, checkMemory, outOfMemory } from './memory.js';
import { planHash } from './planHash.js';
import { IDLE, isChunk } from './protocol.js';
import { RateMeter } from './rateMeter.js';
import type { EnginePlan, EngineResult, PartialResult, Progress, Provenance } from './result.js';
import { checkState, type RunState, type Share } from './runState.js';
import { sha256 } from './sha256.js';
import { Tallies } from './tallies.js';
import { type Part, WholeSets } from './wholeSets.js';
import { WorkerLink } from './workerLink.js';

/** How a run is carried out. Nothing here changes a bit of its result. */
export interface RunOptions {
  /** The kernel, compiled or as bytes. */
  readonly wasm: WebAssembly.Module | Uint8Array<ArrayBuffer>;
  /** Number of workers, >= 1; `'auto'` (default): one per core in Node, one core less in a browser, fewer where memory is short. */
  readonly workers?: number | 'auto';
  /** Ends the run early, as `abort` does. */
  readonly signal?: AbortSignal;
  /** Called some ten times a second and once at the end. */
  readonly onProgress?: (progress: Progress) => void;
  /** The worker's script, where a bundler moved it from its place beside this module. */
  readonly workerUrl?: string | URL;
  /** Bytes the run may take; default: half of the memory at hand. */
  readonly memoryLimit?: number;
  /** Without a sign of progress for this long a worker counts as hung [s]; default 10, more where tallies are huge. */
  readonly hangSeconds?: number;
  /** Time for a worker to start [s]; default 30. */
  readonly startSeconds?: number;
  /** Blocks per chunk, of whole sets where starts are stratified; default: about a quarter of a second of work. */
  readonly chunkBlocks?: number;
  /** Runs this block alone. */
  readonly onlyBlock?: number;
  /** Runs this stretch of blocks alone: the share of one of several processes. */
  readonly share?: Share;
  /** Goes on from here in place of starting at nothing. */
  readonly from?: RunState;
  /** Ends the run where its first blocks say enough. */
  readonly judged?: Judged;
  /** The command that runs one block alone, for the message of a block that fails. */
  readonly replay?: (block: number) => string;
  /** Version and kernel hash for the provenance, where the caller knows them. */
  readonly provenance?: Partial<Provenance>;
  readonly platform?: Platform;
}

/**
 * A run that is judged on its way, at fixed prefixes of its blocks alone: the answer cannot depend on which worker is
 * quick. No block beyond a prefix is begun before it is judged.
 */
export interface Judged {
  /** Numbers of blocks after which to judge, increasing and whole sets; the last is that of the whole plan, where the run ends anyway. */
  readonly prefixes: readonly number[];
  /** Judges the first blocks, all of them and no other. A failure of it fails the run. */
  readonly judge: (prefix: PartialResult) => Verdict | Promise<Verdict>;
  /** What the judge must remember of the prefixes so far, as plain data; given back in `from.judged` of a run that goes on. */
  readonly memory?: () => unknown;
}

/** What a judge says of a prefix. */
export interface Verdict {
  /** Whether the run ends here, complete. */
  readonly enough: boolean;
  /** Particles that the whole run will take, as far as can be said: for the progress alone. */
  readonly expected?: number;
}

/** A run under way. Iterating over it gives the latest partial result, again and again, and ends with the run. */
export interface Running<P extends EnginePlan = EnginePlan> extends AsyncIterable<PartialResult<P>> {
  /** The result; after an abort what was finished, with `complete: false`. Rejects with an `EngineError`. */
  readonly result: Promise<EngineResult<P>>;
  readonly progress: Progress;
  /** Stops the workers within 100 ms, where they are; resolves when all have stopped. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run within a second; whole chunks that are finished stay. */
  abort(): void;
  /** Changes the number of workers. One too many ends its chunk first. @throws EngineError, MemoryError */
  setWorkers(workers: number | 'auto'): void;
  /** What the run has so far, for another one of the same scenario to go on from; a copy. @throws MemoryError where the run was refused for it */
  state(): RunState;
}

/** Name of the performance mark that a run's first dispatched chunk leaves; the last run's alone stays. */
export const FIRST_BLOCK = 'losscone: first block dispatched';
/** How often the workers are asked for their status [s]. */
const POLL_SECONDS = 0.1;
/** Patience with a worker [s], and with one that hands over its tallies: elements a second of a machine that is short of breath. */
const HANG_SECONDS = 10;
const SLOWEST_MERGE = 1e7;
/** Starts that fail in a row before the run gives up starting workers. */
const START_ATTEMPTS = 3;
/** How long the end of a run waits for its workers to be gone [s]. */
const FAREWELL_SECONDS = 0.5;

/**
 * Starts a run: its blocks are computed in workers, in any order, and merged exactly.
 *
 * A worker that exits, throws, traps or hangs is replaced; its chunk runs again in single blocks, and a block that fails twice stops the
 * run with a `BlockError`.
 *
 * @param plan what to run
 * @param options how
 * @returns the run under way
 * @throws EngineError if an option is wrong; everything later rejects `result`
 */
export function run<P extends EnginePlan>(plan: P, options: RunOptions): Running<P> {
  return new Run(plan, options);
}

/** A worker with what it is doing. */
interface Slot {
  readonly link: WorkerLink;
  state: 'starting' | 'idle' | 'busy';
  chunk?: Chunk;
  retiring: boolean;
}

class Run<P extends EnginePlan> implements Running<P> {
  readonly result: Promise<EngineResult<P>>;
  readonly #plan: P;
  readonly #options: RunOptions;
  readonly #platform: Platform;
  readonly #allowedMemory: number;
  readonly #started = new Date().toISOString();

  #refusal: MemoryError | undefined;
  readonly #tallies: Tallies;
  readonly #faults: FaultWatch;
  readonly #strata: number;
  readonly #sets: WholeSets;
  readonly #finished: BlockSet;
  /** Where the run ends, or is judged next. */
  #blocksWanted: number;
  #prefix = 0;
  /** What the judge remembered when it had judged the prefix before. */
  #memory: unknown;
  #judging = false;
  #enough = false;
  /** Particles that a judged run is expected to take. */
  #expected: number | undefined;
  #dispatched = false;
  #particlesDone = 0;
  #stepsDone = 0;
  #version = 0;

  #source: ChunkSource;
  readonly #again: Chunk[] = [];
  readonly #failures = new Map<number, number>();
  #retries = 0;

  readonly #slots = new Set<Slot>();
  readonly #closing = new Set<Promise<void>>();
  #wanted: number;
  #most = 0;
  #failedStarts = 0;
  /** What to warn of where fewer workers could be started than were wanted. */
  #shortage: string | undefined;
  #module: Promise<WebAssembly.Module> | undefined;
  #kernelHash = '';

  #paused = false;
  #ended = false;
  #failure: Error | undefined;
  #runningSeconds = 0;
  #runningSince = performance.now();
  readonly #meter = new RateMeter();
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #onAbort = () => this.abort();
  #resolve!: (result: EngineResult<P>) => void;
  #reject!: (error: Error) => void;
  readonly #watchers = new Set<() => void>();

  constructor(plan: P, options: RunOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#platform = options.platform ?? detectPlatform();
    positive('hangSeconds', options.hangSeconds);
    positive('startSeconds', options.startSeconds);
    positive('chunkBlocks', options.chunkBlocks);
    positive('memoryLimit', options.memoryLimit);
    const { onlyBlock } = options;
    if (onlyBlock !== undefined && !(Number.isInteger(onlyBlock) && onlyBlock >= 0 && onlyBlock < plan.blocks)) {
      throw new EngineError('BAD_OPTION', `block: ${onlyBlock} is none of this run (must be 0 to ${plan.blocks - 1})`);
    }
    this.#strata = plan.strata ?? 1;
    checkShare(options, plan.blocks, this.#strata);
    const { from, judged } = options;
    if (from && onlyBlock !== undefined)
      throw new EngineError('BAD_OPTION', 'from: goes with no single block (must be of a whole run)');
    // A block that is asked for by its number is looked at alone.
    this.#sets = new WholeSets(onlyBlock === undefined ? this.#strata : 1);
    checkPrefixes(options, plan.blocks, this.#strata);
    this.#allowedMemory = options.memoryLimit ?? this.#platform.memoryAtHand() / 2;
    this.#wanted = this.#workersFor(options.workers ?? 'auto');
    // A run that is refused gets no tallies: they may be what does not fit.
    this.#refusal = this.#refuse();
    this.#prefix = from?.judged?.prefix ?? 0;
    this.#memory = from?.judged?.memory;
    checkJudged(options);
    const whole = options.share ?? { from: 0, to: judged?.prefixes[this.#prefix] ?? plan.blocks };
    if (from) checkState(from, plan, whole);
    this.#tallies = this.#refusal || !from ? this.#allocate(this.#refusal ? [] : plan.tallies) : from.tallies.clone();
    this.#faults = new FaultWatch(plan.particles, (block) => this.#replay(block));
    this.#finished = from ? from.blocks.clone() : new BlockSet(plan.blocks);
    if (from) this.#goOnFrom(from);
    this.#blocksWanted = onlyBlock === undefined ? whole.to - whole.from : 1;
    // Those that are begun first, and those of the stretch before them.
    const early = judged ? whole.to : Math.max(whole.from, Math.min(whole.to, plan.blocks - (plan.ahead ?? 0)));
    this.#source = onlyBlock === undefined ? this.#stretch(whole.from, early) : this.#stretch(0, 0);
    for (let block = onlyBlock ?? early; block < (onlyBlock === undefined ? whole.to : onlyBlock + 1); block++)
      this.#again.push({ group: Math.floor(block / this.#strata) % plan.groups, blocks: [block] });
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever awaits `result` gets the failure; whoever only iterates gets it there, and must not bring the process down.
    this.result.catch(() => {});
    this.#start();
  }

  get progress(): Progress {
    const { particles, stepsEstimate } = this.#plan;
    const total = this.#particlesWanted();
    let { steps, particlesDone } = { steps: this.#stepsDone, particlesDone: this.#particlesDone };
    for (const { chunk, link } of this.#slots) {
      if (!chunk) continue;
      steps += link.status.steps;
      for (const block of chunk.blocks.slice(0, link.status.blocksDone)) particlesDone += this.#particlesOf(block);
    }
    const perParticle = this.#particlesDone > 0 ? this.#stepsDone / this.#particlesDone : stepsEstimate / particles;
    const rate = this.#paused || this.#ended ? 0 : this.#meter.rate;
    const stepsLeft = Math.max(0, perParticle * total - steps);
    const over = this.#ended && this.#finished.count === this.#blocksWanted;
    return {
      particlesDone,
      particlesTotal: total,
      steps,
      stepsPerSecond: rate,
      secondsLeft: over ? 0 : rate > 0 ? stepsLeft / rate : Number.POSITIVE_INFINITY,
      workersAlive: this.#slots.size,
      retries: this.#retries,
      paused: this.#paused,
    };
  }

  async pause(): Promise<void> {
    if (this.#paused || this.#ended) return;
    this.#paused = true;
    this.#runningSeconds += this.#sinceRunning();
    // The others get no chunk while the run is paused.
    const busy = [...this.#slots].filter((slot) => slot.state === 'busy');
    await tell(busy, (link) => link.call((remote) => remote.pause()));
  }

  async resume(): Promise<void> {
    if (!this.#paused || this.#ended) return;
    this.#paused = false;
    this.#runningSince = performance.now();
    this.#meter.reset();
    for (const { link } of this.#slots) link.forgive();
    const told = tell([...this.#slots], (link) => link.call((remote) => remote.resume()));
    this.#schedule();
    await told;
  }

  abort(): void {
    this.#end();
  }

  setWorkers(workers: number | 'auto'): void {
    if (this.#ended) return;
    const wanted = this.#workersFor(workers);
    checkMemory(this.#plan, wanted, this.#allowedMemory);
    this.#wanted = wanted;
    this.#failedStarts = 0;
    this.#shortage = undefined;
    this.#schedule();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<PartialResult<P>, void, void> {
    let seen = 0;
    while (true) {
      if (this.#failure) throw this.#failure;
      if (this.#version > seen) {
        seen = this.#version;
        yield { ...this.#snapshot(), tallies: this.#tallies.clone(), blocks: this.#finished.clone() };
      } else if (this.#ended) return;
      if (!this.#ended) await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  #start(): void {
    const { signal } = this.#options;
    if (this.#refusal) {
      this.#end(this.#refusal);
      return;
    }
    const over = this.#finished.count === this.#blocksWanted && !this.#options.judged;
    if (signal?.aborted || over) {
      this.#end();
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = setInterval(() => this.#tick(), 1000 * POLL_SECONDS);
    this.#schedule();
    // While the workers are starting.
    this.#module = this.#compile();
    this.#module.catch((error: Error) => this.#end(error));
  }

  #compile(): Promise<WebAssembly.Module> {
    const { wasm } = this.#options;
    if (wasm instanceof WebAssembly.Module) return Promise.resolve(wasm);
    const { hash, module } = compile(wasm);
    this.#kernelHash = hash;
    return module;
  }

  #refuse(): MemoryError | undefined {
    try {
      checkMemory(this.#plan, this.#wanted, this.#allowedMemory);
    } catch (error) {
      return error as MemoryError;
    }
  }

  /** The merged tallies, or none and the reason why: a runtime holds fewer bytes in one array than a machine may have. */
  #allocate(specs: P['tallies']): Tallies {
    try {
      return new Tallies(specs, this.#plan.groups);
    } catch (error) {
      this.#refusal = outOfMemory(this.#plan, this.#wanted, this.#allowedMemory, (error as Error).message);
      return new Tallies([], this.#plan.groups);
    }
  }

  /** Brings the number of workers to what is wanted and useful, and hands out chunks. Called after every change. */
  #schedule(): void {
    if (this.#ended) return;
    if (this.#finished.count === this.#blocksWanted) {
      if (this.#options.judged) this.#judge(this.#options.judged).catch((error: Error) => this.#end(error));
      else this.#end();
      return;
    }
    const slots = [...this.#slots];
    // One that is to go but is wanted again stays; of those too many the ones without work go first.
    for (const slot of slots) slot.retiring = false;
    const byUse = slots.toSorted((a, b) => Number(a.state === 'busy') - Number(b.state === 'busy'));
    for (const slot of byUse.slice(0, Math.max(0, slots.length - this.#wanted))) {
      if (slot.state === 'busy') slot.retiring = true;
      else this.#remove(slot);
    }
    if (!this.#paused) {
      for (const slot of this.#slots) {
        if (slot.state !== 'idle') continue;
        const chunk = this.#next();
        if (!chunk) break;
        this.#dispatch(slot, chunk);
      }
    }
    let free = [...this.#slots].filter((slot) => slot.state !== 'busy').length;
    while (this.#slots.size < this.#wanted && free < this.#again.length + this.#source.remaining) {
      this.#spawn();
      free++;
      if (this.#ended) return;
    }
  }

  /** The next chunk of work, without the blocks that an earlier run has finished. */
  #next(): Chunk | undefined {
    for (;;) {
      const chunk = this.#again.shift() ?? this.#source.next();
      if (!chunk || !this.#options.from) return chunk;
      const blocks = chunk.blocks.filter((block) => !this.#finished.has(block));
      if (blocks.length > 0) return { ...chunk, blocks };
    }
  }

  /** Takes what an earlier run has: its particles, steps, time and faults. */
  #goOnFrom({ blocks, steps, seconds, faults }: RunState): void {
    for (const block of blocks) this.#particlesDone += this.#particlesOf(block);
    this.#stepsDone = steps;
    this.#runningSeconds = seconds;
    this.#faults.take(faults);
    this.#version++;
  }

  state(): RunState {
    // It has no tallies to give.
    if (this.#refusal) throw this.#refusal;
    const memory = this.#memory;
    return {
      plan: planHash(this.#plan),
      tallies: this.#tallies.clone(),
      blocks: this.#finished.clone(),
      steps: this.#stepsDone,
      seconds: this.#snapshot().seconds,
      faults: this.#faults.record,
      ...(this.#options.judged && { judged: { prefix: this.#prefix, ...(memory !== undefined && { memory }) } }),
    };
  }

  /** Asks whether the prefix that is now finished is enough, and goes on to the next one where it is not. */
  async #judge({ prefixes, judge, memory }: Judged): Promise<void> {
    // Workers that start, and changes of their number, come by here while the judge is thinking.
    if (this.#judging) return;
    this.#judging = true;
    const failure = this.#faults.conclude(this.#particlesDone, false);
    if (failure) throw failure;
    const { enough, expected } = await judge({ ...this.#snapshot(), complete: true });
    this.#judging = false;
    if (this.#ended) return;
    if (enough || this.#prefix === prefixes.length - 1) {
      this.#enough = true;
      this.#end();
      return;
    }
    this.#prefix++;
    // Together with the prefix: a state that is taken while the judge is thinking has him judge once more.
    this.#memory = memory?.();
    this.#expected = expected;
    const from = this.#blocksWanted;
    this.#blocksWanted = prefixes[this.#prefix];
    this.#source = this.#stretch(from, this.#blocksWanted);
    this.#schedule();
  }

  /** The chunks of blocks from .. to - 1. */
  #stretch(from: number, to: number): ChunkSource {
    const { chunkBlocks } = this.#options;
    const strata = this.#strata;
    const length =
      chunkBlocks === undefined
        ? chunkLength(this.#plan, this.#wanted, to - from)
        : Math.max(1, Math.floor(chunkBlocks / strata));
    return new ChunkSource((to - from) / strata, this.#plan.groups, length, from / strata, strata);
  }

  #spawn(): void {
    let slot: Slot | undefined;
    let link: WorkerLink;
    try {
      const worker = this.#platform.spawn(this.#options.workerUrl);
      link = new WorkerLink(worker, (failure) => slot && this.#failed(slot, failure));
    } catch (error) {
      this.#failedStart(new WorkerFailure((error as Error).message, undefined, error));
      return;
    }
    slot = { link, state: 'starting', retiring: false };
    this.#slots.add(slot);
    this.#most = Math.max(this.#most, this.#slots.size);
    this.#prepare(slot).catch((error) => this.#failed(slot, error));
  }

  async #prepare(slot: Slot): Promise<void> {
    // A microtask later `#module` is set, also for the workers of the very start.
    await null;
    const module = await this.#module;
    if (!module) return;
    await slot.link.ask((remote) => remote.prepare(module, this.#plan) as never);
    if (!this.#slots.has(slot)) return;
    slot.state = 'idle';
    this.#failedStarts = 0;
    this.#schedule();
  }

  #dispatch(slot: Slot, chunk: Chunk): void {
    // Seen by whoever wants to know how long a run takes to get going.
    if (!this.#dispatched) {
      performance.clearMarks(FIRST_BLOCK); // or the marks of all runs would pile up
      performance.mark(FIRST_BLOCK);
    }
    this.#dispatched = true;
    slot.state = 'busy';
    slot.chunk = chunk;
    slot.link.status = IDLE;
    slot.link
      .ask((remote) => remote.run(chunk.blocks))
      .then((reply) => {
        if (this.#ended || !this.#slots.has(slot)) return;
        if (!isChunk(reply)) throw new WorkerFailure('the worker sent no tallies and steps of its chunk');
        const faults = faultsOf(reply.tallies);
        // Alone, each block tells how many of the numerical faults are its own.
        if (faults > 0 && chunk.blocks.length > 1) this.#runSingly(chunk);
        else {
          this.#tallies.check(chunk.group, reply.tallies);
          for (const part of this.#sets.add({ chunk, ...reply, faults })) this.#merge(part);
        }
        slot.state = 'idle';
        slot.chunk = undefined;
        slot.link.status = IDLE;
        slot.link.forgive();
        if (slot.retiring) this.#remove(slot);
        this.#schedule();
      })
      .catch((error: Error) => this.#failed(slot, error));
  }

  #merge({ chunk, tallies, steps, faults }: Part): void {
    this.#tallies.add(chunk.group, tallies);
    for (const block of chunk.blocks) {
      this.#finished.add(block);
      this.#particlesDone += this.#particlesOf(block);
    }
    this.#stepsDone += steps;
    if (faults > 0) this.#faults.add(chunk.blocks[0], faults);
    this.#version++;
  }

  /** A worker failed, alone or with a chunk: it goes, its chunk runs again, a new one comes. */
  #failed(slot: Slot, error: Error): void {
    if (this.#ended || !this.#slots.has(slot)) return;
    const { state, chunk } = slot;
    this.#remove(slot);
    if (error instanceof EngineError && error.code !== 'WORKER_FAILED' && error.code !== 'BAD_CHUNK') {
      this.#end(error);
      return;
    }
    if (state === 'starting') this.#failedStart(error);
    else if (chunk) this.#runAgain(chunk, error);
    this.#schedule();
  }

  #failedStart(error: Error): void {
    this.#failedStarts++;
    if (this.#failedStarts < START_ATTEMPTS) return;
    // Those that run, or may still come up, are left to do the work.
    if (this.#slots.size > 0) {
      this.#wanted = this.#slots.size;
      this.#shortage = `workers: no more than ${this.#wanted} could be started (${error.message})`;
      return;
    }
    this.#end(new WorkerStartError(this.#failedStarts, error.message, error));
  }

  #runAgain(chunk: Chunk, error: Error): void {
    this.#retries++;
    const culprit = (error as WorkerFailure).block ?? (chunk.blocks.length === 1 ? chunk.blocks[0] : undefined);
    if (culprit !== undefined) {
      const times = (this.#failures.get(culprit) ?? 0) + 1;
      this.#failures.set(culprit, times);
      if (times >= 2) {
        this.#end(new BlockError(culprit, error.message, this.#replay(culprit), error));
        return;
      }
    }
    // Alone, a block that kills its worker takes no other with it and is known by its number.
    this.#runSingly(chunk);
  }

  #runSingly(chunk: Chunk): void {
    for (const block of chunk.blocks) this.#again.push({ group: chunk.group, blocks: [block] });
  }

  #replay(block: number): string {
    return this.#options.replay?.(block) ?? `losscone run SCENARIO --replay-block ${block}`;
  }

  #remove(slot: Slot): void {
    this.#slots.delete(slot);
    const closed = slot.link.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }

  #tick(): void {
    const { startSeconds = 30, onProgress } = this.#options;
    const hangSeconds = this.#options.hangSeconds ?? HANG_SECONDS + tallyElements(this.#plan) / SLOWEST_MERGE;
    for (const { link, state } of this.#slots) {
      const seconds = state === 'starting' ? startSeconds : hangSeconds;
      link.poll(Math.max(2, Math.round(seconds / POLL_SECONDS)), state === 'busy' && !this.#paused, seconds);
    }
    if (this.#ended) return;
    // Here and not at every chunk: a copy of the tallies ten times a second is as much as anyone can look at.
    this.#wake();
    if (!this.#paused) this.#meter.add(performance.now() / 1000, this.progress.steps);
    try {
      onProgress?.(this.progress);
    } catch (error) {
      this.#end(error as Error);
    }
  }

  /** Ends the run once: with what is finished, or with a failure. */
  #end(reason?: Error): void {
    if (this.#ended) return;
    // Of a share it is for the whole run to say how many are too many.
    const { share } = this.#options;
    const failure = reason ?? (share ? undefined : this.#faults.conclude(this.#particlesDone, this.#complete));
    if (!this.#paused) this.#runningSeconds += this.#sinceRunning();
    this.#ended = true;
    this.#failure = failure;
    clearInterval(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    for (const slot of [...this.#slots]) this.#remove(slot);
    this.#conclude(failure).catch(this.#reject);
  }

  async #conclude(failure: Error | undefined): Promise<void> {
    this.#wake();
    await this.#farewell();
    if (failure) throw failure;
    this.#options.onProgress?.(this.progress);
    const { wasm, provenance } = this.#options;
    // A run that had nothing to do has compiled nothing.
    if (this.#kernelHash === '' && wasm instanceof Uint8Array) this.#kernelHash = sha256(wasm);
    const { version = '', kernelHash = this.#kernelHash } = provenance ?? {};
    this.#resolve({
      ...this.#snapshot(),
      hash: await this.#tallies.hash(),
      workers: this.#most,
      retries: this.#retries,
      provenance: { runtime: this.#platform.runtime, started: this.#started, version, kernelHash },
      warnings: [...(this.#plan.warnings ?? []), this.#shortage, this.#faults.warning].filter(
        (text) => text !== undefined,
      ),
    });
  }

  /** Waits until the workers are gone, but not for one that will not go. */
  async #farewell(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 1000 * FAREWELL_SECONDS);
    });
    await Promise.race([Promise.all(this.#closing), patience]);
    clearTimeout(timer);
  }

  #snapshot(): PartialResult<P> {
    const complete = this.#complete;
    return {
      plan: this.#plan,
      tallies: this.#tallies,
      complete,
      particles: {
        done: this.#particlesDone,
        total: complete ? this.#particlesDone : this.#options.share ? this.#particlesWanted() : this.#plan.particles,
      },
      blocks: this.#finished,
      steps: this.#stepsDone,
      seconds: this.#runningSeconds + (this.#paused || this.#ended ? 0 : this.#sinceRunning()),
    };
  }

  #wake(): void {
    for (const wake of this.#watchers) wake();
    this.#watchers.clear();
  }

  #sinceRunning(): number {
    return (performance.now() - this.#runningSince) / 1000;
  }

  /** A judged run is complete where it was judged to be, and not at the prefixes before; a share where all of its blocks are in. */
  get #complete(): boolean {
    const { judged, share } = this.#options;
    if (judged) return this.#enough;
    return this.#finished.count === (share ? share.to - share.from : this.#plan.blocks);
  }

  /** Particles of the whole run, as far as that is known. */
  #particlesWanted(): number {
    const { onlyBlock, judged, share } = this.#options;
    const { blockSize, particles } = this.#plan;
    if (onlyBlock !== undefined) return this.#particlesOf(onlyBlock);
    if (share) return Math.min(particles, share.to * blockSize) - Math.min(particles, share.from * blockSize);
    if (!judged) return particles;
    // It ends at a prefix, and nowhere else.
    const expected = this.#ended ? 0 : (this.#expected ?? 0);
    const end = judged.prefixes.find((blocks) => blocks >= this.#blocksWanted && blocks * blockSize >= expected);
    return Math.min(particles, (end ?? this.#plan.blocks) * blockSize);
  }

  #particlesOf(block: number): number {
    const { blockSize, particles } = this.#plan;
    return Math.max(0, Math.min(blockSize, particles - block * blockSize));
  }

  #workersFor(workers: number | 'auto'): number {
    if (workers === 'auto') return affordableWorkers(this.#plan, this.#platform.cores(), this.#allowedMemory);
    if (!Number.isInteger(workers) || workers < 1) {
      throw new EngineError(
        'BAD_OPTION',
        `workers: ${workers} is no number of workers (must be an integer >= 1 or 'auto')`,
      );
    }
    return workers;
  }
}

function checkShare({ share, onlyBlock, judged }: RunOptions, blocks: number, strata: number): void {
  if (!share) return;
  if (onlyBlock !== undefined || judged)
    throw new EngineError('BAD_OPTION', 'share: goes with no single block and no judge (must be of a whole run)');
  const { from, to } = share;
  if (!(from >= 0 && from <= to && to <= blocks && Number.isInteger(from / strata) && Number.isInteger(to / strata)))
    throw new EngineError(
      'BAD_OPTION',
      `share: blocks ${from} to ${to} are none (must be whole sets of 0 to ${blocks})`,
    );
}

function checkPrefixes({ judged, onlyBlock }: RunOptions, blocks: number, strata: number): void {
  if (!judged) return;
  if (onlyBlock !== undefined)
    throw new EngineError('BAD_OPTION', 'judged: goes with no single block (must be a whole run)');
  const { prefixes } = judged;
  const rising = prefixes.every((n, i) => Number.isInteger(n / strata) && n > (i === 0 ? 0 : prefixes[i - 1]));
  if (!rising || prefixes.at(-1) !== blocks) {
    throw new EngineError(
      'BAD_OPTION',
      `judged.prefixes: ${prefixes.join(', ') || 'none'} cannot be judged at (must rise from 1 or more to the ${blocks} blocks of the run${strata > 1 ? `, in sets of ${strata}` : ''})`,
    );
  }
}

function checkJudged({ judged, from }: RunOptions): void {
  const { prefix } = from?.judged ?? {};
  if (prefix === undefined) return;
  if (!judged) throw new EngineError('BAD_STATE', 'state: is of a run to a precision (must be of one without)');
  if (prefix >= judged.prefixes.length)
    throw new EngineError('BAD_STATE', `state: prefix ${prefix} is none (must be below ${judged.prefixes.length})`);
}

/** Tells workers something; those that fail meanwhile are dealt with elsewhere. */
async function tell(slots: readonly Slot[], say: (link: WorkerLink) => Promise<void>): Promise<void> {
  await Promise.allSettled(slots.map(({ link }) => say(link)));
}

function positive(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0)) {
    throw new EngineError('BAD_OPTION', `${name}: ${value} is out of range (must be > 0)`);
  }
}
