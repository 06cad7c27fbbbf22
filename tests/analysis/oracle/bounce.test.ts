import { describe, expect, it } from 'vitest';
import { bounceOracle, scatteringOracle } from '../../../src/analysis/oracle/index.js';
import { buildField, type FieldSpec } from '../../../src/fields/index.js';
import { lossEigenvalueOfParabola } from '../../../src/physics/lossModes.js';

const rows = { s: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], B: [1.2, 0.9, 0.7, 0.55, 0.5, 0.55, 0.72, 1, 1.4] };
const shelf = { s: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], B: [3, 1, 1, 1, 0.9, 1, 1, 1, 4] };

describe('the limit of fast bouncing', () => {
  it.each([2, 4, 5, 100])('parabola, R = %f: P_n(2/sqrt R - 1) = 0', (ratio) => {
    const field = buildField({ kind: 'parabolic', B: 0.5, ratio, length: 2 });
    const { eigenvalues } = bounceOracle(field, { start: { xi: 0 }, earliest: 0.05 });
    for (const mode of [0, 1, 2, 4])
      expect(Math.abs(eigenvalues[mode] / lossEigenvalueOfParabola(ratio, mode) - 1)).toBeLessThan(1e-9);
  });

  /** Smooth throats, where the bounce period diverges; sharp ones; unlike ones; steps on the way. */
  it.each([
    ['dipole', { kind: 'dipole', shellL: 4, lossAltitude: 1e5, B0: 2.98e-5 }],
    ['twoCoil', { kind: 'twoCoil', B: 0.5, radius: 0.5, separation: 2 }],
    ['one smooth cell', { kind: 'multiMirror', B: 1, ratio: 5, cells: 1, length: 2 }],
    ['table', { kind: 'table', ...rows }],
    ['table that stands still on the way', { kind: 'table', ...shelf }],
  ] as [string, FieldSpec][])(
    '%s: mean loss time ln[R(1 - xi0^2)]/2, eigenvalues that another mesh has too',
    (_, spec) => {
      const field = buildField(spec);
      const R = field.Bmax / field.Bmin;
      const coarse = bounceOracle(field, { start: { xi: 0.2 }, earliest: 0.05 });
      expect(Math.abs(coarse.meanLossTime / (Math.log(R * 0.96) / 2) - 1)).toBeLessThan(1e-8);
      const fine = bounceOracle(field, { start: { xi: 0 }, earliest: 0.02 });
      expect(Math.abs(fine.meanLossTime / (Math.log(R) / 2) - 1)).toBeLessThan(1e-8);
      for (const k of [0, 1, 2])
        expect(Math.abs(fine.eigenvalues[k] / coarse.eigenvalues[k] - 1)).toBeLessThan(
          spec.kind === 'table' ? 1e-6 : 1e-8,
        );
      expect(Math.abs(fine.share(-1, 1, 0.3) - fine.survival(0.3))).toBeLessThan(1e-11);
      // w is not 1: a rate of loss in velocity space is another
      const velocity = scatteringOracle({ mirrorRatio: R, start: { xi: 0 }, earliest: 0.05 });
      expect(Math.abs(velocity.eigenvalues[0] / fine.eigenvalues[0] - 1)).toBeGreaterThan(0.01);
    },
  );

  it('of a flat bottom with steep ends is loss in velocity space', () => {
    const s = [-1, -0.9999, -0.5, 0, 0.5, 0.9999, 1];
    const field = buildField({ kind: 'table', s, B: [2, 1.000001, 1.0000005, 1, 1.0000005, 1.000001, 2] });
    const bounced = bounceOracle(field, { start: { xi: 0 }, earliest: 0.05 });
    expect(Math.abs(bounced.eigenvalues[0] / 3.47673319588869 - 1)).toBeLessThan(1e-3);
  });

  it('refuses several wells and none', () => {
    const start = { start: { xi: 0 } };
    expect(() => bounceOracle(buildField({ kind: 'uniform', B: 1, length: 2 }), start)).toThrow(
      'field: uniform has no throats (must have a mirror ratio > 1 to bounce in)',
    );
    const row = buildField({ kind: 'multiMirror', B: 1, ratio: 3, cells: 3, length: 6 });
    expect(() => bounceOracle(row, start)).toThrow(
      /^field: B falls again on the way to the throat, at s = 1(\.\d+)? m/,
    );
  });
});
