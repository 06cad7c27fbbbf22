/** The one verdict on random results: |z| < 5; Kolmogorov-Smirnov sqrt(N) D < 2.75. Fixed seeds, never retried. */
import { expect } from 'vitest';
import type { Tallies } from '../../src/engine/tallies.js';
import { gaussLegendre } from '../../src/plan/quadrature.js';

export const LIMIT = 5;
export const KS_LIMIT = 2.75;

/** A number with its standard error and how many particles it comes from. */
export interface Measured {
  readonly value: number;
  readonly error: number;
  readonly count: number;
}

export const z = ({ value, error }: Measured, reference: number) => (value - reference) / error;

/** The verdict; `LOSSCONE_VERDICTS=1` prints it. */
export function agrees(label: string, measured: Measured, reference: number): void {
  const score = z(measured, reference);
  if (process.env.LOSSCONE_VERDICTS) {
    const { value, error, count } = measured;
    console.log(
      `${label} | N ${count} | ${value.toPrecision(7)} +- ${error.toPrecision(2)} | ${reference.toPrecision(7)} | z ${score.toFixed(2)}`,
    );
  }
  expect(Math.abs(score), `${label}: ${measured.value} +- ${measured.error}, reference ${reference}`).toBeLessThan(
    LIMIT,
  );
}

/** The negative control: what is wrong must be found wrong. */
export function refutes(label: string, measured: Measured, wrong: number): void {
  const score = z(measured, wrong);
  expect(
    Math.abs(score),
    `${label} must be refuted: ${measured.value} +- ${measured.error}, wrong ${wrong}`,
  ).toBeGreaterThan(LIMIT);
}

/** sqrt(N) times the Kolmogorov-Smirnov distance of a sample from a law. */
export function ks(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort();
  const n = sorted.length;
  let most = 0;
  for (let i = 0; i < n; i++) {
    const F = cdf(sorted[i]);
    most = Math.max(most, F - i / n, (i + 1) / n - F);
  }
  return Math.sqrt(n) * most;
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

/**
 * P(xi' <= x) after nu t = tau from one cosine, by the heat kernel's own sum; for xi0 = 1 the law of cos Theta. Written here and not taken
 * from src/physics, so that the two have nothing in common.
 */
export function heatKernelCdf(xi0: number, tau: number): (x: number) => number {
  const last = Math.ceil(Math.sqrt(40 / tau)) + 2;
  const weights = legendres(last, xi0).map((P, l) => 0.5 * P * Math.exp(-l * (l + 1) * tau));
  return (x) => {
    let before = 1;
    let value = x;
    let sum = (1 + x) / 2;
    for (let l = 1; l <= last; l++) {
      const next = ((2 * l + 1) * x * value - l * before) / (l + 1);
      sum += weights[l] * (next - before);
      before = value;
      value = next;
    }
    return sum;
  };
}

/** P_0 .. P_last at x. */
export function legendres(last: number, x: number): number[] {
  const P = [1, x];
  for (let l = 1; l < last; l++) P.push(((2 * l + 1) * x * P[l] - l * P[l - 1]) / (l + 1));
  return P.slice(0, last + 1);
}

/** Variance of P_l(xi) after nu t = tau from one cosine: P_l^2 expanded in Legendre polynomials, each with its own decay. */
export function legendreVariance(l: number, xi0: number, tau: number): number {
  const { nodes, weights } = gaussLegendre(2 * l + 2);
  let mean2 = 0;
  for (let j = 0; j <= 2 * l; j++) {
    let part = 0;
    nodes.forEach((x, i) => {
      const P = legendres(2 * l, x);
      part += weights[i] * P[l] * P[l] * (P[j] ?? 0);
    });
    mean2 += ((2 * j + 1) / 2) * part * legendres(2 * l, xi0)[j] * Math.exp(-j * (j + 1) * tau);
  }
  const mean = legendres(l, xi0)[l] * Math.exp(-l * (l + 1) * tau);
  return mean2 - mean * mean;
}

/** Mean of a per-particle quantity from its sums by group: `sum[index]/number[index]`, error from the 32 groups. */
export function overGroups(
  tallies: Tallies,
  ratio: (get: (name: string) => Float64Array) => number,
  count: number,
): Measured {
  const value = ratio((name) => tallies.total(name));
  const n = tallies.groups;
  let sum = 0;
  let sum2 = 0;
  for (let g = 0; g < n; g++) {
    const x = ratio((name) => tallies.group(name, g));
    sum += x;
    sum2 += x * x;
  }
  return { value, error: Math.sqrt((sum2 - (sum * sum) / n) / (n * (n - 1))), count };
}

/** A share of N independent particles, with the binomial error of the reference share where it is given. */
export function share(hits: number, N: number, expected?: number): Measured {
  const p = expected ?? hits / N;
  return { value: hits / N, error: Math.sqrt((p * (1 - p)) / N), count: N };
}
