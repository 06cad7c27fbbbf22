/** The form of a scenario, made from the JSON Schema that also checks it: labels, units and ranges stand there. */
import type { Json } from '../messages.js';
import { type Control, entry } from './entry.js';
import { at, type Change, type Plain } from './plain.js';
import { propertyOf, record, words } from './shapes.js';
import { below, controlsAt, type Node, rootNode } from './tree.js';

export type { Control } from './entry.js';

export interface Section {
  readonly title: string;
  readonly help: string;
  /** Whether it is one of those that few need. */
  readonly more: boolean;
  readonly controls: readonly Control[];
}

/** Keys whose own name would not say enough. */
const labels: Readonly<Record<string, string>> = {
  field: 'Kind of field',
  'particles.count': 'Number',
  'particles.speed': 'Speeds',
  'times.count': 'Snapshots',
  'collisions.rate': 'Rate',
  parallelField: 'Parallel E',
  rare: 'Splitting',
  source: 'Source',
};

const measures = {
  collisionTimes: { name: 'collision times', unit: 'nu t', example: 2 },
  bounces: { name: 'bounces', unit: 'bounces', example: 20 },
  until: { name: 'a time', unit: 's', example: '10 us' },
  at: { name: 'listed times', unit: 's', example: ['1 us', '2 us', '5 us'] },
} as const;
type Measure = keyof typeof measures;
const names = Object.keys(measures) as readonly Measure[];

/** The times as their short form has them: `until: { bounces: 3 }` is `bounces: 3`. */
function shortTimes(times: Plain): Plain {
  const { until, ...rest } = times;
  if (typeof until !== 'object' || until === null) return times;
  const { seconds, ...others } = until as Plain;
  return { ...rest, ...others, ...(seconds !== undefined && { until: seconds }) };
}

/** When a run ends: in one of three measures, or at the last of listed times. */
function timeControls(node: Node): Control[] {
  const times = shortTimes(record(node.value));
  const given = names.find((name) => times[name] !== undefined && times[name] !== null) ?? 'collisionTimes';
  const { unit } = measures[given];
  // What does not go together with the measure is left out.
  const swap = (key: Measure, value: unknown): Change[] => [
    ...names.map((name): Change => [['times', name], name === key ? value : undefined]),
    ...(key === 'at' ? [[['times', 'count'], undefined] as Change, [['times', 'spacing'], undefined] as Change] : []),
  ];
  const key = below(node, times, given);
  const rest = given === 'at' ? [] : ['count', 'spacing'];
  return [
    {
      path: 'times',
      label: 'Run length in',
      help: words(propertyOf(node.schema, 'until').description),
      unit: '',
      value: given,
      fallback: '',
      options: names.map((value) => ({ value, label: measures[value].name })),
      set: (name) => swap(name as Measure, measures[name as Measure].example),
    },
    {
      ...entry(given === 'until' ? { ...key, schema: { ...key.schema, anyOf: undefined, type: 'string' } } : key),
      label: given === 'at' ? 'Times' : 'Until',
      unit,
      ...(typeof at(node.value, ['until']) === 'object' && {
        set: (text: string) => swap(given, entry({ ...key, write: (value) => [[[], value]] }).set(text)[0][1]),
      }),
    },
    ...rest.flatMap((name) => controlsAt(below(node, times, name))),
  ];
}

/** Speeds by whichever key gives them. */
function speedNode(particles: Node, current: Plain): Node {
  const { energy, temperature } = current;
  const short = current.speed === undefined && (energy !== undefined || temperature !== undefined);
  const node = below(particles, current, 'speed');
  if (!short) return node;
  const value = temperature !== undefined ? { kind: 'maxwellian', temperature } : { kind: 'mono', speed: energy };
  return { ...node, value, at: undefined, write: inPlaceOf('particles', ['energy', 'temperature'], 'speed') };
}

/** The rate by whichever key gives it. */
function rateNode(collisions: Node, current: Plain): Node {
  const node = below(collisions, current, 'rate');
  if (current.rate !== undefined || current.strength === undefined) return node;
  const value = { law: 'strength', value: current.strength };
  return { ...node, value, at: undefined, write: inPlaceOf('collisions', ['strength'], 'rate') };
}

const inPlaceOf =
  (section: string, short: readonly string[], key: string) =>
  (value: unknown): Change[] => [...short.map((one): Change => [[section, one], undefined]), [[section, key], value]];

function particleControls(node: Node): Control[] {
  const current = record(node.value);
  const short = ['energy', 'temperature'];
  return Object.keys(record(node.schema.properties))
    .filter((key) => !short.includes(key))
    .flatMap((key) => controlsAt(key === 'speed' ? speedNode(node, current) : below(node, current, key)));
}

function collisionControls(node: Node, orbits: boolean): Control[] {
  const none = node.value === 'none';
  const current: Plain = none ? { operator: 'none' } : record(node.value);
  const operator = entry(below(node, current, 'operator'));
  // Without scattering there is no rate to ask for.
  const idle = (current.operator ?? (node.value === undefined && orbits ? 'none' : undefined)) === 'none';
  return [operator, ...(idle ? [] : controlsAt(rateNode(node, current)))];
}

/** The scenario's motions in space, by the schema of those scenarios. */
export function orbitMotions(orbits: Json): readonly string[] {
  return propertyOf(propertyOf(orbits, 'motion'), 'kind').enum as readonly string[];
}

/** Whether a scenario is one of orbits in space. */
export function isOrbits(plain: Plain, motions: readonly string[]): boolean {
  const { motion } = plain;
  return motions.includes(String(typeof motion === 'object' && motion !== null ? (motion as Plain).kind : motion));
}

/** Sections in the order in which a scenario is thought of; those that few need come last. */
const order: readonly (readonly [title: string, keys: readonly string[], more: boolean])[] = [
  ['Field', ['field'], false],
  ['Particles', ['species', 'particles'], false],
  ['Scattering', ['collisions'], false],
  ['Boundary', ['boundary'], false],
  ['Times', ['times'], false],
  ['Electric field', ['potential', 'parallelField'], true],
  ['Source', ['source'], true],
  ['Rare losses', ['rare'], true],
  ['Motion', ['motion'], true],
  ['Tallies', ['tallies'], true],
  ['Outputs', ['outputs'], true],
  ['Run', ['name', 'description', 'seed'], true],
];

/**
 * The form of a scenario.
 * @param root JSON Schema of its kind
 * @param plain what is written
 * @param orbits whether it is one of orbits in space
 * @param files names of the files at hand
 */
export function sectionsOf(root: Json, plain: Plain, orbits: boolean, files: readonly string[] = []): Section[] {
  const scenario = rootNode(root, plain, files);
  const controls = (key: string): Control[] => {
    const node = below(scenario, plain, key);
    if (key === 'particles') return particleControls(node);
    if (key === 'collisions') return collisionControls(node, orbits);
    if (key === 'times') return timeControls(node);
    return controlsAt(node);
  };
  const known = record(root.properties);
  return order
    .map(([title, keys, more]) => {
      const own = keys.filter((key) => known[key] !== undefined);
      return {
        title,
        help: words(propertyOf(root, own[own.length - 1] ?? '').description),
        // How orbits are followed is what makes them orbits.
        more: more && !(title === 'Motion' && orbits),
        controls: own
          .flatMap(controls)
          .map((control) => ({ ...control, label: labels[control.path] ?? control.label })),
      };
    })
    .filter((section) => section.controls.length > 0);
}
