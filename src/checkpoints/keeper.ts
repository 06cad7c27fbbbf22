/** Writes a run's state to its file again and again while the run goes on. */
import type { BlockSet, RunState } from '../engine/index.js';
import type { Disk } from '../platform/disk.js';
import { exists, isKept, type Newest, writeGeneration } from './generations.js';

export interface KeeperOptions {
  readonly disk: Disk;
  readonly file: string;
  /** Time between the end of one write and the next [s]. */
  readonly seconds: number;
  /** At most this part of the time goes into writing: where it takes long, it is done less often. Default 0.05. */
  readonly share?: number;
  /** What the file held when the run went on from it. */
  readonly last?: Kept;
  /** What the newest generation was found to be. Default: whole. */
  readonly newest?: Newest;
  /** Distinguishes what this process writes from what another one left. */
  readonly id: string;
  readonly state: () => RunState;
  readonly encode: (state: RunState) => Promise<Uint8Array>;
  /**
   * Called with what went wrong once, and again only after a write that went well.
   * @param last what was written last
   * @param isThere whether it still is
   */
  readonly onFailure?: (error: unknown, last: Kept | undefined, isThere: boolean) => void;
  readonly onRecovery?: () => void;
}

/** The last state that is known to be safe. */
export interface Kept {
  readonly blocks: BlockSet;
  /** When it was written. */
  readonly at: Date;
}

export class Keeper {
  readonly #options: KeeperOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #last: Kept | undefined;
  #newest: Newest;
  #failing = false;
  #ended = false;
  #count = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#last = options.last;
    this.#newest = options.newest ?? 'whole';
    this.#wait(options.seconds);
  }

  /** The last state that was written. */
  get last(): Kept | undefined {
    return this.#last;
  }

  /** Whether it is still there: somebody may have removed it. Where only the last rename failed, it has the older one's name. */
  isThere(): Promise<boolean> {
    const { disk, file } = this.#options;
    return isKept(disk, file).catch(() => false);
  }

  #wait(seconds: number): void {
    const { share = 0.05 } = this.#options;
    if (this.#ended) return;
    this.#timer = setTimeout(() => {
      const started = performance.now();
      void this.write().then(() => {
        const spent = (performance.now() - started) / 1000;
        this.#wait(Math.max(this.#options.seconds, spent / share));
      });
    }, 1000 * seconds);
    // The run keeps the process alive, and not its keeper.
    (this.#timer as { unref?(): void }).unref?.();
  }

  /** Writes what there is now; a failure is told and goes no further. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const { disk, file, id, state, encode, onFailure, onRecovery } = this.#options;
    try {
      const now = state();
      // Somebody may have removed it.
      if (now.blocks.count === this.#last?.blocks.count && (await exists(disk, file))) return;
      await writeGeneration(disk, file, await encode(now), `${id}.${this.#count++}`, this.#newest);
      this.#newest = 'whole';
      this.#last = { blocks: now.blocks, at: new Date() };
      if (this.#failing) onRecovery?.();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) onFailure?.(error, this.#last, await this.isThere());
      this.#failing = true;
    }
  }

  /** No more writing on its own; resolves when what is under way has ended. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#writing;
  }
}
