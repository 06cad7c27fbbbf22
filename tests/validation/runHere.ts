/** A whole run in this process: scenario, plan, kernel, merged tallies; group by group, without workers. */
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { blockLength, blocksOfGroup, type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario, type Scenario, type ScenarioInput } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';

export interface Run {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly tallies: Tallies;
  readonly particles: number;
}

/** The last state of the particles of a block that are still inside, by lane. */
export interface Lanes {
  readonly id: Uint32Array;
  readonly s: Float64Array;
  readonly xi: Float64Array;
  readonly m: Float64Array;
  readonly B: Float64Array;
  readonly p: Float64Array;
  readonly speed: Float64Array;
  /** Starting magnetic moment; starting pitch, or that of the midplane squared where motion turns it. */
  readonly mu0: Float64Array;
  readonly xi0: Float64Array;
}

export type Look = (lanes: Lanes, block: number, time: number) => void;

/** What the tests start from: one speed of 1e6 m/s, so that lengths in m are times in us. */
export const SPEED = 1e6;

/** A scenario as these tests write it; what is not named is one speed of 1e6 m/s, one bin a tally. */
export function scenario(parts: Record<string, unknown>): ScenarioInput {
  const { particles, ...rest } = parts as { particles?: Record<string, unknown> };
  return {
    name: 'validation',
    tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 1 } },
    ...rest,
    particles: { speed: '1e6 m/s', pitch: 'isotropic', place: 'midplane', ...particles },
  } as ScenarioInput;
}

/** Lanes of the kernel that hold a particle, copied out. */
export function lanesOf({ kernel }: BlockRunner, plan: Plan): Lanes {
  const at: number[] = [];
  for (let k = 0; k < plan.parameters.classes; k++) {
    for (let i = 0; i < kernel.runCount(k); i++) at.push(kernel.runFirst(k) + i);
  }
  const wide = (address: WebAssembly.Global) => {
    const all = new Float64Array(kernel.memory.buffer, address.value as number, kernel.CAPACITY.value as number);
    return Float64Array.from(at, (lane) => all[lane]);
  };
  const ids = new Uint32Array(kernel.memory.buffer, kernel.ID.value as number, kernel.CAPACITY.value as number);
  return {
    id: Uint32Array.from(at, (lane) => ids[lane]),
    s: wide(kernel.S),
    xi: wide(kernel.XI),
    m: wide(kernel.M),
    B: wide(kernel.B),
    p: wide(kernel.P),
    speed: wide(kernel.SPEED),
    mu0: wide(kernel.MU0),
    xi0: wide(kernel.XI0),
  };
}

/**
 * Runs a scenario.
 * @param look is shown the lanes after every block
 */
export function runHere(input: ScenarioInput, look?: Look): Run {
  const parsed = parseScenario(input);
  return runPlan(parsed, planRun(parsed), look);
}

/** Runs a plan, which a test may have changed. */
export function runPlan(parsed: Scenario, plan: Plan, look?: Look): Run {
  const runner = new BlockRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (let group = 0; group < plan.groups; group++) {
    for (const block of blocksOfGroup(plan, group)) {
      for (const _ of runner.runBlock(block));
      look?.(lanesOf(runner, plan), block, plan.axes.times.length - 1);
    }
    tallies.add(group, runner.collect());
  }
  return { scenario: parsed, plan, tallies, particles: plan.particles };
}

/** Runs a scenario block by block and shows the lanes at every snapshot time after the start. */
export function follow(input: ScenarioInput, look: Look): Run {
  const parsed = parseScenario(input);
  const plan = planRun(parsed);
  const runner = new BlockRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  const { kernel } = runner;
  let block = 0;
  const snapshot = (time: number) => {
    kernel.snapshot(time);
    if (time > 0) look(lanesOf(runner, plan), block, time);
  };
  Object.assign(runner, { kernel: { ...kernel, snapshot } });
  for (; block < plan.blocks; block++) {
    for (const _ of runner.runBlock(block));
    tallies.add(block % plan.groups, runner.collect());
  }
  return { scenario: parsed, plan, tallies, particles: blockLength(plan, 0) };
}
