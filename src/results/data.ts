import type { PrecisionReport } from '../analysis/precision.js';
import type { AnalysisPlan, AnalysisScenario, Distributions, Estimates, TallyReader } from '../analysis/types.js';
import type { Provenance } from '../engine/result.js';
import type { TallySpec } from '../plan/tallies.js';

/** What of a scenario a result's files and figures read; the whole of it is stored. */
export interface ResultScenario extends AnalysisScenario {
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly species: { readonly name: string; readonly mass: number; readonly charge: number };
}

/** What of a plan a result's files and figures read. */
export interface ResultPlan extends AnalysisPlan {
  readonly tallies: readonly TallySpec[];
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

/** A finished or interrupted run, or one read back from a file: all that files, the table and the figures need. */
export interface ResultData {
  readonly scenario: ResultScenario;
  readonly plan: ResultPlan;
  readonly tallies: ResultTallies;
  readonly estimates: Estimates;
  readonly distributions: Distributions;
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
