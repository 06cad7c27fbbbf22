import type { Laboratory } from './laboratory.js';

/** Where a case belongs, and the file of tests/validation that runs it. */
export type Family = 'scattering' | 'losses' | 'motion' | 'ensembles' | 'orbits';

/** A reference case: what is run, what comes out of it, what must come out, and what must not. */
export interface ValidationCase {
  /** What `losscone validate --only` takes. */
  readonly id: string;
  readonly family: Family;
  readonly title: string;
  /** Author, year, or where it is derived. */
  readonly source: string;
  readonly measure: (laboratory: Laboratory) => Promise<Measurement>;
  /** Negative controls by wrong scenarios: each must fail at least one of its findings. */
  readonly faults: readonly Fault[];
}

export interface Measurement {
  readonly findings: readonly Finding[];
  readonly figure: CaseFigure;
}

/** A scenario with something wrong in it, judged by the right reference. */
export interface Fault {
  readonly what: string;
  readonly measure: (laboratory: Laboratory) => Promise<readonly Finding[]>;
}

/**
 * How a finding is judged:
 * - `z`: |estimate - reference| below 5 standard errors;
 * - `kolmogorov`: the estimate is sqrt(N) D of Kolmogorov and Smirnov, the reference its limit, 2.75;
 * - `tolerance`: |estimate - reference| within a stated systematic tolerance;
 * - `above`, `below`: the estimate lies 5 standard errors beyond the reference.
 */
export type Test = 'z' | 'kolmogorov' | 'tolerance' | 'above' | 'below';

/** A measured number beside what it must be. */
export interface Finding {
  readonly label: string;
  /** Of estimate, standard error and reference: `nu`, `1/nu`, `s`, `1` ... */
  readonly unit: string;
  readonly estimate: number;
  /** 0 where the number is not random. */
  readonly standardError: number;
  readonly reference: number;
  readonly test: Test;
  /** Absolute, in `unit`: what `tolerance` allows; with `z`, half a unit of the last digit to which a reference is quoted. */
  readonly tolerance: number;
  /** Particles behind the estimate. */
  readonly particles: number;
  /** Degrees of freedom of Student's t behind the standard error; Infinity where it is known or from single particles. */
  readonly degreesOfFreedom: number;
  /** Negative controls by wrong references (or a wrong law's own number), each of which must fail. */
  readonly controls: readonly Control[];
  /** Its place in the case's figure. */
  readonly at?: { readonly series: string; readonly x: number };
}

/** What a finding's estimate or reference would be if something were wrong. */
export interface Control {
  readonly what: string;
  readonly estimate?: number;
  readonly reference?: number;
}

/** A case's picture: exact curves, and the estimates that the findings bring. */
export interface CaseFigure {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  readonly series: readonly Series[];
  /** A range that the estimates must stay in. */
  readonly band?: { readonly low: number; readonly high: number; readonly label: string };
  /** Whether the panel below shows how far each estimate is from its reference; absent: yes. */
  readonly residuals?: boolean;
  readonly note?: string;
}

export interface Series {
  readonly label: string;
  /** What is exact. */
  readonly curve?: readonly (readonly [x: number, y: number])[];
  /** Estimates without a verdict of their own: [x, estimate, standard error]. */
  readonly points?: readonly (readonly [x: number, value: number, standardError: number])[];
  /** Whether the curve is data and not theory. */
  readonly measured?: boolean;
}
