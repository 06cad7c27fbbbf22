/** What a table is made of, whatever was run. */
import type { Estimate } from '../analysis/types.js';

/** What of a run its table shows. */
export interface TableContent {
  /** What was run, in words. */
  readonly about: readonly string[];
  /** Lines below the title. */
  readonly facts: readonly string[];
  /** Rows, with a rule between the blocks. */
  readonly blocks: readonly (readonly Estimate[])[];
  /** What it came to, in a sentence. */
  readonly end?: string;
}

/** The fates that some particle met. */
export function fateRows<Name extends string>(
  fates: Readonly<Record<Name, Estimate>>,
  order: readonly Name[],
): Estimate[] {
  return order
    .map((name) => fates[name])
    .filter((estimate) => estimate !== undefined && (estimate.value > 0 || Number.isNaN(estimate.value)));
}

/** @example plural('proton', 2) // => "protons" */
export const plural = (noun: string, count: number) => (count === 1 || noun.endsWith('s') ? noun : `${noun}s`);

/** Three digits. */
export const short = (value: number) => String(Number(value.toPrecision(3)));
