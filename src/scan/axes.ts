/** What a scan varies: keys of a scenario, each with its values. */
import { exp, log } from '../physics/elementary.js';
import type { ScanAxis } from '../results/scan.js';
import { Refusal, show } from '../scenario/faults.js';
import { keysOf } from '../scenario/settings.js';

/** Values as a user gives them: a list, or a text such as `1..1e5 /s:log:25` or `2, 5, 10`. */
export type AxisInput = string | readonly (string | number)[];

/** Values that an axis may have at most. */
const MOST_VALUES = 10_000;

const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const QUANTITY = new RegExp(`^(${NUMBER})\\s*(.*)$`);
const RANGE = new RegExp(
  `^(${NUMBER})\\s*([^.\\d\\s][^.:]*?)?\\s*\\.\\.\\s*(${NUMBER})\\s*([^:]*?)(?::(log|linear))?(?::(\\d+))?$`,
);

/**
 * Reads the values of an axis.
 *
 * @param key the scenario's key, e.g. `field.ratio`
 * @param input a list (`2, 5, 10`; `1 keV, 10 keV`; words) or a range `from..to[:log|:linear]:n` of n values, both ends
 *   among them, the unit at one end or at both
 * @throws Refusal naming the key
 * @example
 * readAxis('field.ratio', '2,5,10').values // => [2, 5, 10]
 * readAxis('collisions.rate', '1..1e4 /s:log:5').values // => [1, 10, 100, 1000, 10000]
 * readAxis('particles.speed', ['1 keV', '10 keV']) // => { key: 'particles.speed', values: [1, 10], unit: 'keV', spacing: 'linear' }
 * readAxis('field.ratio', '0..1:log:3') // throws field.ratio: 0..1 cannot be divided by factors (both ends must be > 0)
 */
export function readAxis(key: string, input: AxisInput): ScanAxis {
  const fail = (found: string, right: string): never => {
    throw new Refusal(`${key}: ${found}`, right);
  };
  try {
    keysOf(key);
  } catch {
    throw new Refusal(`${show(key)} is not a key of a scenario`, 'must be a path such as field.ratio');
  }
  const range = typeof input === 'string' ? RANGE.exec(input.trim()) : null;
  if (range) return readRange(key, range, fail);
  if (typeof input === 'string' && input.includes('..'))
    fail(`${show(input)} is not a range`, 'must be from..to:n or from..to:log:n, e.g. 1..1e5:log:25');
  const items = typeof input === 'string' ? input.split(',') : input;
  if (!Array.isArray(items) || items.length === 0) fail('has no values', 'must be a list or a range, e.g. 2,5,10');
  if (items.length > MOST_VALUES) fail(`has ${items.length} values`, `must have at most ${MOST_VALUES}`);
  const read = items.map((item) => {
    const text = typeof item === 'number' ? String(item) : typeof item === 'string' ? item.trim() : '';
    if (text === '') fail(`${show(item)} is not a value`, 'must be a number, a quantity such as 10 keV, or a word');
    const [, number, unit = ''] = QUANTITY.exec(text) ?? [];
    return number === undefined ? { value: text, unit: '' } : { value: Number(number), unit: unit.trim() };
  });
  const units = new Set(read.map(({ unit }) => unit));
  const kinds = new Set(read.map(({ value }) => typeof value));
  if (units.size > 1)
    fail(`has values in ${[...units].map((unit) => unit || 'no unit').join(' and ')}`, 'must all have the same unit');
  if (kinds.size > 1) fail('has numbers and words', 'must have one or the other');
  const values = read.map(({ value }) => value);
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) fail(`has ${show(twice)} twice`, 'must have each value once');
  if (values.some((value) => typeof value === 'number' && !Number.isFinite(value)))
    fail('has a value that is not finite', 'must have finite ones');
  return { key, values, unit: read[0].unit || '1', spacing: spacingOf(values) };
}

function readRange(key: string, match: RegExpExecArray, fail: (found: string, right: string) => never): ScanAxis {
  const [, first, firstUnit = '', last, lastUnit = '', spacing = 'linear', number] = match;
  const [from, to] = [Number(first), Number(last)];
  const text = `${first}..${last}`;
  const [unit, other] = [firstUnit.trim(), lastUnit.trim()];
  if (unit && other && unit !== other) fail(`${text} ends in ${unit} and ${other}`, 'must have one unit');
  if (number === undefined) fail(`${text} lacks a number of values`, `must be e.g. ${text}:log:25`);
  const n = Number(number);
  if (!(n >= 2 && n <= MOST_VALUES)) fail(`${text} cannot have ${n} values`, `must have from 2 to ${MOST_VALUES}`);
  if (!(Number.isFinite(from) && Number.isFinite(to) && from !== to))
    fail(`${text} is not a range`, 'must have two ends');
  if (spacing === 'log' && !(from > 0 && to > 0)) fail(`${text} cannot be divided by factors`, 'both ends must be > 0');
  const at = (i: number) => {
    if (i === 0) return from;
    if (i === n - 1) return to;
    const x = i / (n - 1);
    // Rounded: what a scenario holds decides its bits, and should be short enough to type.
    return Number((spacing === 'log' ? from * exp(log(to / from) * x) : from + (to - from) * x).toPrecision(9));
  };
  return {
    key,
    values: Array.from({ length: n }, (_, i) => at(i)),
    unit: unit || other || '1',
    spacing: spacing as 'log' | 'linear',
  };
}

/** Whether a list spans so much that only factors show it. */
function spacingOf(values: readonly (number | string)[]): 'log' | 'linear' {
  const sorted = values
    .filter((value): value is number => typeof value === 'number' && value > 0)
    .sort((a, b) => a - b);
  return sorted.length === values.length && sorted.length > 1 && sorted[sorted.length - 1] / sorted[0] > 30
    ? 'log'
    : 'linear';
}

/** A value of an axis as a scenario takes it. */
export function settingOf({ unit }: ScanAxis, value: number | string): number | string {
  return typeof value === 'number' && unit !== '1' ? `${value} ${unit}` : value;
}

/** The values of every point of a grid, the last axis running fastest. */
export function gridOf(axes: readonly ScanAxis[]): (number | string)[][] {
  return axes.reduce<(number | string)[][]>(
    (points, { values }) => points.flatMap((point) => values.map((value) => [...point, value])),
    [[]],
  );
}
