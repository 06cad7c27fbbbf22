import { EARTH_RADIUS } from '../../physics/constants.js';
import { quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC } from './types.js';

const schema = section(
  {
    kind: tag('dipole', "A planet's dipole"),
    B0: quantity('magneticField', {
      ...fieldStrength('Field at the equator on the surface'),
      example: '29.81 uT',
    }).prefault('29.81 uT'),
    radius: quantity('length', {
      ...lineLength('Radius of the planet: particles end there'),
      example: '6371.2 km',
    }).prefault(`${EARTH_RADIUS} m`),
  },
  'The field of a dipole at the origin, the equatorial field along +z; what touches the planet is lost.',
);

/**
 * A dipole at the origin whose equatorial field points along +z (as the Earth's towards geographic north):
 * `B = -B0 radius^3 (3 z r - r^2 ez)/r^5`.
 * @param spec B0 [T] at the equator on the surface, radius [m]
 * @example
 * buildDipole({ B0: 3e-5, radius: 6.4e6 }).at(2 * 6.4e6, 0, 0, 0).B[2] // ≈ 3.75e-6
 */
export function buildDipole({ B0, radius }: { B0: number; radius: number }): SpaceField {
  const at = (x: number, y: number, z: number) => {
    const [X, Y, Z] = [x / radius, y / radius, z / radius];
    const r2 = X * X + Y * Y + Z * Z;
    const a = -B0 / (r2 * r2 * Math.sqrt(r2));
    return { B: [3 * a * Z * X, 3 * a * Z * Y, a * (3 * Z * Z - r2)] as const, E: STATIC };
  };
  return {
    kind: 'dipole',
    at,
    strength: B0,
    scale: radius,
    frequency: 0,
    electric: false,
    passes: ({ field, length }) => [{ pass: PASSES.dipole, numbers: [(-B0 / field) * (radius / length) ** 3] }],
    ends: { innerRadius: radius },
    origin: [4 * radius, 0, 0],
  };
}

export const dipole = {
  kind: 'dipole',
  schema,
  example: { kind: 'dipole', B0: '29.81 uT' },
  build: buildDipole,
} as const satisfies SpaceProfile<'dipole', typeof schema>;
