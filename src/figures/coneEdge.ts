/** f across the edge of the loss cone, in the slowest mode. */
import * as Plot from '@observablehq/plot';
import { measured } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel, sentences } from './figure.js';
import { lossConeEntry, shadedCone } from './lossCone.js';
import { pointsOf } from './points.js';
import { theory } from './reading.js';
import { linearScale } from './scales.js';
import { blue, theoryInk } from './style.js';

export const coneEdge: Figure = {
  name: 'cone-edge',
  title: 'Pitch distribution across the edge of the loss cone',
  applies: (result) => result.plan.reference.xiLossCone < 1,
  describe(result) {
    const { coneEdge: curve, filling } = result.estimates;
    const points = pointsOf(curve, 1, 1);
    const exact = pointsOf(curve, 1, 1, curve.reference ?? []);
    if (points.length < 2) return empty(this, result, 'Too few particles near the edge in the slowest mode.');
    const { xiLossCone } = result.plan.reference;
    const half = (points[1].x - points[0].x) / 2;
    const [from, to] = [points[0].x - half, points[points.length - 1].x + half];
    const top = 1.15 * Math.max(...points.map(({ high }) => high), ...exact.map(({ y }) => y));
    const entries: LegendEntry[] = [
      { label: 'f ± 1σ', colour: blue, symbol: 'circle', line: false },
      ...(exact.length > 0 ? [{ label: 'exact slowest mode', colour: theoryInk }] : []),
      lossConeEntry,
    ];
    const over = curve.label.includes('its mean inside') ? 'its mean inside' : 'f at the edge';
    return onePanel(this, result, {
      xLabel: 'cosine of midplane pitch angle, |ξ₀|',
      yLabel: `f over ${over}`,
      legend: { entries, place: 'inside' },
      footnote: sentences(
        // Where the cone itself is the boundary nobody is inside of it.
        filling.standardError > 0
          ? `Filling of the cone: ${measured(filling.value, filling.standardError, filling.unit)}.`
          : '',
        curve.label.includes('not yet') ? 'End of the run, not yet the slowest mode.' : '',
        'Error bars: one standard error.',
      ),
      panel: () => ({
        x: linearScale(from, to),
        y: linearScale(0, top),
        marks: [
          shadedCone([[Math.max(from, xiLossCone), to]], 0, top),
          theory(Plot.line(exact, { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4 }), 'exact slowest mode'),
          Plot.ruleX(points, {
            x: 'x',
            y1: (p) => Math.max(0, p.low),
            y2: 'high',
            stroke: blue,
            strokeWidth: 1.4,
          }),
          Plot.dot(points, { x: 'x', y: 'y', r: 3, fill: blue }),
        ],
      }),
    });
  },
};
