/** Numbers and their standard errors out of a run's tallies. Written apart from src/analysis, so that the two can be held against each other. */
import type { Ensemble } from './laboratory.js';

/** A number with its standard error and how many particles it comes from. */
export interface Measured {
  readonly value: number;
  readonly error: number;
  readonly count: number;
  /** Of Student's t; absent: the error is known, or from so many particles that it is as good as known. */
  readonly degreesOfFreedom?: number;
}

/** A number that is not random. */
export const exactly = (value: number): Measured => ({ value, error: 0, count: 1 });

/** A share of N independent particles, with the binomial error of the expected share. */
export function share(hits: number, N: number, expected: number): Measured {
  return { value: hits / N, error: Math.sqrt((expected * (1 - expected)) / N), count: N };
}

/** A tally of all particles, or of one group of blocks. */
export type Read = (tally: string) => Float64Array;

/** A ratio of two sums over the particles, its error from the spread of the 32 groups about it. */
export function ratioOverGroups(
  { tallies, particles }: Pick<Ensemble, 'tallies' | 'particles'>,
  numerator: (read: Read) => number,
  denominator: (read: Read) => number,
): Measured {
  const whole = (sum: (read: Read) => number) => sum((name) => tallies.total(name));
  const below = whole(denominator);
  const value = whole(numerator) / below;
  const n = tallies.groups;
  let square = 0;
  for (let g = 0; g < n; g++) {
    const read: Read = (name) => tallies.group(name, g);
    square += (numerator(read) - value * denominator(read)) ** 2;
  }
  return { value, error: Math.sqrt((square * n) / (n - 1)) / below, count: particles, degreesOfFreedom: n - 1 };
}

/** Mean loss time of all particles times a rate, with the sample's own error. NaN where not all are lost. */
export function meanLossTime({ tallies, particles }: Ensemble, nu: number): Measured {
  const [, left, right] = tallies.total('fates');
  const moment = (name: string) => tallies.total(name).reduce((a, b) => a + b, 0) / particles;
  const mean = moment('lossTime') * nu;
  const variance = moment('lossTime2') * nu * nu - mean * mean;
  const all = left + right === particles;
  return { value: all ? mean : Number.NaN, error: Math.sqrt(variance / particles), count: particles };
}

/** sqrt(N) times the Kolmogorov-Smirnov distance of a sorted sample from a law. */
export function kolmogorov(sorted: Float64Array, cdf: (x: number) => number): number {
  const n = sorted.length;
  let most = 0;
  for (let i = 0; i < n; i++) {
    const F = cdf(sorted[i]);
    most = Math.max(most, F - i / n, (i + 1) / n - F);
  }
  return Math.sqrt(n) * most;
}

/** The bridge sqrt(N) (F_N - F) against F, whose largest departure from zero is what Kolmogorov and Smirnov judge. */
export function bridge(sorted: Float64Array, cdf: (x: number) => number, points = 160): [number, number][] {
  const n = sorted.length;
  const inner = Array.from({ length: points }, (_, k): [number, number] => {
    const i = Math.floor(((k + 0.5) / points) * n);
    const F = cdf(sorted[i]);
    return [F, Math.sqrt(n) * ((i + 0.5) / n - F)];
  });
  return [[0, 0], ...inner, [1, 0]];
}

/** A distribution function tabulated at `cells + 1` points and linear between: fast enough for every point of a sample. */
export function tabulatedCdf(cdf: (x: number) => number, low: number, high: number, cells = 4000) {
  const nodes = Float64Array.from({ length: cells + 1 }, (_, i) => cdf(low + ((high - low) * i) / cells));
  return (x: number) => {
    const at = Math.min(cells - 1e-9, Math.max(0, ((x - low) / (high - low)) * cells));
    const i = Math.floor(at);
    return nodes[i] + (at - i) * (nodes[i + 1] - nodes[i]);
  };
}

/** A distribution function from a density by the midpoint rule, linear between its nodes. */
export function cdfOfDensity(density: (x: number) => number, low: number, high: number, cells = 4000) {
  const sums = [0];
  for (let i = 0; i < cells; i++) sums.push(sums[i] + density(low + ((i + 0.5) / cells) * (high - low)));
  return (x: number) => {
    const at = Math.min(cells - 1e-9, Math.max(0, ((x - low) / (high - low)) * cells));
    const i = Math.floor(at);
    return (sums[i] + (at - i) * (sums[i + 1] - sums[i])) / sums[cells];
  };
}
