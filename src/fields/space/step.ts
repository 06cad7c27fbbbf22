import * as vectors from '../../physics/vectors.js';
import { SectionFault } from '../../scenario/faults.js';
import { section, tag } from '../../scenario/leaves.js';
import { PASSES, type SpaceField, type SpaceProfile, STATIC, type Vector } from './types.js';
import { vector } from './vector.js';

const side = (description: string) =>
  vector('magneticField', { description, what: 'a component of B', max: 1e12, example: '1 nT' });

const schema = section(
  {
    kind: tag('step', 'A sharp jump of B'),
    below: side('Magnetic field below the plane z = 0'),
    above: side('Magnetic field above it; the same component along z'),
  },
  'Two uniform fields that meet in the plane z = 0, without anything between them.',
);

/**
 * `B = below` for z < 0, `above` for z >= 0; free of divergence where both have the same Bz.
 * @param spec below, above [T]
 * @throws SectionFault where Bz differs, or a field is zero
 * @example
 * buildStep({ below: [1, 0, 0.1], above: [-1, 0, 0.1] }).at(0, 0, -1e-9, 0).B // => [1,0,0.1]
 */
export function buildStep({ below, above }: { below: Vector; above: Vector }): SpaceField {
  if (below[2] !== above[2])
    throw new SectionFault({
      path: 'above',
      found: `${above[2]} T`,
      message: `has ${above[2]} T along z, where below has ${below[2]} T (must be the same: div B = 0)`,
    });
  for (const [path, B] of [
    ['below', below],
    ['above', above],
  ] as const)
    if (!(vectors.size(B) > 0))
      throw new SectionFault({ path, found: '0 T', message: 'is zero (must have a direction, e.g. [1 nT, 0 T, 0 T])' });
  return {
    kind: 'step',
    at: (_x, _y, z) => ({ B: z < 0 ? below : above, E: STATIC }),
    strength: Math.max(vectors.size(below), vectors.size(above)),
    scale: Infinity,
    frequency: 0,
    layered: true,
    electric: false,
    passes: ({ field }) => [{ pass: PASSES.step, numbers: [...below, ...above].map((b) => b / field) }],
  };
}

export const step = {
  kind: 'step',
  schema,
  example: { kind: 'step', below: ['1 nT', '0 T', '0.2 nT'], above: ['-1 nT', '2 nT', '0.2 nT'] },
  build: buildStep,
} as const satisfies SpaceProfile<'step', typeof schema>;
