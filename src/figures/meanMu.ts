/** The mean magnetic moment of those inside against time. */
import * as Plot from '@observablehq/plot';
import { empty, type Figure, onePanel } from './figure.js';
import { pointsOf } from './points.js';
import { theory } from './reading.js';
import { axisFor, linearScale, timeScale } from './scales.js';
import { blue, theoryInk } from './style.js';
import { thinned } from './thin.js';

export const meanMoment: Figure = {
  name: 'mean-mu',
  title: 'Mean magnetic moment, ⟨μ⟩',
  describe(result) {
    const curve = result.estimates.meanMuCurve;
    const time = axisFor(curve.x, 'time', 's');
    const finite = Array.from(curve.value).filter(Number.isFinite);
    if (finite.length < 2) return empty(this, result, 'Too few snapshots with particles inside for a curve.');
    const mu = axisFor(finite, '⟨μ⟩ of those inside', curve.unit);
    const end = curve.x[curve.x.length - 1] / time.factor;
    const points = thinned(pointsOf(curve, time.factor, mu.factor), ({ x }) => x / end);
    const exact = pointsOf(curve, time.factor, mu.factor, curve.reference ?? []);
    const all = [...points.flatMap(({ low, high }) => [low, high]), ...exact.map(({ y }) => y)];
    const [least, largest] = [Math.min(...all), Math.max(...all)];
    // Never so close that rounding looks like physics.
    const room = Math.max(0.08 * (largest - least), 0.01 * Math.abs(largest));
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: mu.label,
      footnote: `${exact.length > 0 ? 'Line: exact. ' : ''}Error bars: one standard error.`,
      panel: () => ({
        x: timeScale(end),
        y: linearScale(least - room, largest + room),
        marks: [
          theory(Plot.line(exact, { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4 })),
          Plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: blue, strokeWidth: 1.4 }),
          Plot.dot(points, { x: 'x', y: 'y', r: 3, fill: blue }),
        ],
      }),
    });
  },
};
