import { ELEMENTARY_CHARGE } from '../../physics/constants.js';
import { log } from '../../physics/elementary.js';
import { plainNumber, quantity, section, tag } from '../../scenario/leaves.js';
import { place } from '../keys.js';
import type { LineField, PotentialProfile } from '../types.js';

const schema = section(
  {
    kind: tag('ambipolar', 'The ambipolar potential of a plasma with Boltzmann electrons'),
    electronTemperature: quantity('temperature', {
      description: 'Temperature of the electrons',
      what: 'a temperature',
      above: 0,
      max: 1e-9,
      example: '1 keV',
    }),
    densityRatio: plainNumber({
      description: 'Density at the throats over density at the midplane',
      what: 'a density ratio of throat to midplane',
      min: 1e-6,
      max: 1,
      example: 0.1,
    }),
  },
  'The potential that holds the electrons of a mirror machine back until they leave no faster than the ions.',
);

/**
 * Boltzmann electrons `e phi = Te ln(n/n0)` whose density falls parabolically, `n/n0 = 1 - (1 - densityRatio) x^2`, x the distance
 * from the midplane in units of the midplane's distance to that side's throat. Negative outside: it confines electrons and pushes ions out.
 * Source: Post, Nucl. Fusion 27, 1579 (1987), section 2 (Boltzmann relation in mirrors).
 * @param spec electronTemperature [J], densityRatio in (0, 1]
 * @example
 * import { buildParabolic } from '../parabolic.js'
 * buildAmbipolar({ electronTemperature: 1.602176634e-16, densityRatio: 0.1 }, buildParabolic({ B: 1, ratio: 2, length: 2 })).value(1) // ≈ -2302.585
 */
export function buildAmbipolar(spec: { electronTemperature: number; densityRatio: number }, field: LineField) {
  const volts = spec.electronTemperature / ELEMENTARY_CHARGE;
  const lost = 1 - spec.densityRatio;
  // Beyond a throat, where the parabola would soon reach zero density, the potential goes on straight.
  const slope = (x: number) => (-2 * volts * lost * x) / (1 - lost * x * x);
  const inside = (x: number) => Math.max(-1, Math.min(1, x));
  return {
    value: (s: number) => {
      const { x } = place(field, s);
      const within = inside(x);
      return volts * log(1 - lost * within * within) + (x - within) * slope(within);
    },
    gradient: (s: number) => {
      const { x, perMetre } = place(field, s);
      return slope(inside(x)) * perMetre;
    },
  };
}

export const ambipolar = {
  kind: 'ambipolar',
  schema,
  example: { kind: 'ambipolar', electronTemperature: '1 keV', densityRatio: 0.1 },
  build: buildAmbipolar,
} as const satisfies PotentialProfile<'ambipolar', typeof schema>;
