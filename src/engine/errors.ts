/** What can stop a run. Every error has a `code` that survives renaming of its words. */

/** Base of the engine's errors. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  /** Stable identifier, e.g. `'BLOCK_FAILED'`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A tally left the range in which it is exact. */
export class TallyOverflowError extends EngineError {
  override readonly name = 'TallyOverflowError';

  constructor(message: string) {
    super('TALLY_OVERFLOW', message);
  }
}
