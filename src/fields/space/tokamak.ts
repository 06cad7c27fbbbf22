import { SectionFault } from '../../scenario/faults.js';
import { plainNumber, quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC } from './types.js';

const safety = (description: string, example: number) =>
  plainNumber({ description, what: 'a safety factor', min: 0.01, max: 1e4, example });

const schema = section(
  {
    kind: tag('tokamak', 'A tokamak of circular section'),
    B0: quantity('magneticField', { ...fieldStrength('Toroidal field on the magnetic axis'), example: '2 T' }),
    majorRadius: quantity('length', { ...lineLength('Major radius of the magnetic axis'), example: '3 m' }),
    minorRadius: quantity('length', { ...lineLength('Minor radius: particles end there'), example: '1 m' }),
    q0: safety('Safety factor on the axis', 1).prefault(1),
    qa: safety('Safety factor at the minor radius', 3).prefault(3),
  },
  'Circular magnetic surfaces about a ring in the plane z = 0; what leaves the last of them is lost.',
);

/**
 * `B = B0 R0/R e_phi + grad psi x e_phi/R` on circles about R = R0, z = 0, with `dpsi/dr = B0 r/(q sqrt(1 - r^2/R0^2))`: free of
 * divergence, and `q(r) = q0 + (qa - q0) r^2/a^2` is the safety factor of each circle exactly, `(1/2 pi) ∮ B_phi r dtheta/(R B_theta)`,
 * at any aspect ratio. (It is no equilibrium to first order in r/R0: no Shafranov shift.) Beyond r = a, dpsi/dr grows as r.
 * Source: White, The Theory of Toroidally Confined Plasmas (2014), chapter 2.
 * @param spec B0 [T], majorRadius R0 [m], minorRadius a [m], q0, qa
 * @throws SectionFault where the circles reach the axis of symmetry
 * @example
 * const field = buildTokamak({ B0: 2, majorRadius: 3, minorRadius: 1, q0: 1, qa: 3 });
 * field.at(3, 0, 0, 0).B[1] // => 2
 * field.at(3.5, 0, 0, 0).B[2] // ≈ 0.193178115366518
 */
export function buildTokamak(spec: {
  B0: number;
  majorRadius: number;
  minorRadius: number;
  q0: number;
  qa: number;
}): SpaceField {
  const { B0, majorRadius: R0, minorRadius: a, q0, qa } = spec;
  if (!(a < 0.999 * R0))
    throw new SectionFault({
      path: 'minorRadius',
      found: `${a} m`,
      message: `${a} m reaches the axis of symmetry at a major radius of ${R0} m (must be smaller)`,
    });
  const q2 = (qa - q0) / a / a;
  return {
    kind: 'tokamak',
    at: (x, y, z) => {
      const R = Math.sqrt(x * x + y * y);
      const r2 = Math.min(a * a, (R - R0) * (R - R0) + z * z);
      const g = B0 / ((q0 + q2 * r2) * Math.sqrt(1 - r2 / R0 / R0));
      const toroidal = B0 * R0;
      return {
        B: [(-g * z * x - toroidal * y) / R / R, (toroidal * x - g * z * y) / R / R, (g * (R - R0)) / R],
        E: STATIC,
      };
    },
    strength: B0,
    scale: a,
    frequency: 0,
    electric: false,
    passes: ({ field, length }) => [
      {
        pass: PASSES.tokamak,
        numbers: [
          (B0 / field) * (R0 / length),
          B0 / field,
          R0 / length,
          (length / R0) ** 2,
          q0,
          q2 * length * length,
          (a / length) ** 2,
        ],
      },
    ],
    ends: { majorRadius: R0, minorRadius: a },
    origin: [R0 + a / 2, 0, 0],
  };
}

export const tokamak = {
  kind: 'tokamak',
  schema,
  example: { kind: 'tokamak', B0: '2 T', majorRadius: '3 m', minorRadius: '1 m', q0: 1, qa: 3 },
  build: buildTokamak,
} as const satisfies SpaceProfile<'tokamak', typeof schema>;
