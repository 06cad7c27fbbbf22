/** A disk in memory that loses what was not synced, as a machine does that is switched off. */
import type { Disk } from '../../src/platform/disk.js';

interface Inode {
  bytes: Uint8Array<ArrayBuffer>;
  synced: boolean;
}

/** A change of names that has not reached the disk yet. */
interface Renaming {
  readonly from?: string;
  readonly to?: string;
  readonly inode: Inode;
}

export class Crash extends Error {}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function apply(names: Map<string, Inode>, { from, to, inode }: Renaming): void {
  if (from !== undefined) names.delete(from);
  if (to !== undefined) names.set(to, inode);
}

export class MemoryDisk implements Disk {
  #durable = new Map<string, Inode>();
  #pending: Renaming[] = [];
  /** Calls so far. */
  calls = 0;
  /** Called before every call, with its number and name; what it throws, the call throws. */
  before: (call: number, name: string) => void = () => {};
  /** Whether the machine is off: nothing is done any more. */
  #off = false;

  get #names(): Map<string, Inode> {
    const names = new Map(this.#durable);
    for (const change of this.#pending) apply(names, change);
    return names;
  }

  #call(name: string): void {
    if (this.#off) throw new Crash();
    const call = this.calls++;
    try {
      this.before(call, name);
    } catch (error) {
      if (error instanceof Crash) this.#off = true;
      throw error;
    }
  }

  #do(change: Renaming): void {
    this.#pending.push(change);
  }

  async create(path: string, bytes: Uint8Array): Promise<void> {
    const name = nameOf(path);
    if (this.#names.has(name)) throw Object.assign(new Error(), { code: 'EEXIST' });
    const inode = { bytes: Uint8Array.from(bytes.subarray(0, bytes.length / 2)), synced: false };
    // What it was stopped in the middle of.
    this.#do({ to: name, inode });
    this.#call('create');
    inode.bytes = Uint8Array.from(bytes);
  }

  async sync(path: string): Promise<void> {
    this.#call('sync');
    this.#names.get(nameOf(path))!.synced = true;
  }

  async publish(from: string, to: string): Promise<void> {
    if (this.#names.has(nameOf(to))) throw Object.assign(new Error(), { code: 'EEXIST' });
    await this.rename(from, to);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#call('rename');
    const inode = this.#names.get(nameOf(from));
    if (!inode) throw Object.assign(new Error(), { code: 'ENOENT' });
    this.#do({ from: nameOf(from), to: nameOf(to), inode });
  }

  async syncFolder(): Promise<void> {
    this.#call('syncFolder');
    this.#durable = this.#names;
    this.#pending = [];
  }

  async remove(path: string): Promise<void> {
    this.#call('remove');
    const inode = this.#names.get(nameOf(path));
    if (inode) this.#do({ from: nameOf(path), inode });
  }

  async beside(): Promise<string[]> {
    return [...this.#names.keys()];
  }

  async read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#names.get(nameOf(path))?.bytes.slice();
  }

  /** Damages a file in place. */
  damage(path: string): void {
    this.#names.get(nameOf(path))!.bytes[20] ^= 1;
  }

  /**
   * What may be found after the machine was switched off at this moment: any of the changes of names that were not synced,
   * and of files that were not synced a part. Where only the process was killed, everything that was done is there.
   */
  *afterwards(): Generator<MemoryDisk> {
    const parts = [0, 0.5, 1];
    for (let subset = 0; subset < 2 ** this.#pending.length; subset++) {
      for (const part of parts) {
        const disk = new MemoryDisk();
        const names = new Map(this.#durable);
        for (const [i, change] of this.#pending.entries()) if ((subset >> i) & 1) apply(names, change);
        for (const [name, { bytes, synced }] of names)
          disk.#durable.set(name, {
            bytes: bytes.slice(0, synced ? bytes.length : Math.floor(part * bytes.length)),
            synced: true,
          });
        yield disk;
      }
    }
  }
}
