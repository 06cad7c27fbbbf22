/**
 * losscone: charged particles in magnetic fields by Monte Carlo, in Node and in browsers.
 *
 * Files and figures of results are in `losscone/results` and `losscone/figures`, the formulary alone in `losscone/physics`:
 * who does not write HDF5 or draw does not load what that needs.
 */
export { bounceOracle, PitchOracle, type PitchStart, scatteringOracle } from './analysis/oracle/index.js';
export type {
  Curve,
  Distribution,
  Distributions,
  Equilibrium,
  Estimate,
  Estimates,
  Fate,
  FitWindow,
  Limit,
} from './analysis/types.js';
export {
  BlockError,
  EngineError,
  MemoryError,
  NumericalFaultError,
  type Progress,
  type Provenance,
  WorkerStartError,
} from './engine/index.js';
export { buildField, type LineField } from './fields/index.js';
export * as physics from './physics/index.js';
export { PlanError } from './plan/times.js';
export { PartialResult, RunResult } from './result.js';
export { type Running, type RunOptions, run } from './run.js';
export {
  type Fault,
  type ParseOptions,
  parseScenario,
  presets,
  type Scenario,
  ScenarioError,
  type ScenarioInput,
  scenarioJsonSchema,
} from './scenario/index.js';
export { version } from './version.js';
