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

/** A block failed twice: the fault is in the block, not in the worker that happened to run it. */
export class BlockError extends EngineError {
  override readonly name = 'BlockError';
  readonly block: number;
  /** The command that runs this block alone. */
  readonly replay: string;

  constructor(block: number, reason: string, replay: string, cause?: unknown) {
    super('BLOCK_FAILED', `block ${block}: failed twice, last with '${reason}'; replay it with: ${replay}`, { cause });
    this.block = block;
    this.replay = replay;
  }
}

/** No worker could be started. */
export class WorkerStartError extends EngineError {
  override readonly name = 'WorkerStartError';

  constructor(attempts: number, reason: string, cause?: unknown) {
    super('WORKER_START', `worker: ${attempts} attempts to start one failed, last with '${reason}' (see workerUrl)`, {
      cause,
    });
  }
}

/** The run needs more memory than it may take. */
export class MemoryError extends EngineError {
  override readonly name = 'MemoryError';
  /** Bytes the run would need, and may take. */
  readonly needed: number;
  readonly allowed: number;

  constructor(message: string, needed: number, allowed: number) {
    super('MEMORY', message);
    this.needed = needed;
    this.allowed = allowed;
  }
}

/** What is known of a failure on the other side of a port, as plain data. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** The block that was running when it happened, where that is certain. */
  readonly block?: number;
}

/** A worker exited, threw, trapped, hung or answered nonsense. */
export class WorkerFailure extends EngineError {
  override readonly name = 'WorkerFailure';
  readonly block?: number;

  constructor(message: string, block?: number, cause?: unknown) {
    super('WORKER_FAILED', message, { cause });
    this.block = block;
  }
}

/** More particles than may (1 in 1e6) failed numerically: the result would not be that of the scenario. */
export class NumericalFaultError extends EngineError {
  override readonly name = 'NumericalFaultError';
  /** Particles that are no longer numbers, or faster than the plan's bound. */
  readonly faults: number;
  /** The blocks that they are in; the first few. */
  readonly blocks: readonly number[];

  constructor(faults: number, particles: number, blocks: readonly number[], where: string) {
    super(
      'NUMERICAL_FAULT',
      `particles: ${faults} of ${particles} failed numerically (must be at most 1 in 1e6; a shorter motion.step or a ` +
        `smaller tolerance may help), in ${where}`,
    );
    this.faults = faults;
    this.blocks = blocks;
  }
}
