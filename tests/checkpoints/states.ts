/** States of a small run that no worker has computed, and what it must end with. */
import { BlockSet, planHash, type RunState } from '../../src/engine/index.js';
import { addBlock, emptyChunk, expected, type FakePlan, fakePlan } from '../engine/fakeRunner.js';

/** Few groups: its files are short enough to damage at every byte. */
export const smallPlan = fakePlan({ blocks: 11, groups: 2 });

export function stateOf(plan: FakePlan, blocks: Iterable<number>): RunState {
  const set = new BlockSet(plan.blocks);
  for (const block of blocks) set.add(block);
  const faults = { count: 0, blocks: [], more: false };
  const tallies = expected(plan, set);
  return { plan: planHash(plan), tallies, blocks: set, steps: 200 * set.count, seconds: 1.5, faults };
}

/** What a run that goes on from a state ends with. */
export async function finishedHash(plan: FakePlan, { tallies, blocks }: RunState): Promise<string> {
  const merged = tallies.clone();
  for (let block = 0; block < plan.blocks; block++) {
    if (blocks.has(block)) continue;
    const chunk = emptyChunk(plan);
    addBlock(plan, block, chunk);
    merged.add(block % plan.groups, chunk);
  }
  return merged.hash();
}
