import type { Provenance } from '../engine/result.js';
import type { CaseFigure, Finding } from './case.js';

/** A finding with its verdict. */
export type JudgedFinding = Finding & {
  /** z; sqrt(N) D of Kolmogorov and Smirnov; or the deviation over its tolerance. */
  readonly score: number;
  readonly passed: boolean;
};

/** A negative control and whether it failed, as it must. */
export interface ControlResult {
  readonly what: string;
  /** The finding that refutes it; where none does, the first. */
  readonly finding: JudgedFinding;
  readonly refuted: boolean;
}

/** What one reference case has found. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  /** Author, year, or where it is derived. */
  readonly source: string;
  readonly findings: readonly JudgedFinding[];
  /** Whether every finding passes. */
  readonly passed: boolean;
  /** Negative controls, where they were asked for. */
  readonly controls: readonly ControlResult[];
  /** Probability that a sound build fails this case by chance, at most. */
  readonly falseAlarm: number;
  /** SHA-256 of each of its runs, in their order. */
  readonly hashes: readonly string[];
  /** Particles of all its runs. */
  readonly particles: number;
  /** Wall time [s]. */
  readonly seconds: number;
  /** Of its last run. */
  readonly provenance: Provenance;
  readonly figure: CaseFigure;
}
