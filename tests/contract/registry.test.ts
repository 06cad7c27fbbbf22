import { describe, expect, it } from 'vitest';
import { Tallies } from '../../src/engine/tallies.js';
import { fieldProfiles, potentialProfiles } from '../../src/fields/index.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { blockLength, type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario, presets, type Scenario } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';
import { scenario } from '../validation/runHere.js';

const OPERATORS = ['exact', 'eulerMaruyama', 'binomial', 'none'] as const;
const BOUNDARIES = ['throat', { kind: 'cone', ratio: 3 }, 'reflecting', 'periodic', 'none'] as const;
const COUNT = 64 * 12;

function small(parts: Record<string, unknown>) {
  const { particles, ...rest } = parts as { particles?: Record<string, unknown> };
  return scenario({
    tallies: { speed: { bins: 3 }, xi: { bins: 8 }, s: { bins: 5 }, mu: { bins: 3 }, lossTime: { bins: 4 } },
    times: { count: 3, bounces: 3 },
    ...rest,
    particles: { count: COUNT, place: 'fluxTube', ...particles },
  });
}

/** A plan's blocks in an order, each in as many slices as it yields; hash included. */
async function run(plan: Plan, order: readonly number[]) {
  const runner = new BlockRunner(kernelModule(), plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (const block of order) {
    for (const _ of runner.runBlock(block));
    tallies.add(block % plan.groups, runner.collect());
  }
  return { tallies, hash: await tallies.hash() };
}

const upwards = (plan: Plan) => Array.from({ length: plan.blocks }, (_, i) => i);

/** Fates add up, nothing is a fault, and at every time survivors and losses are all there are. */
async function holds(parsed: Scenario, plan: Plan, spread: number) {
  const { tallies, hash } = await run(plan, upwards(plan));
  const N = plan.particles;
  const T = plan.axes.times.length;
  const [confined, left, right, limit, fault] = tallies.total('fates');
  expect(fault).toBe(0);
  expect(confined + left + right + limit).toBe(N);
  const open = parsed.boundary.kind === 'throat' || parsed.boundary.kind === 'cone';
  expect(open ? confined : left + right + limit).toBe(0);
  expect(tallies.total('trapped')[0]).toBe(N);
  const inside = (t: number) => tallies.total('legendre')[9 * t];
  expect(inside(0)).toBe(N);
  expect(inside(T - 1)).toBe(confined + limit);
  const lossTimes = tallies.total('lossTimes');
  expect(lossTimes.reduce((a, b) => a + b, 0)).toBe(left + right);
  for (let t = 0; t < T; t++) {
    for (const name of ['localPitch', 'midplanePitch', 'muCount']) {
      const row = tallies.total(name);
      const width = row.length / T;
      expect(
        row.slice(t * width, (t + 1) * width).reduce((a, b) => a + b, 0),
        `${name} at ${t}`,
      ).toBe(inside(t));
    }
    if (t > 0) expect(inside(t)).toBeLessThanOrEqual(inside(t - 1));
    // P_l lies between -1 and 1
    for (let l = 1; l <= 8; l++)
      expect(Math.abs(tallies.total('legendre')[9 * t + l])).toBeLessThanOrEqual(inside(t) * 1.02);
    if (parsed.parallelField === null && parsed.potential === null && inside(t) > 0 && plan.reference.oneSpeed) {
      const mean = tallies.total('energy')[t] / inside(t);
      const variance = tallies.total('energy2')[t] / inside(t) - mean * mean;
      expect(Math.sqrt(Math.max(0, variance)) / mean).toBeLessThan(spread);
    }
  }
  // groups add up to the total
  let sum = 0;
  for (let g = 0; g < 32; g++) sum += tallies.group('fates', g).reduce((a, b) => a + b, 0);
  expect(sum).toBe(N);
  return hash;
}

describe('every field, operator and boundary', () => {
  const covered = new Set<string>();
  for (const { kind, example } of fieldProfiles) {
    for (const operator of OPERATORS) {
      for (const boundary of BOUNDARIES) {
        const name = typeof boundary === 'string' ? boundary : boundary.kind;
        let parsed: Scenario;
        try {
          parsed = parseScenario(
            small({
              field: example,
              collisions: operator === 'none' ? 'none' : { operator, strength: 0.3 },
              boundary,
              motion: { kind: 'guidingCentre', tolerance: 0.02 },
              ...(kind === 'uniform' ? { times: { at: ['1 us', '20 us'] } } : {}),
            }),
          );
        } catch (error) {
          // what a scenario does not allow is a throat where there is none
          it(`${kind}, ${operator}, ${name}: refused`, () => {
            expect(String(error)).toMatch(/boundary(\.kind)?: "(throat|periodic)" does not fit/);
          });
          continue;
        }
        covered.add(`${kind} ${operator} ${name}`);
        it(`${kind}, ${operator}, ${name}`, async () => {
          const plan = planRun(parsed);
          const hash = await holds(parsed, plan, 1e-12);
          const backwards = upwards(plan).reverse();
          expect((await run(plan, backwards)).hash).toBe(hash);
          const other = { ...plan, seed: '99' };
          expect((await run(other, upwards(other))).hash).not.toBe(hash);
        });
      }
    }
  }
  it('are most of the table', () => {
    expect(covered.size).toBeGreaterThanOrEqual(
      fieldProfiles.length * OPERATORS.length * BOUNDARIES.length - 2 * OPERATORS.length,
    );
  });
});

describe('every potential, with and without collisions', () => {
  for (const { kind, example } of potentialProfiles) {
    for (const boundary of ['throat', 'reflecting', 'none'] as const) {
      for (const collisions of ['none', { strength: 0.3 }] as const) {
        it(`${kind}, ${boundary}, ${typeof collisions === 'string' ? 'no collisions' : 'collisions'}`, async () => {
          const parsed = parseScenario(
            small({
              field: { kind: 'parabolic', B: '1 T', ratio: 3, length: '2 m' },
              potential: example,
              collisions,
              boundary,
              particles: { speed: '10 keV' },
              motion: { kind: 'guidingCentre', tolerance: 0.01 },
              times: { at: ['1 us', '4 us'] },
            }),
          );
          const plan = planRun(parsed);
          const hash = await holds(parsed, plan, Number.POSITIVE_INFINITY);
          expect((await run(plan, upwards(plan).reverse())).hash).toBe(hash);
        });
      }
    }
  }
});

describe('every course of a parallel field', () => {
  for (const time of [
    'constant',
    { kind: 'ramp', duration: '2 us' },
    { kind: 'sine', frequency: '300 kHz' },
    { kind: 'pulse', centre: '2 us', width: '0.5 us' },
  ]) {
    it(JSON.stringify(time), async () => {
      const parsed = parseScenario(
        small({
          field: { kind: 'parabolic', B: '1 T', ratio: 3, length: '2 m' },
          parallelField: { profile: '300 V/m', time },
          collisions: { strength: 0.3 },
          boundary: 'throat',
          motion: { kind: 'guidingCentre', tolerance: 0.01 },
          times: { at: ['1 us', '4 us'] },
        }),
      );
      const plan = planRun(parsed);
      const hash = await holds(parsed, plan, Number.POSITIVE_INFINITY);
      expect((await run(plan, upwards(plan).reverse())).hash).toBe(hash);
    });
  }
});

describe('every preset, with few particles', () => {
  for (const preset of presets) {
    it(preset.name, async () => {
      const whole = parseScenario(preset.yaml);
      const few = { ...whole, particles: { ...whole.particles, count: 96 } };
      const plan = planRun(few);
      // the first blocks and times only, collected once: presets run for long, and have many bins
      const runner = new BlockRunner(kernelModule(), { ...plan, schedule: plan.schedule.slice(0, 1) });
      const first = upwards(plan).slice(0, 12);
      for (const block of first) for (const _ of runner.runBlock(block));
      const tallies = new Tallies(plan.tallies, plan.groups);
      tallies.add(0, runner.collect());
      const fates = tallies.total('fates');
      expect(fates[4]).toBe(0);
      expect(fates.reduce((a, b) => a + b, 0)).toBe(first.reduce((sum, block) => sum + blockLength(plan, block), 0));
    });
  }
});

describe('slices', () => {
  it('a block is cut where the work is, and the cuts change nothing', async () => {
    const plan = planRun(
      parseScenario(
        small({
          particles: { count: 64 * 500 },
          field: { kind: 'parabolic', B: '1 T', ratio: 3, length: '2 m' },
          collisions: { strength: 0.3 },
          boundary: 'throat',
          motion: { kind: 'guidingCentre', step: '2 ns' },
          times: { at: ['1 us', '4 us'] },
        }),
      ),
    );
    // two kernels side by side, one block each, turn by turn: as two workers in small slices
    const [a, b] = [new BlockRunner(kernelModule(), plan), new BlockRunner(kernelModule(), plan)];
    const together = new Tallies(plan.tallies, plan.groups);
    const alone = new Tallies(plan.tallies, plan.groups);
    for (let block = 0; block < 6; block += 2) {
      const [x, y] = [a.runBlock(block), b.runBlock(block + 1)];
      let slices = 0;
      let steps = 0;
      for (let more = true; more; ) {
        const [p, q] = [x.next(), y.next()];
        more = !p.done || !q.done;
        if (!p.done) {
          slices++;
          steps += p.value;
        }
      }
      expect(slices).toBeGreaterThan(5);
      // 4 us in steps of 2 ns: 2000 steps at the most for each of 500 particles
      expect(steps).toBeGreaterThan(500 * 100);
      expect(steps).toBeLessThanOrEqual(500 * 2000);
      together.add(block % 32, a.collect());
      together.add((block + 1) % 32, b.collect());
    }
    for (let block = 5; block >= 0; block--) {
      for (const _ of a.runBlock(block));
      alone.add(block % 32, a.collect());
    }
    expect(await together.hash()).toBe(await alone.hash());
  });
});
