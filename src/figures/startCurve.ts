/** A coefficient against where particles start: points with error bars, the analytic operator as a line. */
import * as Plot from '@observablehq/plot';
import type { Curve, Estimate } from '../analysis/types.js';
import type { AnyResult } from '../results/data.js';
import { type Drawing, empty, type Figure, type LegendEntry, onePanel, sentences } from './figure.js';
import { pointsOf } from './points.js';
import { theory as labelled, unread } from './reading.js';
import { axisFor, linearScale } from './scales.js';
import { blue, theoryInk } from './style.js';

export interface StartCurve {
  readonly curve: Curve;
  /** Its mean over the start: where that was not determined, it says why. */
  readonly mean: Estimate;
  /** Of the axes, without units. */
  readonly xName: string;
  readonly yName: string;
  /** Limits of x [SI]; from 0 to the data's end where it is left out. */
  readonly domain?: readonly [number, number];
  /** How the line comes about. */
  readonly theory?: string;
  /** How to read the rest. */
  readonly footnote?: string;
}

/** A note of an estimate as a sentence. */
const sentence = (note: string) => `${note[0].toUpperCase()}${note.slice(1)}.`;

/**
 * Draws a curve over the start.
 *
 * @param figure whose drawing it is
 * @param result a run
 * @param what the curve, what its axes are called, and what stands beside it
 */
export function startCurve(
  figure: Pick<Figure, 'title'>,
  result: AnyResult,
  { curve, mean, xName, yName, domain, theory = '', footnote = '' }: StartCurve,
): Drawing {
  const at = (values: ArrayLike<number>) => Array.from(curve.x).filter((_, i) => Number.isFinite(values[i]));
  if (at(curve.value).length === 0)
    return empty(
      figure,
      result,
      Number.isNaN(mean.value) && mean.note
        ? sentence(mean.note)
        : 'No bin of the start has enough particles in the fitted window.',
    );
  const x = axisFor(domain ?? at(curve.value), xName, curve.xUnit === '1' ? '' : curve.xUnit);
  const finite = [...curve.value, ...(curve.reference ?? [])].filter(Number.isFinite);
  const y = axisFor(finite, yName, curve.unit);
  const points = pointsOf(curve, x.factor, y.factor);
  const line = pointsOf(curve, x.factor, y.factor, curve.reference ?? []);
  const ends = [0, ...points.flatMap(({ low, high }) => [low, high]), ...line.map((point) => point.y)];
  const room = 0.06 * (Math.max(...ends) - Math.min(...ends));
  const [from, to] = domain ? domain.map((end) => end / x.factor) : [0, 1.04 * Math.max(...points.map((p) => p.x))];
  const low = Math.min(...ends);
  const entries: LegendEntry[] = [{ label: 'estimate ± 1σ', colour: blue, symbol: 'circle', line: false }];
  if (line.length > 0)
    entries.push(
      line.length > 1
        ? { label: 'analytic', colour: theoryInk }
        : { label: 'analytic', colour: theoryInk, symbol: 'diamond', hollow: true, line: false },
    );
  return onePanel(figure, result, {
    xLabel: x.label,
    yLabel: y.label,
    legend: { entries, place: 'inside' },
    footnote: sentences(line.length > 0 ? theory : '', footnote, 'Error bars: one standard error.'),
    panel: () => ({
      x: linearScale(from, to),
      y: linearScale(low < 0 ? low - room : 0, Math.max(...ends) + room),
      marks: [
        ...(low < 0 ? [Plot.ruleY([0], { stroke: theoryInk, strokeOpacity: 0.3 })] : []),
        labelled(Plot.line(line, { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4 }), 'analytic'),
        // One bin alone makes no line.
        ...(line.length === 1
          ? [unread(Plot.dot(line, { x: 'x', y: 'y', r: 6, symbol: 'diamond', stroke: theoryInk, strokeWidth: 1.4 }))]
          : []),
        Plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: blue, strokeWidth: 1.4 }),
        Plot.dot(points, { x: 'x', y: 'y', r: 3, fill: blue }),
      ],
    }),
  });
}
