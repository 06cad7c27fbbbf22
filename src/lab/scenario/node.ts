/** A key of the scenario with all below it: what stands there, and how to write it in the short form or the long one. */
import type { Json } from '../messages.js';
import type { Spot } from './entry.js';
import type { Change, Path, Plain } from './plain.js';
import { propertyOf, record, spaced, words } from './shapes.js';

/** A key with what may be below it. */
export interface Node extends Spot {
  /** Where it stands in the text, if there it is a section in its long form. */
  readonly at?: Path;
  /** Names of the files at hand. */
  readonly files: readonly string[];
}

export const isSection = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The kind and key that a bare value stands for. */
export const bareKinds: Readonly<Record<string, readonly [kind: string, key: string]>> = {
  speed: ['mono', 'speed'],
  rate: ['constant', 'value'],
  profile: ['uniform', 'E'],
};
/** The key of a section that a bare value stands for, and whether every value of it may stand bare. */
export const bareKeys: Readonly<Record<string, readonly [key: string, always: boolean]>> = {
  motion: ['kind', true],
  trajectories: ['particles', true],
  collisions: ['operator', false],
  rare: ['levels', false],
  parallelField: ['profile', false],
};

export const keyOf = (path: string) =>
  path
    .replace(/\[\d+\]$/, '')
    .split('.')
    .at(-1) ?? '';

/** The whole scenario. */
export const rootNode = (schema: Json, plain: Plain, files: readonly string[]): Node => ({
  schema,
  path: '',
  label: '',
  value: plain,
  fallback: undefined,
  help: '',
  at: [],
  files,
  write: (value) => Object.entries(value as Plain).map(([key, one]): Change => [[key], one]),
});

/** What is to be written for a key of a section. */
function writeKey(node: Node, current: Plain, key: string, value: unknown): readonly Change[] {
  if (node.at) return [[[...node.at, key], value]];
  const next = Object.fromEntries(Object.entries({ ...current, [key]: value }).filter(([, one]) => one !== undefined));
  const left = Object.keys(next);
  const [bare, always] = bareKeys[keyOf(node.path)] ?? [];
  if (left.length === 0) return node.write(undefined);
  return node.write(always && left.length === 1 && left[0] === bare ? next[bare as string] : next);
}

/** A key of a section, with what stands there. */
export function below(node: Node, current: Plain, key: string, more: Partial<Node> = {}): Node {
  const schema = propertyOf(node.schema, key);
  const value = current[key];
  return {
    schema,
    path: node.path ? `${node.path}.${key}` : key,
    label: spaced(key),
    value,
    // A section that is left out may have other defaults than its keys.
    fallback: (isSection(node.fallback) && node.value === undefined ? node.fallback[key] : undefined) ?? schema.default,
    help: words(schema.description) || node.help,
    files: node.files,
    at: node.at && isSection(value) ? [...node.at, key] : undefined,
    write: (fresh) => writeKey(node, current, key, fresh),
    ...more,
  };
}

/** The keys of a section. */
export const keysOf = (object: Json) => Object.keys(record(object.properties));
