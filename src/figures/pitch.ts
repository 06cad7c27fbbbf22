/** One speed: f against pitch at several times, with error bars, and the exact lines where there are any. */
import * as Plot from '@observablehq/plot';
import { pitchCourse } from '../analysis/pitchCourse.js';
import type { Distribution } from '../analysis/types.js';
import type { ResultData } from '../results/data.js';
import { scaleFor } from '../results/format.js';
import { type Drawing, empty, type Figure, type LegendEntry, onePanel, sentences } from './figure.js';
import { countedAlong, insideAt, tellingTimes } from './heat.js';
import { bothCones, lossConeEntry } from './lossCone.js';
import { theory } from './reading.js';
import { linearScale, logScale } from './scales.js';
import { dashes, orderedColours, symbols } from './style.js';

/** A first curve this much higher than the others asks for a log axis. */
const beam = 3;

interface Point {
  readonly xi: number;
  readonly f: number;
  readonly low: number;
  readonly high: number;
}

interface ExactPoint {
  readonly xi: number;
  readonly f: number;
}

/** Exact values at the middles of bins; undefined where there are none, as of a start at one pitch. */
function exactPoints(f: Float64Array | undefined, middle: (i: number) => number): ExactPoint[] | undefined {
  return f?.some(Number.isFinite) ? Array.from(f, (value, i) => ({ xi: middle(i), f: value })) : undefined;
}

/**
 * f(xi) at several times in one panel, the loss cone shaded where pitch is the midplane's. Where scattering alone changes the
 * pitch the lines are the exact solution from the scenario's start, and the run's points lie on them.
 *
 * @param figure whose drawing it is
 * @param result a run
 * @param distribution `[time, 1 speed, xi]`
 */
export function pitchCurves(
  figure: Pick<Figure, 'title'>,
  result: ResultData,
  distribution: Distribution,
  xLabel: string,
  showCone: boolean,
): Drawing {
  const times = tellingTimes(insideAt(distribution), distribution.axes[0].edges, 6);
  if (times.length === 0) return empty(figure, result, 'No particle was tallied.');
  const bins = distribution.shape[2];
  const { edges: snapshots } = distribution.axes[0];
  const { edges } = distribution.axes[2];
  const time = scaleFor(snapshots[snapshots.length - 1], 's');
  const colours = orderedColours(times.length);
  const course = pitchCourse(result.scenario, result.plan);
  const middle = (i: number) => (edges[i] + edges[i + 1]) / 2;
  const series = times.map((t, k) => ({
    colour: colours[k],
    dash: dashes[k],
    symbol: symbols[k % symbols.length],
    exact: exactPoints(course?.(t), middle),
    label: `${Number((snapshots[t] / time.factor).toPrecision(3))} ${time.label}`,
    points: Array.from({ length: bins }, (_, i): Point => {
      const f = distribution.f[t * bins + i];
      const error = distribution.standardError[t * bins + i];
      return { xi: middle(i), f, low: f - error, high: f + error };
    }),
  }));
  const peaks = series.map(({ points, exact }) =>
    Math.max(...points.map(({ high }) => high), ...(exact ?? []).map(({ f }) => f)),
  );
  // A beam would press everything that follows it flat.
  const logarithmic = peaks[0] > beam * Math.max(0, ...peaks.slice(1));
  const top = (logarithmic ? 1.5 : 1.05) * Math.max(...peaks);
  const seen = series.flatMap(({ points }) => points.map(({ f }) => f)).filter((f) => f > 0);
  const bottom = logarithmic ? Math.max(Math.min(...seen) / 1.5, top * 1e-4) : 0;
  const drawn = ({ f }: { f: number }) => !logarithmic || f >= bottom;
  const { xiLossCone } = result.plan.reference;
  const cone = showCone && xiLossCone > 0 && xiLossCone < 1;
  const legend: LegendEntry[] = series.map(({ colour, dash, label, symbol, exact }) => ({
    label,
    colour,
    dash,
    ...(course && { symbol, line: exact !== undefined }),
  }));
  if (cone) legend.push(lossConeEntry);
  return onePanel(figure, result, {
    xLabel,
    yLabel: distribution.unit === '1' ? 'f per unit ξ and particle started' : 'f',
    legend: { title: course ? 'time (lines: exact)' : 'time', entries: legend },
    footnote: sentences(
      course ? 'Lines: exact, scattering alone from this start.' : '',
      'Error bars: one standard error.',
      countedAlong(result, distribution),
    ),
    panel: () => ({
      x: linearScale(-1, 1, 4),
      y: logarithmic ? logScale(bottom, top) : linearScale(bottom, top),
      marks: [
        ...(cone ? [bothCones(xiLossCone, bottom, top)] : []),
        ...series.flatMap(({ points, colour, dash, symbol, exact }) => [
          Plot.ruleX(points.filter(drawn), {
            x: 'xi',
            y1: (p: Point) => Math.max(bottom, p.low),
            y2: 'high',
            stroke: colour,
            strokeOpacity: 0.7,
          }),
          ...(course
            ? [
                theory(
                  Plot.line(exact ?? [], {
                    x: 'xi',
                    y: (p: ExactPoint) => (drawn(p) ? p.f : Number.NaN),
                    stroke: colour,
                    strokeWidth: 1.6,
                    ...(dash === 'none' ? {} : { strokeDasharray: dash }),
                  }),
                ),
                Plot.dot(points.filter(drawn), { x: 'xi', y: 'f', r: 2, symbol, fill: colour }),
              ]
            : [
                Plot.line(points, {
                  x: 'xi',
                  // A gap, not a drop to the bottom, where a log axis has no place for it.
                  y: (p: Point) => (drawn(p) ? p.f : Number.NaN),
                  stroke: colour,
                  strokeWidth: 1.8,
                  ...(dash === 'none' ? {} : { strokeDasharray: dash }),
                }),
                // A bin between empty ones is no line: it would be invisible.
                Plot.dot(
                  points.filter(
                    (p, i) =>
                      drawn(p) && !(points[i - 1] && drawn(points[i - 1])) && !(points[i + 1] && drawn(points[i + 1])),
                  ),
                  { x: 'xi', y: 'f', r: 2.5, fill: colour },
                ),
              ]),
        ]),
      ],
    }),
  });
}
