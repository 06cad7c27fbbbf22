/** A results file that cannot be read: truncated, damaged, written by something else or by another version. */
export class ResultsFileError extends Error {
  override readonly name = 'ResultsFileError';
}

/** Results that could not be written: a full disk, a read-only folder, a folder that is in use. */
export class ResultsWriteError extends Error {
  override readonly name = 'ResultsWriteError';
}
