/** Runs a scenario in this very process, without workers: for what is measured inside the kernel. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tallies } from '../src/engine/index.js';
import { BlockRunner } from '../src/kernel/index.js';
import { blocksOfGroup, type Plan, planRun } from '../src/plan/plan.js';
import { parseScenario } from '../src/scenario/index.js';

export function prepare(root: string, input: object): { plan: Plan; runner: BlockRunner } {
  const plan = planRun(parseScenario(input));
  const module = new WebAssembly.Module(readFileSync(path.join(root, 'dist/losscone.wasm')));
  return { plan, runner: new BlockRunner(module, plan) };
}

/** All blocks, group by group; returns seconds of processor time, particle-steps and the merged tallies. */
export function runAll(plan: Plan, runner: BlockRunner): { seconds: number; steps: number; tallies: Tallies } {
  const tallies = new Tallies(plan.tallies, plan.groups);
  let steps = 0;
  const start = process.cpuUsage().user;
  for (let group = 0; group < plan.groups; group++) {
    for (const block of blocksOfGroup(plan, group)) for (const done of runner.runBlock(block)) steps += done;
    tallies.add(group, runner.collect());
  }
  return { seconds: (process.cpuUsage().user - start) / 1e6, steps, tallies };
}
