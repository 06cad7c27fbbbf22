/** Orbits in space: every preset's bits, shortened, with paths and in each motion that it takes, are those of yesterday. */
import { describe, expect, it } from 'vitest';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import * as library from '../../src/scenario/index.js';
import { hashHere } from './runHere.js';
import { variedOrbits } from './varied.js';

const runs = variedOrbits(library).map(([name, scenario]) => [name, planOrbits(scenario)] as const);

const golden: Record<string, string> = {};

describe('the bits of orbits in space', () => {
  it.each(runs)('do not depend on who runs which block, nor when: %s', async (name, plan) => {
    const blocks = Array.from({ length: plan.blocks }, (_, i) => i);
    golden[name] = await hashHere(plan, blocks, 1);
    expect(await hashHere(plan, blocks.toReversed(), 3)).toBe(golden[name]);
  });

  it('tell one run from another', () => {
    expect(new Set(Object.values(golden)).size).toBe(runs.length);
  });

  it('are those of yesterday', async () => {
    const hint = 'the bits have changed; where that is meant: npm run golden';
    await expect(`${JSON.stringify(golden, null, 2)}\n`, hint).toMatchFileSnapshot('golden.json');
  });
});
