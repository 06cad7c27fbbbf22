/** The magnetic moment of orbits in space against time: its mean and its spread, at the guiding centre and raw. */
import type { OrbitEstimates } from '../../analysis/fullOrbits/estimate.js';
import type { Curve } from '../../analysis/types.js';
import type { OrbitFigure } from '../figure.js';
import { blue, vermilion } from '../style.js';
import { type TimeSeries, timeSeriesDrawing } from '../timeSeries.js';

const bothOf = (centred: Curve, raw: Curve): TimeSeries[] => [
  { curve: centred, label: 'at the guiding centre', colour: blue, symbol: 'circle' },
  { curve: raw, label: 'raw, at the particle', colour: vermilion, symbol: 'square', hollow: true },
];

const footnote =
  'At the guiding centre with the first-order term; raw: p⊥²/(2 m B) at the particle. Error bars: one standard error.';

function figure(
  name: string,
  title: string,
  of: (estimates: OrbitEstimates) => readonly [centred: Curve, raw: Curve],
  axis: { readonly name: string; readonly unit: string; readonly scale: 'near' | 'log' },
): OrbitFigure {
  return {
    name,
    title,
    describe(result) {
      return timeSeriesDrawing(this, result, bothOf(...of(result.estimates)), { ...axis, footnote });
    },
  };
}

export const orbitMeanMoment = figure(
  'orbit-mean-mu',
  'Mean magnetic moment, ⟨μ⟩',
  ({ meanMu, rawMeanMu }) => [meanMu, rawMeanMu],
  { name: '⟨μ⟩ of those inside', unit: 'J/T', scale: 'near' },
);

export const orbitMomentSpread = figure(
  'orbit-mu-spread',
  'Change of the magnetic moment, rms',
  ({ muSpread, rawMuSpread }) => [muSpread, rawMuSpread],
  { name: 'rms of μ − μ₀ over ⟨μ₀⟩', unit: '1', scale: 'log' },
);
