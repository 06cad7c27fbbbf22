export { BlockSet } from './blockSet.js';
export {
  BlockError,
  EngineError,
  MemoryError,
  NumericalFaultError,
  TallyOverflowError,
  WorkerFailure,
  WorkerStartError,
} from './errors.js';
export { checkMemory, memoryNeeded } from './memory.js';
export { planHash } from './planHash.js';
export type { EnginePlan, EngineResult, PartialResult, Progress, Provenance } from './result.js';
export { FIRST_BLOCK, type Judged, type Running, type RunOptions, run, type Verdict } from './run.js';
export { checkState, joined, MOST_SHARES, particlesIn, type RunState, type Share, shareOf } from './runState.js';
export { type CreateRunner, type Runner, serve } from './serve.js';
export { Sha256, sha256 } from './sha256.js';
export { Tallies } from './tallies.js';
