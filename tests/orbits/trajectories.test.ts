import { describe, expect, it } from 'vitest';
import { trajectoriesOf } from '../../src/analysis/fullOrbits/trajectories.js';
import { Tallies } from '../../src/engine/tallies.js';
import { OrbitRunner } from '../../src/kernel/index.js';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { planOrbits } from '../../src/plan/orbits/plan.js';
import { TRACK_COLUMNS } from '../../src/plan/orbits/tracks.js';
import { type OrbitInput, parseOrbits } from '../../src/scenario/orbits/schema.js';
import { kernelModule } from '../kernel/load.js';
import { OrbitBlock } from './kernel.js';
import { bottleInput, sheetInput } from './resultHere.js';

/** Blocks of a scenario, in any order, by some kernels, and the paths they kept. */
function follow(input: OrbitInput, order: (blocks: number[]) => number[] = (blocks) => blocks, kernels = 1) {
  const scenario = parseOrbits(input);
  const plan = planOrbits(scenario);
  const pool = Array.from({ length: kernels }, () => new OrbitRunner(kernelModule(), plan));
  const tallies = new Tallies(plan.tallies, plan.groups);
  order(Array.from({ length: plan.blocks }, (_, i) => i)).forEach((block, i) => {
    const runner = pool[i % kernels];
    for (const _ of runner.runBlock(block)) {
    }
    tallies.add(block % plan.groups, runner.collect());
  });
  const trajectories = trajectoriesOf(plan.tracks, tallies, scenario.species, scenario.motion.kind);
  return { scenario, plan, tallies, trajectories };
}

const few = (input: OrbitInput, count = 40): OrbitInput => ({
  ...input,
  particles: { ...(input.particles as object), count },
});
const bottle = few(bottleInput);
const collides: OrbitInput = { ...bottle, collisions: { operator: 'exact', rate: '1e5 /s' } };
const asked = (input: OrbitInput, trajectories: NonNullable<OrbitInput['outputs']>['trajectories']): OrbitInput => ({
  ...input,
  outputs: { trajectories },
});

describe.each([
  ['in a bottle', bottle],
  ['with collisions', collides],
  ['of guiding centres', { ...bottle, motion: 'driftOrbit' } as OrbitInput],
  ['in a current sheet', few(sheetInput)],
  ['of hybrids in a current sheet', { ...few(sheetInput), motion: 'hybridOrbit' } as OrbitInput],
])('paths of particles %s', (_, input) => {
  const ask = asked(input, { particles: [31, 2, 17] });

  it('change no other tally by a bit', () => {
    const without = follow(input);
    const kept = follow(ask);
    expect(kept.trajectories).toHaveLength(3);
    for (const { name } of without.plan.tallies)
      for (const group of without.tallies.spec(name).grouped ? [undefined, 2, 31] : [undefined])
        expect(kept.tallies.integers(name, group), name).toEqual(without.tallies.integers(name, group));
  });

  it('are the same bits in any order, by any number of kernels', async () => {
    const hash = await follow(ask).tallies.hash();
    expect(await follow(ask, (blocks) => blocks.toReversed(), 3).tallies.hash()).toBe(hash);
    expect(await follow(ask, (blocks) => [...blocks.slice(7), ...blocks.slice(0, 7)], 2).tallies.hash()).toBe(hash);
    const control = await follow(ask, (blocks) => blocks.slice(0, -1)).tallies.hash();
    expect(control, 'negative control: a path less').not.toBe(hash);
    expect(await follow(asked(input, { particles: [31, 2, 18] })).tallies.hash()).not.toBe(hash);
  });
});

it('of guiding centres keep their mu and energy, those of hybrids change it in the sheet alone', () => {
  const wide: OrbitInput = {
    ...few(sheetInput),
    field: { kind: 'currentSheet', B0: '5 nT', thickness: '2e4 km', normalField: '2 nT' },
  };
  const path = (motion: 'driftOrbit' | 'hybridOrbit') => {
    const far = { ...(wide.particles as object), place: ['0 m', '0 m', '6e7 m'] };
    const { trajectories } = follow(
      asked(
        {
          ...wide,
          particles: far,
          motion,
          boundary: { lowZ: '-7e7 m' },
          times: { until: '300 s', count: 1 },
        } as OrbitInput,
        { particles: 1, every: '0.5 s' },
      ),
    );
    return trajectories[0];
  };
  const spread = (mu: ArrayLike<number>) => Math.max(...Array.from(mu, (one) => Math.abs(one / mu[0] - 1)));
  const drift = path('driftOrbit');
  expect(drift.mu.length).toBeGreaterThan(50);
  expect(spread(drift.mu)).toBe(0);
  const hybrid = path('hybridOrbit');
  expect(spread(hybrid.mu)).toBeGreaterThan(0.1);
  expect(spread(Array.from(hybrid.gamma, (gamma) => gamma - 1))).toBeLessThan(1e-5);
  Array.from(hybrid.epsilon).forEach((epsilon, i) => {
    if (i > 0 && epsilon < 0.002 && hybrid.epsilon[i - 1] < 0.002) expect(hybrid.mu[i]).toBe(hybrid.mu[i - 1]);
  });
});

it.each(['fullOrbit', 'hybridOrbit'])(
  'begin at the start though steps in a thin sheet are taken anew: %s',
  (motion) => {
    const { trajectories } = follow({
      motion,
      particles: {
        count: 64,
        speed: '1e5 m/s',
        pitch: { kind: 'cosine', xi: 0.7 },
        place: ['0 m', '0 m', '-2e7 m'],
      },
      field: { kind: 'currentSheet', B0: '5 nT', thickness: '6e5 m', normalField: '2.5 nT' },
      times: { until: '1200 s', count: 1 },
      outputs: { trajectories: { particles: 4, every: '10 s' } },
    } as OrbitInput);
    for (const { time, z, epsilon } of trajectories) {
      expect(time[0]).toBe(0);
      expect(z[0]).toBeLessThan(-1.5e7);
      expect(Math.max(...epsilon)).toBeGreaterThan(0.1);
      expect(time.length).toBeGreaterThan(100);
      for (let i = 1; i < time.length; i++) expect(time[i] - time[i - 1]).toBeLessThan(20);
    }
  },
);

it('lie where the same particle is in its own block, to the bit at the ends of steps and to rounding between', () => {
  const every = 20e-9;
  // ten particles a block, of which some are lost beside it
  const many = few(bottleInput, 640);
  const { trajectories, plan } = follow(asked(many, { particles: [25], every: `${every} s` }), (blocks) =>
    blocks.slice(-1),
  );
  const [path] = trajectories;
  const block = new OrbitBlock(many);
  expect(block.plan.blockSize).toBe(10);
  block.runner.kernel.startOrbits(20, 0, 10);
  const { timeUnit, lengthUnit } = plan.reference;
  const mc = parseOrbits(bottle).species.mass * SPEED_OF_LIGHT;
  let ends = 0;
  for (const { steps, step, from } of plan.intervals)
    for (let i = 0; i < steps; i++) {
      block.runner.kernel.advanceOrbits(0, 16, from + i * step, step);
      const k = path.time.indexOf((from + (i + 1) * step) * timeUnit);
      if (k < 0) continue;
      ends++;
      const { x, u } = block.lane(5);
      expect([path.x[k], path.y[k], path.z[k]]).toEqual(x);
      expect([path.px[k], path.py[k], path.pz[k]]).toEqual(u.map((component) => component * mc));
    }
  expect(ends).toBeGreaterThan(2);
  // the cadence is kept to half a substep
  const substep = plan.reference.largestTurn / plan.reference.gyrofrequency;
  path.time.forEach((time, k) => {
    expect(Math.abs(time - k * every)).toBeLessThan(substep);
  });
  expect(path.time).toHaveLength(151);
  // between: the energy is that of the start, and a point is no farther from the last than v goes
  const speed = (Math.hypot(path.px[0], path.py[0], path.pz[0]) / (path.gamma[0] * mc)) * SPEED_OF_LIGHT;
  path.time.forEach((time, k) => {
    expect(path.gamma[k] / path.gamma[0] - 1).toBeCloseTo(0, 13);
    if (k === 0) return;
    const chord = Math.hypot(path.x[k] - path.x[k - 1], path.y[k] - path.y[k - 1], path.z[k] - path.z[k - 1]);
    expect(chord).toBeLessThan(speed * (time - path.time[k - 1]) * (1 + 1e-9));
  });
  expect(lengthUnit).toBe(1);
});

it('hold what their columns say', () => {
  const { trajectories, scenario } = follow(asked(bottle, { particles: 4 }));
  const { mass, charge } = scenario.species;
  for (const path of trajectories)
    path.time.forEach((_, k) => {
      const p2 = path.px[k] ** 2 + path.py[k] ** 2 + path.pz[k] ** 2;
      // Bz = B (1 + (z^2 - r^2/2)/L^2), Br = -B z r/L^2
      const [x, y, z] = [path.x[k], path.y[k], path.z[k]];
      const B = 0.5 * Math.hypot(1 + z * z - (x * x + y * y) / 2, z * Math.hypot(x, y));
      expect(path.B[k] / B).toBeCloseTo(1, 12);
      expect(path.rawMu[k] / ((p2 * (1 - path.pitch[k] ** 2)) / (2 * mass * B))).toBeCloseTo(1, 9);
      expect(path.orbitalMoment[k]).toBe(path.mu[k] / path.gamma[k]);
      expect(path.action[k] / (((2 * Math.PI * mass) / charge) * path.mu[k])).toBeCloseTo(1, 14);
      expect(path.frequencyRatio[k]).toBe(0);
      // a Larmor radius lies between the particle and its guiding centre
      const rho = Math.sqrt(p2 * (1 - path.pitch[k] ** 2)) / (charge * B);
      const away = Math.hypot(x - path.centreX[k], y - path.centreY[k], z - path.centreZ[k]);
      expect(away / rho).toBeCloseTo(1, 9);
      expect(path.kappa[k] ** -2).toBeLessThanOrEqual(path.epsilon[k] * (1 + 1e-9));
    });
});

it('end where the particle is lost, and say how', () => {
  const { trajectories, tallies, plan } = follow(asked(bottle, { particles: 40 }));
  const lost = trajectories.filter(({ fate }) => fate.startsWith('lost'));
  const fates = tallies.total('fates');
  expect(lost).toHaveLength(fates[1] + fates[2]);
  expect(lost.length).toBeGreaterThan(3);
  for (const path of lost) {
    const last = path.time.length - 1;
    expect(Math.abs(path.z[last])).toBeGreaterThan(1.5);
    expect(path.fate).toBe(path.z[last] < 0 ? 'lostLowZ' : 'lostHighZ');
    expect(Math.abs(path.z[last - 1])).toBeLessThan(1.6);
    expect(path.time[last]).toBeLessThan(plan.axes.times[4]);
  }
  for (const path of trajectories.filter(({ fate }) => fate === 'timeLimit'))
    expect(path.time[path.time.length - 1] / 3e-6).toBeCloseTo(1, 2);
});

it('are absent of a particle that was not run', () => {
  const { trajectories } = follow(asked(bottle, { particles: [7, 3, 9] }), (blocks) =>
    blocks.filter((block) => block !== blocks.length - 2),
  );
  expect(trajectories.map(({ particle }) => particle)).toEqual([7, 9]);
});

it('are kept over a part of the time', () => {
  const [path] = follow(asked(bottle, { particles: 1, every: '50 ns', from: '1 us', until: '2 us' })).trajectories;
  expect(path.time).toHaveLength(21);
  expect(path.time[0] / 1e-6).toBeCloseTo(1, 2);
  expect(path.time[20]).toBeLessThanOrEqual(2.001e-6);
});

describe('what they may take', () => {
  const plan = (trajectories: NonNullable<OrbitInput['outputs']>['trajectories'], input = bottle) =>
    planOrbits(parseOrbits(asked(input, trajectories)));

  it('is shorter than a step in vain, and said', () => {
    const warnings = (motion: object, every: string) =>
      planOrbits(
        parseOrbits({
          motion,
          field: { kind: 'bottle', B: '1 T', scale: '1 m' },
          particles: { count: 4, energy: '10 keV' },
          times: { until: '10 us', count: 1 },
          outputs: { trajectories: { particles: 1, every } },
        } as OrbitInput),
      ).warnings;
    expect(warnings({ kind: 'driftOrbit' }, '1 ns')[0]).toMatch(
      /^outputs\.trajectories\.every: 1e-9 s is less than a step, about 7\.2\de-8 s/,
    );
    expect(warnings({ kind: 'driftOrbit', step: '1 ns' }, '1 ns')).toEqual([]);
    expect(warnings({ kind: 'driftOrbit' }, '100 ns')).toEqual([]);
    expect(warnings({ kind: 'fullOrbit' }, '2 ns')).toEqual([]);
  });

  it('is kept to where no cadence is given, and said', () => {
    const { tracks, reference, warnings } = plan({ particles: 8 });
    expect((tracks?.every ?? 0) * reference.gyrofrequency).toBeCloseTo((2 * Math.PI) / 32, 12);
    expect(warnings).toEqual([]);
    const tight = plan({ particles: 8, budget: '100 kB' });
    expect(8 * 8 * 19 * (tight.tracks?.points ?? 0)).toBeLessThanOrEqual(1e5);
    expect(8 * 8 * 19 * (tight.tracks?.points ?? 0)).toBeGreaterThan(0.95e5);
    expect(tight.warnings[0]).toMatch(
      /^outputs\.trajectories: a point every 3\.\d\de-8 s, .* is as many as 0\.1 MB hold/,
    );
  });

  it('is refused beyond the budget, with what would fit', () => {
    const refused = () => plan({ particles: 8, every: '1 ns', budget: '1 MB' });
    expect(refused).toThrow(
      /^outputs\.trajectories: 8 paths with a point every 1e-9 s take 3\.65 MB \(must be at most 1 MB: every at least 3\.\d+e-9 s, or at most 2 paths, or a larger budget\)$/,
    );
    expect(plan({ particles: 2, every: '1 ns', budget: '1 MB' }).tracks?.points).toBe(3002);
    expect(plan({ particles: 8, every: '3.67 ns', budget: '1 MB' }).tracks?.points).toBeGreaterThan(800);
    expect(() => plan({ particles: 40, budget: '10 kB' })).toThrow(/hold no 40 paths of 3 points \(must be at least/);
  });

  it('is kept to by what a refusal says would fit', () => {
    for (const [particles, every, budget] of [
      [8, 1, '1 MB'],
      [3, 0.7, '777 kB'],
      [40, 0.1, '1.003 MB'],
      [5, 0.013, '5 MB'],
    ] as const) {
      let message = '';
      try {
        plan({ particles, every: `${every} ns`, budget });
      } catch (error) {
        message = (error as Error).message;
      }
      const [, longer] = /every at least (\S+) s/.exec(message) ?? [];
      expect(plan({ particles, every: `${longer} s`, budget }).tracks?.particles, message).toHaveLength(particles);
      const shorter = `${0.98 * Number(longer)} s`;
      expect(() => plan({ particles, every: shorter, budget }), 'negative control').toThrow('must be at most');
      const [, fewer] = /or at most (\d+) paths?/.exec(message) ?? [];
      if (fewer === undefined) continue;
      expect(plan({ particles: Number(fewer), every: `${every} ns`, budget }).tracks?.particles).toHaveLength(
        Number(fewer),
      );
      expect(() => plan({ particles: Number(fewer) + 1, every: `${every} ns`, budget })).toThrow('must be at most');
    }
  });

  it('refuses particles and times that the run has not', () => {
    const refusal = (trajectories: unknown) => () => parseOrbits(asked(bottle, trajectories as never));
    for (const [ask, message] of [
      [{ particles: [3, 40] }, 'outputs.trajectories.particles: 40 is no particle of the run (must be 0 to 39)'],
      [
        { particles: 41 },
        'outputs.trajectories.particles: 41 are more than the particles of the run (must be at most 40)',
      ],
      [{ particles: [3, 3] }, 'outputs.trajectories.particles: particle 3 is there twice (each must be named once)'],
      [{ particles: [-1] }, 'outputs.trajectories.particles: number 1, -1, is no particle'],
      [
        { until: '4 us' },
        'outputs.trajectories.until: 0.000004 s is after the end of the run (must be at most 0.000003 s)',
      ],
      [{ from: '3 us' }, 'outputs.trajectories.from: 0.000003 s is not before the end (must be below 0.000003 s)'],
      [{ budget: 'much' }, 'outputs.trajectories.budget: "much" is no size (must be a number of bytes, e.g. 64 MB)'],
    ] as const)
      expect(refusal(ask), message).toThrow(message);
    expect(() => parseOrbits({ ...bottle, outputs: { particles: 3 } as never })).toThrow(
      'outputs: particles lists the fates of a motion along a line (for orbits in space ask for trajectories',
    );
  });
});

it('have as many columns as the kernel writes', () => {
  // a column too many would shift every row: B, the last, is then no field strength
  const { trajectories } = follow(asked(bottle, { particles: 1 }));
  expect(TRACK_COLUMNS).toHaveLength(17);
  expect(trajectories[0].B.every((B) => B > 0.4 && B < 3)).toBe(true);
});
