/** Controls of a species. */
import type { Json } from '../messages.js';
import { type Control, entry } from './entry.js';
import { below, isSection, keysOf, type Node } from './node.js';
import { filled, forms } from './shapes.js';

/** A species by its name, or by mass and charge. */
export function speciesControls(node: Node, object: Json): Control[] {
  const names = forms(node.schema)
    .filter((form) => Array.isArray(form.enum))
    .flatMap((form) => form.enum as string[]);
  const { value } = node;
  const own = isSection(value);
  const select: Control = {
    ...entry({ ...node, schema: { enum: names }, value: own ? 'own' : value }),
    options: [...names.map((name) => ({ value: name, label: name })), { value: 'own', label: 'by mass and charge' }],
    set: (name) => node.write(name === 'own' ? { name: 'particle', ...filled(object) } : name),
  };
  if (!own) return [select];
  return [
    select,
    ...keysOf(object).map((key) => ({
      ...entry(below({ ...node, schema: object }, value, key)),
      label: `Species: ${key}`,
    })),
  ];
}
