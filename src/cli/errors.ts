/** Codes that the command ends with; a signal ends it with 128 + its number (SIGHUP 129, SIGINT 130, SIGTERM 143). */
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
