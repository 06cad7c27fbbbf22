/** Probability of a loss before t, counted with the weights of rare-event splitting. */
import * as Plot from '@observablehq/plot';
import type { Curve } from '../analysis/types.js';
import type { ResultData } from '../results/data.js';
import { measured } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel } from './figure.js';
import { theory } from './reading.js';
import { axisFor, linearScale, logScale, timeScale } from './scales.js';
import { blue, theoryInk } from './style.js';

/** Below this part of the least estimate nothing is drawn: the probability falls to nothing as t -> 0. */
const ROOM = 4;
/** A probability that is known no better than this part of it hangs on a few ancestors and is most often too low: it is not drawn. */
const VAGUE = 0.25;

export const lossProbability: Figure = {
  name: 'loss-probability',
  title: 'Probability of a loss before t',
  applies: (result) => result.estimates.lossProbabilityCurve !== undefined,
  describe(result) {
    const { lossProbabilityCurve: curve, lossProbability: last } = result.estimates;
    if (!curve || !last) return empty(this, result, 'The scenario asks for no splitting: rare losses are not counted.');
    if (!(last.value > 0))
      return empty(this, result, `The probability is not known: ${last.note ?? 'no branch was lost'}.`);
    const time = axisFor(curve.x, 'time', 's');
    const seen = marks(result, curve);
    const bottom = seen[0].value / ROOM;
    const points = seen.map(({ t, value, error }) => ({
      t: t / time.factor,
      value,
      low: Math.max(bottom, value - error),
      high: value + error,
    }));
    // while nothing is lost there is nothing to see
    const end = curve.x[curve.x.length - 1] / time.factor;
    const begin = points[0].t > end / 4 ? points[0].t - 0.15 * (end - points[0].t) : 0;
    const exact = Array.from(curve.reference ?? [], (value, i) => ({ t: curve.x[i] / time.factor, value })).filter(
      ({ t, value }) => t >= begin && value >= bottom,
    );
    const top = ROOM * Math.max(...points.map(({ high }) => high), ...exact.map(({ value }) => value));
    const entries: LegendEntry[] = [{ label: 'splitting ± 1σ', colour: blue, symbol: 'circle', patch: 0.25 }];
    if (exact.length > 0) entries.push({ label: 'exact', colour: theoryInk, dash: '2 3' });
    const found = `At the end of the run: ${measured(last.value, last.standardError, '1')}`;
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: 'probability of a loss before t',
      legend: { entries, place: 'inside' },
      footnote: last.reference === undefined ? `${found}.` : `${found}, exact ${measured(last.reference, 0, '1')}.`,
      panel: () => ({
        x: begin > 0 ? linearScale(begin, end + 0.02 * (end - begin)) : timeScale(end),
        y: logScale(bottom, top),
        marks: [
          Plot.areaY(points, { x: 't', y1: 'low', y2: 'high', fill: blue, fillOpacity: 0.25 }),
          Plot.ruleX(points, { x: 't', y1: 'low', y2: 'high', stroke: blue }),
          Plot.dot(points, { x: 't', y: 'value', r: 2.2, fill: blue }),
          theory(Plot.line(exact, { x: 't', y: 'value', stroke: theoryInk, strokeWidth: 1.6, strokeDasharray: '2 3' })),
        ],
      }),
    });
  },
};

/**
 * Times at which the counted losses are all those before, and no other. A loss is credited to the middle of its step: where the bins
 * of loss time are finer than the steps the count rises by stairs, and is right at the snapshots, where steps end.
 */
function marks({ plan }: ResultData, { x, value, standardError }: Curve) {
  const width = x[1] - x[0];
  const stairs = width < (plan.reference.longestStep ?? 0);
  const found = Array.from(stairs ? plan.axes.times : x, (t) => {
    const i = Math.min(x.length - 1, Math.max(0, Math.round((t - x[0]) / width)));
    return { t, value: value[i], error: standardError[i] || 0 };
  });
  const lost = found.filter(({ value: p }) => p > 0);
  const clear = lost.filter(({ value: p, error }) => error <= VAGUE * p);
  return clear.length > 0 ? clear : lost;
}
