/** How much the magnetic moment changed, against the pitch that a particle started with, and where the waves are in resonance. */
import * as Plot from '@observablehq/plot';
import { empty, type LegendEntry, type OrbitFigure, onePanel } from '../figure.js';
import { pointsOf } from '../points.js';
import { linearScale, logScale } from '../scales.js';
import { blue, theoryInk, vermilion } from '../style.js';

/** Powers of ten that the axis reaches down at most. */
const DECADES = 4;

export const orbitResonance: OrbitFigure = {
  name: 'orbit-resonance',
  title: 'Change of the magnetic moment by starting pitch',
  applies: ({ estimates }) => (estimates.resonances ?? []).length > 0,
  describe(result) {
    const { kickSpreadByPitch: curve, resonances } = result.estimates;
    if (!this.applies?.(result)) return empty(this, result, 'The field has no waves.');
    const points = pointsOf(curve, 1, 1).filter(({ y }) => y > 0);
    if (points.length === 0)
      return empty(this, result, 'No bin of the starting pitch has enough particles inside at the end.');
    const top = 1.5 * Math.max(...points.map(({ high }) => high));
    const bottom = Math.max(top / 10 ** DECADES, Math.min(...points.map(({ y }) => y)) / 1.5);
    const met = resonances.filter(({ pitchCosine }) => Math.abs(pitchCosine.value) < 1);
    const bands = met.map(({ pitchCosine, halfWidthCosine }) => ({
      from: Math.max(-1, pitchCosine.value - halfWidthCosine.value),
      to: Math.min(1, pitchCosine.value + halfWidthCosine.value),
      at: pitchCosine.value,
    }));
    const found = met.filter((one) => Number.isFinite(one.found.value)).map((one) => one.found.value);
    const entries: LegendEntry[] = [
      { label: 'estimate ± 1σ', colour: blue, symbol: 'circle', line: false },
      { label: 'resonance', colour: theoryInk },
      { label: 'its half width', colour: theoryInk, patch: 0.12, line: false },
      ...(found.length > 0 ? [{ label: 'found', colour: vermilion, dash: '5 3' }] : []),
    ];
    return onePanel(this, result, {
      xLabel: 'pitch cosine at the start, ξ₀',
      yLabel: 'rms of (μ − μ₀)/μ₀',
      legend: { entries },
      footnote: 'Resonance: ω − k v∥ = σ q B₀/(γ m) at the reference speed, and its trapped region.',
      panel: () => ({
        x: linearScale(-1, 1),
        y: logScale(bottom, top),
        marks: [
          Plot.rectX(bands, { x1: 'from', x2: 'to', fill: theoryInk, fillOpacity: 0.12 }),
          Plot.ruleX(bands, { x: 'at', stroke: theoryInk, strokeWidth: 1.4 }),
          Plot.ruleX(found, { stroke: vermilion, strokeWidth: 1.4, strokeDasharray: '5 3' }),
          Plot.ruleX(
            points.filter(({ high }) => high > bottom),
            {
              x: 'x',
              y1: ({ low }: { low: number }) => Math.max(bottom, low),
              y2: 'high',
              stroke: blue,
              strokeWidth: 1.2,
            },
          ),
          Plot.dot(
            points.filter(({ y }) => y >= bottom),
            { x: 'x', y: 'y', r: 2.4, fill: blue },
          ),
        ],
      }),
    });
  },
};
