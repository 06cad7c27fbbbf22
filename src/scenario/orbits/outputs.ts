/** What a run of orbits in space writes besides its tallies: figures, and the paths of chosen particles. */
import type * as z from 'zod';
import { Refusal, show } from '../faults.js';
import { leaf, orAbsent, quantity, section, short, toldRange, unlike, withinLimits } from '../leaves.js';
import type { Report } from '../resolve.js';
import { figuresOutput } from '../sections/outputs.js';
import { parseBytes } from '../sizes.js';

/** Paths that are kept at most. */
const MOST_PATHS = 10_000;

const COUNT = { what: 'a number of paths', min: 1, max: MOST_PATHS };
const SIZE = { what: 'a size of paths', min: 1e4, max: 1e9 };

const numbers = [
  { type: 'integer', minimum: 1, maximum: MOST_PATHS },
  {
    type: 'array',
    items: { type: 'integer', minimum: 0 },
    minItems: 1,
    maxItems: MOST_PATHS,
    uniqueItems: true,
  },
];

const chosen = leaf<number | readonly number[], number | readonly number[]>(
  (value) => {
    const right = 'must be a number of particles, e.g. 8, or a list of their numbers, e.g. [0, 17, 512]';
    const whole = (x: unknown): x is number => typeof x === 'number' && Number.isSafeInteger(x) && x >= 0;
    if (whole(value)) return withinLimits(show(value), value, COUNT, '');
    if (!Array.isArray(value)) throw new Refusal(`${show(value)} are no particles`, right);
    withinLimits(`a list of ${value.length}`, value.length, COUNT, '');
    const numbers = value.map((x, i) => {
      if (!whole(x)) throw new Refusal(`number ${i + 1}, ${show(x)}, is no particle's`, right);
      return x;
    });
    const twice = numbers.find((x, i) => numbers.indexOf(x) < i);
    if (twice !== undefined) throw new Refusal(`particle ${twice} is there twice`, 'each must be named once');
    return numbers;
  },
  {
    description:
      'Particles whose paths are kept: how many (the first), or their numbers, from 0 on; left out: the first 8',
    range: `whole, ${toldRange(COUNT, '')}`,
    sample: [8, [0, 17, 512]],
    anyOf: numbers,
  },
);

const budget = leaf<string | number, number>(
  (value) => {
    const size = typeof value === 'string' || typeof value === 'number' ? parseBytes(String(value)) : undefined;
    if (size === undefined) throw new Refusal(`${show(value)} is no size`, 'must be a number of bytes, e.g. 64 MB');
    return withinLimits(show(value), size, SIZE, 'bytes');
  },
  {
    description: 'Bytes that the paths may take in the results file',
    unit: 'B',
    range: toldRange(SIZE, 'B'),
    sample: ['64 MB'],
    anyOf: [{ type: 'string', pattern: '^\\s*\\d+(\\.\\d+)?\\s*[kMGTkmgt]?i?B?\\s*$' }, { type: 'integer' }],
  },
);

const time = (description: string, limits: { readonly above?: number; readonly min?: number }) =>
  orAbsent(quantity('time', { description, what: 'a time', max: 1e18, example: '10 ns', ...limits }));

const trajectories = section(
  {
    particles: orAbsent(chosen),
    every: time(
      'Time between two points of a path; left out: 32 a gyration at the start, fewer where the budget asks it',
      {
        above: 0,
      },
    ),
    from: time('Paths are kept from this time on; left out: from the start', { min: 0 }),
    until: time('Paths are kept up to this time; left out: to the end', { above: 0 }),
    budget: budget.prefault('64 MB'),
  },
  'Paths of chosen particles',
);

/** What is asked of the paths of chosen particles; times in s, the budget in bytes. */
export type Trajectories = z.output<typeof trajectories>;

/** Paths that are kept where no number is given. */
const SOME_PATHS = 8;

/**
 * The numbers of the particles whose paths are kept.
 * @example
 * chosenParticles(3, 100) // => [0,1,2]
 * chosenParticles(null, 2) // => [0,1]
 * chosenParticles([17, 5], 100) // => [17,5]
 */
export function chosenParticles(particles: Trajectories['particles'], count: number): readonly number[] {
  const some = particles ?? Math.min(SOME_PATHS, count);
  return typeof some === 'number' ? Array.from({ length: some }, (_, i) => i) : some;
}

/** Sees them beside the rest of the scenario. */
export function checkTrajectories(
  { particles, from, until }: Trajectories,
  count: number,
  end: number,
  report: Report,
): void {
  const where = 'outputs.trajectories';
  const beyond = Math.max(...chosenParticles(particles, count));
  if (beyond >= count)
    report(
      `${where}.particles`,
      String(particles),
      typeof particles === 'number'
        ? `${particles} are more than the particles of the run (must be at most ${count})`
        : `${beyond} is no particle of the run (must be 0 to ${count - 1})`,
    );
  if (until && until > end)
    report(`${where}.until`, `${until} s`, `${until} s is after the end of the run (must be at most ${end} s)`);
  if (from && from >= (until ?? end))
    report(`${where}.from`, `${from} s`, `${from} s is not before the end (must be below ${until ?? end} s)`);
}

/** What is written besides the tallies. */
export const orbitOutputsSchema = unlike(
  'particles',
  [
    'particles lists the fates of a motion along a line',
    'for orbits in space ask for trajectories, e.g. { trajectories: { particles: 8 } }',
  ],
  section(
    {
      figures: figuresOutput,
      trajectories: orAbsent(
        short(
          (value) => (typeof value === 'number' || Array.isArray(value) ? { particles: value } : value),
          trajectories,
          {
            description: 'Paths of chosen particles: their number or a list of their numbers is short for a section',
            shortForm: { anyOf: numbers },
          },
        ) as unknown as z.ZodType<Trajectories, number | readonly number[] | z.input<typeof trajectories>>,
      ),
    },
    'What is written besides the tallies',
  ),
);
