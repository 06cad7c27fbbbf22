/** What a run of full orbits keeps of the kicks of mu, (mu - mu0)/mu0, by how a particle started. */
import type { TallySpec } from '../tallies.js';

/** Octaves of |kick| of the distribution, as the kernel has them. */
const LOWEST = -40;
const OCTAVES = 47;
/** Quanta as the kernel has them: of kicks, of their squares from 2^-26 on, and of smaller squares. */
const QUANTUM = 2 ** -42;
const SQUARE = 2 ** -36;
const SMALL_SQUARE = 2 ** -74;
/** Particles of a chunk whose kicks, each at most 64, the kernel's 64-bit sums have room for. */
export const KICK_CHUNK = 2 ** 14;

/**
 * Edges of the signed logarithmic axis of kicks: octaves of |kick| from 2^-40 to 2^7 either side of one bin for all that are smaller.
 * @param bins of an octave
 * @returns edges, increasing; kicks beyond the outermost are counted within
 * @example
 * kickEdges(4).length // => 378
 * kickEdges(1)[47] // ≈ -9.094947017729282e-13
 */
export function kickEdges(bins: number): Float64Array {
  const up = Array.from({ length: OCTAVES * bins + 1 }, (_, i) => 2 ** (LOWEST + i / bins));
  return Float64Array.from([...up.toReversed().map((x) => -x), ...up]);
}

/** The tallies of kicks, in the order in which they are hashed. */
export function kickTallySpecs(n: {
  readonly times: number;
  readonly phase: number;
  readonly startXi: number;
  readonly kick: number;
}): TallySpec[] {
  const tally = (name: string, axes: Record<string, number>, quantum?: number): TallySpec => ({
    name,
    kind: quantum === undefined ? 'count' : 'sum',
    axes: Object.keys(axes),
    shape: Object.values(axes),
    grouped: true,
    quantum: quantum ?? 1,
    unit: '1',
  });
  const moments = (name: string, axes: Record<string, number>) => [
    tally(`${name}Count`, axes),
    tally(name, axes, QUANTUM),
    tally(`${name}2`, axes, SQUARE),
    // a square is in one of the two
    tally(`${name}2Small`, axes, SMALL_SQUARE),
  ];
  const kick = 2 * OCTAVES * n.kick + 1;
  return [
    ...moments('kickPhase', { time: n.times, startPhase: n.phase }),
    ...moments('kickPitch', { time: n.times, startXi: n.startXi }),
    tally('kick', { time: n.times, kick }),
    tally('lostKick', { kick }),
  ];
}
