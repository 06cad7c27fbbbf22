/** Temperatures along and across the field of those inside against time. */
import * as Plot from '@observablehq/plot';
import { ELEMENTARY_CHARGE } from '../physics/constants.js';
import { empty, type Figure, type LegendEntry, onePanel } from './figure.js';
import { pointsOf } from './points.js';
import { theory } from './reading.js';
import { axisFor, linearScale, timeScale } from './scales.js';
import { blue, theoryInk, vermilion } from './style.js';
import { thinned } from './thin.js';

export const temperatures: Figure = {
  name: 'temperatures',
  title: 'Temperatures along and across the field',
  describe(result) {
    const { parallelTemperature, perpendicularTemperature } = result.estimates;
    const both = [
      { curve: parallelTemperature, label: 'T∥', colour: blue, symbol: 'circle' },
      { curve: perpendicularTemperature, label: 'T⊥', colour: vermilion, symbol: 'square' },
    ];
    const all = both.flatMap(({ curve }) => Array.from(curve.value).filter(Number.isFinite));
    if (all.length < 4) return empty(this, result, 'Too few snapshots with particles inside for a curve.');
    const time = axisFor(parallelTemperature.x, 'time', 's');
    // Temperatures are told in electronvolts, whatever the file holds.
    const inVolts = all.map((joules) => joules / ELEMENTARY_CHARGE);
    const axis = axisFor(inVolts, 'temperature of those inside', 'eV');
    const unit = { label: axis.label, factor: axis.factor * ELEMENTARY_CHARGE };
    const end = parallelTemperature.x[parallelTemperature.x.length - 1] / time.factor;
    const series = both.map((one) => ({
      ...one,
      points: thinned(pointsOf(one.curve, time.factor, unit.factor), ({ x }) => x / end),
      exact: pointsOf(one.curve, time.factor, unit.factor, one.curve.reference ?? []),
    }));
    const known = series.some(({ exact }) => exact.length > 0);
    const entries: LegendEntry[] = series.map(({ label, colour, symbol }) => ({ label, colour, symbol, line: false }));
    if (known) entries.push({ label: 'exact', colour: theoryInk });
    const top = Math.max(...series.flatMap(({ points, exact }) => [...points, ...exact].map(({ high }) => high)));
    return onePanel(this, result, {
      xLabel: time.label,
      yLabel: unit.label,
      legend: { entries, place: 'inside' },
      footnote: 'T∥ = ⟨p v ξ²⟩, T⊥ = ⟨p v (1 − ξ²)⟩/2, by local pitch. Error bars: one standard error.',
      panel: () => ({
        x: timeScale(end),
        y: linearScale(0, 1.06 * top),
        marks: series.flatMap(({ points, exact, colour, symbol }) => [
          theory(Plot.line(exact, { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4 }), 'exact', colour),
          Plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.4 }),
          Plot.dot(points, { x: 'x', y: 'y', r: 2.8, symbol, fill: colour, stroke: colour }),
        ]),
      }),
    });
  },
};
