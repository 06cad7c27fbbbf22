/** The loss rate of those left against time: a transient, then the slowest mode. */
import * as Plot from '@observablehq/plot';
import { measured } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel, sentences } from './figure.js';
import { lossMode } from './lossMode.js';
import { nothingLost } from './nothingLost.js';
import { pointsOf } from './points.js';
import { theory } from './reading.js';
import { axisFor, linearScale, timeScale } from './scales.js';
import { blue, vermilion } from './style.js';
import { thinned } from './thin.js';

/** A point whose error is larger than this many times the loss rate says nothing, and would set the axis. */
const vague = 1;

export const hazard: Figure = {
  name: 'hazard',
  title: 'Loss rate of those left',
  describe(result) {
    const { hazard: curve, lossRate } = result.estimates;
    const lost = Array.from(curve.value).filter((value) => value > 0);
    const tooFew = 'Too few losses for a rate against time.';
    if (lost.length < 2)
      return lost.length > 0 ? empty(this, result, tooFew) : nothingLost(this, result, 'No particle was lost.');
    const time = axisFor(curve.x, 'time', 's');
    const rate = axisFor(lost, 'loss rate of those left', curve.unit);
    const end = curve.x[curve.x.length - 1] / time.factor;
    const clear = (lossRate.value > 0 ? lossRate.value : Math.max(...lost)) * vague;
    const points = thinned(
      pointsOf(curve, time.factor, rate.factor).filter(({ y, high }) => (high - y) * rate.factor < clear),
      ({ x }) => x / end,
    );
    if (points.length < 2) return empty(this, result, tooFew);
    const { fit } = lossRate;
    const mode =
      lossRate.value > 0 && fit
        ? [fit.from, fit.to].map((t) => ({
            x: t / time.factor,
            y: lossRate.value / rate.factor,
            low: (lossRate.value - lossRate.standardError) / rate.factor,
            high: (lossRate.value + lossRate.standardError) / rate.factor,
          }))
        : [];
    const kind = lossMode(lossRate);
    const entries: LegendEntry[] = [{ label: 'rate ± 1σ', colour: blue, symbol: 'circle', line: false }];
    if (mode.length > 0) entries.push({ label: kind.legend, colour: vermilion });
    const top = 1.12 * Math.max(...points.map(({ high }) => high), ...mode.map(({ high }) => high));
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: rate.label,
      legend: { entries, place: 'inside' },
      footnote: sentences(
        mode.length > 0
          ? `Line: ${measured(lossRate.value, lossRate.standardError, lossRate.unit)}, ${kind.isMean ? 'the mean over its length' : 'where it was fitted'}.`
          : '',
        'Error bars: one standard error.',
      ),
      panel: () => ({
        x: timeScale(end),
        y: linearScale(0, top),
        marks: [
          Plot.ruleX(points, {
            x: 'x',
            y1: (p) => Math.max(0, p.low),
            y2: 'high',
            stroke: blue,
            strokeWidth: 1.2,
          }),
          Plot.dot(points, { x: 'x', y: 'y', r: 2.6, fill: blue }),
          Plot.areaY(mode, { x: 'x', y1: 'low', y2: 'high', fill: vermilion, fillOpacity: 0.3 }),
          theory(Plot.line(mode, { x: 'x', y: 'y', stroke: vermilion, strokeWidth: 2 }), kind.legend),
        ],
      }),
    });
  },
};
