/** Every control of the form that choices can lead to, each with the text at which it appeared. */
import { orbitJsonSchema, scenarioJsonSchema } from '../../src/index.js';
import { type Control, sectionsOf } from '../../src/lab/scenario/controls.js';
import { edited, plainOf } from '../../src/lab/scenario/plain.js';

export type Json = Record<string, unknown>;

/** A control, and a scenario that shows it. */
export interface Found {
  readonly control: Control;
  readonly text: string;
}

/** The same name for a control. */
function nameOf(control: Control, all: readonly Control[]): string {
  const kinds = new Map(all.filter((one) => one.kinds).map((one) => [one.path, one.value]));
  let name = '';
  let path = '';
  for (const part of control.path.split('.')) {
    path = path ? `${path}.${part}` : part;
    name += `${name ? '.' : ''}${part.replace(/\[\d+\]/, '[]')}`;
    if (kinds.get(path) && path !== control.path) name += `{${kinds.get(path)}}`;
  }
  return name;
}

/** Every control that choices can lead to. */
export function reachable(schema: Json, first: string, orbits: boolean): Map<string, Found> {
  const found = new Map<string, Found>();
  const seen = new Set<string>();
  const waiting = [first];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const all = sectionsOf(schema, plainOf(text)!, orbits).flatMap(({ controls }) => controls);
    for (const control of all) {
      found.set(nameOf(control, all), { control, text });
      // What each choice opens; choices of plain values open nothing.
      if (!control.kinds && !['given', 'own'].some((word) => control.options?.some(({ value }) => value === word)))
        if (control.path !== 'times' && control.path !== 'collisions.operator') continue;
      for (const { value } of control.options ?? []) {
        const mark = `${nameOf(control, all)}=${value}`;
        if (seen.has(mark)) continue;
        seen.add(mark);
        waiting.push(edited(text, control.set(value)));
      }
    }
  }
  return found;
}

/** The two schemas, each with a scenario to begin at. */
export const both = [
  ['the line', scenarioJsonSchema() as Json, 'seed: 1\n', false],
  [
    'space',
    orbitJsonSchema() as Json,
    'motion: { kind: fullOrbit }\nfield: { kind: uniform }\ncollisions: { rate: 1 /s }\n',
    true,
  ],
] as const;
