/** Orbits in space: every preset's bits, shortened, with paths and in each motion that it takes, are those of yesterday. */
import { describe, expect, it } from 'vitest';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { orbitInput, orbitPresets, parseOrbits } from '../../src/scenario/index.js';
import type { OrbitInput } from '../../src/scenario/orbits/schema.js';
import { hashHere } from './runHere.js';

/** Parts of a preset's time that take a fraction of a second. */
const SHORT: Readonly<Record<string, number>> = { 'turbulent-heating': 0.02, 'current-sheet': 0.02, banana: 0.02 };

/** A preset with few particles, to the beginning of its time, with the paths of two of them. */
function shortened(yaml: string, name: string): OrbitInput {
  const scenario = parseOrbits(yaml);
  const whole = orbitInput(scenario) as Record<string, Record<string, unknown>>;
  const { seconds } = scenario.times.until as { readonly seconds: number };
  const until = seconds * (SHORT[name] ?? 0.1);
  return {
    ...whole,
    particles: { ...whole.particles, count: 70 },
    times: { count: 3, until: `${until} s` },
    outputs: { trajectories: { particles: [69, 0], every: `${until / 20} s` } },
  } as unknown as OrbitInput;
}

const runs = orbitPresets.flatMap(({ name, yaml }) => {
  const input = shortened(yaml, name);
  const motions = ['bottle-orbits', 'current-sheet'].includes(name)
    ? ['fullOrbit', 'driftOrbit', 'hybridOrbit']
    : ['fullOrbit'];
  return motions.map((motion) => {
    const own = motion === 'fullOrbit' ? input.motion : motion;
    return [`${name}, ${motion}`, planOrbits(parseOrbits({ ...input, motion: own } as OrbitInput))] as const;
  });
});

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
