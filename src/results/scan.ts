/** A scan as data: what its files and figures are made of. */
import type { PrecisionReport } from '../analysis/precision.js';

/** A key that was varied. */
export interface ScanAxis {
  readonly key: string;
  /** Numbers in `unit`, or words. */
  readonly values: readonly (number | string)[];
  /** As it was typed; `1` where there is none. */
  readonly unit: string;
  /** How the values are spread. */
  readonly spacing: 'linear' | 'log';
}

/** A number of a point. NaN: not determined, and `note` says why. */
export interface ScanNumber {
  readonly value: number;
  readonly standardError: number;
  readonly unit: string;
  readonly label: string;
  /** What exact theory gives at the point, where there is exact theory. */
  readonly reference?: number;
  readonly note?: string;
}

/** A point of the grid that was run. */
export interface ScanPoint {
  readonly index: number;
  /** Its value on every axis. */
  readonly values: readonly (number | string)[];
  /** SHA-256 of the scenario and of what else decides the numbers. */
  readonly scenario: string;
  /** The run's own hash. */
  readonly hash: string;
  readonly particles: number;
  /** Wall time [s]. */
  readonly seconds: number;
  /** What of the plan the figures need, SI: nu, length, speed, mirrorRatio (1 without a throat); of orbits speed, B, larmorRadius and, where it is one, xi. */
  readonly reference: Readonly<Record<string, number>>;
  readonly field: string;
  /** Numbers of the field's own section, SI; of orbits alone. */
  readonly fieldNumbers?: Readonly<Record<string, number>>;
  /** Of a motion along a line. */
  readonly boundary?: string;
  readonly estimates: Readonly<Record<string, ScanNumber>>;
  readonly precision?: Pick<PrecisionReport, 'reached' | 'why'>;
  readonly warnings: readonly string[];
}

/** A scan, finished or not. */
export interface ScanData {
  readonly name: string;
  readonly description: string;
  /** SHA-256 of all of its scenarios: tells scans apart. */
  readonly hash: string;
  readonly axes: readonly ScanAxis[];
  /** Points of the whole grid. */
  readonly total: number;
  /** Those that were run, by index. */
  readonly points: readonly ScanPoint[];
  readonly complete: boolean;
}

/** The names of the estimates that some point has, in the order of the first. */
export function estimateNames({ points }: Pick<ScanData, 'points'>): string[] {
  return [...new Set(points.flatMap(({ estimates }) => Object.keys(estimates)))];
}

/** The same, but only whole quantities (no fates, no single moments) of which some point has a number. */
export function mainEstimates(scan: Pick<ScanData, 'points'>): string[] {
  return estimateNames(scan).filter(
    (name) => !name.includes('.') && scan.points.some(({ estimates }) => Number.isFinite(estimates[name]?.value)),
  );
}
