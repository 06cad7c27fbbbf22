/** The mean kinetic energy of orbits in space against time. */
import { ELEMENTARY_CHARGE } from '../../physics/constants.js';
import type { OrbitFigure } from '../figure.js';
import { blue } from '../style.js';
import { timeSeriesDrawing } from '../timeSeries.js';

export const orbitEnergy: OrbitFigure = {
  name: 'orbit-energy',
  title: 'Mean kinetic energy',
  describe(result) {
    const series = { curve: result.estimates.meanEnergy, label: 'energy', colour: blue, symbol: 'circle' };
    return timeSeriesDrawing(this, result, [series], {
      name: 'kinetic energy of those inside',
      unit: 'eV',
      divisor: ELEMENTARY_CHARGE,
      scale: 'near',
      footnote: 'Error bars: one standard error.',
    });
  },
};
