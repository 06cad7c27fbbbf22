/** The real kernel: a slice is short, whatever is asked of it, or nothing would answer while a block runs. */
import { expect, it } from 'vitest';
import { BlockRunner } from '../../src/kernel/index.js';
import { type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario, type ScenarioInput } from '../../src/scenario/index.js';
import { cpuTime } from '../cpu.js';
import { kernelModule } from '../kernel/load.js';

/** A block of 1024 particles takes some 10 ns a particle and kick, at worst some 100 ns. */
const MOST_KICKS = 64;

const line = { kind: 'parabolic', B: '1 T', ratio: 5, length: '10 m' } as const;
const coulomb = {
  rate: {
    law: 'coulomb',
    background: [{ species: 'proton', density: '1e20 m^-3', temperature: '1 keV' }],
    coulombLogarithm: 15,
  },
} as const;
const thermal = { count: 65536, temperature: '1 keV', pitch: 'isotropic', place: 'fluxTube' } as const;

const slow: Record<string, ScenarioInput> = {
  'one snapshot after 1e5 steps of forced motion': {
    particles: thermal,
    field: line,
    potential: { kind: 'parabolic', drop: '-500 V' },
    collisions: coulomb,
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '10 ns' },
    times: { count: 1, until: '1 ms' },
  },
  'thousands of kicks a step': {
    particles: thermal,
    field: { kind: 'uniform', B: '1 T', length: '10 m' },
    collisions: coulomb,
    boundary: 'none',
    motion: { kind: 'guidingCentre', step: '0.1 ms' },
    times: { count: 1, until: '1 ms' },
  },
};

/** Particle-kicks of the slices of a block, at most a hundred of them, and the longest of them [ms of CPU]. */
function slices(plan: Plan): { kicks: number; longest: number } {
  const runner = new BlockRunner(kernelModule(), plan);
  const repeats = plan.schedule[0][0].repeats;
  let [kicks, longest, n] = [0, 0, 0];
  let last = cpuTime();
  for (const steps of runner.runBlock(0)) {
    const now = cpuTime();
    longest = Math.max(longest, now - last);
    last = now;
    kicks = Math.max(kicks, steps * repeats);
    if (++n === 100) break;
  }
  return { kicks, longest };
}

it.each(Object.entries(slow))('a slice is short: %s', (_, input) => {
  const plan = planRun(parseScenario(input));
  const { kicks, longest } = slices(plan);
  expect(kicks).toBeLessThanOrEqual(MOST_KICKS * plan.blockSize);
  // The thousands of kicks took seconds.
  expect(longest).toBeLessThan(300);
});
