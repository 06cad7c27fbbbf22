/** How far the magnetic moment is from its start, at the end and where particles were lost. */
import * as Plot from '@observablehq/plot';
import type { Curve } from '../../analysis/types.js';
import { empty, type LegendEntry, type OrbitFigure, onePanel } from '../figure.js';
import { unread } from '../reading.js';
import { linearScale, logScale } from '../scales.js';
import { blue, vermilion } from '../style.js';

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Bins beyond the outermost one with particles. */
const margin = 2;

export const orbitMomentRatio: OrbitFigure = {
  name: 'orbit-mu-ratio',
  title: 'Magnetic moment over its start',
  describe(result) {
    const { muRatio, lostMuRatio } = result.estimates;
    const edges = result.plan.axes.ratioEdges;
    const series = [
      { curve: muRatio, label: 'inside at the end', colour: blue, dash: 'none' },
      { curve: lostMuRatio, label: 'lost, when they were', colour: vermilion, dash: '6 3' },
    ]
      .map((one) => ({ ...one, bins: binsOf(one.curve, edges) }))
      .filter(({ bins }) => bins.some(({ value }) => value > 0));
    if (series.length === 0) return empty(this, result, 'No particle has been followed yet.');
    const filled = series.flatMap(({ bins }) => bins.filter(({ value }) => value > 0));
    const width = edges[1] - edges[0];
    if (filled.every(({ from, to }) => from <= 0 && to >= 0))
      return empty(
        this,
        result,
        `Every particle has the μ of its start to ${Math.ceil(100 * (2 ** width - 1))} %, which is a bin here: ask for more with tallies.ratio.bins.`,
      );
    const reach = (pick: (bin: Bin) => number, sign: 1 | -1) =>
      sign * Math.max(...filled.map((bin) => sign * pick(bin))) + sign * margin * width;
    const [left, right] = [reach(({ from }) => from, -1), reach(({ to }) => to, 1)];
    const bottom = Math.min(...filled.map(({ value }) => value)) / 2;
    const top = Math.max(...filled.map(({ high }) => high)) * 2;
    const drawn = series.map((one) => ({
      ...one,
      // an empty bin reaches below the axis
      steps: one.bins
        .filter(({ from, to }) => to > left && from < right)
        .flatMap(({ from, to, value }) => [from, to].map((x) => ({ x, y: Math.max(value, bottom) }))),
      bars: one.bins.filter(({ value }) => value > 0),
    }));
    const entries: LegendEntry[] = drawn.map(({ label, colour, dash }) => ({ label, colour, dash }));
    return onePanel(this, result, {
      xLabel: 'log₂(μ/μ₀)',
      yLabel: 'share per unit of log₂(μ/μ₀)',
      legend: { entries, place: 'inside' },
      footnote: 'μ at the guiding centre with its first-order term. Error bars: one standard error.',
      panel: () => ({
        x: linearScale(left, right),
        y: logScale(bottom, top),
        marks: drawn.flatMap(({ steps, bars, colour, dash }) => [
          unread(
            Plot.line(steps, {
              x: 'x',
              y: 'y',
              stroke: colour,
              strokeWidth: 1.6,
              ...(dash === 'none' ? {} : { strokeDasharray: dash }),
            }),
          ),
          Plot.ruleX(bars, {
            x: 'middle',
            y1: ({ low }: Bin) => Math.max(bottom, low),
            y2: 'high',
            stroke: colour,
            strokeWidth: 1.4,
          }),
        ]),
      }),
    });
  },
};

function binsOf(curve: Curve, edges: Float64Array): Bin[] {
  return Array.from(curve.value, (value, i) => {
    const error = curve.standardError[i] || 0;
    return {
      from: edges[i],
      to: edges[i + 1],
      middle: curve.x[i],
      value: Number.isFinite(value) ? value : 0,
      low: value - error,
      high: value + error,
    };
  });
}
