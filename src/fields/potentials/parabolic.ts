import { quantity, section, tag } from '../../scenario/leaves.js';
import { place, potentialDrop } from '../keys.js';
import type { LineField, PotentialProfile } from '../types.js';

const schema = section(
  {
    kind: tag('parabolic', 'A parabolic potential'),
    drop: quantity('voltage', potentialDrop('Potential at the throats, relative to the midplane')),
  },
  'A potential that grows with the square of the distance from the midplane.',
);

/**
 * `phi(s) = drop x^2`, x the distance from the midplane in units of the midplane's distance to that side's throat.
 * @param spec drop [V], of either sign: positive confines positive charges
 * @example
 * import { buildParabolic } from '../parabolic.js'
 * buildParabolicPotential({ drop: 100 }, buildParabolic({ B: 1, ratio: 2, length: 2 })).value(0.5) // => 25
 */
export function buildParabolicPotential({ drop }: { drop: number }, field: LineField) {
  return {
    value: (s: number) => drop * place(field, s).x * place(field, s).x,
    gradient: (s: number) => 2 * drop * place(field, s).x * place(field, s).perMetre,
  };
}

export const parabolicPotential = {
  kind: 'parabolic',
  schema,
  example: { kind: 'parabolic', drop: '2 kV' },
  build: buildParabolicPotential,
} as const satisfies PotentialProfile<'parabolic', typeof schema>;
