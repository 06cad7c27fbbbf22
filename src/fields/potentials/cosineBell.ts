import { cos, sin } from '../../physics/elementary.js';
import { quantity, section, tag } from '../../scenario/leaves.js';
import { place, potentialDrop } from '../keys.js';
import type { LineField, PotentialProfile } from '../types.js';

const schema = section(
  {
    kind: tag('cosineBell', 'A cosine-shaped potential, flat at midplane and throats'),
    drop: quantity('voltage', potentialDrop('Potential at the throats, relative to the midplane')),
  },
  'A potential that is flat at the midplane and at the throats and rises smoothly between them.',
);

const PI = Math.PI;

/**
 * `phi(s) = drop (1 - cos(pi x))/2`, x the distance from the midplane in units of the midplane's distance to that side's throat.
 * @param spec drop [V], of either sign
 * @example
 * import { buildParabolic } from '../parabolic.js'
 * buildCosineBell({ drop: 100 }, buildParabolic({ B: 1, ratio: 2, length: 2 })).value(1) // => 100
 */
export function buildCosineBell({ drop }: { drop: number }, field: LineField) {
  return {
    value: (s: number) => (drop / 2) * (1 - cos(PI * place(field, s).x)),
    gradient: (s: number) => {
      const { x, perMetre } = place(field, s);
      return (drop / 2) * PI * sin(PI * x) * perMetre;
    },
  };
}

export const cosineBell = {
  kind: 'cosineBell',
  schema,
  example: { kind: 'cosineBell', drop: '-500 V' },
  build: buildCosineBell,
} as const satisfies PotentialProfile<'cosineBell', typeof schema>;
