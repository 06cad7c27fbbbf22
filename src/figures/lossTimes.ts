/** When particles are lost, and at which end. */
import * as Plot from '@observablehq/plot';
import { type Figure, type LegendEntry, onePanel } from './figure.js';
import { nothingLost } from './nothingLost.js';
import { axisFor, logScale, timeScale } from './scales.js';
import { blue, vermilion } from './style.js';

const sides = [
  { label: 'left (−s)', colour: blue, dash: 'none', symbol: 'circle' },
  { label: 'right (+s)', colour: vermilion, dash: '6 3', symbol: 'square' },
] as const;

export const lossTimes: Figure = {
  name: 'loss-times',
  title: 'Loss times, by side',
  describe(result) {
    const counts = result.tallies.total('lossTimes');
    const edges = result.plan.axes.lossTimeEdges;
    const bins = edges.length - 1;
    const total = counts.reduce((sum, n) => sum + n, 0);
    if (total === 0) return nothingLost(this, result, 'No particle was lost.');
    const started = result.tallies.total('trapped')[0] || result.particles.done;
    const time = axisFor(Array.from(edges), 'time', 's');
    const rates: number[] = [];
    for (let i = 0; i < counts.length; i++) {
      const width = edges[(i % bins) + 1] - edges[i % bins];
      if (counts[i] > 0) rates.push(counts[i] / started / width);
    }
    const rate = axisFor(rates, 'loss rate per particle started', '1/s');
    const [least, most] = [Math.min(...rates) / rate.factor, Math.max(...rates) / rate.factor];
    // The legend takes a fifth of the height.
    const [bottom, top] = [least * 0.6, most * 1.4 * (most / least) ** 0.25];
    const series = sides.map((side, k) => {
      const points = Array.from({ length: bins }, (_, i) => {
        const n = counts[k * bins + i];
        const unit = started * (edges[i + 1] - edges[i]) * rate.factor;
        const error = result.estimates.lossTimesBySide[k].standardError[i] * (edges[i + 1] - edges[i]) * started;
        return {
          from: edges[i] / time.factor,
          t: (edges[i] + edges[i + 1]) / 2 / time.factor,
          value: n > 0 ? n / unit : Number.NaN,
          low: Math.max(bottom, (n - error) / unit),
          high: Math.min(top, (n + error) / unit),
          n,
        };
      });
      return { ...side, points };
    });
    const entries: LegendEntry[] = series.map(({ label, colour, dash, symbol, points }) => ({
      label: `${label}: ${Number(((100 * points.reduce((sum, { n }) => sum + n, 0)) / started).toPrecision(3))} %`,
      colour,
      dash,
      symbol,
    }));
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: rate.label,
      legend: { title: 'lost at', entries, place: 'inside' },
      footnote: 'Error bars: one standard error.',
      panel: () => ({
        x: timeScale(edges[bins] / time.factor, 0),
        y: logScale(bottom, top),
        marks: series.flatMap(({ points, colour, dash, symbol }) => [
          Plot.ruleX(
            points.filter(({ n }) => n > 0),
            { x: 't', y1: 'low', y2: 'high', stroke: colour },
          ),
          Plot.line(points, {
            x: 't',
            y: 'value',
            curve: 'linear',
            stroke: colour,
            strokeWidth: 1.5,
            ...(dash === 'none' ? {} : { strokeDasharray: dash }),
          }),
          Plot.dot(
            points.filter(({ n }) => n > 0),
            { x: 't', y: 'value', r: 2.6, symbol, fill: colour, stroke: colour },
          ),
        ]),
      }),
    });
  },
};
