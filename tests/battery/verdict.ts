import type { Outcome } from './programs.js';

/** Weak by dieharder's custom: a p-value within 0.0025 of 0 or 1, one in 200 of good random numbers. */
export const WEAK = 0.005;
/** How often a whole battery may fail good random numbers. */
export const FALSE_ALARM = 1e-4;

export interface Verdict {
  tests: number;
  weak: Outcome[];
  worst: Outcome;
  failed: boolean;
}

/**
 * Judges p-values by the least of them: `tail * all < 1e-4` (Bonferroni), right however tests depend on each other.
 * @param all number of p-values in the whole battery
 */
export function judge(outcomes: readonly Outcome[], all = outcomes.length): Verdict {
  const worst = outcomes.reduce((least, one) => (one.tail < least.tail ? one : least));
  return {
    tests: outcomes.length,
    weak: outcomes.filter(({ tail }) => tail < WEAK),
    worst,
    failed: !(worst.tail * all >= FALSE_ALARM),
  };
}
