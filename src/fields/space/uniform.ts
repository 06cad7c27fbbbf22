import * as vectors from '../../physics/vectors.js';
import { SectionFault } from '../../scenario/faults.js';
import { section, tag } from '../../scenario/leaves.js';
import { PASSES, type SpaceField, type SpaceProfile, type Vector } from './types.js';
import { vector } from './vector.js';

const schema = section(
  {
    kind: tag('uniform', 'Uniform fields'),
    B: vector('magneticField', { description: 'Magnetic field', what: 'a component of B', max: 1e12 }).prefault([
      '0 T',
      '0 T',
      '1 T',
    ]),
    E: vector('electricField', { description: 'Electric field', what: 'a component of E', max: 1e18 }).prefault([
      '0 V/m',
      '0 V/m',
      '0 V/m',
    ]),
  },
  'A uniform magnetic field, with a uniform electric field if one is given.',
);

/**
 * Uniform B and E.
 * @param spec B [T], E [V/m]
 * @throws SectionFault where B is zero
 * @example
 * buildUniform({ B: [0, 0, 1], E: [0, 0, 0] }).at(1, 2, 3, 0).B // => [0,0,1]
 */
export function buildUniform({ B, E }: { B: Vector; E: Vector }): SpaceField {
  const strength = vectors.size(B);
  if (!(strength > 0))
    throw new SectionFault({
      path: 'B',
      found: '0 T',
      message: 'is zero (must have a direction, e.g. [0 T, 0 T, 1 T])',
    });
  return {
    kind: 'uniform',
    at: () => ({ B, E }),
    strength,
    layered: true,
    scale: Infinity,
    frequency: 0,
    electric: vectors.size(E) > 0,
    passes: ({ field, electric }) => [
      { pass: PASSES.uniform, numbers: [...B.map((b) => b / field), ...E.map((e) => e / electric)] },
    ],
  };
}

export const uniform = {
  kind: 'uniform',
  schema,
  example: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
  build: buildUniform,
} as const satisfies SpaceProfile<'uniform', typeof schema>;
