import type { Disk } from './disk.js';

type Promises = typeof import('node:fs/promises');
const fs = () => process.getBuiltinModule('node:fs/promises') as Promises;
const folderOf = (path: string) => (process.getBuiltinModule('node:path') as typeof import('node:path')).dirname(path);
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

/** Syncs what a path names, opened for reading: the call does not mind. */
async function syncPath(path: string): Promise<void> {
  const file = await fs().open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Node's file system. */
export const nodeDisk: Disk = {
  create: (path, bytes) => fs().writeFile(path, bytes, { flag: 'wx' }),
  sync: syncPath,
  rename: (from, to) => fs().rename(from, to),
  async syncFolder(path) {
    try {
      await syncPath(folderOf(path));
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
      return Uint8Array.from(await fs().readFile(path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  },
};
