/** The real kernel: a run is a pure function of its scenario, however its blocks are dealt out. */
import { describe, expect, it } from 'vitest';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { groupOf, type Plan, planRun } from '../../src/plan/plan.js';
import * as library from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';
import { varied } from '../varied.js';

const plans = varied(library).map((scenario) => [scenario.name, planRun(scenario)] as const);

/** Runs chunks of blocks, each of one group, each by the runner it is dealt to. */
async function hashOf(plan: Plan, chunks: readonly (readonly number[])[], runners: number): Promise<string> {
  const tallies = new Tallies(plan.tallies, plan.groups);
  const hands = Array.from({ length: runners }, () => new BlockRunner(kernelModule(), plan));
  chunks.forEach((blocks, i) => {
    const runner = hands[(i * i + 3 * i) % runners];
    for (const block of blocks) for (const _ of runner.runBlock(block));
    tallies.add(groupOf(blocks[0], plan.strata), runner.collect());
  });
  return tallies.hash();
}

/** The blocks in whole groups and in their order: what one worker would do. */
function inOrder(plan: Plan): number[][] {
  const groups = Array.from({ length: plan.groups }, (_, g) => g);
  const blocks = Array.from({ length: plan.blocks }, (_, b) => b);
  return groups.map((g) => blocks.filter((b) => groupOf(b, plan.strata) === g)).filter((chunk) => chunk.length > 0);
}

/** Chunks of 1 to 3 blocks, blocks and chunks in an order of no meaning. */
function shuffled(plan: Plan): number[][] {
  let state = 12345;
  const random = (n: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  const shuffle = <T>(list: T[]): T[] => {
    for (let i = list.length - 1; i > 0; i--) {
      const j = random(i + 1);
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  };
  const chunks: number[][] = [];
  for (const group of inOrder(plan)) {
    const rest = shuffle([...group]);
    while (rest.length > 0) chunks.push(rest.splice(0, 1 + random(3)));
  }
  return shuffle(chunks);
}

const golden: Record<string, string> = {};

describe('the bits of a result', () => {
  it.each(plans)(
    'do not depend on who runs which block, nor when: %s',
    async (name, plan) => {
      golden[name] = await hashOf(plan, inOrder(plan), 1);
      expect(await hashOf(plan, shuffled(plan), 3)).toBe(golden[name]);
      // A machine with other work may take a minute for the longest.
    },
    240_000,
  );

  it('tell one scenario from another', () => {
    expect(new Set(Object.values(golden)).size).toBe(plans.length);
  });

  // `npm run golden` writes the file anew, where the bits are meant to change; then the kernel's version rises too.
  it('are those of yesterday', async () => {
    const hint = 'the bits have changed; where that is meant: npm run golden';
    await expect(`${JSON.stringify(golden, null, 2)}\n`, hint).toMatchFileSnapshot('../golden.json');
  });
});
