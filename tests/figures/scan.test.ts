import { describe, expect, it } from 'vitest';
import type { PlottedDrawing } from '../../src/figures/figure.js';
import { drawScanFigures } from '../../src/figures/index.js';
import { scanFigures } from '../../src/figures/scan.js';
import { sheetKickFigure } from '../../src/figures/scanKicks.js';
import { lossLimitsFigure } from '../../src/figures/scanLosses.js';
import { mirrorLossLimits } from '../../src/physics/index.js';
import { sheetKickExponent } from '../../src/physics/sheetKick.js';
import type { ScanData, ScanPoint } from '../../src/results/scan.js';
import { gridOf, readAxis } from '../../src/scan/axes.js';
import { scanOf, scanPoint } from '../results/scanFixture.js';

const scan = scanOf([50, 5e3, 5e5, 5e7], [2, 5]);

describe('the figures of a scan', () => {
  const figures = scanFigures(scan);
  const of = (name: string) => figures.find((figure) => figure.name === name)?.drawing as PlottedDrawing;

  it('are one for every main estimate, with a curve for each value of the other key', () => {
    expect(figures.map(({ name }) => name)).toEqual(['lossRate', 'filling']);
    const { title, xLabel, yLabel, legend, subtitle } = of('lossRate');
    expect({ title, xLabel, yLabel }).toEqual({
      title: 'Loss rate',
      xLabel: 'scattering rate, ν (1/s)',
      yLabel: 'loss rate (1/s)',
    });
    expect(legend?.entries.map(({ label }) => label)).toEqual(['ratio 2', 'ratio 5']);
    expect(subtitle).toBe('fixture: 8 points, 4 of collisions.rate × 2 of field.ratio');
  });

  it('have exact theory beside the estimates, where there is any', async () => {
    const points = scan.points.map((point) => {
      const { lossRate } = point.estimates;
      return { ...point, estimates: { lossRate: { ...lossRate, reference: 1.01 * lossRate.value } } };
    });
    const known = { ...scan, points };
    const [{ drawing }] = scanFigures(known);
    expect((drawing as PlottedDrawing).footnote).toContain('Black: exact theory.');
    expect(of('lossRate').footnote).not.toContain('exact');
    for await (const { name, svg } of drawScanFigures(known, { png: false }))
      if (name === 'lossRate') expect(svg.match(/<g[^>]*aria-label="line"[^>]*stroke="#000000"/g)).toHaveLength(2);
  });

  it('tell curves apart by colour, dash and marker', () => {
    const entries = of('lossRate').legend?.entries ?? [];
    for (const key of ['colour', 'dash', 'symbol'] as const)
      expect(new Set(entries.map((entry) => entry[key])).size).toBe(2);
  });

  it('are none over words', () => {
    const words: ScanData = { ...scan, axes: [{ key: 'x', values: ['a', 'b'], unit: '1', spacing: 'linear' }] };
    expect(scanFigures(words)).toEqual([]);
  });

  it('say that a scan is not finished', () => {
    const part = { ...scan, points: scan.points.slice(0, 3), complete: false };
    expect((scanFigures(part)[0].drawing as PlottedDrawing).subtitle).toContain('3 of 8 points');
  });

  it('are drawn, with an error bar for each point', async () => {
    const drawn = new Map<string, string>();
    for await (const { name, svg } of drawScanFigures(scan, { png: false })) drawn.set(name, svg);
    expect([...drawn.keys()]).toEqual(['loss-rate-over-nu', 'lossRate', 'filling']);
    const bars = (svg = '') =>
      (svg.match(/aria-label="rule"[\s\S]*?<\/g>/g) ?? []).join('').match(/<line/g)?.length ?? 0;
    expect(bars(drawn.get('lossRate'))).toBe(8);
    // One point has no number.
    expect(bars(drawn.get('filling'))).toBe(7);
    for (const svg of drawn.values()) expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

describe('the loss rate over nu', () => {
  it('is drawn for mirrors whose scattering spans a factor of 30', () => {
    const figure = lossLimitsFigure(scan)?.drawing as PlottedDrawing;
    expect(figure.xLabel).toBe('strength of scattering, ν length/v');
    expect(figure.legend?.entries.map(({ label }) => label)).toEqual([
      'mirror ratio 2',
      'mirror ratio 5',
      'weak: bounce average',
      'strong: full loss cone',
      'diffusion along B',
    ]);
    expect(lossLimitsFigure(scanOf([50, 100, 150], [5]))).toBeUndefined();
    const dipoles = { ...scan, points: scan.points.map((point) => ({ ...point, field: 'dipole' })) };
    expect(lossLimitsFigure(dipoles)).toBeUndefined();
  });

  it('has its limits where the formulary has them', async () => {
    const points = [1e-3, 1e-1, 10, 1e3].map((strength, i) => {
      const nu = strength * 5e5;
      return scanPoint(i, [nu, 5], nu * mirrorLossLimits(5, strength).joined);
    });
    const one = { ...scanOf([500, 5e4, 5e6, 5e8], [5]), points };
    const { panels, legend } = lossLimitsFigure(one)!.drawing as PlottedDrawing;
    expect(legend?.entries[0].label).toBe('Monte Carlo ± 1σ');
    const { x, y } = panels[0].options({ width: 500, height: 300 }) as Record<
      'x' | 'y',
      { domain?: unknown } | undefined
    >;
    const domain = y?.domain as number[];
    expect(domain[0]).toBeLessThan(mirrorLossLimits(5, 1e3).diffusive);
    expect(domain[1]).toBeGreaterThan(1.711831);
    expect((x!.domain as number[])[1]).toBeGreaterThan(1e3);
  });
});

describe('the kick of mu in a current sheet', () => {
  const rho = 2.95e6;
  const axes = [readAxis('field.thickness', '1e6..1e8 m:log:5'), readAxis('field.normalField', '5 nT, 0.5 nT')];
  const point = (values: readonly (number | string)[], index: number): ScanPoint => {
    const [thickness, normalField] = [Number(values[0]), Number(values[1]) * 1e-9];
    const value = 3 * Math.exp(-sheetKickExponent(normalField / 5e-9, thickness / rho, Math.SQRT1_2));
    return {
      ...scanPoint(index, values),
      reference: { speed: Math.SQRT2 * 1e6, B: 7.0710678e-9, larmorRadius: rho / Math.SQRT2, xi: Math.SQRT1_2 },
      field: 'currentSheet',
      boundary: undefined,
      fieldNumbers: { B0: 5e-9, thickness, normalField },
      estimates: { rmsKick: { value, standardError: 0.1 * value, unit: '1', label: 'rms kick of mu' } },
    };
  };
  const sheets: ScanData = { ...scan, axes, total: 10, points: gridOf(axes).map(point) };

  it('is drawn against the thickness, for each normal field, with kappa and how fast it falls', async () => {
    const { legend, panels } = sheetKickFigure(sheets)!.drawing as PlottedDrawing;
    expect(legend?.entries.map(({ label }) => label)).toEqual(['Bn/B₀ = 1', 'Bn/B₀ = 0.1', 'exp(−Λ)']);
    const { y } = panels[0].options({ width: 500, height: 300 }) as { y: { domain: number[] } };
    expect(y.domain[0]).toBeLessThan(1e-10);
    for await (const { name, svg } of drawScanFigures(sheets, { png: false })) {
      expect(svg).not.toMatch(/NaN|Infinity/);
      if (name === 'kick-against-thickness') expect(svg.match(/κ = [13]/g)).toHaveLength(2);
    }
  });

  it('is not drawn of other fields, or of one thickness', () => {
    const changed = (change: Partial<ScanPoint>) =>
      sheetKickFigure({ ...sheets, points: sheets.points.map((one) => ({ ...one, ...change })) });
    expect(changed({ field: 'dipole' })).toBeUndefined();
    expect(changed({ fieldNumbers: { B0: 5e-9, thickness: 1e6, normalField: 5e-9 } })).toBeUndefined();
    expect(changed({ fieldNumbers: { B0: 5e-9, thickness: 1e6, normalField: 0 } })).toBeUndefined();
    expect(sheetKickFigure(scan)).toBeUndefined();
  });

  it('has axes also where a number is the same at all points but for rounding', () => {
    const points = sheets.points.map((one, i) => ({
      ...one,
      estimates: { same: { value: 1.6e-15 + i * 1e-31, standardError: 0, unit: 'J', label: 'same' } },
    }));
    const [{ drawing }] = scanFigures({ ...sheets, points });
    const { y } = (drawing as PlottedDrawing).panels[0].options({ width: 500, height: 300 }) as {
      y: { domain: number[] };
    };
    expect(y.domain[1] / y.domain[0]).toBeGreaterThan(1.1);
  });
});
