/** The fraction inside against time, with the slowest mode. */
import * as Plot from '@observablehq/plot';
import type { Curve, Estimate } from '../analysis/types.js';
import { measured } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel } from './figure.js';
import { lossMode } from './lossMode.js';
import { nothingLost } from './nothingLost.js';
import { theory, unread } from './reading.js';
import { axisFor, logScale, timeScale } from './scales.js';
import { blue, ink, vermilion } from './style.js';

interface Point {
  readonly t: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const survivalCurve: Figure = {
  name: 'survival',
  title: 'Survival: fraction of the particles inside',
  describe(result) {
    const { survival, lossRate } = result.estimates;
    const last = survival.value[survival.value.length - 1];
    if (survival.value.length < 2) return empty(this, result, 'One snapshot is no curve: ask for more times.');
    if (!survival.value.some((value) => value > 0)) return empty(this, result, 'No particle has been followed yet.');
    if (last === 1)
      return nothingLost(this, result, 'Nothing is lost: every particle is inside at the end of the run.');
    const time = axisFor(survival.x, 'time', 's');
    const positive = Array.from(survival.value).filter((value) => value > 0);
    const least = Math.min(0.97, ...positive);
    const [bottom, top] = [least ** 1.12, least ** -0.04];
    const points = Array.from(survival.value, (value, i): Point => {
      const error = survival.standardError[i] || 0;
      return {
        t: survival.x[i] / time.factor,
        value,
        low: Math.max(bottom, value - error),
        high: Math.max(bottom, Math.min(1, value + error)),
      };
    }).filter(({ value }) => value > 0);
    const mode = slowestMode(survival, lossRate, bottom, time.factor);
    const kind = lossMode(lossRate);
    const entries: LegendEntry[] = [{ label: 'inside ± 1σ', colour: blue, symbol: 'circle', patch: 0.25 }];
    const exact = Array.from(survival.reference ?? [], (value, i) => ({
      t: survival.x[i] / time.factor,
      value,
    })).filter(({ value }) => value >= bottom);
    if (exact.length > 0) entries.push({ label: 'exact', colour: ink, dash: '2 3' });
    if (mode) entries.push({ label: kind.legend, colour: vermilion, dash: '8 4' });
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: 'fraction inside',
      legend: { entries, place: 'inside' },
      footnote: Number.isNaN(lossRate.value)
        ? undefined
        : `${kind.sentence}: ${kind.isMean ? 'mean ' : ''}loss rate ${measured(lossRate.value, lossRate.standardError, lossRate.unit)}${mode?.window ? (kind.isMean ? ' of those left where solid' : ', fitted where solid') : ''}.`,
      panel: () => ({
        x: timeScale(survival.x[survival.x.length - 1] / time.factor),
        y: logScale(bottom, top),
        marks: [
          Plot.areaY(points, { x: 't', y1: 'low', y2: 'high', fill: blue, fillOpacity: 0.25 }),
          ...(mode
            ? [
                theory(
                  Plot.line(mode.whole, {
                    x: 't',
                    y: 'value',
                    stroke: vermilion,
                    strokeWidth: 1.8,
                    strokeDasharray: '8 4',
                  }),
                  kind.legend,
                ),
                unread(Plot.line(mode.window ?? [], { x: 't', y: 'value', stroke: vermilion, strokeWidth: 1.8 })),
              ]
            : []),
          theory(Plot.line(exact, { x: 't', y: 'value', stroke: ink, strokeWidth: 1.4, strokeDasharray: '2 3' })),
          Plot.ruleX(points, { x: 't', y1: 'low', y2: 'high', stroke: blue }),
          Plot.dot(points, { x: 't', y: 'value', r: 2.2, fill: blue }),
        ],
      }),
    });
  },
};

type Line = { t: number; value: number }[];

/** The exponential of the loss rate through the survival curve: its rate is the estimate's, its height the mean over the window. */
function slowestMode(
  survival: Curve,
  lossRate: Estimate,
  bottom: number,
  factor: number,
): { whole: Line; window?: Line } | undefined {
  const { value: rate, fit } = lossRate;
  if (!(rate > 0)) return undefined;
  const end = survival.x[survival.x.length - 1];
  const from = fit?.from ?? end / 2;
  const to = fit?.to ?? end;
  let height = 0;
  let points = 0;
  survival.x.forEach((t, i) => {
    if (t < from * (1 - 1e-9) || t > to * (1 + 1e-9) || !(survival.value[i] > 0)) return;
    height += Math.log(survival.value[i]) + rate * t;
    points++;
  });
  if (points === 0) return undefined;
  const at = (t: number) => Math.exp(height / points - rate * t);
  // An exponential is straight on a log axis: its ends are all it needs, kept inside of the axes.
  const line = (first: number, last: number): Line => {
    // Above 1 there is nothing to compare with.
    const top = Math.max(first, height / points / rate);
    const low = Math.min(last, (height / points - Math.log(bottom)) / rate);
    return low > top ? [top, low].map((t) => ({ t: t / factor, value: at(t) })) : [];
  };
  return { whole: line(0, end), ...(fit ? { window: line(from, to) } : {}) };
}
