import * as z from 'zod';
import { tableSection } from '../columns.js';
import { Refusal, show } from '../faults.js';
import {
  isMapping,
  oneOf,
  plainNumber,
  quantity,
  SPEEDS_RANGE,
  section,
  short,
  speedOrEnergy,
  tag,
  toldRange,
  variants,
} from '../leaves.js';
import { quantityShape } from '../unitPattern.js';
import { speciesSchema } from './species.js';

const strengthLimits = { what: 'a strength of scattering nu*length/v', above: 0, max: 1e9 };
const rateLimits = { what: 'a scattering rate', above: 0, min: 1e-20, max: 1e20 };

const laws = [
  section(
    {
      law: tag('constant', 'The same for every speed'),
      value: quantity('rate', { description: 'Scattering rate nu', ...rateLimits }),
    },
    'One rate for every speed.',
  ),
  section(
    {
      law: tag('strength', 'By nu*length/v'),
      value: plainNumber({
        description: 'nu*length/v at the reference speed',
        ...strengthLimits,
        example: 0.1,
      }),
    },
    'One rate for every speed, so that nu*length/v has this value at the reference speed.',
  ),
  section(
    {
      law: tag('powerLaw', 'A power of the speed'),
      value: quantity('rate', { description: 'Scattering rate at the speed `at`', ...rateLimits }),
      at: speedOrEnergy({ description: 'Speed or energy where the rate is `value`' }),
      index: plainNumber({
        description: 'k in nu ∝ v^k',
        what: 'an index of a power law',
        min: -10,
        max: 10,
        example: -3,
      }),
    },
    'A rate that goes with a power of the speed.',
  ),
  tableSection(
    { law: tag('table', 'A table of nu(v)') },
    {
      speed: {
        description: 'Speeds, or kinetic energies that stand for them',
        dimensions: ['speed', 'energy'],
        limits: { what: 'a speed of the table', min: 0, max: 3e8 },
        range: SPEEDS_RANGE,
        increasing: true,
        rows: 2,
      },
      rate: {
        description: 'Scattering rate at these speeds',
        dimensions: ['rate'],
        limits: { what: 'a scattering rate', min: 0, max: 1e20 },
        rows: 2,
      },
    },
    (shape) => section(shape, 'A table of nu(v).'),
  ),
  section(
    {
      law: tag('coulomb', 'Off the species of a plasma'),
      background: short(
        (value) => (isMapping(value) ? [value] : value),
        z
          .array(
            section(
              {
                species: speciesSchema,
                density: quantity('density', { description: 'Number density', what: 'a density', above: 0, max: 1e40 }),
                temperature: quantity('temperature', {
                  description: 'Temperature',
                  what: 'a temperature',
                  above: 0,
                  max: 1e-9,
                }),
              },
              'A species of the background',
            ),
            { error: () => 'is not a list (must be a list of species, each with density and temperature)' },
          )
          .min(1, 'is an empty list (must have at least one species)')
          .max(16, 'is too long (must have at most 16 species)'),
        { description: 'Species of the background plasma, each a Maxwellian at rest', shortForm: { type: 'object' } },
      ),
      coulombLogarithm: plainNumber({
        description: 'Coulomb logarithm',
        what: 'a Coulomb logarithm',
        min: 1,
        max: 100,
        example: 15,
      }).prefault(15),
    },
    'Coulomb collisions with the species of a background plasma.',
  ),
] as const;

const names = ['constant', 'strength', 'powerLaw', 'table', 'coulomb'];

const collisions = section(
  {
    operator: oneOf(
      ['exact', 'eulerMaruyama', 'binomial', 'none'],
      'How pitch angles are scattered: exact in law (default), the two steps other codes take, or not at all',
    ).prefault('exact'),
    rate: short(
      (value) => (typeof value === 'string' || typeof value === 'number' ? { law: 'constant', value } : value),
      variants('law', names, laws),
      {
        description: 'Scattering rate nu(v): <P_l> decays as exp(-l(l+1) nu t)',
        shortForm: quantityShape('rate'),
      },
    ).optional(),
  },
  'Pitch-angle scattering',
  ['strength'],
);

/** `collisions: none`, `{ strength: 0.1 }`, and the default strength where no rate is given. */
function expand(value: unknown): unknown {
  if (value === 'none') return { operator: 'none' };
  if (typeof value === 'string')
    throw new Refusal(`${show(value)} is not a section`, 'must have operator and rate, or be none');
  if (!isMapping(value)) return value;
  const { strength, ...rest } = value;
  const rate = strength === undefined ? undefined : { law: 'strength', value: strength };
  if (rest.operator === 'none') return rate === undefined ? rest : { rate, ...rest };
  return { rate: rate ?? { law: 'strength', value: 0.1 }, ...rest };
}

/** Pitch-angle scattering: the operator and its rate. */
export const collisionsSchema = short(expand, collisions, {
  description: 'Pitch-angle scattering (the Lorentz operator)',
  shortForm: { const: 'none' },
  shortKeys: {
    strength: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: strengthLimits.max,
      description: 'nu*length/v, in place of rate',
      unit: '1',
      range: toldRange(strengthLimits, ''),
    },
  },
});
