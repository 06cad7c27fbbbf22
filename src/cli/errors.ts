/** Codes that the command ends with; a signal ends it with 128 + its number (SIGINT 130, SIGTERM 143). */
export const exit = { done: 0, failed: 1, wrongInput: 2 } as const;

/** A failure whose message is meant for the person who typed the command, and needs no more than that. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    /** What the process ends with. */
    readonly code: number = exit.wrongInput,
  ) {
    super(message);
  }
}

/** What went wrong with a file or folder, in words instead of an error code; undefined where it is no such fault. */
export function fileFault(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EDQUOT: 'the disk quota is used up',
    EEXIST: 'exists already',
    EISDIR: 'is a folder',
    ELOOP: 'is a loop of links',
    EMFILE: 'too many open files',
    ENAMETOOLONG: 'the name is too long',
    ENOENT: 'does not exist',
    ENOSPC: 'no space is left on the disk',
    ENOTDIR: 'is not a folder',
    EPERM: 'not permitted',
    EROFS: 'the disk is read-only',
  };
  return code === undefined ? undefined : words[code];
}
