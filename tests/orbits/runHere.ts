/** Runs full orbits in this thread, through the kernel, merged as the engine merges them. */
import { estimateOrbits } from '../../src/analysis/fullOrbits/estimate.js';
import { Tallies } from '../../src/engine/tallies.js';
import { OrbitRunner } from '../../src/kernel/index.js';
import { type OrbitPlan, planOrbits } from '../../src/plan/orbits/plan.js';
import { type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { kernelModule } from '../kernel/load.js';

export function orbitsHere(input: OrbitInput | string) {
  const scenario = parseOrbits(input);
  const plan = planOrbits(scenario);
  const { tallies } = runOrbitPlan(plan);
  return { scenario, plan, tallies, estimates: estimateOrbits(plan, tallies) };
}

/** Runs a plan. */
export function runOrbitPlan(plan: OrbitPlan) {
  const runner = new OrbitRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (let block = 0; block < plan.blocks; block++) {
    for (const _ of runner.runBlock(block)) {
    }
    tallies.add(block % plan.groups, runner.collect());
  }
  return { plan, tallies, particles: plan.particles };
}

/** Hash of these blocks of a plan, run in this order by a number of kernels in turn. */
export function hashHere(plan: OrbitPlan, blocks: readonly number[], runners: number): Promise<string> {
  const pool = Array.from({ length: runners }, () => new OrbitRunner(kernelModule(), plan));
  const tallies = new Tallies(plan.tallies, plan.groups);
  blocks.forEach((block, i) => {
    const runner = pool[i % runners];
    for (const _ of runner.runBlock(block)) {
    }
    tallies.add(block % plan.groups, runner.collect());
  });
  return tallies.hash();
}
