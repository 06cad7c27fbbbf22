/** How the metadata of the schema's leaves and sections becomes JSON Schema. */

/** A JSON Schema. */
export type Json = Record<string, unknown>;

/**
 * Short forms stand in the metadata of a section: `shortForm` is an alternative to it, `shortKeys` are keys it takes besides its
 * own. Both are read before the section's schema, so zod does not know of them. Examples stand as `sample`: zod drops `examples`
 * of what it transforms.
 */
export function withShortForms({ jsonSchema }: { jsonSchema: object }): void {
  const schema = jsonSchema as Json;
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
