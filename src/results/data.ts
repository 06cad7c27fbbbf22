import type { OrbitEstimates } from '../analysis/fullOrbits/estimate.js';
import type { Trajectory } from '../analysis/fullOrbits/trajectories.js';
import type { PrecisionReport } from '../analysis/precision.js';
import type { AnalysisPlan, AnalysisScenario, Distributions, Estimates, TallyReader } from '../analysis/types.js';
import type { Provenance } from '../engine/result.js';
import type { OrbitAxes, OrbitReference } from '../plan/orbits/plan.js';
import type { TallySpec } from '../plan/tallies.js';

/** What of every scenario a result's files and figures read; the whole of it is stored. */
export interface RunScenario {
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly species: { readonly name: string; readonly mass: number; readonly charge: number };
  readonly field: { readonly kind: string };
  readonly motion: { readonly kind: string };
}

/** What of a scenario of a motion along a line a result's files and figures read. */
export type ResultScenario = AnalysisScenario & RunScenario;

/** What of every plan a result's files and figures read. */
export interface RunPlan {
  readonly particles: number;
  readonly groups: number;
  readonly tallies: readonly TallySpec[];
  readonly axes: { readonly times: ArrayLike<number> };
  readonly reference: object;
}

/** What of the plan of a motion along a line a result's files and figures read. */
export type ResultPlan = AnalysisPlan & RunPlan;

/** What of the plan of orbits in space a result's files and figures read. */
export interface OrbitResultPlan extends RunPlan {
  readonly orbits: true;
  readonly axes: OrbitAxes;
  readonly reference: OrbitReference;
}

/** The merged tallies with their integers: what is written, hashed and can be merged again. */
export interface ResultTallies extends TallyReader {
  /**
   * The stored integers of a tally, row-major.
   *
   * @param group a group's own copy; absent: the sum over the groups
   */
  integers(name: string, group?: number): ArrayLike<bigint>;
}

/** What a run of any kind has, finished or interrupted, or read back from a file. */
export interface RunData {
  readonly scenario: RunScenario;
  readonly plan: RunPlan;
  readonly tallies: ResultTallies;
  /** Estimates and curves, by name. */
  readonly estimates: object;
  readonly distributions?: Distributions;
  /** SHA-256 over the merged integer tallies, hexadecimal. */
  readonly hash: string;
  readonly complete: boolean;
  readonly particles: { readonly done: number; readonly total: number };
  /** Particle-steps. */
  readonly steps: number;
  /** Wall time [s]. */
  readonly seconds: number;
  readonly workers: number;
  readonly provenance: Provenance;
  readonly warnings: readonly string[];
  /** What a run to a precision came to. */
  readonly precision?: PrecisionReport;
}

/** A run of a motion along a line: all that its files, its table and its figures need. */
export interface ResultData extends RunData {
  readonly scenario: ResultScenario;
  readonly plan: ResultPlan;
  readonly estimates: Estimates;
  readonly distributions: Distributions;
}

/** A run of orbits in space: the same. */
export interface OrbitData extends RunData {
  readonly plan: OrbitResultPlan;
  readonly estimates: OrbitEstimates;
  /** The paths of chosen particles. */
  readonly trajectories: readonly Trajectory[];
}

/** A run of either kind. */
export type AnyResult = ResultData | OrbitData;

/** Whether a run is one of orbits in space. */
export const isOrbits = (result: AnyResult): result is OrbitData => 'orbits' in result.plan;
