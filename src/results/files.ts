/** What writing results needs of a file system; a test's or a page's will do. Paths use `/`. */
export interface Files {
  /** Names in a folder; undefined where there is no such folder. */
  list(folder: string): Promise<readonly string[] | undefined>;
  /**
   * Makes a folder and those above it; returns false where it was there already.
   * @param below folders within it, which no link may stand for: it would lead out of what the user named
   */
  makeFolder(folder: string, below?: string): Promise<boolean>;
  /** Writes a file so that its name never stands for half of its content. */
  writeBytes(path: string, bytes: Uint8Array): Promise<void>;
}

interface NodeFs {
  readonly readdir: (folder: string) => Promise<string[]>;
  readonly mkdir: (folder: string) => Promise<void>;
  readonly stat: (path: string) => Promise<{ isDirectory(): boolean }>;
  readonly lstat: (path: string) => Promise<{ isSymbolicLink(): boolean }>;
}

/**
 * Node's files.
 *
 * @param writeBytes the platform's atomic write
 */
export function nodeFiles(writeBytes: Files['writeBytes']): Files {
  const fs = () => process.getBuiltinModule('node:fs/promises') as unknown as NodeFs;
  return {
    async list(folder) {
      try {
        return await fs().readdir(folder);
      } catch (error) {
        if ((error as { code?: string }).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async makeFolder(folder, below = '') {
      let made = await makeFolder(fs(), folder);
      let place = folder;
      for (const name of below.split('/').filter((part) => part !== '')) {
        place = `${place}/${name}`;
        made = await makeFolder(fs(), place);
        if (!made && (await fs().lstat(place)).isSymbolicLink()) throw Object.assign(new Error(), { code: 'ELINK' });
      }
      return made;
    },
    writeBytes,
  };
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code;

/** Makes folders from the inside out. Node's own recursive mkdir never returns where the system makes none, as below /proc. */
async function makeFolder(fs: NodeFs, folder: string, again = true): Promise<boolean> {
  try {
    await fs.mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await fs.stat(folder)).isDirectory()) return false;
    const above = folder.replace(/[\\/]+[^\\/]+[\\/]*$/, '');
    if (!again || codeOf(error) !== 'ENOENT' || above === '' || above === folder) throw error;
    await makeFolder(fs, above);
    return makeFolder(fs, folder, false);
  }
}

/** What the system's error codes mean, in words. */
const causes: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'no file may be that large',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'a folder of that name is in the way',
  EEXIST: 'a file of that name is in the way',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no folder can be made there',
  EMFILE: 'too many open files',
  ERR_FS_EISDIR: 'a folder of that name is in the way',
  ELINK: 'a link of that name is in the way (must be a folder of its own: files in it are replaced)',
};

/** A system's error in words, without its stack or path. */
export function causeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return causes[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
