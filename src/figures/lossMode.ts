/** What the line of the loss rate stands for, in a legend and in a sentence. */
import type { Estimate } from '../analysis/types.js';

/**
 * The slowest mode; the end of a run that is not there yet; or, where speeds are lost at different rates and there is no
 * slowest mode, a mean.
 *
 * @param lossRate the estimate, whose label says which
 * @example lossMode({ label: 'loss rate (slowest mode)' }).legend // 'slowest mode'
 */
export function lossMode({ label }: Pick<Estimate, 'label'>): LossMode {
  if (label.includes('(slowest mode)')) return { legend: 'slowest mode', sentence: 'Slowest mode', isMean: false };
  if (label.includes('not yet'))
    return { legend: 'rate at the end', sentence: 'Not yet the slowest mode', isMean: false };
  return { legend: 'mean rate', sentence: 'Speeds are lost at different rates', isMean: true };
}

export interface LossMode {
  readonly legend: string;
  readonly sentence: string;
  /** Whether it is a mean over its window, and no rate that was fitted. */
  readonly isMean: boolean;
}
