/**
 * The one schema of a scenario: `z.output` is the validated `Scenario`, `scenarioJsonSchema` the JSON Schema of what a user
 * writes. What only several sections together can decide is in resolve.ts.
 */
import * as z from 'zod';
import { fieldKinds, fieldSchema, parallelFieldSchema, potentialSchema } from '../fields/index.js';
import { parabolic } from '../fields/parabolic.js';
import { Refusal, show } from './faults.js';
import { withShortForms } from './jsonForms.js';
import { isMapping, leaf, short } from './leaves.js';
import { resolve } from './resolve.js';
import { boundarySchema } from './sections/boundary.js';
import { collisionsSchema } from './sections/collisions.js';
import { motionSchema } from './sections/motion.js';
import { outputsSchema } from './sections/outputs.js';
import { particlesSchema } from './sections/particles.js';
import { rareSchema } from './sections/rare.js';
import { sourceSchema } from './sections/source.js';
import { speciesSchema } from './sections/species.js';
import { talliesSchema } from './sections/tallies.js';
import { timesSchema } from './sections/times.js';

const name = leaf<string, string>(
  (value) => {
    if (typeof value === 'string' && /^(?!\.+$|-)[A-Za-z0-9._-]{1,64}$/.test(value)) return value;
    throw new Refusal(
      `${show(value)} is not a name`,
      'must be 1 to 64 letters, digits, dots, - or _, not beginning with -: it names a folder',
    );
  },
  {
    description: 'Name of the run: the folder of its results',
    type: 'string',
    range: '1 to 64 letters, digits, . - or _, not beginning with -',
    pattern: '^(?!\\.+$|-)[A-Za-z0-9._-]{1,64}$',
  },
);

const description = leaf<string, string>(
  (value) => {
    if (typeof value === 'string' && value.length <= 10_000) return value;
    throw new Refusal(`${show(value)} is not a description`, 'must be text of at most 10000 characters');
  },
  { description: 'What the run is about', type: 'string', range: 'up to 10000 characters', maxLength: 10_000 },
);

const SEED_LIMIT = 2n ** 64n;
const seed = leaf<number | string, string>(
  (value) => {
    const right = 'must be a whole number from 0 to 18446744073709551615';
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      throw new Refusal(
        `${show(value)} is above 2^53, where a number loses digits`,
        'quote it, e.g. seed: "18446744073709551615"',
      );
    }
    const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
    const digits = typeof value === 'string' ? value.trim() : whole ? String(value) : '';
    if (!/^\d{1,20}$/.test(digits) || BigInt(digits) >= SEED_LIMIT)
      throw new Refusal(`${show(value)} is not a seed`, right);
    return BigInt(digits).toString();
  },
  {
    description: 'Seed of the random numbers: a whole number below 2^64; above 2^53 in quotes',
    range: `whole, 0 to ${SEED_LIMIT - 1n}`,
    anyOf: [
      { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      { type: 'string', pattern: '^\\s*\\d{1,20}\\s*$' },
    ],
  },
);

const orNull = <S extends z.ZodType>(schema: S) =>
  short((value) => (value === 'none' ? null : value), schema.nullable(), {
    description: schema.meta()?.description ?? '',
    shortForm: { const: 'none' },
  });

const { $schema, required, ...PARABOLIC } = z.toJSONSchema(parabolic.schema.omit({ kind: true }), {
  io: 'input',
  unrepresentable: 'any',
  override: withShortForms,
});

/** The sections of a scenario, each with its default: what is left out is the default scenario's. */
export const sections = {
  name: name.prefault('run'),
  description: description.prefault(''),
  seed: seed.prefault(1),
  species: speciesSchema.prefault('proton'),
  particles: particlesSchema.prefault({}),
  field: short(
    (value) => {
      if (typeof value === 'string') return { kind: value };
      return isMapping(value) && value.kind === undefined ? { ...value, kind: 'parabolic' } : value;
    },
    fieldSchema,
    {
      description: 'The magnetic field along the line; parabolic where kind is left out',
      shortForm: { anyOf: [{ enum: fieldKinds }, PARABOLIC] },
    },
  ).prefault({ kind: 'parabolic' }),
  potential: orNull(potentialSchema.meta({ description: 'A static electric potential along the line' })).prefault(null),
  parallelField: orNull(parallelFieldSchema).prefault(null),
  collisions: collisionsSchema.prefault({}),
  boundary: boundarySchema.optional(),
  source: orNull(sourceSchema).prefault(null),
  motion: motionSchema.prefault({}),
  rare: rareSchema.prefault(null),
  times: timesSchema.prefault({}),
  tallies: talliesSchema.prefault({}),
  outputs: outputsSchema.prefault({}),
} as const;

/** What a user writes, before the sections are seen together. */
export const draftSchema = z.strictObject(sections);

/** A scenario as its sections alone make it. */
export type Draft = z.output<typeof draftSchema>;

/** The whole schema: from what a user writes to the validated scenario. */
export const scenarioSchema = draftSchema.transform((draft, ctx) => {
  const { scenario, faults } = resolve(draft);
  for (const { path, message } of faults) ctx.addIssue({ code: 'custom', message, path: [path], input: draft });
  return scenario ?? z.NEVER;
});

/** A validated scenario: SI numbers, every choice made. */
export type Scenario = z.output<typeof scenarioSchema>;

/** What may be written as a scenario object: the same keys, units in strings, everything optional. */
export type ScenarioInput = z.input<typeof draftSchema>;
