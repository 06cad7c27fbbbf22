import { VACUUM_PERMEABILITY } from '../../physics/constants.js';
import { SectionFault } from '../../scenario/faults.js';
import { orAbsent, quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC, type Vector } from './types.js';

const schema = section(
  {
    kind: tag('coils', 'Two equal circular coils'),
    B: orAbsent(quantity('magneticField', fieldStrength('Field strength midway between them (give this or current)'))),
    current: orAbsent(
      quantity('current', {
        description: 'Current of one coil times its turns (give this or B)',
        what: 'a current of a coil',
        above: 0,
        max: 1e12,
      }),
    ),
    radius: quantity('length', { ...lineLength('Radius of the coils'), example: '0.5 m' }),
    separation: quantity('length', lineLength('Distance between the coils')),
  },
  'Two equal circular coils about the z axis, at -separation/2 and separation/2: their exact field everywhere.',
);

/** Rounds of the arithmetic-geometric mean, as in the kernel. */
const ROUNDS = 7;

/**
 * The field of a circular coil about the z axis at z = 0, from the arithmetic-geometric mean A of 1 and alpha/beta:
 * `Bz = F/(A alpha^2 beta) [1 - 2 r (a + r)/beta^2 + 8 r^2 (r^2 + z^2 - a^2) S/beta^4]`,
 * `Br = 8 F r z/(A alpha^2 beta^3) [1/4 - (1 - m/2) S]`, with `alpha^2 = (a - r)^2 + z^2`, `beta^2 = (a + r)^2 + z^2`,
 * `m = 4 a r/beta^2`, `S = sum 2^(n-1) c_n^2/m^2`. No digits are lost on the axis or far away.
 * @param F mu0 I a^2/2 [T m^3]
 * @param a radius [m]
 * Source: Jackson, Classical Electrodynamics (1999), section 5.5; DLMF 19.8(i).
 * @example
 * coilField(1, 2, 0, 0, 0)[2] // ≈ 0.125
 */
export function coilField(F: number, a: number, x: number, y: number, z: number): Vector {
  const r2 = x * x + y * y;
  const r = Math.sqrt(r2);
  const alpha2 = (a - r) * (a - r) + z * z;
  const beta2 = (a + r) * (a + r) + z * z;
  const m = (4 * a * r) / beta2;
  let b = Math.sqrt(alpha2 / beta2);
  let d = 0.5 / (1 + b);
  let c = m * d;
  let sum = d * d;
  let mean = 0.5 * (1 + b);
  b = Math.sqrt(b);
  for (let i = 0, weight = 2; i < ROUNDS; i++, weight *= 2) {
    const next = 0.5 * (mean + b);
    b = Math.sqrt(mean * b);
    mean = next;
    const over = c / (4 * mean);
    d *= over;
    c *= over;
    sum += weight * d * d;
  }
  const base = F / (mean * alpha2 * Math.sqrt(beta2));
  const along = 1 - ((2 * r) / beta2) * (a + r - (4 * r * (r2 + z * z - a * a) * sum) / beta2);
  const across = ((8 * base * z) / beta2) * (0.25 - (1 - 0.5 * m) * sum);
  return [across * x, across * y, base * along];
}

/**
 * Two equal circular coils about the z axis.
 * @param spec B [T] midway between them or current [A turns], radius a [m], separation d [m]
 * @throws SectionFault where not exactly one of B and current is given
 * @example
 * buildCoils({ current: 1e6, radius: 0.5, separation: 2 }).at(0, 0, 0, 0).B[2] // ≈ 0.2248
 */
export function buildCoils(spec: {
  B?: number | null;
  current?: number | null;
  radius: number;
  separation: number;
}): SpaceField {
  const { radius: a, separation } = spec;
  const B = spec.B ?? null;
  const current = spec.current ?? null;
  if ((B === null) === (current === null))
    throw new SectionFault({
      path: 'B',
      found: B === null ? 'nothing' : `${B} T`,
      message:
        B === null
          ? 'is missing (give B midway between the coils, or current)'
          : 'is given beside current (give one of the two)',
    });
  const half = separation / 2;
  const midway = 2 * coilField(1, a, 0, 0, half)[2];
  const F = current === null ? (B as number) / midway : 0.5 * VACUUM_PERMEABILITY * current * a * a;
  return {
    kind: 'coils',
    at: (x, y, z) => {
      const one = coilField(F, a, x, y, z + half);
      const two = coilField(F, a, x, y, z - half);
      return { B: [one[0] + two[0], one[1] + two[1], one[2] + two[2]], E: STATIC };
    },
    strength: F * midway,
    scale: Math.min(a, separation),
    frequency: 0,
    electric: false,
    passes: ({ field, length }) =>
      [-half, half].map((place) => ({
        pass: PASSES.coil,
        numbers: [place / length, a / length, F / field / length ** 3],
      })),
  };
}

export const coils = {
  kind: 'coils',
  schema,
  example: { kind: 'coils', B: '0.5 T', radius: '0.5 m', separation: '2 m' },
  build: buildCoils,
} as const satisfies SpaceProfile<'coils', typeof schema>;
