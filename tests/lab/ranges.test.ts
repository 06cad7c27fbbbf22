/** What a control says may be written is what the reader takes: just inside the range, and nothing outside. */
import { describe, expect, it } from 'vitest';
import { parseOrbits, parseScenario, ScenarioError } from '../../src/index.js';
import { edited } from '../../src/lab/scenario/plain.js';
import { both, type Found, reachable } from './formWalk.js';

/** The ends of a range in words: `1e-18 to 1e12 T`, `above 0, up to 5 eV`, `0 or more, below c`. */
interface Ends {
  readonly unit: string;
  readonly low?: { readonly value: number; readonly itself: boolean };
  readonly high?: { readonly value: number; readonly itself: boolean };
}

const NUMBER = '([-+]?[\\d.]+(?:e[-+]?\\d+)?)';
const find = (words: string, pattern: string) => new RegExp(pattern.replace('N', NUMBER)).exec(words);

/** @param own unit of the control, where the words name none */
function endsOf(words: string, own: string): Ends {
  const between = new RegExp(`${NUMBER} to ${NUMBER} ?([A-Za-z1][\\w/^-]*)?`).exec(words);
  if (between)
    return {
      unit: between[3] || own,
      low: { value: Number(between[1]), itself: true },
      high: { value: Number(between[2]), itself: true },
    };
  const above = find(words, 'above N');
  const least = find(words, 'N or more(?! values)');
  const upTo = find(words, '(?:^|, )up to N');
  const below = find(words, 'below N');
  const unit = /(?:up to|below) [-+\d.e]+ ([A-Za-z1][\w/^-]*)/.exec(words)?.[1] ?? own;
  return {
    unit,
    ...(above && { low: { value: Number(above[1]), itself: false } }),
    ...(least && { low: { value: Number(least[1]), itself: true } }),
    ...(upTo && { high: { value: Number(upTo[1]), itself: true } }),
    ...(below && { high: { value: Number(below[1]), itself: false } }),
  };
}

/** Values about the ends: those that the words allow, and those that they do not. */
function about({ low, high }: Ends, whole: boolean) {
  const inside: [end: 'low' | 'high', value: number][] = [];
  const outside: typeof inside = [];
  for (const [end, limit, outward] of [
    ['low', low, -1],
    ['high', high, 1],
  ] as const) {
    if (!limit) continue;
    // Numbers of eV are told to three digits.
    const step = whole ? 1 : limit.value === 0 ? 1e-9 : 0.01 * Math.abs(limit.value);
    inside.push([end, limit.itself ? limit.value - (whole ? 0 : outward * step) : limit.value - outward * step]);
    if (limit.itself && limit.value === 0) inside.push([end, 0]);
    outside.push([
      end,
      limit.itself ? limit.value + outward * Math.max(step, 2e-16 * Math.abs(limit.value)) : limit.value,
    ]);
  }
  return { inside, outside };
}

/** 2^64 - 1 is no double: it reads as 2^64, and one less as the double below. */
const told = (value: number) =>
  value >= 2 ** 63 && value < 2 ** 65 ? String(value === 2 ** 64 ? 2n ** 64n - 1n : 2n ** 64n) : String(value);

/** What is typed for a value: among those of a list, it is the first or the last, so that they still increase. */
function typed({ control }: Found, unit: string, end: 'low' | 'high', value: number): string {
  const one = unit === '' ? told(value) : `${value} ${unit}`;
  if (!control.range?.startsWith('each ')) return one;
  const all =
    control.value === ''
      ? (control.fallback || `0 ${unit}, 0 ${unit}, 0 ${unit}`).split(', ')
      : control.value.split(', ');
  return all.map((other, i) => (i === (end === 'low' ? 0 : all.length - 1) ? one : other)).join(', ');
}

function faultsAt(text: string, path: string, orbits: boolean): string[] {
  try {
    if (orbits) parseOrbits(text);
    else parseScenario(text);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const near = error.faults.filter(
      (fault) => fault.path === path || fault.path.startsWith(`${path}[`) || fault.path.startsWith(`${path}.`),
    );
    return near.map(({ message }) => message);
  }
}

/** Values within the range that another key forbids: what is said there is between two keys. */
const together: Readonly<Record<string, string>> = {
  'particles.stratify.speed': 'all particles start at one speed',
  'particles.place{point}.s': 'lies outside the field',
  'particles.speed{powerLaw}.to': 'is not above from',
  'particles.speed{shell}.to': 'is not above from',
  'field{table}.B': 'B is least|the curve through the rows',
  'field{twoCoil}.separation': 'leaves no minimum between coils',
  'boundary.minorRadius': 'is from a magnetic axis',
  'times.collisionTimes': 'must be a time for full orbits',
  'times.bounces': 'must be a time for full orbits',
  'field{turbulence}.shortest': 'is longer than the longest',
  'field{tokamak}.minorRadius': 'reaches the axis of symmetry',
  'field{sheets}.separations': 'lets sheets .* overlap',
  'field{step}.above': 'div B = 0',
  ...Object.fromEntries(['x', 'y', 'z', 'Bx', 'By', 'Bz'].map((key) => [`field{grid}.${key}`, 'has 3 rows'])),
};

/** Ranges that are no ends of a number; tested one by one below. */
const inWords = /letters|characters/;

/** What is wrong at the ends: values within that are refused, and values without that are not. */
function wrongEnds(name: string, found: Found, orbits: boolean): string[] {
  const { control, text } = found;
  const range = control.range as string;
  const ends = endsOf(range, control.unit.includes(' or ') ? 'eV' : control.unit);
  if (!ends.low && !ends.high) return [`${name}: no ends in "${range}"`];
  const unit = control.number ? '' : ends.unit;
  const { inside, outside } = about(ends, range.startsWith('whole'));
  const said = ([end, value]: readonly ['low' | 'high', number]) => {
    const changes = control.set(typed(found, unit, end, value));
    return changes.length === 0 ? ['not taken'] : faultsAt(edited(text, changes), control.path, orbits);
  };
  const refused = inside.flatMap((one) =>
    said(one)
      .filter((message) => !(together[name] && new RegExp(together[name]).test(message)))
      .map((message) => `${name}: ${one[1]} is in "${range}", but: ${message}`),
  );
  const taken = outside
    .filter((one) => said(one).length === 0)
    .map(([, value]) => `${name}: ${value} is not in "${range}", but taken`);
  return [...refused, ...taken];
}

/** Keys that both schemas have are looked at once. */
const seen = new Set<string>();

describe.each(both)('ranges at the controls of %s', (_, schema, first, orbits) => {
  const all = [...reachable(schema, first, orbits)].filter(([, { control }]) => control.range);

  it('are what the reader takes', () => {
    const numeric = all.filter(([name, { control }]) => {
      const mark = `${name} ${control.range}`;
      return !inWords.test(control.range as string) && !seen.has(mark) && seen.add(mark);
    });
    expect(numeric.length).toBeGreaterThan(50);
    expect(numeric.flatMap(([name, found]) => wrongEnds(name, found, orbits))).toEqual([]);
  });

  it('are found wrong where they say something else', () => {
    const [name, found] = all.find(([one]) => /^field\{\w+\}\.B0?$/.test(one) && !/grid/.test(one)) as [string, Found];
    for (const range of ['1e-18 to 1e13 T', '1e-20 to 1e12 T', '1e-18 to 1e11 T', '1e-17 to 1e12 T', 'any'])
      expect(wrongEnds(name, { ...found, control: { ...found.control, range } }, orbits), range).not.toEqual([]);
  });
});

const refusal = (text: string) => {
  try {
    parseScenario(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

it('in words hold as well', () => {
  const letters = (n: number) => 'a'.repeat(n);
  expect(refusal(`name: ${letters(64)}`)).toBe('');
  expect(refusal(`name: ${letters(65)}`)).toContain('name');
  expect(refusal(`description: ${letters(10_000)}`)).toBe('');
  expect(refusal(`description: ${letters(10_001)}`)).toContain('description');
  expect(refusal(`species: { name: ${letters(64)}, mass: 1 u, charge: 1 e }`)).toBe('');
  expect(refusal(`species: { name: ${letters(65)}, mass: 1 u, charge: 1 e }`)).toContain('species.name');
  expect(refusal('species: { mass: 1 u, charge: 0 e }')).toContain('species.charge');
});

it('whose end goes by the mass hold as well', () => {
  // A proton's rest energy is 938.272 MeV.
  expect(refusal('particles: { speed: 9.37 TeV }')).toBe('');
  expect(refusal('particles: { speed: 9.39 TeV }')).toContain('must be <= 10000');
  expect(refusal('{ species: electron, particles: { temperature: 51 MeV } }')).toBe('');
  expect(refusal('{ species: electron, particles: { temperature: 51.2 MeV } }')).toContain('rest energies');
});
