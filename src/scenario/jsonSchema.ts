/** The JSON Schemas of what a user writes, from the schemas that also check it. */
import * as z from 'zod';
import { type Json, withShortForms } from './jsonForms.js';
import { orbitDraftSchema } from './orbits/schema.js';
import { ORBIT_MOTIONS } from './orbits/sections.js';
import { draftSchema } from './schema.js';

/**
 * JSON Schema (draft 2020-12) of a scenario as a user writes it; each key has a description and its unit in SI.
 * @example
 * scenarioJsonSchema().$schema // => "https://json-schema.org/draft/2020-12/schema"
 * Object.keys(scenarioJsonSchema().properties).slice(0, 3) // => ["name","description","seed"]
 */
export function scenarioJsonSchema(): Json {
  return jsonSchemaOf(draftSchema, 'losscone scenario', 'A run of losscone: particles, field, collisions, times.');
}

/**
 * The same of a scenario of orbits in space.
 * @example
 * Object.keys(orbitJsonSchema().properties).slice(0, 3) // => ["name","description","seed"]
 */
export function orbitJsonSchema(): Json {
  return jsonSchemaOf(
    orbitDraftSchema,
    'losscone scenario of orbits in space',
    'A run of losscone: particles, field in space, how orbits are followed, times.',
  );
}

/**
 * The two together: which of them holds is told by `motion`.
 * @example
 * anyJsonSchema().then.title // => "losscone scenario of orbits in space"
 */
export function anyJsonSchema(): Json {
  const { $schema, ...line } = scenarioJsonSchema();
  const { $schema: _, ...orbits } = orbitJsonSchema();
  const names = { enum: [...ORBIT_MOTIONS] };
  const kind = { type: 'object', properties: { kind: names }, required: ['kind'] };
  const { title, description } = line;
  return {
    $schema,
    title,
    description,
    if: { type: 'object', properties: { motion: { anyOf: [names, kind] } }, required: ['motion'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
    then: orbits,
    else: line,
  };
}

function jsonSchemaOf(form: z.ZodType, title: string, description: string): Json {
  const schema = z.toJSONSchema(form, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: withShortForms,
  });
  return { ...schema, title, description } as Json;
}
