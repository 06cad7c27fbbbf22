import type * as z from 'zod';
import * as vectors from '../../physics/vectors.js';
import { quantity, section, tag, variants } from '../../scenario/leaves.js';
import { lineLength } from '../keys.js';
import { PASSES, type SpaceField, type Vector } from './types.js';
import { direction, vector } from './vector.js';

const schemas = [
  section(
    {
      kind: tag('linear', 'A uniform electric field'),
      E: vector('electricField', { description: 'Electric field', what: 'a component of E', max: 1e18 }),
    },
    'The potential -E.r of a uniform electric field.',
  ),
  section(
    {
      kind: tag('quadratic', 'A potential that goes as the square of the place'),
      voltage: quantity('voltage', {
        description: 'Potential at the distance `length` along z from the origin',
        what: 'a potential',
        min: -1e12,
        max: 1e12,
        example: '1 kV',
      }),
      length: quantity('length', { ...lineLength('Distance at which it is the voltage'), example: '1 m' }),
      shape: direction('Factors of x^2, y^2 and z^2; those of a vacuum add up to 0').prefault([-0.5, -0.5, 1]),
    },
    'voltage (a x^2 + b y^2 + c z^2)/length^2 with shape [a, b, c]: a quadrupole unless told otherwise.',
  ),
] as const;

const kinds = schemas.map((schema) => schema.shape.kind.value as string);

/** A static potential in space as a scenario's validated form holds it. */
export type SpacePotentialSpec = z.output<(typeof schemas)[number]>;

/** The schema of the `potential` of orbits in space, by its `kind`. */
export const spacePotentialSchema = variants('kind', kinds, schemas);

/** For writing a scenario back. */
export const spacePotentials = schemas.map((schema) => ({ kind: schema.shape.kind.value as string, schema }));

/** E at the origin [V/m], and by how much its components grow along their own axes [V/m^2]. */
function electricOf(spec: SpacePotentialSpec): { readonly E0: Vector; readonly slope: Vector } {
  if (spec.kind === 'linear') return { E0: spec.E, slope: [0, 0, 0] };
  const { voltage, length, shape } = spec;
  const factor = (-2 * voltage) / length / length;
  return { E0: [0, 0, 0], slope: [factor * shape[0], factor * shape[1], factor * shape[2]] };
}

/**
 * A field in space with the electric field `E = -grad phi` of a static potential besides: `phi = -E.r`, or
 * `phi = V (a x^2 + b y^2 + c z^2)/d^2`. It adds to the electric field that the field itself has.
 * @param field any field in space
 * @param spec E [V/m]; or voltage V [V], length d [m] and shape [a, b, c]; null: none
 * @returns the field with both
 * @example
 * import { buildUniform } from './uniform.js'
 * const uniform = buildUniform({ B: [0, 0, 1], E: [0, 0, 0] })
 * withPotential(uniform, { kind: 'quadratic', voltage: 100, length: 1, shape: [-0.5, -0.5, 1] }).at(2, 0, 3, 0).E // => [200,0,-600]
 * withPotential(uniform, { kind: 'linear', E: [5, 0, 0] }).at(2, 0, 3, 0).E // => [5,0,0]
 */
export function withPotential(field: SpaceField, spec: SpacePotentialSpec | null): SpaceField {
  if (spec === null) return field;
  const { E0, slope } = electricOf(spec);
  return {
    ...field,
    at: (x, y, z, t) => {
      const { B, E } = field.at(x, y, z, t);
      return { B, E: vectors.plus(E, [E0[0] + slope[0] * x, E0[1] + slope[1] * y, E0[2] + slope[2] * z]) };
    },
    electric: true,
    electricSlope: Math.max(...slope.map(Math.abs)),
    layered: field.layered === true && slope[0] === 0 && slope[1] === 0,
    passes: (units) => [
      ...field.passes(units),
      {
        pass: PASSES.potential,
        numbers: [...E0.map((e) => e / units.electric), ...slope.map((g) => (g * units.length) / units.electric)],
      },
    ],
  };
}
