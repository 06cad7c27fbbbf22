/** Rare-event splitting, exactly: who splits, what the branches are called, what they weigh. */
import { describe, expect, it } from 'vitest';
import { Branches } from '../../src/kernel/branches.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario, type ScenarioInput } from '../../src/scenario/index.js';
import { runHere, runPlan, scenario } from '../validation/runHere.js';
import { kernelModule } from './load.js';

const mirror = { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' };
const homogeneous = { field: { kind: 'uniform', B: '1 T', length: '2 m' }, motion: 'homogeneous' };

/** Every kind of run that splits. */
const cases: Record<string, Record<string, unknown>> = {
  'square well': {
    ...homogeneous,
    particles: { count: 2000, pitch: { kind: 'cosine', xi: 0 } },
    collisions: { rate: '1 /s' },
    boundary: { kind: 'cone', ratio: 2 },
    times: { count: 20, until: '0.02 s' },
  },
  'one cone, nu by speed, listed': {
    ...homogeneous,
    particles: { count: 1500, speed: { kind: 'shell', from: '3e5 m/s', to: '1e6 m/s' }, pitch: 'pancake' },
    collisions: { rate: { law: 'powerLaw', value: '1 /s', at: '1e6 m/s', index: -3 } },
    boundary: { kind: 'cone', ratio: 4, sides: 'left' },
    times: { count: 7, until: '0.02 s' },
    outputs: { particles: 700 },
  },
  'mirror with throats': {
    particles: { count: 1000, pitch: { kind: 'cosine', xi: 0.1 } },
    field: mirror,
    collisions: { strength: 0.02 },
    boundary: 'throat',
    times: { count: 3, collisionTimes: 0.1 },
  },
  'mirror, thermal, along the tube': {
    particles: {
      count: 700,
      speed: { kind: 'maxwellian', temperature: '1 keV' },
      pitch: { kind: 'pancake', power: 12 },
      place: 'fluxTube',
    },
    field: { kind: 'twoCoil', B: '1 T', radius: '0.4 m', separation: '2 m' },
    collisions: { rate: { law: 'powerLaw', value: '2e3 /s', at: '1 keV', index: -3 } },
    boundary: 'throat',
    times: { count: 4, until: '30 us' },
  },
  'several kicks a step': {
    particles: {
      count: 640,
      speed: { kind: 'shell', from: '5e5 m/s', to: '1e6 m/s' },
      pitch: { kind: 'cosine', xi: 0 },
    },
    field: mirror,
    collisions: { rate: { law: 'powerLaw', value: '2e4 /s', at: '1e6 m/s', index: -1 } },
    boundary: 'throat',
    motion: { kind: 'guidingCentre', step: '0.1 us', tolerance: 1e-2 },
    times: { count: 3, until: '5 us' },
  },
  'Euler-Maruyama': {
    ...homogeneous,
    particles: { count: 900, pitch: { kind: 'cosine', xi: 0.2 } },
    collisions: { operator: 'eulerMaruyama', rate: '1 /s' },
    boundary: { kind: 'cone', ratio: 3 },
    times: { count: 9, until: '0.03 s' },
  },
};

const input = (parts: Record<string, unknown>, rare: unknown): ScenarioInput =>
  scenario({ tallies: { lossTime: { bins: 5 }, xi: { bins: 8 } }, ...parts, rare });

describe.each(Object.entries(cases))('%s', (_, parts) => {
  const plain = runHere(input(parts, 'none'));
  const split = runHere(input(parts, 'auto'));
  const levels = split.plan.parameters.rareLevels;

  it('leaves every bit of the unsplit particles as it is', () => {
    expect(levels).toBeGreaterThan(0);
    for (const { name, grouped } of plain.plan.tallies) {
      expect(split.tallies.integers(name), name).toEqual(plain.tallies.integers(name));
      for (let g = 0; grouped && g < 32; g++)
        expect(split.tallies.integers(name, g), `${name} ${g}`).toEqual(plain.tallies.integers(name, g));
    }
  });

  it('has branches whose weights sum to the number of particles, exactly, in every group', () => {
    for (let g = 0; g < 32; g++) expect(weight(split.tallies.integers('rareFates', g), levels)).toBe(started(g));
    // the branches of the last level are there, so that all this is about something
    expect(
      split.tallies
        .total('rareFates')
        .subarray(5 * levels)
        .some((n) => n > 0),
    ).toBe(true);
    function started(g: number): bigint {
      return split.tallies.integers('trapped', g)[0] << BigInt(levels);
    }
  });

  it('counts the same losses by time as by fate', () => {
    const losses = split.tallies.total('rareLosses');
    const fates = split.tallies.total('rareFates');
    const bins = losses.length / (2 * (levels + 1));
    for (let k = 0; k <= levels; k++)
      for (const side of [0, 1]) {
        const row = losses.subarray((2 * k + side) * bins, (2 * k + side + 1) * bins);
        expect(row.reduce((sum, n) => sum + n, 0)).toBe(fates[5 * k + 1 + side]);
      }
  });
});

/** Sum of the weights of all branches, in units of the least. */
function weight(fates: readonly bigint[], levels: number): bigint {
  return fates.reduce((sum, n, i) => sum + (n << BigInt(levels - Math.floor(i / 5))), 0n);
}

it('counts a missing child: without the branches the weights do not sum to the particles', () => {
  const parsed = parseScenario(input(cases['square well'], 'auto'));
  const { follow } = Branches.prototype;
  Branches.prototype.follow = function* () {};
  try {
    const { tallies, plan } = runPlan(parsed, planRun(parsed));
    const levels = plan.parameters.rareLevels;
    expect(weight(tallies.integers('rareFates'), levels)).toBeLessThan(2000n << BigInt(levels));
  } finally {
    Branches.prototype.follow = follow;
  }
});

/** A kernel whose one block has begun, and its lanes. */
function begun(plan: Plan) {
  const { kernel } = new BlockRunner(kernelModule(), plan);
  kernel.start(0, 0, plan.blockSize, 0);
  const wide = (at: WebAssembly.Global) => new Float64Array(kernel.memory.buffer, at.value as number, 1280);
  const narrow = (at: WebAssembly.Global) => new Uint32Array(kernel.memory.buffer, at.value as number, 1280);
  return {
    kernel,
    m: wide(kernel.M),
    level: narrow(kernel.LEVEL),
    high: narrow(kernel.PHILOX_HIGH),
    id: narrow(kernel.ID),
  };
}

describe('a particle that passes several levels at once', () => {
  const plan = planRun(parseScenario(input(cases['square well'], { levels: 8 })));
  const depths = plan.tables.rareTable;
  const { rareRim, rareEnd } = plan.parameters;
  /** m at which a particle stands between two levels at the start; nu in kernel units. */
  const between = (a: number, b: number, nu: number) => {
    const angle = rareRim + (depths[a] + depths[b]) * Math.sqrt(nu * rareEnd);
    return Math.sin(angle) ** 2;
  };

  it('becomes all combinations of staying and splitting, each with a name of its own', () => {
    const { kernel, m, level, high, id } = begun(plan);
    const nu = new Float64Array(kernel.memory.buffer, kernel.NU.value as number, 1)[0];
    const [own, ownId] = [high[5], id[5]];
    m[5] = between(2, 3, nu);
    kernel.split(0, 0, 0);
    expect(kernel.waiting()).toBe(3);
    expect(level[5]).toBe(3);
    expect(high[5]).toBe(own);
    kernel.setRun(0, 0, 0);
    expect(kernel.join(0, 0, 0)).toBe(7);
    expect(kernel.waiting()).toBe(0);
    const names = Array.from({ length: 7 }, (_, lane) => high[lane] ^ own);
    expect(names.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (let lane = 0; lane < 7; lane++) expect([level[lane], id[lane]]).toEqual([3, ownId]);
    // looked at once more, nobody splits again
    kernel.split(0, 0, 0);
    expect(kernel.waiting()).toBe(0);
  });

  it('does not split before it reaches a level, nor after it is lost', () => {
    const { kernel, m } = begun(plan);
    kernel.split(0, 0, 0);
    expect(kernel.waiting()).toBe(0);
    m[5] = 0;
    new Uint32Array(kernel.memory.buffer, kernel.ALIVE.value as number, 1280)[5] = 0;
    kernel.split(0, 0, 0);
    expect(kernel.waiting()).toBe(0);
  });

  it('waits where there are no lanes, and says so where there is no room', () => {
    const { kernel, m } = begun(plan);
    const at = kernel.memory.buffer.byteLength;
    kernel.memory.grow(1);
    kernel.openPool(at + 16, 4, at, 1);
    new Float64Array(kernel.memory.buffer, kernel.M.value as number, 1280).set([0.001, 0.001], 4);
    expect(m.length).toBe(0); // the view of before is gone with the memory's growth
    kernel.split(0, 0, 0);
    expect(kernel.waiting()).toBe(-1);
  });
});

it('a block with more branches than can wait stops with a clear word', () => {
  const everywhere = scenario({
    ...homogeneous,
    particles: { count: 65536, pitch: { kind: 'cosine', xi: 0 } },
    collisions: { rate: '1 /s' },
    boundary: { kind: 'cone', ratio: 2 },
    times: { count: 20, until: '0.2 s' },
    rare: { levels: 32 },
  });
  const runner = new BlockRunner(kernelModule(), planRun(parseScenario(everywhere)));
  expect(() => [...runner.runBlock(0)]).toThrow(
    'rare: more than 65536 branches of one block wait, so losses are not as rare as the levels say (must be fewer levels, or auto)',
  );
});
