/** Gauss-Legendre rules with fixed bits: what the plan integrates ends in the kernel. */
import { cos } from '../physics/elementary.js';

const known = new Map<number, { nodes: number[]; weights: number[] }>();

/**
 * Nodes and weights of the Gauss-Legendre rule on [-1, 1].
 * @param n number of nodes, >= 1
 * @example
 * gaussLegendre(2).nodes[1] // ≈ 0.57735026919
 */
export function gaussLegendre(n: number): { nodes: number[]; weights: number[] } {
  const found = known.get(n);
  if (found !== undefined) return found;
  const nodes = new Array<number>(n);
  const weights = new Array<number>(n);
  for (let i = 0; i < n; i++) {
    let x = -cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 50; step++) {
      let before = 1;
      let last = x;
      for (let l = 1; l < n; l++) {
        const next = ((2 * l + 1) * x * last - l * before) / (l + 1);
        before = last;
        last = next;
      }
      slope = (n * (x * last - before)) / (x * x - 1);
      const change = last / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { nodes, weights };
  known.set(n, rule);
  return rule;
}

/** Integral of f over [a, b] with an n-point rule. */
export function integral(f: (x: number) => number, a: number, b: number, n = 4): number {
  const { nodes, weights } = gaussLegendre(n);
  const half = (b - a) / 2;
  const middle = (a + b) / 2;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i] * f(middle + half * nodes[i]);
  return sum * half;
}
