import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockLength, groupOf, type Plan, PlanError, planRun } from '../../src/plan/plan.js';
import { tallySize } from '../../src/plan/tallies.js';
import { parseScenario, presets } from '../../src/scenario/index.js';
import { expectSame } from '../same.js';
import { runHere, scenario } from '../validation/runHere.js';

const parabola = { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' };
const plan = (parts: Record<string, unknown>): Plan =>
  planRun(parseScenario(scenario({ field: parabola, boundary: 'throat', times: { at: ['1 us', '10 us'] }, ...parts })));

it('refuses an end of the run beyond all time, however it is given', () => {
  const slow = { collisions: { strength: 1e-320 }, times: { count: 3, collisionTimes: 2 } };
  expect(() => plan(slow)).toThrow(
    /^times: Infinity s is no end of a run \(must be > 0 s and <= 1000000000000000000 s/,
  );
  expect(() => plan({ ...slow, collisions: { strength: 1e-30 } })).toThrow(/^times: .* s is no end of a run/);
});

describe('stages', () => {
  const many = {
    particles: { speed: { kind: 'shell', from: '1e4 m/s', to: '1e6 m/s' } },
    collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1e6 m/s', index: -2 } },
    times: { at: ['1 us', '3.3 us', '3.4 us', '20 us'] },
  };

  it('hit every time exactly, with steps no longer than the class', () => {
    for (const parts of [{}, many, { motion: { step: '7 ns' } }]) {
      const p = plan(parts);
      expect(p.axes.times[0]).toBe(0);
      const unit = p.reference.timeUnit;
      p.schedule.forEach((row, j) => {
        row.forEach((stage, k) => {
          const [from, to] = [p.axes.times[j] / unit, p.axes.times[j + 1] / unit];
          expect(stage.time).toBe(from);
          expect(Math.abs(stage.step * stage.steps - (to - from))).toBeLessThan(1e-13 * to);
          expect(stage.step).toBeLessThanOrEqual(p.parameters.shortestStep * 2 ** (k / 2) * (1 + 1e-9));
          expect(p.tables.stages[12 * stage.row]).toBe(stage.step);
        });
      });
    }
  });

  it('use no counter twice: the draws of a class follow one another', () => {
    for (const parts of [{}, many, { ...many, motion: { step: '0.5 us' } }]) {
      const p = plan(parts);
      const classes = p.schedule[0].length;
      for (let k = 0; k < classes; k++) {
        let next = 0;
        for (const row of p.schedule) {
          const { quad, steps, repeats } = row[k];
          expect(quad).toBeGreaterThanOrEqual(next);
          next = quad + Math.ceil((steps * repeats) / 4);
        }
        expect(next).toBeLessThan(2 ** 30);
      }
    }
  });

  it('compose rotations where nu dt differs by particle and the given step is long', () => {
    const p = plan({ ...many, motion: { step: '0.5 us' } });
    const most = Math.max(...p.tables.rateTable);
    for (const row of p.schedule)
      for (const { step, repeats } of row) expect((most * step) / repeats).toBeLessThanOrEqual(0.0301);
    expect(p.schedule[0][0].repeats).toBeGreaterThan(1);
  });
});

describe('steps', () => {
  const many = (from: string, more: Record<string, unknown> = {}) => ({
    particles: { count: 64 * 100, speed: { kind: 'shell', from, to: '1e6 m/s' } },
    collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1e6 m/s', index: -2 } },
    ...more,
  });

  it("satisfy both bounds for every particle: the path's and the collisions'", () => {
    const parts = { field: parabola, boundary: 'none', times: { at: ['10 us'] }, ...many('1e4 m/s') };
    const classes = new Map<number, number>();
    const run = runHere(scenario(parts), (lanes) => {
      for (const p of lanes.p) classes.set(p, 1);
    });
    const { parameters: q, schedule, tables } = run.plan;
    expect(schedule[0].length).toBeGreaterThan(5);
    const highest = Math.max(...tables.rateTable);
    // the class a particle should be in: the longest step that satisfies both, from its momentum alone
    for (const p of classes.keys()) {
      const nu = Math.min(highest, (1e5 * run.plan.reference.timeUnit) / (p * run.plan.reference.speed * 1e-6) ** 2);
      const need = Math.min(q.pathStep / p, q.tauStep / nu);
      const k = Math.min(q.classes - 1, Math.max(0, Math.floor(2 * Math.log2(need / q.shortestStep) + 1e-9)));
      const { step } = schedule[0][k];
      expect(step * p).toBeLessThanOrEqual(q.pathStep * 1.001);
      expect(step * nu).toBeLessThanOrEqual(q.tauStep * 1.001);
      // and is no shorter than half an octave below it, unless one interval is one step
      if (schedule[0][k].steps > 4 && k < q.classes - 1) expect(step).toBeGreaterThan((need / Math.SQRT2) * 0.75);
    }
  });

  it('slow particles do not pay for fast ones', () => {
    const [wide, narrow] = [plan(many('1e4 m/s')), plan(many('9e5 m/s'))];
    expect(wide.stepsEstimate / narrow.stepsEstimate).toBeLessThan(3);
  });

  it('the tolerance sets them', () => {
    const step = (tolerance: number) => plan({ collisions: 'none', motion: { tolerance } }).reference.longestStep;
    expect(step(1e-3) / step(1e-5)).toBeCloseTo(10, 0);
    expect(plan({ motion: { step: '3 ns' } }).reference.longestStep).toBeCloseTo(3e-9, 20);
  });

  it('a long binomial step is refused, a biased operator warns', () => {
    const step = { collisions: { operator: 'binomial', rate: '1e6 /s' }, motion: { step: '1 us' } };
    expect(() => plan(step)).toThrow(PlanError);
    expect(
      plan({ collisions: { operator: 'eulerMaruyama', rate: '1e6 /s' }, motion: { step: '50 ns' } }).warnings.join(),
    ).toMatch(/biased/);
    expect(plan({ collisions: { rate: '1e6 /s' } }).warnings).toEqual([]);
  });

  it('a rate that diverges is held for the slowest, one that grows is not', () => {
    const thermal = (index: number) =>
      plan({
        particles: { speed: undefined, temperature: '1 keV' },
        collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1 keV', index } },
      });
    expect(thermal(-3).reference.cappedShare).toBeGreaterThan(0);
    expect(thermal(-3).reference.cappedShare).toBeLessThan(2e-4);
    expect(thermal(-3).warnings.join()).toMatch(/held/);
    const grows = thermal(2);
    expect(grows.reference.cappedShare).toBe(0);
    const top = grows.tables.rateTable[grows.tables.rateTable.length - 2] / grows.reference.timeUnit;
    expect(top).toBeGreaterThan(20 * 1e5);
  });
});

describe('a plan', () => {
  const plans = presets.map(({ yaml }) => planRun(parseScenario(yaml)));

  it('is the same twice, and after a structured clone', () => {
    for (const [k, one] of plans.entries()) {
      const two = planRun(parseScenario(presets[k].yaml));
      expectSame(two, one, presets[k].name);
      expectSame(structuredClone(one), one, presets[k].name);
    }
  });

  it('of another seed differs in that alone', () => {
    const parsed = parseScenario(presets[0].yaml);
    expectSame(planRun({ ...parsed, seed: '99' }), { ...plans[0], seed: '99' });
  });

  it('divides particles into blocks', () => {
    for (const [count, size] of [
      [1, 1],
      [63, 1],
      [64, 1],
      [1000, 15],
      [65535, 1023],
      [65536, 1024],
      [1e6, 1024],
    ]) {
      const p = plan({ particles: { count } });
      expect(p.blockSize).toBe(size);
      let sum = 0;
      for (let b = 0; b < p.blocks; b++) {
        expect(blockLength(p, b)).toBeGreaterThan(0);
        sum += blockLength(p, b);
      }
      expect(sum).toBe(count);
      expect(blockLength(p, p.blocks)).toBe(0);
      expect(groupOf(33)).toBe(1);
    }
  });

  it('says how much memory it needs, whatever the number of particles', () => {
    const size = (count: number) => plan({ particles: { count } }).memory;
    expect(size(1e3)).toEqual(size(1e9));
    const p = plan({});
    const cells = p.tallies.reduce((sum, spec) => sum + tallySize(spec), 0);
    expect(p.memory.perWorker).toBeGreaterThan(8 * cells);
  });

  it('bounds what it sums: no fixed-point number of a lane can leave its range', () => {
    for (const { parameters: q } of plans) {
      for (const name of ['placeScale', 'muScale', 'energyScale', 'timeScale'] as const) {
        expect(Number.isInteger(Math.log2(q[name]))).toBe(true);
      }
      expect(q.muScale * Math.min(q.maximumMomentum2, 1e3)).toBeLessThanOrEqual(2 ** 18);
    }
  });
});

describe('what enters the hash', () => {
  it('is computed with fixed bits: no function of Math that engines round differently', () => {
    const forbidden =
      /Math\.(?:sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot|random)\b/g;
    const found: string[] = [];
    const folder = (path: string) => {
      for (const entry of readdirSync(new URL(`../../src/${path}/`, import.meta.url), { withFileTypes: true })) {
        if (entry.isDirectory()) folder(`${path}/${entry.name}`);
        else {
          const text = readFileSync(new URL(`../../src/${path}/${entry.name}`, import.meta.url), 'utf8');
          for (const [call] of text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').matchAll(forbidden))
            found.push(`${path}/${entry.name}: ${call}`);
        }
      }
    };
    for (const path of ['plan', 'fields', 'kernel', 'physics/elementary']) folder(path);
    expect(found).toEqual([]);
    expect('x = Math.exp(1)').toMatch(forbidden);
  });

  it('nor the operator **, but for powers of two and whole powers', () => {
    const found: string[] = [];
    for (const path of ['plan', 'fields']) {
      for (const name of readdirSync(new URL(`../../src/${path}/`, import.meta.url))) {
        if (!name.endsWith('.ts')) continue;
        const text = readFileSync(new URL(`../../src/${path}/${name}`, import.meta.url), 'utf8').replace(
          /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
          '',
        );
        for (const [call, power] of text.matchAll(/\*\* ?(-?[\w.]+)/g))
          if (!/^-?\d+$/.test(power)) found.push(`${name}: ${call}`);
      }
    }
    expect(found).toEqual([]);
  });
});
