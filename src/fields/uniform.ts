import { quantity, section, tag } from '../scenario/leaves.js';
import { fieldStrength, lineLength } from './keys.js';
import type { FieldProfile, LineField } from './types.js';

const schema = section(
  {
    kind: tag('uniform', 'A uniform field'),
    B: quantity('magneticField', fieldStrength('Field strength')).prefault('0.5 T'),
    length: quantity('length', lineLength('Length of the line')).prefault('2 m'),
  },
  'The same field everywhere: no mirror force, no throat.',
);

/**
 * A uniform field [T] on a line of some length [m].
 * @example
 * buildUniform({ B: 0.5, length: 2 }).strength(0.3) // => 0.5
 */
export function buildUniform({ B, length }: { B: number; length: number }): LineField {
  return {
    kind: 'uniform',
    length,
    sLeft: -length / 2,
    sRight: length / 2,
    sMid: 0,
    Bmin: B,
    Bmax: B,
    strength: () => B,
    gradient: () => 0,
    kernel: { kind: 'uniform' },
    interpolationError: 0,
  };
}

export const uniform = {
  kind: 'uniform',
  schema,
  example: { kind: 'uniform', B: '0.5 T', length: '2 m' },
  build: buildUniform,
} as const satisfies FieldProfile<'uniform', typeof schema>;
