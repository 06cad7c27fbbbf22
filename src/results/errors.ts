/** A results file that cannot be read: truncated, damaged, written by something else or by another version. */
export class ResultsFileError extends Error {
  override readonly name = 'ResultsFileError';
}

/**
 * Uses what a file of which nobody knows who wrote it holds: what fails is the file's fault.
 * @param source the file
 * @param what cannot be done then
 * @throws ResultsFileError in place of whatever is thrown
 * @example
 * blaming('a.h5', 'a table cannot be made', () => null.x) // throws a.h5: a table cannot be made of it: its parts do not fit together
 */
export function blaming<R>(source: string, what: string, use: () => R): R {
  try {
    return use();
  } catch (error) {
    // What the language says of a value that is not there says nothing to whoever has the file.
    const jargon = error instanceof TypeError || error instanceof RangeError;
    const reason = jargon ? 'its parts do not fit together' : String((error as Error)?.message).split('\n')[0];
    throw new ResultsFileError(`${source}: ${what} of it: ${reason} (must be a result of this version)`, {
      cause: error,
    });
  }
}

/** Results that could not be written: a full disk, a read-only folder, a folder that is in use. */
export class ResultsWriteError extends Error {
  override readonly name = 'ResultsWriteError';
}
