import type { Disk } from './disk.js';

type Promises = typeof import('node:fs/promises');
const fs = () => process.getBuiltinModule('node:fs/promises') as Promises;
const folderOf = (path: string) => (process.getBuiltinModule('node:path') as typeof import('node:path')).dirname(path);
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

async function syncPath(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = await fs().open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Node reads no larger file at once. */
const MOST_BYTES = 2 ** 31 - 1;

/** Node's file system. */
export const nodeDisk: Disk = {
  create: (path, bytes) => fs().writeFile(path, bytes, { flag: 'wx' }),
  // Windows syncs only what is open for writing.
  sync: (path) => syncPath(path, 'r+'),
  rename: (from, to) => fs().rename(from, to),
  async publish(from, to) {
    try {
      await fs().link(from, to);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw error;
      // Not every file system has a second name for a file.
      await fs().rename(from, to);
      return;
    }
    // It has its name; another one that stays is swept some time.
    await fs()
      .rm(from)
      .catch(() => {});
  },
  async syncFolder(path) {
    try {
      await syncPath(folderOf(path), 'r');
    } catch (error) {
      // Some systems (Windows, some network disks) have no such call for a folder; the names are theirs to keep then.
      if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(codeOf(error))) throw error;
    }
  },
  remove: (path) => fs().rm(path, { force: true }),
  async beside(path) {
    try {
      return await fs().readdir(folderOf(path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  },
  async read(path) {
    try {
      // What a device or a pipe has to give may never end.
      const about = await fs().stat(path);
      if (!about.isFile()) throw new Error('it is no regular file');
      if (about.size > MOST_BYTES) throw new Error(`it has ${about.size} bytes (must be at most ${MOST_BYTES})`);
      const bytes = await fs().readFile(path);
      return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  },
};
