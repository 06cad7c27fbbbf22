import type { TallySpec } from '../plan/tallies.js';
import type { BlockSet } from './blockSet.js';
import type { Tallies } from './tallies.js';

/** What the engine needs to know of a plan; the rest of it goes to the workers unread. */
export interface EnginePlan {
  readonly particles: number;
  /** Number of blocks, 0 .. blocks - 1. */
  readonly blocks: number;
  /** Particles of a block; the last one may have fewer. */
  readonly blockSize: number;
  /** Blocks of a set, one of each stratum of the starting values; 1 where it is left out. Results hold whole sets only. */
  readonly strata?: number;
  /** Particles of a chunk at most, whatever the work; none where it is left out. */
  readonly mostParticlesOfChunk?: number;
  /** Blocks at the end of the numbering that are begun first, each as a chunk: they take long, or are wanted early. 0 where it is left out. */
  readonly ahead?: number;
  /** Number of jackknife groups; block b belongs to the group of its set, floor(b/strata) mod groups. */
  readonly groups: number;
  readonly tallies: readonly TallySpec[];
  /** Bytes: of one worker, and of the host. */
  readonly memory: { readonly perWorker: number; readonly host: number };
  /** Particle-steps expected of the whole run; sizes the chunks and the time left, nothing else. */
  readonly stepsEstimate: number;
  /** What a user should know of the plan; goes into the result's warnings. */
  readonly warnings?: readonly string[];
}

/** Where a result comes from. An alias and not an interface, so that it also passes for a record of strings. */
export type Provenance = {
  /** Version of this package. */
  readonly version: string;
  /** SHA-256 of the kernel's bytes, hexadecimal. */
  readonly kernelHash: string;
  /** The runtime, e.g. `Node 20.20.2 (linux x64)`. */
  readonly runtime: string;
  /** When the run started, ISO 8601 in UTC. */
  readonly started: string;
};

/** A run's tallies so far, as `for await` yields them. */
export interface PartialResult<P extends EnginePlan = EnginePlan> {
  readonly plan: P;
  readonly tallies: Tallies;
  /** Whether every block is in. */
  readonly complete: boolean;
  readonly particles: { readonly done: number; readonly total: number };
  /** The blocks whose particles the tallies hold. */
  readonly blocks: BlockSet;
  /** Particle-steps behind these tallies. */
  readonly steps: number;
  /** Wall time since the start without pauses [s]. */
  readonly seconds: number;
}

/** What a run ends with. */
export interface EngineResult<P extends EnginePlan = EnginePlan> extends PartialResult<P> {
  /** SHA-256 of the merged integers (see `Tallies.hash`). */
  readonly hash: string;
  /** The largest number of workers that ran at once. */
  readonly workers: number;
  /** Chunks that were handed out again because a worker failed. */
  readonly retries: number;
  readonly provenance: Provenance;
  readonly warnings: readonly string[];
}

/** How far a run is. */
export interface Progress {
  readonly particlesDone: number;
  readonly particlesTotal: number;
  /** Particle-steps, those of unfinished blocks included. */
  readonly steps: number;
  /** Particle-steps per second over the last seconds. */
  readonly stepsPerSecond: number;
  /** Expected time to the end [s]; Infinity while nothing moves. */
  readonly secondsLeft: number;
  readonly workersAlive: number;
  readonly retries: number;
  readonly paused: boolean;
}
