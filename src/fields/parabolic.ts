import { plainNumber, quantity, section, tag } from '../scenario/leaves.js';
import { fieldStrength, lineLength, mirrorRatio } from './keys.js';
import type { FieldProfile, LineField } from './types.js';

const schema = section(
  {
    kind: tag('parabolic', 'A parabolic mirror'),
    B: quantity('magneticField', fieldStrength('Field strength at the midplane')).prefault('0.5 T'),
    ratio: plainNumber(mirrorRatio('Mirror ratio: field at the throats over field at the midplane')).prefault(5),
    length: quantity('length', lineLength('Throat to throat along the line')).prefault('2 m'),
  },
  'A mirror whose field grows with the square of the distance from its midplane.',
);

/**
 * `B(s) = B (1 + s^2/scale^2)` with throats at `±length/2`, where B is `ratio` times the midplane's:
 * `scale = length/(2 sqrt(ratio - 1))`. Guiding centres bounce harmonically in it.
 * @param spec B [T] at the midplane, ratio > 1, length [m]
 * @example
 * buildParabolic({ B: 0.5, ratio: 5, length: 2 }).strength(1) // => 2.5
 * buildParabolic({ B: 0.5, ratio: 5, length: 2 }).gradient(0.5) // => 2
 */
export function buildParabolic({ B, ratio, length }: { B: number; ratio: number; length: number }): LineField {
  const scale = length / (2 * Math.sqrt(ratio - 1));
  const strength = (s: number) => B * (1 + (s / scale) * (s / scale));
  return {
    kind: 'parabolic',
    length,
    sLeft: -length / 2,
    sRight: length / 2,
    sMid: 0,
    Bmin: B,
    Bmax: strength(length / 2),
    strength,
    gradient: (s) => (2 * B * (s / scale)) / scale,
    kernel: { kind: 'parabolic', scale },
    interpolationError: 0,
  };
}

export const parabolic = {
  kind: 'parabolic',
  schema,
  example: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
  build: buildParabolic,
} as const satisfies FieldProfile<'parabolic', typeof schema>;
