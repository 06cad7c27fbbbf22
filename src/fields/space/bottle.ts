import { quantity, section, tag } from '../../scenario/leaves.js';
import { fieldStrength, lineLength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC } from './types.js';

const schema = section(
  {
    kind: tag('bottle', 'A magnetic bottle'),
    B: quantity('magneticField', { ...fieldStrength('Field strength at its middle'), example: '1 T' }),
    scale: quantity('length', { ...lineLength('Length over which B doubles along the axis'), example: '1 m' }),
  },
  'A magnetic bottle about the z axis, free of divergence and curl.',
);

/**
 * `Bz = B (1 + (z^2 - r^2/2)/scale^2)`, `Br = -B z r/scale^2`.
 * @param spec B [T], scale [m]
 * @example
 * buildBottle({ B: 1, scale: 2 }).at(0, 0, 2, 0).B[2] // => 2
 */
export function buildBottle({ B, scale }: { B: number; scale: number }): SpaceField {
  const k = B / scale / scale;
  return {
    kind: 'bottle',
    at: (x, y, z) => ({
      B: [-k * z * x, -k * z * y, B + k * (z * z - (x * x + y * y) / 2)],
      E: STATIC,
    }),
    strength: B,
    scale,
    frequency: 0,
    electric: false,
    passes: ({ field, length }) => [{ pass: PASSES.bottle, numbers: [B / field, (B / field) * (length / scale) ** 2] }],
  };
}

export const bottle = {
  kind: 'bottle',
  schema,
  example: { kind: 'bottle', B: '1 T', scale: '1 m' },
  build: buildBottle,
} as const satisfies SpaceProfile<'bottle', typeof schema>;
