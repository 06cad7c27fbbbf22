/** The JSON Schema of what a user writes, from the one schema that also checks it. */
import * as z from 'zod';
import { type Json, withShortForms } from './jsonForms.js';
import { draftSchema } from './schema.js';

/**
 * JSON Schema (draft 2020-12) of a scenario as a user writes it; each key has a description and its unit in SI.
 * @example
 * scenarioJsonSchema().$schema // => "https://json-schema.org/draft/2020-12/schema"
 * Object.keys(scenarioJsonSchema().properties).slice(0, 3) // => ["name","description","seed"]
 */
export function scenarioJsonSchema(): Json {
  const schema = z.toJSONSchema(draftSchema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: withShortForms,
  });
  return {
    ...schema,
    title: 'losscone scenario',
    description: 'A run of losscone: particles, field, collisions, times.',
  } as Json;
}
