import { describe, expect, it } from 'vitest';
import { distribution, type Estimate, estimate, scatteringOracle } from '../../src/analysis/index.js';
import type { Steady } from '../../src/analysis/types.js';
import { meanLossTime } from '../../src/physics/lossTimes.js';
import { type Run, runHere, scenario } from './runHere.js';
import { agrees, type Measured, refutes } from './verdict.js';

const NU = 1e4;
const RATE = 1e18;
const BINS = 16;
const bins = (s = 1) => ({
  speed: { bins: 1 },
  xi: { bins: BINS },
  s: { bins: s },
  mu: { bins: 1 },
  lossTime: { bins: 40 },
});
const uniform = { kind: 'uniform', B: '1 T', length: '2 m' };

function steadyOf(run: Run): Steady {
  return estimate(run.scenario, run.plan, run.tallies) as unknown as Steady;
}

const measured = ({ value, standardError }: Estimate, count: number): Measured => ({
  value,
  error: standardError,
  count,
});

/** A loss cone in velocity space with a source; nothing moves. */
function well(count: number, ratio: number, sides: string, xi: number, collisionTimes: number) {
  return runHere(
    scenario({
      particles: { count, pitch: { kind: 'cosine', xi } },
      field: uniform,
      collisions: { operator: 'exact', rate: `${NU} /s` },
      boundary: { kind: 'cone', ratio, sides },
      motion: 'homogeneous',
      source: { rate: `${RATE} /s` },
      times: { count: 20, collisionTimes },
      tallies: bins(),
    }),
  );
}

describe.each([
  ['both', 3, 0.3, 2.5],
  ['right', 3, -0.2, 5],
] as const)('a source in the square well, cones: %s', (sides, ratio, xi, end) => {
  const count = 3 * 2 ** 16;
  const run = well(count, ratio, sides, xi, end);
  const steady = steadyOf(run);
  const oracle = scatteringOracle({ mirrorRatio: ratio, sides, start: { xi } });

  it('holds rate times the mean loss time', () => {
    const exact = (RATE / NU) * oracle.meanLossTime;
    expect(steady.steadyHeld.reference! / ((RATE / NU) * NU * meanLossTime(ratio, xi, NU, sides))).toBeCloseTo(1, 5);
    agrees('held', measured(steady.steadyHeld, count), exact);
    refutes('held, nu 5 % off', measured(steady.steadyHeld, count), exact / 1.05);
    expect(steady.steadyHeld.note).toMatch(/add up to it within (0\.0\d*|\d\.\d+e-\d+) %/);
  });

  it('has the exact f(xi), the tail after the run included', () => {
    const { value, standardError, reference } = steady.steadyPitch;
    const width = 2 / BINS;
    for (let i = 0; i < BINS; i++) {
      const exact = ((RATE / NU) * oracle.steadyShare(-1 + i * width, -1 + (i + 1) * width)) / width;
      expect(reference![i]).toBeCloseTo(exact, -6);
      if (exact === 0) expect(value[i]).toBeLessThan(1e-2 * steady.steadyHeld.value);
      else agrees(`f in bin ${i}`, { value: value[i], error: standardError[i], count }, exact);
    }
    const middle = Math.floor((xi + 1) / width);
    const cell = { value: value[middle], error: standardError[middle], count };
    refutes('f where particles start, 7 % off', cell, 1.07 * reference![middle]);
    const { f, shape } = steady.steadyState.local;
    expect(shape).toEqual([1, BINS]);
    expect(f[middle] / value[middle]).toBeCloseTo(1, 12);
  });

  it('loses at the ends what comes in, divided as theory has it', () => {
    const [left, right] = [steady.steadyLossLeft, steady.steadyLossRight];
    expect((left.value + right.value) / RATE).toBeCloseTo(1, 12);
    const rim = Math.sqrt(1 - 1 / ratio);
    const exact = sides === 'both' ? 0.5 * (1 + Math.atanh(xi) / Math.atanh(rim)) : 1;
    if (sides === 'both') {
      agrees('lost on the right', measured(right, count), RATE * exact);
      refutes('as many on either side', measured(right, count), RATE / 2);
    } else expect(right.value).toBe(RATE);
  });
});

it('a run that ends before the slowest mode has no steady state, and says why', () => {
  const { steadyHeld, steadyLossLeft, steadyPitch } = steadyOf(well(2000, 3, 'both', 0.3, 0.01));
  expect(steadyHeld.value).toBeNaN();
  expect(steadyHeld.note).toBe('nobody was lost: no steady state is in sight');
  expect(steadyLossLeft.value).toBeNaN();
  expect(steadyPitch.value.every(Number.isNaN)).toBe(true);
  expect(steadyPitch.label).toMatch(/nobody was lost/);
  const later = steadyOf(well(2000, 3, 'both', 0.3, 0.1));
  expect(later.steadyHeld.value).toBeNaN();
  expect(later.steadyHeld.note).toMatch(/inside at the end and the rate at which they leave is not known/);
  const [left, right] = [later.steadyLossLeft, later.steadyLossRight];
  expect((left.value + right.value) / RATE).toBeCloseTo(1, 12);
  expect(left.note).toMatch(/may leave at either end/);
  expect(left.standardError / RATE).toBeGreaterThan(0.1);
  const exact = (RATE / 2) * (1 + Math.atanh(0.3) / Math.atanh(Math.sqrt(2 / 3)));
  agrees('right', measured(right, 2000), exact);
  // by those alone who are lost already it would be another
  const chance = { ...measured(right, 2000), error: RATE * Math.sqrt(0.25 / 2000) };
  refutes('as many as were lost', chance, exact);
});

it('speeds that scatter at different rates have no one rate to go on with', () => {
  const run = runHere(
    scenario({
      particles: { count: 4096, speed: { kind: 'shell', from: '5e5 m/s', to: '2e6 m/s' } },
      field: uniform,
      collisions: { operator: 'exact', rate: { law: 'powerLaw', value: `${NU} /s`, at: '1e6 m/s', index: -3 } },
      boundary: { kind: 'cone', ratio: 3 },
      motion: 'homogeneous',
      source: { rate: `${RATE} /s` },
      times: { count: 20, collisionTimes: 2 },
      tallies: bins(),
    }),
  );
  const { steadyHeld, steadyState } = steadyOf(run);
  expect(steadyHeld.value).toBeNaN();
  expect(steadyHeld.note).toMatch(/% are inside at the end and speeds scatter at different rates: no one rate says/);
  expect(steadyState.place.f.every(Number.isNaN)).toBe(true);
});

describe('a source at the midplane of a mirror', () => {
  const count = 2 ** 14;
  const run = runHere(
    scenario({
      particles: { count, pitch: { kind: 'pancake', power: 2 } },
      field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' },
      collisions: { operator: 'exact', strength: 0.1 },
      boundary: 'throat',
      source: { rate: `${RATE} /s` },
      times: { count: 30, collisionTimes: 3 },
      tallies: bins(12),
    }),
  );
  const estimates = estimate(run.scenario, run.plan, run.tallies);
  const steady = estimates as unknown as Steady;

  it('its maps by place, by local and by midplane pitch hold the same particles: those of the mean loss time', () => {
    const held = RATE * estimates.confinementTime.value;
    expect(steady.steadyHeld.value / held).toBeCloseTo(1, 12);
    const total = (
      { f, axes, shape }: { f: Float64Array; axes: { edges: Float64Array }[]; shape: number[] },
      flat: boolean,
    ) =>
      f.reduce((sum, value, i) => {
        const [outer, inner] = axes.map(({ edges }) => edges[1] - edges[0]);
        return sum + value * inner * (flat ? 1 : outer) * (shape.length > 0 ? 1 : i);
      }, 0);
    const error = steady.steadyHeld.standardError;
    agrees('local', { value: total(steady.steadyState.local as never, true), error, count }, held);
    agrees('place', { value: total(steady.steadyState.place as never, false), error, count }, held);
    refutes('a fifth off', { value: 0.8 * total(steady.steadyState.place as never, false), error, count }, held);
    // a bin of midplane pitch holds f times its width times its weight over the mean one
    const weights = run.plan.reference.bounceWeight!;
    const mean = weights.reduce((a, b) => a + b) / BINS;
    const midplane = steady.steadyState.midplane.f.reduce((sum, f, i) => sum + (f * weights[i] * 2) / BINS / mean, 0);
    agrees('midplane', { value: midplane, error, count }, held);
    expect(steady.steadyHeld.note).toMatch(/add up to it within (0\.\d*|\d\.\d+e-\d+) %/);
  });

  it('is even in xi, falls towards the throats and loses as much at either end', () => {
    const { steadyLossLeft: left, steadyLossRight: right, steadyPlace } = steady;
    agrees('left end', measured(left, count), RATE / 2);
    refutes('left end', measured(left, count), 0.9 * (RATE / 2));
    expect((left.value + right.value) / RATE).toBeCloseTo(1, 12);
    const { value, standardError } = steadyPlace;
    for (let k = 0; k < 6; k++) {
      const error = Math.hypot(standardError[k], standardError[11 - k]);
      agrees(`place ${k} against its image`, { value: value[k] - value[11 - k], error, count }, 0);
    }
    expect(value[0]).toBeLessThan(0.5 * value[5]);
  });

  it('costs a run without a source nothing: its snapshots are as many, its own tallies none', () => {
    expect(run.plan.looks.flat().filter((row) => row >= 31).length).toBe(run.plan.dwell!.times.length);
    const { local } = distribution(run.scenario, run.plan, run.tallies);
    expect(local.shape[0]).toBe(31);
  });
});
