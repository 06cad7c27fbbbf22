/**
 * Do intervals still hold what they should where a run ends when its own standard error is small enough? Many small runs
 * to a precision, judged at doubling prefixes as the engine judges them, with first prefixes that are small.
 */
import { estimate } from '../../src/analysis/estimate.js';
import { interval } from '../../src/analysis/estimates.js';
import { namedEstimates } from '../../src/analysis/precision.js';
import type { Estimate } from '../../src/analysis/types.js';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/parse.js';
import type { ScenarioInput } from '../../src/scenario/schema.js';
import { PrecisionJudge } from '../../src/until.js';

export interface UntilCase {
  readonly name: string;
  readonly input: Record<string, unknown>;
  /** The estimate that is to be known. */
  readonly estimate: string;
  /**
   * Its relative standard error at the first prefix, about: the one that is wanted is 1/2 to 2 times this, another in each
   * run, so that in many runs chance decides where they end.
   */
  readonly typical: number;
  /** Exact theory; without it the mean over all runs. */
  readonly truth?: (plan: Plan) => number;
}

export interface UntilCoverage {
  readonly name: string;
  readonly given: number;
  readonly mean: number;
  readonly reference: number;
  readonly exact: boolean;
  /** Share of the 95 % intervals that hold the reference. */
  readonly coverage: number;
  /** Share of the runs that ended at each prefix. */
  readonly ended: readonly number[];
}

/** Particles of a block and blocks of the first prefix: two in each group, as in a run of 65,536 particles. */
const SMALL_BLOCK = 16;
const FIRST_BLOCKS = 64;
const DOUBLINGS = 4;

/** Numbers of blocks at which a run is judged. */
export const doubling = Array.from({ length: DOUBLINGS + 1 }, (_, k) => FIRST_BLOCKS * 2 ** k);

/**
 * Runs a case with seeds 1, 2, ...
 * @param prefixes where to judge; a control judges elsewhere
 * @param estimator what a prefix says; a control gives other errors
 */
export function coverageUntil(
  module: WebAssembly.Module,
  one: UntilCase,
  runs: number,
  { prefixes = doubling, estimator = estimate, progress = (_: number) => {} } = {},
): UntilCoverage {
  const blocks = prefixes[prefixes.length - 1];
  const particles = { ...(one.input.particles as object), count: blocks * SMALL_BLOCK };
  const scenario = parseScenario({ name: 'until', ...one.input, particles } as ScenarioInput);
  const whole: Plan = { ...planRun(scenario), blockSize: SMALL_BLOCK, blocks };
  const found: Estimate[] = [];
  const ended = prefixes.map(() => 0);
  for (let seed = 1; seed <= runs; seed++) {
    const plan = { ...whole, seed: String(seed) };
    // Golden-ratio steps fill the range of precisions evenly, in any number of runs.
    const wanted = one.typical * 4 ** (((seed * 0.6180339887498949) % 1) - 0.5);
    const judge = new PrecisionJudge(scenario, plan, { [one.estimate]: wanted }, estimator);
    const runner = new BlockRunner(module, plan);
    const tallies = new Tallies(plan.tallies, plan.groups);
    let from = 0;
    for (const [k, to] of prefixes.entries()) {
      for (let first = from; first < Math.min(to, from + plan.groups); first++) {
        for (let block = first; block < to; block += plan.groups) for (const _ of runner.runBlock(block));
        tallies.add(first % plan.groups, runner.collect());
      }
      from = to;
      if (!judge.judge({ tallies, particles: { done: to * SMALL_BLOCK } }).enough && k < prefixes.length - 1) continue;
      ended[k] += 1 / runs;
      break;
    }
    const last = namedEstimates(judge.estimates!)[one.estimate];
    if (Number.isFinite(last.value)) found.push(last);
    progress(seed);
  }
  const mean = found.reduce((sum, { value }) => sum + value, 0) / found.length;
  const reference = one.truth?.(whole) ?? mean;
  const held = found.filter((estimate) => {
    const [low, high] = interval(estimate);
    return low <= reference && reference <= high;
  });
  return {
    name: one.name,
    given: found.length,
    mean,
    reference,
    exact: one.truth !== undefined,
    coverage: held.length / found.length,
    ended,
  };
}

const few = { speed: { bins: 1 }, xi: { bins: 8 }, s: { bins: 2 }, mu: { bins: 2 }, lossTime: { bins: 4 } };
const axes = { ...few, xi: { bins: 64 }, s: { bins: 16 }, mu: { bins: 8 }, lossTime: { bins: 20 } };
const field = { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' };

/** A closed beam, whose rate is known, and a mirror's loss rate and confinement time. */
export const untilCases: readonly UntilCase[] = [
  {
    name: 'until: decay of P1, closed beam',
    input: {
      particles: { speed: '10 keV', pitch: { kind: 'beam', halfAngle: '30 deg' } },
      field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
      tallies: few,
      collisions: { rate: '1e3 /s' },
      boundary: 'none',
      motion: 'homogeneous',
      times: { count: 12, collisionTimes: 0.6 },
    },
    estimate: 'legendreRates.1',
    typical: 0.02,
    truth: ({ reference }) => 2 * reference.nu,
  },
  ...(['lossRate', 'confinementTime'] as const).map((estimate) => ({
    name: `until: ${estimate}, mirror`,
    input: {
      particles: { speed: '10 keV', pitch: { kind: 'pancake', power: 2 } },
      field,
      tallies: axes,
      collisions: { strength: 0.1 },
      boundary: 'throat',
      times: { count: 50, collisionTimes: 2 },
    },
    estimate,
    typical: estimate === 'lossRate' ? 0.05 : 0.026,
  })),
];
