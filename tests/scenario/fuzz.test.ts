import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildField } from '../../src/fields/index.js';
import { formatScenario, parseScenario, type Scenario, ScenarioError } from '../../src/scenario/index.js';
import { sound } from './sound.js';

/** Set FUZZ_SEED to the seed a failure printed; FUZZ_ROUNDS for more than the usual. */
const SEED = Number(process.env.FUZZ_SEED ?? 20240607);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 300);

/** A small generator for tests: Lehmer, modulus 2^31 - 1. */
function generator(seed: number) {
  let state = (seed % 2147483646) + 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, pick: <T>(items: readonly T[]) => items[below(items.length)] };
}
type Random = ReturnType<typeof generator>;

const JUNK: readonly unknown[] = [
  null,
  '',
  ' ',
  'x',
  '1',
  '-1 m',
  '1e400 m',
  'NaN',
  'nan T',
  '5 km',
  '0 T',
  '1e-300 m',
  '1e300 m',
  '10 keV',
  '-5 keV',
  '0.999999999999 c',
  0,
  -0,
  1,
  -1,
  2,
  1e30,
  1e-30,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MAX_VALUE,
  2 ** 53,
  true,
  false,
  [],
  {},
  [[]],
  [1, 2],
  ['1 m', '2 m', '3 m'],
  { kind: 'table' },
  { unit: 'm', values: [1, 2, 3] },
  { kind: 'none' },
  'none',
  'trapped',
  'table',
  'cone',
  new Date(0),
  () => 1,
  10n,
  10n ** 30n,
  '\u0000',
  '\u202e',
  'é'.repeat(100),
  '__proto__',
];
const KEYS = [
  'kind',
  'law',
  'B',
  's',
  'file',
  'speed',
  'ratio',
  'x',
  'constructor',
  '__proto__',
  'only',
  'at',
  'unit',
  'values',
  '',
  ' ',
  'kindd',
];

type Branch = Record<string, unknown> | unknown[];
const isBranch = (value: unknown): value is Branch =>
  typeof value === 'object' && value !== null && !(value instanceof Date);

/** A random place inside an object. */
function wander(root: Branch, random: Random): Branch {
  let at = root;
  for (let i = random.below(4); i > 0; i--) {
    const inner = Object.values(at).filter(isBranch);
    if (inner.length === 0) break;
    at = random.pick(inner);
  }
  return at;
}

function mutateObject(root: Branch, random: Random): void {
  const at = wander(root, random) as Record<string, unknown>;
  const keys = Object.keys(at);
  const key = keys.length > 0 ? random.pick(keys) : random.pick(KEYS);
  switch (random.below(4)) {
    case 0:
      delete at[key];
      break;
    case 1:
      Object.defineProperty(at, random.pick(KEYS), {
        // Never Object.prototype itself, which `__proto__` would give: the mutations would then change it.
        value: Object.hasOwn(at, key) ? at[key] : null,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 2:
      at[key] = random.pick(JUNK);
      break;
    default: {
      const donor = parse(random.pick(sound)) as Branch;
      at[key] = Object.values(wander(donor, random))[0];
    }
  }
}

function mutateText(text: string, random: Random): string {
  const i = random.below(text.length + 1);
  const scraps = [
    '\n',
    ' ',
    '- ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    '&a ',
    '*a',
    '!!x ',
    '|',
    '>',
    '\t',
    '%',
    '@',
    '`',
    '\0',
    '1e999',
    '-',
    'e',
    '.',
  ];
  const j = Math.min(text.length, i + random.below(8));
  return random.below(2) === 0
    ? text.slice(0, i) + random.pick(scraps) + text.slice(i)
    : text.slice(0, i) + text.slice(j);
}

const JARGON =
  /Invalid input|expected .* received|ZodError|undefined|\[object|Cannot read|is not a function|not iterable/;

function check(input: string | object): 'accepted' | 'refused' {
  let scenario: Scenario;
  try {
    scenario = parseScenario(input);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    expect(error.faults.length).toBeGreaterThan(0);
    expect(error.message).not.toMatch(JARGON);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a message must not hold
    expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    return 'refused';
  }
  const text = JSON.stringify(scenario, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value,
  );
  expect(text).not.toContain('NOT FINITE');
  expect(parseScenario(formatScenario(scenario))).toEqual(scenario);
  const field = buildField(scenario.field);
  expect(field.Bmin).toBeGreaterThan(0);
  expect(field.Bmax).toBeGreaterThanOrEqual(field.Bmin);
  return 'accepted';
}

describe(`mutated scenarios, FUZZ_SEED=${SEED}`, () => {
  for (const [name, mutate] of [
    [
      'objects',
      (random: Random) => {
        const input = structuredClone(parse(random.pick(sound))) as Branch;
        for (let n = 1 + random.below(3); n > 0; n--) mutateObject(input, random);
        return input;
      },
    ],
    [
      'texts',
      (random: Random) => {
        let text = random.pick(sound);
        for (let n = 1 + random.below(3); n > 0; n--) text = mutateText(text, random);
        return text;
      },
    ],
  ] as const) {
    it(`${name}: only ScenarioError escapes, and what is accepted can be built and written down again`, () => {
      const random = generator(SEED);
      const count = { accepted: 0, refused: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        const input = mutate(random);
        try {
          count[check(input)]++;
        } catch (error) {
          const shown = typeof input === 'string' ? input : inspect(input, { depth: 8 });
          throw new Error(`FUZZ_SEED=${SEED}, round ${round}: ${shown}`, { cause: error });
        }
      }
      expect(count.refused).toBeGreaterThan(ROUNDS / 5);
      expect(count.accepted).toBeGreaterThan(ROUNDS / 20);
    });
  }
});
