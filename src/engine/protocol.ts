import type { ChunkTallies } from '../plan/tallies.js';
import type { Fault } from './errors.js';
import type { EnginePlan } from './result.js';

/** What a worker offers its host. Faults come back as values: a thrown error would lose its class and code on the way. */
export interface WorkerApi {
  /** Instantiates the kernel for a plan; once, before the first `run`. */
  prepare(module: WebAssembly.Module, plan: EnginePlan): Reply<null>;
  /** Runs blocks of one group, in slices; answers when they are done. */
  run(blocks: readonly number[]): Promise<Reply<ChunkReply>>;
  /** Answered between two slices. */
  status(): WorkerStatus;
  /** Stops after the current slice; the state stays in the worker's memory. */
  pause(): void;
  resume(): void;
}

export type Reply<T> = { readonly value: T; readonly fault?: undefined } | { readonly fault: Fault };

export interface ChunkReply {
  readonly tallies: ChunkTallies;
  /** Particle-steps of the chunk. */
  readonly steps: number;
}

export interface WorkerStatus {
  /** Whether a chunk is running (or paused). */
  readonly busy: boolean;
  readonly paused: boolean;
  /** The block at work; -1 where there is none. */
  readonly block: number;
  /** Blocks of the current chunk that are done. */
  readonly blocksDone: number;
  /** Particle-steps of the current chunk so far. */
  readonly steps: number;
}

export const IDLE: WorkerStatus = { busy: false, paused: false, block: -1, blocksDone: 0, steps: 0 };

const isCount = (n: unknown) => typeof n === 'number' && n >= 0 && Number.isFinite(n);

/** Whether what a worker answered is a status. */
export function isStatus(status: WorkerStatus): boolean {
  const { busy, block, blocksDone, steps } = (status ?? {}) as Partial<WorkerStatus>;
  return typeof busy === 'boolean' && Number.isInteger(block) && isCount(blocksDone) && isCount(steps);
}

/** Whether what a worker answered is a chunk; its tallies are looked at where they are added. */
export function isChunk(reply: ChunkReply): boolean {
  const { tallies, steps } = (reply ?? {}) as Partial<ChunkReply>;
  return typeof tallies === 'object' && tallies !== null && isCount(steps);
}
