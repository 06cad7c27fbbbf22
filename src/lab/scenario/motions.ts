/** From motion along a line to orbits in space and back: what both can say goes along, the rest is a preset's. */
import type { PresetItem } from '../messages.js';
import { isOrbits } from './controls.js';
import { type Change, edited, type Plain, plainOf } from './plain.js';
import { record } from './shapes.js';

const fieldKind = ({ field }: Plain) => String(typeof field === 'string' ? field : (record(field).kind ?? 'parabolic'));

/** The preset to begin with: of the same field where there is one, else of a mirror, which both kinds have. */
function beginning(plain: Plain, others: readonly PresetItem[]): PresetItem | undefined {
  const kindOf = ({ yaml }: PresetItem) => fieldKind(plainOf(yaml) ?? {});
  return [fieldKind(plain), 'bottle', 'parabolic']
    .map((kind) => others.find((preset) => kindOf(preset) === kind))
    .find((preset) => preset !== undefined);
}

/**
 * The preset that a scenario is of, changed or not: the one of its motion whose name it bears.
 *
 * @param plain the scenario; undefined where its text cannot be read
 * @param motions names of the motions in space
 * @param presets all of both kinds
 */
export function presetOf(
  plain: Plain | undefined,
  motions: readonly string[],
  presets: readonly PresetItem[],
): PresetItem | undefined {
  const preset = presets.find(({ name }) => name === plain?.name);
  const inSpace = (other: Plain = {}) => isOrbits(other, motions);
  return preset && inSpace(plainOf(preset.yaml)) === inSpace(plain) ? preset : undefined;
}

const copied = (from: Plain, section: string, keys: readonly string[]): Change[] =>
  keys.filter((key) => from[key] !== undefined).map((key) => [[section, key], from[key]]);

/** How fast, in every way that it may be written, of which only one may stand. */
const fast = ['speed', 'energy', 'temperature'];

/** Particles: how many, how fast and in which directions; where they start is the field's matter. */
function particleChanges(particles: Plain): Change[] {
  const speeds = fast.some((key) => particles[key] !== undefined)
    ? fast.map((key): Change => [['particles', key], particles[key]])
    : [];
  const { pitch } = particles;
  // Which of them are trapped is told by invariants of a line.
  const { only, ...shape } = record(pitch);
  const directions = typeof pitch === 'object' ? shape : pitch;
  return [
    ...copied(particles, 'particles', ['count']),
    ...speeds,
    ...(directions === undefined ? [] : [[['particles', 'pitch'], directions] as Change]),
  ];
}

/** Times in seconds; collision times and bounces are counted along a line alone. */
function timeChanges(times: Plain): Change[] {
  const { until, at } = times;
  const seconds = typeof until === 'string' || record(until).seconds !== undefined;
  if (at === undefined && !seconds) return copied(times, 'times', ['spacing']);
  const all = ['at', 'until', 'count', 'spacing', 'collisionTimes', 'bounces'];
  return all.map((key) => [['times', key], key === 'collisionTimes' || key === 'bounces' ? undefined : times[key]]);
}

/** A rate that knows no length of a line, under the operator that both kinds have. */
function collisionChanges(collisions: unknown, toOrbits: boolean): Change[] {
  if (collisions === 'none' || collisions === undefined) return toOrbits ? [] : [[['collisions'], 'none']];
  const { rate, operator } = record(collisions);
  if (operator === 'none') return toOrbits ? [] : [[['collisions'], 'none']];
  if (rate === undefined || record(rate).law === 'strength') return [];
  return [[['collisions'], { rate }]];
}

/**
 * The text of the same experiment by the other kind of motion.
 *
 * @param text a scenario
 * @param motions names of the motions in space
 * @param presets all of both kinds
 * @returns a text of the other kind; undefined where the text cannot be read, or no preset is at hand
 */
export function otherMotion(
  text: string,
  motions: readonly string[],
  presets: readonly PresetItem[],
): string | undefined {
  const plain = plainOf(text);
  if (plain === undefined) return undefined;
  const orbits = isOrbits(plain, motions);
  const others = presets.filter(({ yaml }) => isOrbits(plainOf(yaml) ?? {}, motions) !== orbits);
  const preset = beginning(plain, others);
  if (preset === undefined) return undefined;
  const { name, seed, species } = plain;
  // The first line is about the preset as it was.
  const bare = preset.yaml.replace(/^(#.*\n)+/, '');
  const kept = Object.entries({ name, seed, species }).filter(([, value]) => value !== undefined);
  return edited(bare, [
    ...kept.map(([key, value]): Change => [[key], value]),
    ...particleChanges(record(plain.particles)),
    ...timeChanges(record(plain.times)),
    ...collisionChanges(plain.collisions, !orbits),
  ]);
}
