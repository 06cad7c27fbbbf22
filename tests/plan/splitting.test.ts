import { describe, expect, it } from 'vitest';
import { erfc } from '../../src/physics/elementary.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';

const plan = (more: object) =>
  planRun(
    parseScenario({
      particles: { count: 1000, pitch: { kind: 'cosine', xi: 0 } },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions: { rate: '1 /s' },
      boundary: { kind: 'cone', ratio: 2 },
      motion: 'homogeneous',
      times: { count: 50, until: '0.0125 s' },
      rare: 'auto',
      ...more,
    }),
  );

describe('the levels of splitting', () => {
  it('are chances that double, from that of the start up to about 1', () => {
    const { parameters, tables } = plan({});
    // 45 degrees to the rim
    const start = erfc(Math.PI / 4 / (2 * Math.sqrt(0.0125)));
    expect(parameters.rareLevels).toBe(Math.floor(-Math.log2(start)));
    expect(tables.rareTable).toHaveLength(parameters.rareLevels + 1);
    tables.rareTable.forEach((depth, k) => {
      if (k < parameters.rareLevels) expect(erfc(depth) / (start * 2 ** (k + 1))).toBeCloseTo(1, 9);
      else expect(depth).toBe(Number.NEGATIVE_INFINITY);
    });
    expect(parameters.rareRim).toBeCloseTo(Math.PI / 4, 12);
  });

  it('are as many as asked for', () => {
    const { parameters, tables } = plan({ rare: { levels: 3 } });
    expect(parameters.rareLevels).toBe(3);
    expect(Array.from(tables.rareTable.subarray(0, 3), (depth) => Math.round(erfc(depth) * 1e9) / 1e9)).toEqual([
      0.25, 0.5, 1,
    ]);
  });

  it('count the distance along a line by what a bounce averages of the scattering', () => {
    const { parameters } = plan({
      field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' },
      motion: 'guidingCentre',
      boundary: 'throat',
      collisions: { strength: 1e-3 },
      times: { count: 50, collisionTimes: 0.03 },
    });
    // in a parabola a deeply trapped particle is scattered by half: the slope at 90 degrees is the root of two
    const whole = Math.PI / 2 - parameters.rareRim;
    const slope = parameters.rareLinear + 2 * parameters.rareSquare * whole;
    expect(slope).toBeGreaterThan(1.3);
    expect(slope).toBeLessThan(1.5);
  });

  it.each([
    ['isotropic, only trapped', { kind: 'isotropic', only: 'trapped' }, 1],
    ['up to a hair from the cone', { kind: 'table', xi: [-0.707, 0.707], density: [1, 1] }, 1],
    ['in the cone too', { kind: 'isotropic' }, Math.SQRT1_2],
  ])('go by the few that start beside the cone: %s', (_, pitch, inside) => {
    const levels = (time: number) =>
      plan({ particles: { count: 1000, pitch }, times: { count: 50, until: `${time} s` } }).parameters.rareLevels;
    for (const time of [1e-3, 1e-4, 1e-5, 1e-6]) {
      // lost are those within a stretch of angles of 2 sqrt(t/pi) at either rim, and who started beyond it
      const chance = 1 - inside + 2 * inside * Math.sqrt(time / Math.PI);
      expect(Math.abs(levels(time) + Math.log2(chance) + 0.5)).toBeLessThan(1);
    }
  });

  it('are none where losses are common, and said to be few looks apart where there are few', () => {
    expect(plan({ times: { count: 50, until: '2 s' } })).toMatchObject({
      parameters: { rareLevels: 0 },
      warnings: [expect.stringMatching(/^rare: losses are not rare here \(some \d+ %\): nothing is split$/)],
    });
    expect(plan({ times: { count: 2, until: '0.0125 s' } }).warnings).toEqual([
      'rare: 20 levels, but only 2 looks at the particles on their way: splitting gains little (ask for more times, e.g. times.count: 40)',
    ]);
    expect(plan({}).warnings).toEqual([]);
  });
});
