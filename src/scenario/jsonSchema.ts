/** The JSON Schema of what a user writes, from the one schema that also checks it. */
import * as z from 'zod';
import { draftSchema } from './schema.js';

type Json = Record<string, unknown>;

/**
 * Short forms stand in the metadata of a section: `shortForm` is an alternative to it, `shortKeys` are keys it takes besides its
 * own. Both are read before the section's schema, so zod does not know of them. Examples stand as `sample`: zod drops `examples`
 * of what it transforms.
 */
function withShortForms(schema: Json): void {
  const { shortForm, shortKeys, sample } = schema;
  if (sample !== undefined) schema.examples = sample;
  delete schema.sample;
  delete schema.shortForm;
  delete schema.shortKeys;
  if (shortKeys !== undefined) Object.assign(schema.properties as Json, shortKeys);
  if (shortForm === undefined) return;
  const { description, default: preset, $schema, ...full } = schema;
  for (const key of Object.keys(full)) delete schema[key];
  schema.anyOf = [shortForm, full];
  Object.assign(schema, { description }, preset === undefined ? {} : { default: preset });
}

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
    override: ({ jsonSchema }) => withShortForms(jsonSchema as Json),
  });
  return {
    ...schema,
    title: 'losscone scenario',
    description: 'A run of losscone: particles, field, collisions, times.',
  } as Json;
}
