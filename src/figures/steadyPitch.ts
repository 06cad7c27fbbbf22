/** The steady state of a source: f by midplane pitch, beside the exact curve where there is one. */
import * as Plot from '@observablehq/plot';
import { measured, superscript } from '../results/format.js';
import { empty, type Figure, type LegendEntry, onePanel } from './figure.js';
import { bothCones, lossConeEntry } from './lossCone.js';
import { theory } from './reading.js';
import { linearScale } from './scales.js';
import { blue, ink } from './style.js';

export const steadyPitch: Figure = {
  name: 'steady-pitch',
  title: 'Steady state: pitch distribution at the midplane',
  applies: (result) => result.estimates.steadyPitch !== undefined,
  describe(result) {
    const { steadyPitch: curve, steadyHeld, steadyLossLeft, steadyLossRight } = result.estimates;
    if (!curve || !steadyHeld || !steadyLossLeft || !steadyLossRight)
      return empty(this, result, 'The scenario has no source: there is no steady state.');
    if (Number.isNaN(steadyHeld.value))
      return empty(this, result, `The steady state is not known: ${steadyHeld.note ?? ''}.`);
    const { factor, label } = density(curve.value);
    const points = Array.from(curve.value, (value, i) => {
      const error = (curve.standardError[i] || 0) / factor;
      const f = value / factor;
      return { xi: curve.x[i], value: f, low: Math.max(0, f - error), high: f + error };
    });
    const { xiEdges } = result.plan.axes;
    const exact = Array.from(curve.reference ?? [], (value, i) => ({
      x1: xiEdges[i],
      x2: xiEdges[i + 1],
      value: value / factor,
    }));
    const top = 1.08 * Math.max(...points.map(({ high }) => high), ...exact.map(({ value }) => value));
    const { xiLossCone } = result.plan.reference;
    const cone = xiLossCone > 0 && xiLossCone < 1 && result.scenario.potential === null;
    const entries: LegendEntry[] = [{ label: 'steady f ± 1σ', colour: blue, symbol: 'circle', line: false }];
    if (exact.length > 0) entries.push({ label: 'exact (bins)', colour: ink });
    if (cone) entries.push(lossConeEntry);
    const number = (estimate: typeof steadyHeld) => measured(estimate.value, estimate.standardError, estimate.unit);
    return onePanel(this, result, {
      xLabel: 'cosine of midplane pitch angle, ξ₀',
      yLabel: label,
      legend: { entries, place: 'inside' },
      footnote: `Held: ${number(steadyHeld)}. Lost left ${number(steadyLossLeft)}, right ${number(steadyLossRight)}.`,
      panel: () => ({
        x: linearScale(-1, 1, 4),
        y: linearScale(0, top),
        marks: [
          ...(cone ? [bothCones(xiLossCone, 0, top)] : []),
          theory(Plot.link(exact, { x1: 'x1', x2: 'x2', y1: 'value', y2: 'value', stroke: ink, strokeWidth: 1.6 })),
          Plot.ruleX(points, { x: 'xi', y1: 'low', y2: 'high', stroke: blue }),
          Plot.dot(points, { x: 'xi', y: 'value', r: 2.2, fill: blue }),
        ],
      }),
    });
  },
};

/** Pure numbers far from 1 are given in a power of ten. */
function density(values: Float64Array): { factor: number; label: string } {
  const exponent = Math.floor(Math.log10(Math.max(...values)));
  const name = 'particles per unit ξ₀';
  if (!(Math.abs(exponent) > 3)) return { factor: 1, label: name };
  return { factor: Number(`1e${exponent}`), label: `10${superscript(exponent)} ${name}` };
}
