/** The figure of a reference case: exact curves, estimates with error bars, and below how far each is from its reference. */
import * as Plot from '@observablehq/plot';
import { grouped, formula as pretty } from '../results/format.js';
import type { DrawnFigure } from '../results/write.js';
import type { CaseResult, JudgedFinding, Series } from '../validation/index.js';
import { type LegendEntry, type Panel, type PlottedDrawing, sentences } from './figure.js';
import type { DrawOptions } from './index.js';
import { linearScale, logScale } from './scales.js';
import { blue, dashes, faintInk, ink, orderedColours, symbols, vermilion } from './style.js';

/** What a figure reads of a case. */
export type DrawnCase = Pick<CaseResult, 'id' | 'title' | 'source' | 'findings' | 'figure' | 'particles'>;

interface Point {
  readonly x: number;
  readonly value: number;
  readonly error: number;
}

interface Style {
  readonly colour: string;
  readonly symbol: (typeof symbols)[number];
  readonly dash: string;
  /** Of its points: those of one series after the other are smaller, so that one on top of another leaves its rim to be seen. */
  readonly radius: number;
}

/** Basename of a case's figure: `B2'` is `B2-prime`. */
const fileName = (id: string) => id.replaceAll("'", '-prime');

/**
 * Draws the figure of a reference case.
 *
 * @param result of `validate`
 * @param options document, size, PNG; 640 x 560 by default
 * @returns name, SVG text and PNG bytes
 */
export async function drawCase(result: DrawnCase, options: DrawOptions = {}): Promise<DrawnFigure> {
  const { png = true, width = 640, height = options.width === undefined ? 560 : undefined } = options;
  const { renderFigure } = await import('./render.js');
  const document = options.document ?? (await (await import('./index.js')).serverDocument());
  const svg = renderFigure(describeCase(result), { document, width, height });
  const name = fileName(result.id);
  if (!png) return { name, svg };
  return { name, svg, png: await (await import('./png.js')).renderPng(svg) };
}

/** What is drawn of a case. */
export function describeCase({ id, title, source, findings, figure, particles }: DrawnCase): PlottedDrawing {
  const labels = [...new Set(figure.series.map(({ label }) => label))];
  const styles = stylesOf(labels);
  const panels: Panel[] = [estimatesPanel(findings, figure, styles)];
  const placed = findings.filter(({ at }) => at !== undefined);
  if (figure.residuals !== false && placed.length > 0) panels.push(scoresPanel(placed, figure, styles));
  const entries = labels.map((label): LegendEntry => {
    const { colour, symbol, dash } = styles(label);
    const mine = figure.series.filter((series) => series.label === label);
    const lines = mine.some(({ curve }) => curve !== undefined);
    const dots = mine.some(({ points }) => points !== undefined) || placed.some(({ at }) => at?.series === label);
    const data = mine.some(({ measured }) => measured);
    const drawn = data && dots ? '7 3' : dash;
    return {
      label: pretty(label),
      colour,
      line: lines,
      ...(lines ? { dash: drawn } : {}),
      ...(dots ? { symbol } : {}),
    };
  });
  if (figure.band) entries.push({ label: pretty(figure.band.label), colour: '#999999', patch: 0.25, line: false });
  const bars =
    placed.some(({ standardError }) => standardError > 0) || figure.series.some(({ points }) => points !== undefined);
  const count = `${grouped(particles)} ${particles === 1 ? 'particle' : 'particles'}`;
  return {
    kind: 'plot',
    title: `${id}: ${pretty(title)}`,
    subtitle: pretty(source),
    panels,
    columns: 1,
    xLabel: pretty(figure.xLabel),
    yLabel: '',
    legend: { entries },
    footnote: sentences(
      figure.note ? pretty(figure.note) : '',
      bars ? 'Bars: ±1 standard error.' : '',
      `${count} in all.`,
    ),
  };
}

/** Few series take colours that differ, many the steps of an ordered scale. */
function stylesOf(labels: readonly string[]): (label: string) => Style {
  const colours =
    labels.length === 1 ? [blue] : labels.length === 2 ? [blue, vermilion] : orderedColours(labels.length);
  return (label) => {
    const i = Math.max(0, labels.indexOf(label));
    const radius = 3.2 + 0.9 * Math.max(0, Math.min(labels.length, 4) - 1 - i);
    return { colour: colours[i] ?? ink, symbol: symbols[i % 4], dash: dashes[i % dashes.length], radius };
  };
}

/** Where a case's estimates and curves lie along x. */
function range(findings: readonly JudgedFinding[], { series, xLog }: DrawnCase['figure']): [number, number] {
  const x = [
    ...findings.flatMap(({ at }) => (at ? [at.x] : [])),
    ...series.flatMap(({ curve = [], points = [] }) => [...curve.map(([at]) => at), ...points.map(([at]) => at)]),
  ].filter((value) => Number.isFinite(value) && (!xLog || value > 0));
  return padded(Math.min(...x), Math.max(...x), xLog === true, 0.02);
}

function padded(from: number, to: number, log: boolean, share: number): [number, number] {
  if (log) {
    const factor = Math.max(to / from, 1.01) ** share;
    return [from / factor, to * factor];
  }
  const room = share * (to - from || Math.abs(to) || 1);
  return [from - room, to + room];
}

const scale = (from: number, to: number, log: boolean | undefined, count: number) =>
  log ? logScale(from, to) : linearScale(from, to, count);

function estimatesPanel(
  findings: readonly JudgedFinding[],
  figure: DrawnCase['figure'],
  styles: (label: string) => Style,
): Panel {
  const all = figure.series.map((series) => ({
    series,
    style: styles(series.label),
    points: pointsOf(series, findings),
  }));
  // of a label that several series have, the points are drawn once
  const seen = new Set<string>();
  const dots = all.filter(({ series }) => !seen.has(series.label) && seen.add(series.label));
  const positive = (y: number) => Number.isFinite(y) && (!figure.yLog || y > 0);
  const y = [
    ...all.flatMap(({ series }) => (series.curve ?? []).map(([, value]) => value)),
    ...dots.flatMap(({ points }) => points.flatMap(({ value, error }) => [value - error, value + error, value])),
    ...(figure.band ? [figure.band.low, figure.band.high] : []),
  ].filter(positive);
  const [bottom, top] = padded(Math.min(...y), Math.max(...y), figure.yLog === true, 0.06);
  const [left, right] = range(findings, figure);
  return {
    title: pretty(figure.yLabel),
    options: () => ({
      x: scale(left, right, figure.xLog, 6),
      y: scale(bottom, top, figure.yLog, 5),
      marks: [
        ...(figure.band
          ? [
              Plot.rect([figure.band], {
                x1: left,
                x2: right,
                y1: 'low',
                y2: 'high',
                fill: '#999999',
                fillOpacity: 0.25,
              }),
            ]
          : []),
        ...all.flatMap(({ series, style }) =>
          series.curve
            ? [
                Plot.line(series.curve.filter(([, value]) => positive(value)) as [number, number][], {
                  stroke: style.colour,
                  strokeWidth: series.measured && !series.points ? 1 : 1.5,
                  ...dashed(series, style),
                }),
              ]
            : [],
        ),
        ...dots.flatMap(({ style, points }) => [
          Plot.ruleX(points, {
            x: 'x',
            y1: (p: Point) => Math.max(bottom, p.value - p.error),
            y2: (p: Point) => p.value + p.error,
            stroke: style.colour,
            strokeWidth: 1.2,
          }),
          Plot.dot(points, {
            x: 'x',
            y: 'value',
            r: style.radius,
            symbol: style.symbol,
            fill: style.colour,
            stroke: '#ffffff',
            strokeWidth: 0.6,
          }),
        ]),
      ],
    }),
  };
}

/** A fit through the data is dashed; so is all but the first of several lines. */
function dashed(series: Series, { dash }: Style): { strokeDasharray?: string } {
  if (series.measured && series.points) return { strokeDasharray: '7 3' };
  return dash === 'none' ? {} : { strokeDasharray: dash };
}

function pointsOf({ label, points = [] }: Series, findings: readonly JudgedFinding[]): Point[] {
  const own = findings
    .filter(({ at }) => at?.series === label)
    .map(({ at, estimate, standardError }) => ({ x: at?.x ?? Number.NaN, value: estimate, error: standardError }));
  return [...own, ...points.map(([x, value, error]) => ({ x, value, error }))].filter(({ value }) =>
    Number.isFinite(value),
  );
}

/** z of every estimate, or its deviation over its tolerance, within the limits it must keep. */
function scoresPanel(
  findings: readonly JudgedFinding[],
  figure: DrawnCase['figure'],
  styles: (label: string) => Style,
): Panel {
  const tolerance = findings.every(({ test }) => test === 'tolerance');
  const limit = tolerance ? 1 : 5;
  const most = Math.min(1e3, Math.max(limit * 1.3, 1.1 * Math.max(...findings.map(({ score }) => Math.abs(score)))));
  const [left, right] = range(findings, figure);
  const shown = findings.map(({ at, score }) => ({
    x: at?.x ?? Number.NaN,
    score: Math.max(-most, Math.min(most, score)),
    ...styles(at?.series ?? ''),
  }));
  return {
    title: tolerance ? 'deviation / tolerance' : '(estimate − reference) / standard error',
    options: () => ({
      x: scale(left, right, figure.xLog, 6),
      y: linearScale(-most, most, 4),
      marks: [
        Plot.rect([{ low: -limit, high: limit }], {
          x1: left,
          x2: right,
          y1: 'low',
          y2: 'high',
          fill: '#999999',
          fillOpacity: 0.15,
        }),
        Plot.ruleY([0], { stroke: faintInk }),
        Plot.ruleY([-limit, limit], { stroke: faintInk, strokeDasharray: '4 3' }),
        ...[...new Set(shown.map(({ symbol }) => symbol))].map((symbol) =>
          Plot.dot(
            shown.filter((point) => point.symbol === symbol),
            { x: 'x', y: 'score', r: 3, symbol, fill: 'colour', stroke: '#ffffff', strokeWidth: 0.6 },
          ),
        ),
      ],
    }),
  };
}
