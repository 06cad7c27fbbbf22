import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { namedEstimates } from '../../src/analysis/precision.js';
import type { Curve, Estimate, Estimates } from '../../src/analysis/types.js';
import { Tallies } from '../../src/engine/tallies.js';
import { Chain, tallySpecs } from './chain.js';

const times = Array.from({ length: 21 }, (_, j) => j * 5e-5);
const closed = new Chain({ bins: 20, nu: 1000, times, cone: null, start: (xi) => (xi > 0.7 ? 1 : 0), muBins: 3 });
const open = new Chain({ ...closed.options, cone: { edge: 0.8, leak: 5000 }, start: () => 1 });

const every = (estimates: Estimates): Estimate[] => Object.values(namedEstimates(estimates));

describe('any part of a run', () => {
  const parts: [string, number[]][] = [
    ['no particle at all', []],
    ['one particle', [1]],
    ['one group', [50]],
    ['two groups of one', [0, 1, 0, 1]],
    ['a particle a group', new Array(32).fill(1)],
    ['groups of very different sizes', [1, 1000, 0, 3, 50, 200]],
  ];
  for (const [chain, kind] of [
    [closed, 'closed'],
    [open, 'open'],
  ] as const) {
    it.each(parts)(`gives numbers with errors or NaN with a reason: ${kind}, %s`, (_, sizes) => {
      const found = estimate(chain.scenario(), chain.plan(), chain.run(1, sizes));
      for (const one of every(found)) {
        expect(one.unit, one.label).not.toBe('');
        if (Number.isNaN(one.value)) expect(one.note, one.label).toBeTruthy();
        else expect(one.standardError, one.label).toBeGreaterThanOrEqual(0);
        if (one.standardError === 0) expect(one.note, one.label).toMatch(/exact/);
        expect(one.value, one.label).not.toBe(Infinity);
      }
    });
  }

  it('one particle and one group have no mean loss time, and say what it needs', () => {
    // so long that all are lost
    const long = new Chain({ ...open.options, times: times.map((t) => 50 * t) });
    const timeOf = (sizes: number[]) => estimate(long.scenario(), long.plan(), long.run(1, sizes)).confinementTime;
    for (const sizes of [[1], [500]]) {
      expect(timeOf(sizes).value).toBeNaN();
      expect(timeOf(sizes).note).toMatch(/^needs particles in two groups or more/);
    }
    // The control: the same particles in two groups have one.
    const { value, standardError } = timeOf([250, 250]);
    expect(standardError / value).toBeLessThan(1);
  });

  it('every combination of curve arrays has one length', () => {
    const found = estimate(open.scenario(), open.plan(), open.run(1, [1, 1000, 0, 3]));
    const curves: Curve[] = [found.survival, ...found.legendre, ...found.muSpread, found.meanMuCurve, found.energy];
    curves.push(found.muVariance, found.dMuMuCurve, found.muDriftCurve);
    for (const { x, value, standardError, reference } of curves) {
      expect(value).toHaveLength(x.length);
      expect(standardError).toHaveLength(x.length);
      if (reference) expect(reference).toHaveLength(x.length);
    }
  });

  it('one snapshot, no scattering, no rate', () => {
    const single = new Chain({ ...open.options, times: [0] });
    const plan = single.plan();
    const lossTimeEdges = Float64Array.of(0, 1);
    const still = { ...plan, axes: { ...plan.axes, lossTimeEdges }, reference: { ...plan.reference, nu: 0 } };
    const found = estimate(single.scenario(), still, single.run(1, new Array(32).fill(5)));
    for (const one of every(found)) if (Number.isNaN(one.value)) expect(one.note, one.label).toBeTruthy();
  });

  it("the engine's tallies, empty and filled, are read as they are", () => {
    const specs = tallySpecs(times.length, 20, 3, open.plan().axes.edgeXiEdges.length - 1);
    const tallies = new Tallies(specs, 32);
    expect(estimate(open.scenario(), open.plan(), tallies).lossRate.value).toBeNaN();
    const source = open.run(6, new Array(32).fill(300));
    for (let g = 0; g < 32; g++) {
      tallies.add(
        g,
        Object.fromEntries(
          specs.map((spec) => {
            const values = source.group(spec.name, g);
            return [
              spec.name,
              spec.kind === 'count'
                ? Uint32Array.from(values)
                : BigInt64Array.from(values, (x) => BigInt(Math.round(x / spec.quantum))),
            ];
          }),
        ),
      );
    }
    const direct = estimate(open.scenario(), open.plan(), source);
    const merged = estimate(open.scenario(), open.plan(), tallies);
    expect(merged.lossRate.value).toBeCloseTo(direct.lossRate.value, 4);
    expect(merged.meanMu.value / direct.meanMu.value).toBeCloseTo(1, 6);
    expect(merged.confinementTime.value / direct.confinementTime.value).toBeCloseTo(1, 6);
  });
});
