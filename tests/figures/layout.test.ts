import { beforeAll, describe, expect, it } from 'vitest';
import type { PlottedDrawing } from '../../src/figures/figure.js';
import { type DrawingDocument, figureSize, figures, renderFigure, serverDocument } from '../../src/figures/index.js';
import { freeCorner } from '../../src/figures/occupied.js';
import { linearScale, logScale } from '../../src/figures/scales.js';
import { textWidth, wrapText } from '../../src/figures/text.js';
import { fineTicks, fitted } from '../../src/figures/ticks.js';
import { closedRun, maxwellianRun, mirrorRun, smallRun } from '../results/fixture.js';
import { boxesOf, faultsOf } from './boxes.js';
import { bold, exactWidth, regular } from './font.js';

let document: DrawingDocument;
beforeAll(async () => {
  document = await serverDocument();
});

const sizes = [
  [320, undefined],
  [640, undefined],
  [1920, 1080],
  [400, 240],
  [900, 300],
] as const;

describe('text', () => {
  it('is as wide as the font says, and never much wider than it was taken to be', () => {
    for (const [font, heavy] of [
      [regular, false],
      [bold, true],
    ] as const) {
      for (let code = 32; code < 127; code++) {
        const character = String.fromCharCode(code);
        expect(Math.abs(textWidth(character, 100, heavy) - exactWidth(character, 100, font)), character).toBeLessThan(
          0.51,
        );
      }
      for (const character of 'ξνμσλτΔµ⟨⟩₀₁ₗ⁻⁰¹²³·×±−–°≤≥∞…üé')
        expect(exactWidth(character, 1, font), character).toBeLessThanOrEqual(
          textWidth(character, 1, heavy) + (heavy ? 0.09 : 0.005),
        );
    }
  });

  it('is broken into lines that fit, at most as many as there may be', () => {
    const text = 'Red: edge of the loss cone. White: no particle; mean initial density 1 m⁻³.';
    const lines = wrapText(text, 150, 12);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(exactWidth(line, 12)).toBeLessThanOrEqual(150);
    const two = wrapText(text, 150, 12, false, 2);
    expect(two).toHaveLength(2);
    expect(two[1]).toMatch(/…$/);
    expect(exactWidth(two[1], 12)).toBeLessThanOrEqual(150);
    expect(wrapText('a'.repeat(100), 50, 12)[0]).toMatch(/^a+…$/);
    expect(wrapText('', 50, 12)).toEqual(['']);
  });
});

describe('every figure at every size', () => {
  for (const [width, height] of sizes)
    it(`${width} x ${height ?? figureSize(width).height}: no text is clipped or written over another`, () => {
      for (const run of [mirrorRun(), maxwellianRun(), closedRun(), smallRun()])
        for (const figure of figures) {
          const svg = renderFigure(figure.describe(run), { document, width, height });
          const boxes = boxesOf(svg);
          expect(boxes.texts.length).toBeGreaterThan(2);
          expect(faultsOf(boxes), `${figure.name} of ${run.scenario.name}`).toEqual([]);
        }
    });

  it('would be seen: the negative control', () => {
    const text = (x: number, y: number, words: string) => `<text x="${x}" y="${y}">${words}</text>`;
    const svg = (content: string) => faultsOf(boxesOf(`<svg viewBox="0 0 200 100">${content}</svg>`));
    expect(svg(text(10, 50, 'one') + text(10, 70, 'two'))).toEqual([]);
    expect(svg(text(10, 50, 'one') + text(25, 54, 'two'))).toHaveLength(1);
    expect(svg(text(180, 50, 'clipped'))).toHaveLength(1);
    expect(svg(`<g transform="translate(17,20) rotate(-90)">${text(0, 0, 'clipped')}</g>`)).toHaveLength(1);
  });
});

describe('sizes', () => {
  it('magnify the whole: a large figure has larger text, a small one hardly smaller', () => {
    const drawing = figures[3].describe(mirrorRun());
    const pixels = (width: number, height?: number) => {
      const svg = renderFigure(drawing, { document, width, height });
      const { width: units } = boxesOf(svg);
      expect(svg).toContain(` width="${width}"`);
      return (12 * width) / units;
    };
    expect(pixels(1920)).toBeCloseTo(36, 1);
    expect(pixels(640)).toBe(12);
    expect(pixels(320)).toBeCloseTo(10, 1);
  });

  it('are refused where they are none', () => {
    for (const wrong of [0, -5, 100, 640.5, Number.NaN, 1e6])
      expect(() => figureSize(wrong)).toThrow(/^width: .* is not a width of a figure \(must be a whole number/);
    expect(() => figureSize(640, 20)).toThrow(/^height: 20 is not a height/);
    expect(figureSize()).toEqual({ width: 640, height: 400 });
    expect(figureSize(320)).toEqual({ width: 320, height: 320 });
    expect(figureSize(undefined, 800)).toEqual({ width: 1280, height: 800 });
  });
});

describe('labels of ticks', () => {
  const labels = (scale: ReturnType<typeof fitted>, ticks: readonly number[]) =>
    ticks.map((tick) => (scale.tickFormat as (tick: number) => string)(tick)).filter((label) => label !== '');
  const edge = { before: 16, after: 16 };

  it('stay apart: all, or every second, third, ... with zero among them', () => {
    const scale = linearScale(-1, 1, 8);
    const ticks = scale.ticks as number[];
    expect(labels(fitted(scale, 'x', 500, edge), ticks)).toHaveLength(ticks.length);
    for (const length of [30, 60, 100, 200]) {
      const kept = labels(fitted(scale, 'x', length, edge), ticks);
      expect(kept).toContain('0.0');
      expect(kept.length * 24).toBeLessThan(length + 60);
    }
  });

  it('of a log axis keep to the decades', () => {
    const scale = logScale(1e-4, 1);
    expect(labels(fitted(scale, 'y', 30, edge), scale.ticks as number[])).toEqual(
      ['10⁻⁴', '10⁻²', '1'].map((x) => (x === '1' ? '10⁰' : x)),
    );
    const short = logScale(0.5, 30);
    expect(labels(fitted(short, 'x', 80, edge), short.ticks as number[])).toEqual(['1', '10']);
    expect(fineTicks(short)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30]);
    expect(fineTicks(linearScale(0, 1))).toEqual([]);
  });
});

describe('a legend', () => {
  const drawing = (points: [number, number][]): PlottedDrawing => ({
    kind: 'plot',
    title: 'x',
    subtitle: 'y',
    columns: 1,
    xLabel: 'a',
    yLabel: 'b',
    legend: { place: 'inside', entries: [{ label: 'those', colour: '#000000' }] },
    panels: [
      {
        options: () => ({
          x: linearScale(0, 1),
          y: linearScale(0, 1),
          marks: [Plot.line(points)],
        }),
      },
    ],
  });
  let Plot: typeof import('@observablehq/plot');
  beforeAll(async () => {
    Plot = await import('@observablehq/plot');
  });
  const corner = (points: [number, number][]) => {
    const { texts } = boxesOf(renderFigure(drawing(points), { document }));
    const { left, top } = texts.find(({ text }) => text === 'those')!;
    return `${top > 300 ? 'below' : ''}${top > 200 ? 'lower' : 'upper'} ${left > 600 ? 'beside' : left > 320 ? 'right' : 'left'}`;
  };

  it('takes the first corner that holds no data, or none of them', () => {
    expect(
      corner([
        [0, 1],
        [1, 0],
      ]),
    ).toBe('upper right');
    expect(
      corner([
        [0, 0.95],
        [1, 0.95],
      ]),
    ).toMatch(/lower left$/);
    expect(
      corner([
        [0, 0.05],
        [1, 0.05],
        [1, 0.95],
        [0.5, 0.5],
      ]),
    ).toBe('upper left');
    const everywhere: [number, number][] = [
      [0, 0.05],
      [1, 0.05],
      [1, 0.95],
      [0, 0.95],
      [0, 0.05],
    ];
    const { texts } = boxesOf(renderFigure(drawing(everywhere), { document }));
    expect(texts.find(({ text }) => text === 'those')!.left).toBeGreaterThan(560);
  });

  it('finds no corner in a panel that is too small for it', () => {
    const marks = document.createElementNS('http://www.w3.org/2000/svg', 'g') as unknown as Element;
    expect(freeCorner(marks, { x: 0, y: 0, width: 50, height: 50 }, { width: 60, height: 10 })).toBeUndefined();
    expect(freeCorner(marks, { x: 0, y: 0, width: 100, height: 50 }, { width: 60, height: 10 })).toEqual({
      x: 32,
      y: 8,
    });
  });
});
