/** Median of epsilon, where the particles are, against time. */
import { ADIABATIC_BELOW, NOT_ADIABATIC_ABOVE } from '../../physics/adiabaticity.js';
import type { OrbitFigure } from '../figure.js';
import { blue } from '../style.js';
import { timeSeriesDrawing } from '../timeSeries.js';

export const orbitEpsilon: OrbitFigure = {
  name: 'orbit-epsilon',
  title: 'Adiabaticity, median of ε',
  describe(result) {
    const series = { curve: result.estimates.epsilon, label: 'median', colour: blue, symbol: 'circle' };
    return timeSeriesDrawing(this, result, [series], {
      name: 'median of ε of those inside',
      unit: '1',
      scale: 'log',
      footnote: `ε = ρ max(|∇B|/B, 1/Rc): adiabatic below ${ADIABATIC_BELOW}, not above ${NOT_ADIABATIC_ABOVE}. Error bars: one standard error.`,
    });
  },
};
