/** Curves of several runs on the same axes. */
import * as Plot from '@observablehq/plot';
import type { Curve } from '../analysis/types.js';
import { symbols } from '../results/format.js';
import type { Drawing, LegendEntry } from './figure.js';
import { type Point, pointsOf } from './points.js';
import { axisFor, linearScale, logScale, timeScale } from './scales.js';
import { blue, theoryInk, vermilion } from './style.js';
import { thinned } from './thin.js';

export interface OverlayOptions {
  readonly title: string;
  readonly subtitle: string;
  /** Whether the vertical axis is logarithmic: what is not positive is left out. */
  readonly log: boolean;
  /** At most two, of one quantity. */
  readonly series: readonly { readonly label: string; readonly curve: Curve }[];
}

/** A filled marker below, an outline about it above: both are seen where they agree. */
const looks = [
  { colour: blue, symbol: 'circle', hollow: false, r: 2.8, dash: '2 3' },
  { colour: vermilion, symbol: 'square', hollow: true, r: 4.4, dash: '7 3' },
] as const;

/** Values below this part of the largest are left out of a logarithmic axis: they are rounding. */
const deepest = 1e-9;
/** Places that are all positive and span more than this take a logarithmic axis. */
const wideSpan = 100;

const same = (a: Curve, b: Curve) =>
  a.reference?.length === b.reference?.length &&
  (a.reference ?? []).every((value, i) => value === b.reference![i]) &&
  a.x.every((x, i) => x === b.x[i]);

/**
 * One quantity of two runs, with error bars, and exact theory where the estimates carry it.
 * @param options what to draw, in SI
 */
export function overlayDrawing({ title, subtitle, log, series }: OverlayOptions): Drawing {
  const places = series.flatMap(({ curve }) => [...curve.x]);
  const all = series.flatMap(({ curve }) => pointsOf(curve, 1, 1));
  const largest = Math.max(0, ...all.map(({ y }) => Math.abs(y)));
  const shown = ({ y }: Point) => !log || y > deepest * largest;
  if (all.filter(shown).length < 2)
    return {
      kind: 'empty',
      title,
      subtitle,
      reason: log && all.length > 1 ? 'No value is positive: a linear axis shows them.' : 'Too few values for a curve.',
    };
  const [{ curve: first }] = series;
  const across = axisFor(places, first.xLabel, first.xUnit);
  const up = axisFor([largest], symbols(first.label), first.unit);
  const [from, to] = [Math.min(...places) / across.factor, Math.max(...places) / across.factor];
  const drawn = series.map(({ label, curve }, i) => ({
    label,
    look: looks[i % looks.length],
    points: thinned(pointsOf(curve, across.factor, up.factor).filter(shown), ({ x }) => (x - from) / (to - from || 1)),
    exact: curve.reference ? pointsOf(curve, across.factor, up.factor, curve.reference).filter(shown) : [],
  }));
  const values = drawn.flatMap(({ points, exact }) => [...points, ...exact]).map(({ y }) => y);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // A bar that is much longer than all that is to be seen may leave the axes.
  const reach = most - least || Math.abs(most) || 1;
  const low = Math.min(
    ...drawn.flatMap(({ points }) => points.map((point) => Math.max(point.low, least - reach / 2))),
    least,
  );
  const high = Math.max(
    ...drawn.flatMap(({ points }) => points.map((point) => Math.min(point.high, most + reach / 2))),
    most,
  );
  const room = Math.max(0.06 * (high - low), 0.01 * Math.max(Math.abs(high), Math.abs(low)));
  const [bottom, top] = log ? [least / 1.6, most * 1.6] : [low - room, high + room];
  const clip = (y: number) => Math.max(bottom, Math.min(top, y));
  const entries: LegendEntry[] = drawn.map(({ label, look }) => ({
    label,
    colour: look.colour,
    symbol: look.symbol,
    hollow: look.hollow,
    line: false,
  }));
  const theories = drawn.filter(({ exact }) => exact.length > 0);
  const oneTheory = theories.length === 2 && same(series[0].curve, series[1].curve);
  for (const { label, look } of oneTheory ? theories.slice(0, 1) : theories)
    entries.push({ label: oneTheory ? 'exact' : `exact, ${label}`, colour: theoryInk, dash: look.dash });
  const wide = from > 0 && to / from > wideSpan;
  const margin = 0.02 * (to - from);
  return {
    kind: 'plot',
    title,
    subtitle,
    columns: 1,
    xLabel: across.label,
    yLabel: up.label,
    legend: { entries, place: 'inside' },
    panels: [
      {
        options: () => ({
          x: wide
            ? logScale(from / 1.1, to * 1.1)
            : from === 0
              ? timeScale(to)
              : linearScale(from - margin, to + margin),
          y: log ? logScale(bottom, top) : linearScale(bottom, top),
          marks: drawn.flatMap(({ points, exact, look: { colour, symbol, hollow, r, dash } }) => [
            Plot.line(exact, { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4, strokeDasharray: dash }),
            Plot.ruleX(points, {
              x: 'x',
              y1: (point: Point) => clip(point.low),
              y2: (point: Point) => clip(point.high),
              stroke: colour,
              strokeWidth: 1.4,
            }),
            Plot.dot(points, {
              x: 'x',
              y: 'y',
              r,
              symbol,
              fill: hollow ? 'none' : colour,
              stroke: colour,
              strokeWidth: 1.4,
            }),
          ]),
        }),
      },
    ],
  };
}
