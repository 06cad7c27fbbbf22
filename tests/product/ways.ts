/** The ways in which one run can be carried out, none of which may change a bit: number of workers, chunks, accidents, and resuming. */
import type { EnginePlan } from '../../src/engine/index.js';
import type { Accident } from './unlucky.js';

export interface Way {
  readonly workers: number;
  /** Blocks of a chunk: one, a prime number, or all of a group. */
  readonly chunkBlocks: number;
  readonly accidents: readonly Omit<Accident, 'block'>[];
  readonly resumed: boolean;
}

const counts = [1, 2, 3, 7];
const fates: readonly (readonly Omit<Accident, 'block'>[])[] = [
  [],
  [
    { kind: 'exit', when: 'middle' },
    { kind: 'trap', when: 'end' },
    { kind: 'throw', when: 'start' },
  ],
  [
    { kind: 'hang', when: 'middle' },
    { kind: 'exit', when: 'end' },
    { kind: 'trap', when: 'middle' },
  ],
];

/** Every combination. @param prime blocks of a chunk, where it is neither one nor all */
export function ways(prime: number): Way[] {
  return counts.flatMap((workers) =>
    [1, prime, Number.POSITIVE_INFINITY].flatMap((chunkBlocks) =>
      fates.flatMap((accidents) => [false, true].map((resumed): Way => ({ workers, chunkBlocks, accidents, resumed }))),
    ),
  );
}

/** What two parts of a way are together. */
const pairsOf = ({ workers, chunkBlocks, accidents, resumed }: Way): string[] => {
  const parts = [`w${workers}`, `c${chunkBlocks}`, `a${fates.indexOf(accidents)}`, `r${resumed}`];
  return parts.flatMap((part, i) => parts.slice(0, i).map((other) => `${other} ${part}`));
};

/** Pairs of parts, of all ways, that these leave out. */
export function missing(some: readonly Way[], all: readonly Way[]): string[] {
  const met = new Set(some.flatMap(pairsOf));
  return [...new Set(all.flatMap(pairsOf))].filter((pair) => !met.has(pair));
}

/** Few ways that have every pair of parts among them: a fault that shows where two things meet shows in one of them. */
export function covering(all: readonly Way[]): Way[] {
  const chosen: Way[] = [];
  const open = new Set(all.flatMap(pairsOf));
  const news = (way: Way) => pairsOf(way).filter((pair) => open.has(pair)).length;
  while (open.size > 0) {
    const best = all.reduce((most, way) => (news(way) > news(most) ? way : most));
    for (const pair of pairsOf(best)) open.delete(pair);
    chosen.push(best);
  }
  return chosen;
}

/** Where the accidents of a way happen in a run: at different blocks, so that none fails twice. */
export function placed({ accidents }: Way, { blocks }: EnginePlan): Accident[] {
  return accidents.slice(0, blocks).map((one, i) => ({ ...one, block: (17 * i + 5) % blocks }));
}

export const inWords = ({ workers, chunkBlocks, accidents, resumed }: Way): string =>
  [
    `${workers} worker${workers > 1 ? 's' : ''}`,
    Number.isFinite(chunkBlocks) ? `chunks of ${chunkBlocks}` : 'chunks of a whole group',
    accidents.length > 0 ? accidents.map(({ kind, when }) => `${kind} (${when})`).join(', ') : 'no accident',
    resumed ? 'resumed' : 'in one go',
  ].join('; ');
