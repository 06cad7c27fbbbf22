import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import type { AnalysisPlan, TallyReader } from '../../src/analysis/types.js';
import { agrees, disagrees } from '../random.js';
import { Chain, type ChainOptions, tallySpecs } from './chain.js';

const nu = 1000;
const base: ChainOptions = {
  bins: 40,
  nu,
  times: Array.from({ length: 31 }, (_, j) => j * 1e-4),
  cone: { edge: 0.7, leak: 3 * nu },
  start: () => 1,
};

/** Tallies of a stationary f(|xi0|) that is given, without noise but for a small difference between groups. */
function stationary(plan: AnalysisPlan, f: (xi: number) => number): TallyReader {
  const T = plan.axes.times.length;
  const X = plan.axes.xiEdges.length - 1;
  const F = plan.axes.edgeXiEdges.length - 1;
  const specs = tallySpecs(T, X, 1, F);
  const counted = (edges: ArrayLike<number>) =>
    Array.from({ length: edges.length - 1 }, (_, i) => {
      const [from, to] = [edges[i], edges[i + 1]];
      let sum = 0;
      for (let k = 0; k < 100; k++) sum += f(Math.abs(from + ((k + 0.5) * (to - from)) / 100));
      return (sum * (to - from)) / 100;
    });
  const [counts, fine] = [plan.axes.xiEdges, plan.axes.edgeXiEdges].map(counted);
  const group = (name: string, g: number) => {
    const spec = specs.find((one) => one.name === name)!;
    const values = new Float64Array(spec.shape.reduce((a, b) => a * b, 1));
    for (let j = 0; j < T; j++) {
      const n = 1e5 * Math.exp(-0.2 * j) * (1 + 1e-3 * Math.sin(g));
      for (let i = 0; i < X; i++) {
        if (name === 'midplanePitch') values[j * X + i] = n * counts[i];
        if (name === 'legendre') values[j * 9] += n * counts[i];
      }
      if (name === 'edgePitch') for (let k = 0; k < F; k++) values[j * F + k] = n * fine[k];
    }
    if (name === 'trapped') values[0] = 1e6;
    return values;
  };
  return {
    spec: (name) => specs.find((one) => one.name === name)!,
    group,
    total: (name) => {
      const all = Array.from({ length: 32 }, (_, g) => group(name, g));
      return all[0].map((_, i) => all.reduce((sum, values) => sum + values[i], 0));
    },
  };
}

describe('filling of the loss cone', () => {
  // straight to the edge and straight from there to `rim` of its value at |xi| = 1: the answer is (1 + rim)/2
  const straight = (edge: number, rim: number) => (xi: number) =>
    xi < edge ? 2 - xi : (2 - edge) * (1 - ((1 - rim) * (xi - edge)) / (1 - edge));
  function fill(edge: number, bins: number, rim: number, f = straight(edge, rim)) {
    const chain = new Chain({ ...base, bins, cone: { edge, leak: 1 } });
    return estimate(chain.scenario(), chain.plan(), stationary(chain.plan(), f)).filling;
  }

  it.each([
    ['many bins within the cone', 0.7, 40],
    ['a single bin within the cone', 0.95, 40],
  ])('is exact for f that is straight on both sides of the edge: %s', (_, edge, bins) => {
    for (const rim of [0, 0.5, 1]) {
      const { value } = fill(edge, bins, rim);
      expect(Math.abs(value - (1 + rim) / 2)).toBeLessThan(0.003);
      expect(Math.abs(value - (0.95 + rim) / 2)).toBeGreaterThan(0.02);
    }
  });

  it('of a leaking cone is that of its slowest mode, within 5 standard errors', () => {
    const chain = new Chain({ ...base, bounceWeight: () => 2 });
    const found = estimate(chain.scenario(), chain.plan(), chain.run(2, new Array(32).fill(12_000))).filling;
    const { mode } = chain.slowest();
    const cone = [...mode.slice(34)].reduce((a, b) => a + b) / 6;
    // the rule for the edge, applied to the exact mode: the line through the three bins inside it
    const [a, b, c] = [mode[31], mode[32], mode[33]];
    const edge = (a + b + c) / 3 + (c - a) * 0.75;
    agrees(found, cone / edge);
    disagrees(found, 1.05 * (cone / edge));
    expect(found.value).toBeGreaterThan(0.1);
    expect(found.value).toBeLessThan(1);
  });

  it('grows with the strength of scattering from 0 to 1', () => {
    const values = [100, 3, 0.05].map((leak) => {
      const chain = new Chain({
        ...base,
        cone: { edge: 0.7, leak: leak * nu },
        times: Array.from({ length: 31 }, (_, j) => j * (leak < 1 ? 1e-3 : 1e-4)),
        bounceWeight: () => 1,
      });
      return estimate(chain.scenario(), chain.plan(), chain.run(4, new Array(32).fill(1000))).filling.value;
    });
    expect(values[0]).toBeLessThan(values[1]);
    expect(values[1]).toBeLessThan(values[2]);
    expect(values[0]).toBeLessThan(0.2);
    expect(values[2]).toBeGreaterThan(0.9);
  });

  it('is exactly 0 where the boundary is the cone itself, and NaN with a reason where nobody is in the cone', () => {
    const chain = new Chain(base);
    const tallies = chain.run(1, new Array(32).fill(100));
    const cone = { ...chain.scenario(), boundary: { kind: 'cone', ratio: 2, sides: 'both' as const } };
    expect(estimate(cone, chain.plan(), tallies).filling).toMatchObject({ value: 0, standardError: 0 });
    const empty = fill(0.7, 40, 0, (xi) => (xi < 0.7 ? 1 : 0));
    expect(empty.value).toBeNaN();
    expect(empty.note).toMatch(/nobody was seen in the cone/);
  });
});
