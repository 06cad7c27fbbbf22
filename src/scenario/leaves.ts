/**
 * The leaves and branches of the scenario's schema: zod types that read one value, say in words what is wrong with it, and
 * carry description, unit and shape for the JSON Schema.
 */
import * as z from 'zod';
import { SPEED_OF_LIGHT } from '../physics/constants.js';
import { offer, Refusal, show } from './faults.js';
import { GAMMA_LIMIT, type Limits, toldRange, withinLimits } from './limits.js';
import { quantityShape } from './unitPattern.js';
import { DIMENSIONS, type Dimension, readAs } from './units.js';

export { type Limits, toldRange, withinLimits } from './limits.js';

// Schemas are interpreted, never compiled with `new Function`: pages with a strict content security policy run them too.
z.config({ jitless: true });

/** A message for the JSON Schema and for readers: what a key is, and (by the leaf) its unit, its range in words and its shape. */
export interface Meta {
  readonly description: string;
  readonly [key: string]: unknown;
}

/** A zod type whose output is what `read` makes of the value; a `Refusal` becomes an issue. */
export function leaf<In, Out>(read: (value: unknown) => Out, meta: Meta) {
  return z
    .custom<In>()
    .transform((value, ctx): Out => {
      try {
        return read(value);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        ctx.addIssue({ code: 'custom', message: error.message, input: value });
        return z.NEVER;
      }
    })
    .meta(meta);
}

/** What a leaf for a dimensioned number is told. */
export interface QuantityOptions extends Limits {
  readonly description: string;
  readonly example?: string;
  /** What else holds, which the limits of one value cannot say: it ends the range in words. */
  readonly also?: string;
}

const joined = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(', ');

/** A number with a unit of one dimension; its output is SI (temperatures in joules). */
export function quantity(dimension: Dimension, { description, example, also, ...limits }: QuantityOptions) {
  const { unit } = DIMENSIONS[dimension];
  const outputUnit = dimension === 'temperature' ? 'J' : unit;
  return leaf<string, number>(
    (value) => withinLimits(show(value), readAs(value, [dimension], example).value, limits, outputUnit),
    {
      description,
      unit: outputUnit,
      range: joined(toldRange(limits, outputUnit), also),
      sample: [example ?? DIMENSIONS[dimension].example],
      ...quantityShape(dimension),
    },
  );
}

/** A speed, or a kinetic energy that becomes one when the species is known. */
export type SpeedOrEnergy = { readonly speed: number } | { readonly energy: number };

const SPEED_LIMITS: Limits = { what: 'the speed of a particle', above: 0, below: SPEED_OF_LIGHT };
const ENERGY_LIMITS: Limits = { what: 'a kinetic energy', above: 0, max: 1e-3 };

/** Both in words: what a Lorentz factor may be is checked where the mass is known. */
export const SPEED_RANGE = `above 0, Lorentz factor up to ${GAMMA_LIMIT}, energy ${toldRange({ ...ENERGY_LIMITS, above: undefined }, 'J')}`;

/** The same of a column, which may begin at rest. */
export const SPEEDS_RANGE = `0 or more, Lorentz factor up to ${GAMMA_LIMIT}`;

/** What says how fast a particle is. */
export const SPEED_OR_ENERGY = ['speed', 'energy'] as const;

/** One value in SI with its dimension, as a speed or an energy within their limits. */
export function checkedSpeedOrEnergy(shown: string, dimension: Dimension, value: number): SpeedOrEnergy {
  return dimension === 'speed'
    ? { speed: withinLimits(shown, value, SPEED_LIMITS, 'm/s') }
    : { energy: withinLimits(shown, value, ENERGY_LIMITS, 'J') };
}

/** A speed (`1e6 m/s`, `0.9 c`) or a kinetic energy (`10 keV`). */
export function speedOrEnergy({
  description,
  example = '10 keV or 1e6 m/s',
}: {
  description: string;
  example?: string;
}) {
  return leaf<string, SpeedOrEnergy>(
    (value) => {
      const read = readAs(value, SPEED_OR_ENERGY, example);
      return checkedSpeedOrEnergy(show(value), read.dimension, read.value);
    },
    {
      description,
      unit: 'm/s or J',
      range: SPEED_RANGE,
      sample: ['10 keV', '1e6 m/s'],
      ...quantityShape(...SPEED_OR_ENERGY),
    },
  );
}

/** What a leaf for a plain number is told. */
export interface NumberOptions extends Limits {
  readonly description: string;
  readonly example: number;
  readonly whole?: boolean;
}

/** A plain number: finite, within limits, whole where asked. Text is refused, also when it looks like a number. */
export function plainNumber({ description, example, whole = false, ...limits }: NumberOptions) {
  const kind = whole ? 'a whole number' : 'a number';
  const right = `must be ${kind}, e.g. ${example}`;
  const read = (input: unknown): number => {
    if (input === undefined) throw new Refusal('is missing', right);
    const value = typeof input === 'bigint' ? Number(input) : input;
    if (typeof value !== 'number') {
      const unit = typeof value === 'string' && /^\s*[\d.]/.test(value) && /[a-zA-Z]\s*$/.test(value);
      throw new Refusal(`${show(value)} is not ${kind}`, unit ? `${right}, without a unit` : right);
    }
    if (!Number.isFinite(value)) throw new Refusal(`${show(value)} is not finite`, right);
    if (whole && !Number.isInteger(value)) throw new Refusal(`${show(value)} is not a whole number`, right);
    return withinLimits(show(input), value, limits, '');
  };
  return leaf<number, number>(read, {
    description,
    unit: '1',
    range: `${whole ? 'whole, ' : ''}${toldRange(limits, '')}`,
    sample: [example],
    type: whole ? 'integer' : 'number',
    ...(limits.above === undefined ? {} : { exclusiveMinimum: limits.above }),
    ...(limits.min === undefined ? {} : { minimum: limits.min }),
    ...(limits.below === undefined ? {} : { exclusiveMaximum: limits.below }),
    ...(limits.max === undefined ? {} : { maximum: limits.max }),
  });
}

/** A value as a word that a name may be near to. */
const wordOf = (value: unknown) => (typeof value === 'object' && value !== null ? '' : String(value).slice(0, 64));

/** One of some words. */
export function oneOf<const Words extends readonly (string | number)[]>(words: Words, description: string) {
  return leaf<Words[number], Words[number]>(
    (input) => {
      const value = typeof input === 'bigint' ? Number(input) : input;
      if (input === undefined) throw new Refusal('is missing', `known: ${words.join(', ')}`);
      const found = words.find((word) => word === value);
      if (found === undefined)
        throw new Refusal(`${show(input)} is not known`, offer(wordOf(value), words.map(String)));
      return found;
    },
    { description, enum: [...words] },
  );
}

/** True or false. */
export function truth(description: string) {
  return leaf<boolean, boolean>(
    (value) => {
      if (typeof value !== 'boolean')
        throw new Refusal(`${show(value)} is neither true nor false`, 'must be true or false');
      return value;
    },
    { description, type: 'boolean' },
  );
}

/** The fixed word that tells the variants of a section apart, as the value of `kind` or `law`. */
export function tag<const Word extends string>(word: Word, description: string) {
  return z.literal(word).meta({ description });
}

/** How the issue of a section says which keys it knows; `faultsOf` reads it back. */
export const KNOWN_KEYS = 'known keys: ';

/** A section: a mapping with these keys and no other; `also` names its short keys, which are gone before it is read. */
export function section<const Shape extends z.ZodRawShape>(
  shape: Shape,
  description: string,
  also: readonly string[] = [],
) {
  const keys = [...Object.keys(shape), ...also];
  return z
    .strictObject(shape, {
      error: (issue) => {
        if (issue.code === 'unrecognized_keys') return `${KNOWN_KEYS}${JSON.stringify(keys)}`;
        if (issue.input === undefined) return `is missing (must be a section with ${keys.join(', ')})`;
        return `${show(issue.input)} is not a section (must have keys such as ${keys.slice(0, 4).join(', ')})`;
      },
    })
    .meta({ description });
}

type Variant<Key extends string> = z.ZodType & { _zod: { propValues?: unknown; def: unknown } } & z.ZodType<
    { [K in Key]: string },
    unknown
  >;

/** A section that comes in variants, told apart by one key. */
export function variants<const Key extends string, const Options extends readonly [Variant<Key>, ...Variant<Key>[]]>(
  key: Key,
  names: readonly string[],
  options: Options,
) {
  return z.discriminatedUnion(key, options as unknown as [z.core.$ZodTypeDiscriminable], {
    error: (issue) => {
      if (issue.input === undefined) return `is missing (must have ${key}: one of ${names.join(', ')})`;
      if (issue.code !== 'invalid_union') {
        return `${show(issue.input)} is not a section (must have ${key}: one of ${names.join(', ')})`;
      }
      const word = (issue.input as Record<string, unknown>)[key];
      if (word === undefined) return `is missing (known: ${names.join(', ')})`;
      return `${show(word)} is not known (${offer(wordOf(word), names)})`;
    },
  }) as unknown as z.ZodType<z.output<Options[number]>, z.input<Options[number]>>;
}

/** Turns a short form into the full one before a schema reads it; a `Refusal` becomes an issue. */
export function short<S extends z.ZodType>(expand: (value: unknown) => unknown, schema: S, meta: Meta) {
  return z
    .preprocess((value, ctx) => {
      try {
        return expand(value);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        ctx.addIssue({ code: 'custom', message: error.message, input: value });
        return z.NEVER;
      }
    }, schema)
    .meta(meta);
}

/** A section that knows a key of another kind of scenario: it says so, and where what is meant is found. */
export function unlike<S extends z.ZodType>(
  key: string,
  refusal: readonly [found: string, right: string],
  schema: S,
): S {
  const refuse = (value: unknown) => {
    if (isMapping(value) && Object.hasOwn(value, key)) throw new Refusal(...refusal);
    return value;
  };
  // what may be written is what the section takes
  return short(refuse, schema, { description: schema.meta()?.description ?? '' }) as unknown as S;
}

/** A key that may be left out or null. */
export function orAbsent<S extends z.ZodType>(schema: S) {
  return schema.nullish().meta({ description: schema.meta()?.description });
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
