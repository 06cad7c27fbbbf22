import { describe, expect, it } from 'vitest';
import { Tallies } from '../../src/engine/tallies.js';
import { OrbitRunner } from '../../src/kernel/index.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { parseOrbits } from '../../src/scenario/orbits/schema.js';
import { kernelModule } from '../kernel/load.js';
import { hashHere } from './runHere.js';

describe('blocks of full orbits', () => {
  const plan = planOrbits(
    parseOrbits({
      motion: 'fullOrbit',
      field: 'dipole',
      species: 'electron',
      particles: { count: 300, speed: '1 MeV', place: ['2e7 m', '0 m', '0 m'] },
      times: { until: '20 ms', count: 2 },
    }),
  );
  const hash = (blocks: readonly number[], runners: number) => hashHere(plan, blocks, runners);

  it('come to the same bits in any order, by any number of kernels', async () => {
    const blocks = Array.from({ length: plan.blocks }, (_, i) => i);
    const one = await hash(blocks, 1);
    expect(await hash(blocks.toReversed(), 3)).toBe(one);
    expect(await hash([...blocks.slice(7), ...blocks.slice(0, 7)], 2)).toBe(one);
    expect(await hash(blocks.slice(1), 1), 'negative control').not.toBe(one);
  });

  it('trapped electrons stay, and those in the loss cone reach the planet', () => {
    const runner = new OrbitRunner(kernelModule(), plan);
    const tallies = new Tallies(plan.tallies, plan.groups);
    for (let block = 0; block < plan.blocks; block++) {
      for (const _ of runner.runBlock(block)) {
      }
      tallies.add(block % plan.groups, runner.collect());
    }
    const fates = tallies.total('fates');
    expect(fates.reduce((a, b) => a + b)).toBe(300);
    expect(fates[4]).toBe(0);
    expect(fates[3]).toBeGreaterThan(200);
  });
});
