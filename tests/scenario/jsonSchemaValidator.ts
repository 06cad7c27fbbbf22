/** As much of a JSON Schema validator as the scenario's schema needs; an unknown keyword throws, so none is passed over. */

type Json = Record<string, unknown>;
const IGNORED = new Set(['range', '$schema', 'title', 'description', 'default', 'examples', 'unit', 'then', 'else']);

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;

const checks: Record<string, (rule: never, value: unknown, schema: Json) => boolean> = {
  type: (rule: string | string[], value) =>
    [rule].flat().some((name) => (name === 'integer' ? Number.isInteger(value) : name === typeOf(value))),
  enum: (rule: unknown[], value) => rule.includes(value),
  const: (rule: unknown, value) => rule === value,
  pattern: (rule: string, value) => typeof value !== 'string' || new RegExp(rule, 'u').test(value),
  maxLength: (rule: number, value) => typeof value !== 'string' || value.length <= rule,
  minimum: (rule: number, value) => typeof value !== 'number' || value >= rule,
  maximum: (rule: number, value) => typeof value !== 'number' || value <= rule,
  exclusiveMinimum: (rule: number, value) => typeof value !== 'number' || value > rule,
  exclusiveMaximum: (rule: number, value) => typeof value !== 'number' || value < rule,
  minItems: (rule: number, value) => !Array.isArray(value) || value.length >= rule,
  maxItems: (rule: number, value) => !Array.isArray(value) || value.length <= rule,
  uniqueItems: (rule: boolean, value) => !rule || !Array.isArray(value) || new Set(value).size === value.length,
  items: (rule: Json, value) => !Array.isArray(value) || value.every((item) => accepts(rule, item)),
  prefixItems: (rule: Json[], value) =>
    !Array.isArray(value) || rule.every((item, i) => i >= value.length || accepts(item, value[i])),
  if: (rule: Json, value, schema) => accepts((accepts(rule, value) ? schema.then : schema.else) as Json, value),
  anyOf: (rule: Json[], value) => rule.some((schema) => accepts(schema, value)),
  oneOf: (rule: Json[], value) => rule.filter((schema) => accepts(schema, value)).length === 1,
  required: (rule: string[], value) => typeOf(value) !== 'object' || rule.every((key) => key in (value as Json)),
  properties: (rule: Json, value) =>
    typeOf(value) !== 'object' ||
    Object.entries(value as Json).every(
      ([key, inner]) => !Object.hasOwn(rule, key) || accepts(rule[key] as Json, inner),
    ),
  additionalProperties: (rule: boolean, value, schema) =>
    rule ||
    typeOf(value) !== 'object' ||
    Object.keys(value as Json).every((key) => Object.hasOwn(schema.properties as Json, key)),
};

/** Whether a value is valid by a schema. */
export function accepts(schema: Json, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    if (IGNORED.has(keyword)) return true;
    if (!Object.hasOwn(checks, keyword)) throw new Error(`keyword ${keyword} is not known to this validator`);
    return checks[keyword](rule as never, value, schema);
  });
}
