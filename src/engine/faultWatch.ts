import type { ChunkTallies } from '../plan/tallies.js';
import { NumericalFaultError } from './errors.js';

/** Place of the numerical faults in the tally `fates`: confined, lost left, lost right, time limit, fault. */
const FAULT = 4;
/** Share of particles that may fail numerically. */
const TOLERATED = 1e-6;
/** Blocks that are named at most. */
export const NAMED = 8;

/** Particles of a chunk that failed numerically; with rare-event splitting its branches, the unsplit ones among them. */
export function faultsOf({ fates, rareFates }: ChunkTallies): number {
  if (rareFates === undefined) return Number(fates?.[FAULT] ?? 0);
  let faults = 0;
  for (let i = FAULT; i < rareFates.length; i += FAULT + 1) faults += Number(rareFates[i]);
  return faults;
}

/** Numerical faults so far, as plain data. */
export interface FaultRecord {
  readonly count: number;
  /** The first few blocks that they are in. */
  readonly blocks: readonly number[];
  /** Whether there are more blocks than are named. */
  readonly more: boolean;
}

/** Counts numerical faults and remembers where they were. */
export class FaultWatch {
  #particles: number;
  #replay: (block: number) => string;
  #count = 0;
  #blocks: number[] = [];
  #more = false;

  /**
   * @param particles of the whole run
   * @param replay the command that runs a block alone
   */
  constructor(particles: number, replay: (block: number) => string) {
    this.#particles = particles;
    this.#replay = replay;
  }

  get record(): FaultRecord {
    return { count: this.#count, blocks: [...this.#blocks], more: this.#more };
  }

  /**
   * Takes the faults of an earlier part of the run.
   * @throws NumericalFaultError as `add`
   */
  take({ count, blocks, more }: FaultRecord): void {
    if (count === 0) return;
    this.#count += count;
    const all = [...this.#blocks, ...blocks];
    this.#blocks = all.slice(0, NAMED);
    this.#more ||= more || all.length > NAMED;
    if (this.#count > TOLERATED * this.#particles) throw this.#error(this.#particles);
  }

  /**
   * Takes the faults of a block.
   *
   * @throws NumericalFaultError as soon as there are more than the whole run may have
   */
  add(block: number, faults: number): void {
    this.#count += faults;
    if (this.#blocks.length < NAMED) this.#blocks.push(block);
    else this.#more = true;
    if (this.#count > TOLERATED * this.#particles) throw this.#error(this.#particles);
  }

  /**
   * Looks at a run that has ended, perhaps early: there a single fault says nothing of their share yet.
   *
   * @param done particles that were run
   * @param whole whether these are all that the run should have
   * @returns the error where there are more than the particles that were run may have
   */
  conclude(done: number, whole: boolean): NumericalFaultError | undefined {
    const early = whole ? 0 : 1;
    return this.#count > Math.max(early, TOLERATED * done) ? this.#error(done) : undefined;
  }

  /** What a user should know of faults that are few enough. */
  get warning(): string | undefined {
    if (this.#count === 0) return undefined;
    return `particles: ${this.#count} failed numerically and ${this.#count === 1 ? 'is' : 'are'} left out, in ${this.#where()}`;
  }

  #error(particles: number): NumericalFaultError {
    return new NumericalFaultError(
      this.#count,
      particles,
      this.#blocks,
      `${this.#where()}; look into the first with: ${this.#replay(this.#blocks[0])}`,
    );
  }

  #where(): string {
    const one = this.#blocks.length === 1 && !this.#more;
    return `block${one ? '' : 's'} ${this.#blocks.join(', ')}${this.#more ? ', ...' : ''}`;
  }
}
