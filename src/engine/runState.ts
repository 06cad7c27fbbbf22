import { BlockSet } from './blockSet.js';
import { EngineError } from './errors.js';
import { type FaultRecord, NAMED } from './faultWatch.js';
import { planHash } from './planHash.js';
import type { EnginePlan } from './result.js';
import { Tallies } from './tallies.js';

/**
 * Everything that a run has so far: another run of the same plan that begins with it ends with the same hash.
 *
 * Blocks that were under way are not in it; they run again from their first particle, with the same draws.
 */
export interface RunState {
  /** SHA-256 of what of the plan decides the bits of the run. */
  readonly plan: string;
  readonly tallies: Tallies;
  /** The blocks whose particles the tallies hold: whole sets. */
  readonly blocks: BlockSet;
  /** Particle-steps behind the tallies. */
  readonly steps: number;
  /** Wall time without pauses [s]. */
  readonly seconds: number;
  readonly faults: FaultRecord;
  /** Of a run that is judged on its way: how many prefixes were, and what the judge must remember of them. */
  readonly judged?: { readonly prefix: number; readonly memory?: unknown };
}

/** A stretch of a run's blocks, `from .. to - 1`: whole sets. */
export interface Share {
  readonly from: number;
  readonly to: number;
}

/**
 * The share of a run that one of several processes computes: contiguous, whole sets, every block in one share alone.
 *
 * @param plan the whole run
 * @param index 1 .. of
 * @param of number of shares; with more shares than sets some are empty
 * @throws EngineError where there is no such share
 *
 * @example
 * shareOf({ blocks: 64, strata: 1 }, 3, 10) // => { from: 12, to: 19 }
 * shareOf({ blocks: 64, strata: 4 }, 1, 3) // => { from: 0, to: 20 }
 * shareOf({ blocks: 64 }, 11, 10) // throws shard: 11/10 is none
 */
export function shareOf(plan: Pick<EnginePlan, 'blocks' | 'strata'>, index: number, of: number): Share {
  if (!(Number.isInteger(of) && of >= 1 && of <= MOST_SHARES && Number.isInteger(index) && index >= 1 && index <= of))
    throw new EngineError(
      'BAD_OPTION',
      `shard: ${index}/${of} is none (must be k/n with 1 <= k <= n <= ${MOST_SHARES})`,
    );
  const { blocks, strata = 1 } = plan;
  const sets = blocks / strata;
  const edge = (k: number) => strata * Math.floor((k * sets) / of);
  return { from: edge(index - 1), to: edge(index) };
}

/**
 * Particles of some blocks of a run.
 * @example
 * const blocks = new Set([0, 2])
 * particlesIn(blocks, { blockSize: 16, particles: 40 }) // => 24
 */
export function particlesIn(
  blocks: Iterable<number>,
  { blockSize, particles }: Pick<EnginePlan, 'blockSize' | 'particles'>,
): number {
  let sum = 0;
  for (const block of blocks) sum += Math.max(0, Math.min(blockSize, particles - block * blockSize));
  return sum;
}

export const MOST_SHARES = 100_000;

/**
 * Puts the state of another part of the same run to this one's; its tallies and blocks are changed.
 *
 * @throws EngineError where it is of another run, or both have the same block; TallyOverflowError where a tally leaves its exact range
 */
export function joined(to: RunState, { plan, tallies, blocks, steps, seconds, faults }: RunState): RunState {
  checkPlan(plan, to.plan);
  for (const block of blocks)
    if (!to.blocks.add(block))
      throw new EngineError('BAD_STATE', `state: has block ${block} (must not be in the other one too)`);
  to.tallies.merge(tallies);
  const named = [...to.faults.blocks, ...faults.blocks];
  return {
    plan: to.plan,
    tallies: to.tallies,
    blocks: to.blocks,
    steps: to.steps + steps,
    seconds: to.seconds + seconds,
    faults: {
      count: to.faults.count + faults.count,
      blocks: named.slice(0, NAMED),
      more: to.faults.more || faults.more || named.length > NAMED,
    },
  };
}

/**
 * Checks that a state can be one of this run.
 * @param stretch the blocks that the run computes
 * @throws EngineError where it is no state, or of another plan; where its blocks lie outside of the stretch, or a set of them is not whole
 */
export function checkState(state: RunState, plan: EnginePlan, stretch: Share): void {
  const { blocks, tallies } = state ?? {};
  if (!(blocks instanceof BlockSet && tallies instanceof Tallies))
    throw new EngineError('BAD_STATE', 'state: is none (must be what state() of a run gave)');
  const strata = plan.strata ?? 1;
  if (blocks.size !== plan.blocks)
    throw new EngineError('BAD_STATE', `state: is of ${blocks.size} blocks (must be of the run's ${plan.blocks})`);
  checkPlan(state.plan, planHash(plan));
  const before = new Map<number, number>();
  for (const block of blocks) {
    if (block < stretch.from || block >= stretch.to) {
      const wanted = stretch.to > stretch.from ? `be ${stretch.from} to ${stretch.to - 1}` : 'have none';
      throw new EngineError('BAD_STATE', `state: has block ${block} (must ${wanted})`);
    }
    const set = Math.floor(block / strata);
    const inside = (before.get(set) ?? 0) + 1;
    if (inside === strata) before.delete(set);
    else before.set(set, inside);
  }
  const [part] = before.keys();
  if (part !== undefined)
    throw new EngineError('BAD_STATE', `state: the set of block ${part * strata} is there in part (must be whole)`);
}

function checkPlan(found: string, wanted: string): void {
  if (found !== wanted)
    throw new EngineError(
      'BAD_STATE',
      `state: is of another run, with the plan ${found.slice(0, 8)} (must be of ${wanted.slice(0, 8)})`,
    );
}
