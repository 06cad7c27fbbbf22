import { VACUUM_PERMEABILITY } from '../physics/constants.js';
import { type Fault, SectionFault } from '../scenario/faults.js';
import { quantity, section, tag } from '../scenario/leaves.js';
import { fieldStrength, lineLength } from './keys.js';
import { tabulate } from './tabulate.js';
import type { FieldProfile, LineField } from './types.js';

const schema = section(
  {
    kind: tag('twoCoil', 'Two equal circular coils'),
    B: quantity('magneticField', fieldStrength('Field strength at the midplane (give this or current)')).optional(),
    current: quantity('current', {
      description: 'Current of one coil times its turns (give this or B)',
      what: 'a current of a coil',
      above: 0,
      max: 1e12,
    }).optional(),
    radius: quantity('length', { ...lineLength('Radius of the coils'), example: '0.5 m' }),
    separation: quantity('length', lineLength('Distance between the coils')),
  },
  'The axis of two equal circular coils; the throats are the maxima near the coils.',
);

/**
 * The field on the axis of two equal coils,
 * `B(s) = (mu0 I a^2/2) [(a^2 + (s - d/2)^2)^(-3/2) + (a^2 + (s + d/2)^2)^(-3/2)]`. Above d = a (Helmholtz) it has a minimum
 * between them. Source: Jackson, Classical Electrodynamics (1999), section 5.5.
 * @param spec B [T] at the midplane or current [A turns], radius a [m], separation d [m]
 * @throws SectionFault where the coils are too close for a minimum, or not exactly one of B and current is given
 * @example
 * buildTwoCoil({ current: 1e6, radius: 0.5, separation: 2 }).strength(0) // ≈ 0.2248
 */
export function buildTwoCoil(spec: { B?: number; current?: number; radius: number; separation: number }): LineField {
  const { B, current, radius, separation } = spec;
  const faults: Fault[] = [];
  if (B === undefined && current === undefined) {
    faults.push({ path: 'B', found: 'nothing', message: 'is missing (give B at the midplane, or current)' });
  }
  if (B !== undefined && current !== undefined) {
    faults.push({ path: 'B', found: `${B} T`, message: 'is given beside current (give one of the two)' });
  }
  if (!(separation > 1.001 * radius)) {
    const message = `${separation} m leaves no minimum between coils of radius ${radius} m (must be above the radius)`;
    faults.push({ path: 'separation', found: `${separation} m`, message });
  }
  if (faults.length > 0) throw new SectionFault(...faults);
  const loop = (z: number) => {
    const square = radius * radius + z * z;
    return (radius * radius) / (square * Math.sqrt(square));
  };
  const loopSlope = (z: number) => {
    const square = radius * radius + z * z;
    return (-3 * z * radius * radius) / (square * square * Math.sqrt(square));
  };
  const shape = (s: number) => loop(s - separation / 2) + loop(s + separation / 2);
  const shapeSlope = (s: number) => loopSlope(s - separation / 2) + loopSlope(s + separation / 2);
  const amplitude = B === undefined ? (VACUUM_PERMEABILITY * (current as number)) / 2 : B / shape(0);
  // The maximum lies between the middle, where the slope turns positive, and the coil's plane, where the other coil's pull is negative.
  let low = separation / 4;
  let high = separation / 2;
  while (shapeSlope(low) < 0 && low > 1e-6 * separation) low /= 2;
  for (let i = 0; i < 200; i++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (shapeSlope(middle) > 0) low = middle;
    else high = middle;
  }
  return tabulate({
    kind: 'twoCoil',
    sLeft: -low,
    sRight: low,
    sMid: 0,
    Bmin: amplitude * shape(0),
    Bmax: amplitude * shape(low),
    strength: (s) => amplitude * shape(s),
    gradient: (s) => amplitude * shapeSlope(s),
  });
}

export const twoCoil = {
  kind: 'twoCoil',
  schema,
  example: { kind: 'twoCoil', B: '0.5 T', radius: '0.5 m', separation: '2 m' },
  build: buildTwoCoil,
} as const satisfies FieldProfile<'twoCoil', typeof schema>;
