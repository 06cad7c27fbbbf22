/** The kick that the magnetic moment got, against the gyrophase that a particle started with. */
import type { OrbitFigure } from '../figure.js';
import { startCurve } from '../startCurve.js';

export const orbitKickPhase: OrbitFigure = {
  name: 'orbit-kick-phase',
  title: 'Kick of the magnetic moment by starting gyrophase',
  describe(result) {
    const { kickByPhase: curve, meanKick: mean } = result.estimates;
    return startCurve(this, result, {
      curve,
      mean,
      xName: 'starting gyrophase (turns)',
      yName: 'mean of (μ − μ₀)/μ₀',
      domain: [0, 1],
      footnote: 'Of those inside at the end; turns about B from the axis that B is least along.',
    });
  },
};
