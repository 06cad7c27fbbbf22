/** Curves against time as markers with error bars: what most figures of moments are. */
import * as Plot from '@observablehq/plot';
import type { Curve } from '../analysis/types.js';
import type { AnyResult } from '../results/data.js';
import { type Drawing, empty, type LegendEntry, onePanel } from './figure.js';
import { pointsOf } from './points.js';
import { axisFor, linearScale, logScale, timeScale } from './scales.js';
import { thinned } from './thin.js';

export interface TimeSeries {
  readonly curve: Curve;
  /** In the legend, which one series alone does not need. */
  readonly label: string;
  readonly colour: string;
  readonly symbol: string;
  /** Markers that are outlines, so that those beneath show. */
  readonly hollow?: boolean;
}

export interface TimeSeriesOptions {
  /** Name of the vertical axis. */
  readonly name: string;
  readonly unit: string;
  /** What a number of a curve is divided by to have that unit. */
  readonly divisor?: number;
  /** The vertical axis: about the values, from zero, or logarithmic. */
  readonly scale: 'near' | 'zero' | 'log';
  readonly footnote: string;
}

/** Values below this part of the largest are left out of a logarithmic axis: they are rounding. */
const deepest = 1e-9;

/** The drawing of a figure that shows curves against time. */
export function timeSeriesDrawing(
  figure: { readonly title: string },
  result: AnyResult,
  series: readonly TimeSeries[],
  { name, unit, divisor = 1, scale, footnote }: TimeSeriesOptions,
): Drawing {
  const log = scale === 'log';
  const all = series.flatMap(({ curve }) => pointsOf(curve, 1, divisor));
  const largest = Math.max(...all.map(({ y }) => Math.abs(y)));
  const shown = ({ y }: { y: number }) => !log || y > deepest * largest;
  const [{ curve: first }] = series;
  if (all.filter(shown).length < 2 * series.length)
    return empty(figure, result, 'Too few snapshots with particles inside for a curve.');
  const time = axisFor(first.x, 'time', 's');
  const axis = axisFor([largest], name, unit);
  const end = first.x[first.x.length - 1] / time.factor;
  const drawn = series.map((one) => ({
    ...one,
    points: thinned(pointsOf(one.curve, time.factor, divisor * axis.factor).filter(shown), ({ x }) => x / end),
  }));
  const points = drawn.flatMap((one) => one.points);
  const least = log ? Math.min(...points.map(({ y }) => y)) : Math.min(...points.map(({ low }) => low));
  const most = Math.max(...points.map(({ high }) => high));
  // Never so close that rounding looks like physics.
  const room = Math.max(0.08 * (most - least), 0.01 * Math.max(Math.abs(most), Math.abs(least)));
  const [bottom, top] = log
    ? [least / 1.6, most * 1.6]
    : [scale === 'zero' ? Math.min(0, least - room) : least - room, most + room];
  const entries: LegendEntry[] = drawn.map(({ label, colour, symbol, hollow }) => ({
    label,
    colour,
    symbol,
    hollow,
    line: false,
  }));
  return onePanel(figure, result, {
    xLabel: time.label,
    yLabel: axis.label,
    ...(series.length > 1 && { legend: { entries, place: 'inside' as const } }),
    footnote,
    panel: () => ({
      x: timeScale(end),
      y: log ? logScale(bottom, top) : linearScale(bottom, top),
      marks: drawn.flatMap(({ points, colour, symbol, hollow }) => [
        Plot.ruleX(points, {
          x: 'x',
          y1: ({ low }: { low: number }) => Math.max(bottom, low),
          y2: 'high',
          stroke: colour,
          strokeWidth: 1.4,
        }),
        Plot.dot(points, {
          x: 'x',
          y: 'y',
          r: hollow ? 4.4 : 2.8,
          symbol,
          fill: hollow ? 'none' : colour,
          stroke: colour,
          strokeWidth: hollow ? 1.4 : 1,
        }),
      ]),
    }),
  });
}
