/** Whether a series of samples is flat: a straight line through means of blocks of them, and the error of its slope. */

export interface Slope {
  /** Of the line, per hour. */
  readonly slope: number;
  readonly standardError: number;
  readonly mean: number;
  /** Whether it does not rise by five standard errors or more; undefined where samples are too few. */
  readonly flat: boolean | undefined;
}

/** Blocks: neighbouring samples hang together (garbage is collected now and then), means of blocks hardly do. */
const BLOCKS = 12;
/** The first part of a series is left out: code is compiled and heaps find their size. */
const WARM = 1 / 3;
/** What is constant but for rounding has no error to go by. */
const TINY = 1e-12;

/**
 * The slope of a series, its first third left out.
 * @param hours times of the samples
 * @param values samples
 * @example
 * const hours = Array.from({ length: 96 }, (_, i) => i / 96);
 * slopeOf(hours, hours.map((t, i) => 5 + (i % 2))).flat // => true
 * slopeOf(hours, hours.map((t, i) => 5 + t + (i % 2))).flat // => false
 */
export function slopeOf(hours: readonly number[], values: readonly number[]): Slope {
  const from = hours[0] + WARM * (hours[hours.length - 1] - hours[0]);
  const first = hours.findIndex((t) => t >= from);
  const kept = values.length - first;
  const mean = values.slice(first).reduce((sum, v) => sum + v, 0) / kept;
  if (!(kept >= BLOCKS)) return { slope: Number.NaN, standardError: Number.NaN, mean, flat: undefined };
  const blocks = Array.from({ length: BLOCKS }, (_, b) => {
    const [low, high] = [b, b + 1].map((n) => first + Math.floor((n * kept) / BLOCKS));
    const over = (list: readonly number[]) => list.slice(low, high).reduce((sum, v) => sum + v, 0) / (high - low);
    return [over(hours), over(values)] as const;
  });
  const [t0, v0] = [0, 1].map((i) => blocks.reduce((sum, block) => sum + block[i], 0) / BLOCKS);
  const spread = blocks.reduce((sum, [t]) => sum + (t - t0) ** 2, 0);
  const slope = blocks.reduce((sum, [t, v]) => sum + (t - t0) * (v - v0), 0) / spread;
  const left = blocks.reduce((sum, [t, v]) => sum + (v - v0 - slope * (t - t0)) ** 2, 0);
  const standardError = Math.sqrt(left / (BLOCKS - 2) / spread);
  return { slope, standardError, mean, flat: slope < 5 * standardError || slope <= TINY * Math.abs(mean) };
}
