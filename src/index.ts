/**
 * losscone: charged particles in magnetic fields by Monte Carlo, in Node and in browsers.
 *
 * Files and figures of results are in `losscone/results` and `losscone/figures`, the formulary alone in `losscone/physics`:
 * who does not write HDF5 or draw does not load what that needs.
 */

export type { Bounces, PerBounce } from './analysis/fullOrbits/bounces.js';
export type { ComparedNumber, OrbitDifferences } from './analysis/fullOrbits/compare.js';
export type { OrbitEstimates, OrbitFate } from './analysis/fullOrbits/estimate.js';
export type { MuJump } from './analysis/fullOrbits/jumps.js';
export type { Trajectory } from './analysis/fullOrbits/trajectories.js';
export { bounceOracle, PitchOracle, type PitchStart, scatteringOracle } from './analysis/oracle/index.js';
export type { Precision, PrecisionReport, WantedPrecision } from './analysis/precision.js';
export { studentTail } from './analysis/student.js';
export type { TwoSamples } from './analysis/twoSample.js';
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
  type ComparedMotion,
  type CompareOptions,
  type ComparingOrbits,
  compareOrbits,
  type OrbitComparison,
} from './compare.js';
export {
  BlockError,
  EngineError,
  MemoryError,
  NumericalFaultError,
  type Provenance,
  type RunState,
  WorkerStartError,
} from './engine/index.js';
export { buildField, buildParallelField, buildPotential, type LineField } from './fields/index.js';
export { buildSpaceField, type FieldValue, type SpaceField, type Vector } from './fields/space/index.js';
export { OrbitResult, PartialOrbitResult, type RunningOrbits, runOrbits } from './orbits.js';
export * as physics from './physics/index.js';
export { rateLaw } from './plan/rates.js';
export { PlanError } from './plan/times.js';
export { PartialResult, RunResult } from './result.js';
export type { ScanAxis, ScanData, ScanNumber, ScanPoint } from './results/scan.js';
export { type Progress, type Running, type RunOptions, run } from './run.js';
export {
  type AxisInput,
  ScanError,
  type Scanning,
  type ScanOptions,
  type ScanProgress,
  type ScanStore,
  scan,
} from './scan/index.js';
export {
  type Fault,
  type OrbitInput,
  type OrbitScenario,
  orbitJsonSchema,
  orbitPresets,
  type ParseOptions,
  parseOrbits,
  parseScenario,
  presets,
  type Scenario,
  ScenarioError,
  type ScenarioInput,
  scenarioJsonSchema,
} from './scenario/index.js';
export type { Until } from './until.js';
export { type CaseName, type ValidateOptions, validate, validationCases } from './validate.js';
export type { CaseResult, ControlResult, Finding, JudgedFinding } from './validation/index.js';
export { version } from './version.js';
