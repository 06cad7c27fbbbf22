/** A square well of ratio 2 with both cones, of which a few in a thousand are lost until NU_T, by splitting. */
import { rareLosses } from '../../src/analysis/rareLosses.js';
import { Sample } from '../../src/analysis/sample.js';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { blocksOfGroup, planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';

/** nu t at the end. */
export const NU_T = 0.03;

export function well(seed: number, count: number) {
  const scenario = parseScenario({
    seed,
    particles: { count, speed: '1e6 m/s', pitch: { kind: 'cosine', xi: 0 }, place: 'midplane' },
    field: { kind: 'uniform', B: '1 T', length: '2 m' },
    collisions: { rate: '1 /s' },
    boundary: { kind: 'cone', ratio: 2 },
    motion: 'homogeneous',
    times: { count: 12, until: `${NU_T} s` },
    rare: 'auto',
    tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 6 } },
  });
  return { scenario, plan: planRun(scenario) };
}

export function lossesOf(seed: number, { scenario, plan: planned }: ReturnType<typeof well>) {
  const plan = { ...planned, seed: `${seed}` };
  const runner = new BlockRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (let group = 0; group < plan.groups; group++) {
    for (const block of blocksOfGroup(plan, group)) for (const _ of runner.runBlock(block));
    tallies.add(group, runner.collect());
  }
  return { scenario, plan, tallies, losses: rareLosses(new Sample(plan, tallies), scenario) };
}
