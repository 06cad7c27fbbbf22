/** Losses that hardly ever happen, by splitting, against the exact probability. */
import { describe, expect, it } from 'vitest';
import { deleteOne } from '../../src/analysis/jackknife.js';
import { refuted } from '../random.js';
import { lostBefore } from './lostBefore.js';
import { type Run, runHere, scenario } from './runHere.js';
import { agrees, type Measured, refutes, share, z } from './verdict.js';

const well = (ratio: number, nut: number, count: number, rare: unknown, more: object = {}) =>
  scenario({
    particles: { count, pitch: { kind: 'cosine', xi: 0 } },
    field: { kind: 'uniform', B: '1 T', length: '2 m' },
    collisions: { rate: '1 /s' },
    boundary: { kind: 'cone', ratio },
    motion: 'homogeneous',
    times: { count: 24, until: `${nut} s` },
    rare,
    ...more,
  });

/** Probability of a loss: branches of level k weigh `2^-(k - shift)`; error from the 32 groups. */
function probability({ tallies, plan, particles }: Run, shift = 0): Measured {
  const levels = plan.parameters.rareLevels;
  const lost = (fates: Float64Array) => {
    let sum = 0;
    for (let k = 0; k <= levels; k++) sum += (fates[5 * k + 1] + fates[5 * k + 2]) / 2 ** Math.max(0, k - shift);
    return sum;
  };
  const groups = Array.from({ length: plan.groups }, (_, g) => tallies.group('rareFates', g));
  const sizes = groups.map((_, g) => tallies.group('trapped', g)[0]);
  const total = tallies.total('rareFates');
  const without = groups.map((group) => [total.map((n, i) => n - group[i])]);
  const { value, standardError } = deleteOne([total], without, sizes, ([fates], n) => Float64Array.of(lost(fates) / n));
  return { value: value[0], error: standardError[0], count: particles };
}

/** The same without splitting. */
function plainProbability({ tallies, particles }: Run): Measured {
  const fates = tallies.total('fates');
  const lost = fates[1] + fates[2];
  return share(lost, particles, lost / particles);
}

const cases = [
  [2, 0.0125, 1.149e-6],
  [10, 0.032, 9.13e-7],
  [100, 0.0466, 9.88e-7],
] as const;

it.each(cases)('the reference of R = %d, nu t = %d stands by itself', (ratio, nut, known) => {
  expect(lostBefore(ratio, nut) / known).toBeCloseTo(1, 3);
});

it('the reference of long times is the slowest mode', () => {
  // lambda of R = 2
  expect(Math.log((1 - lostBefore(2, 0.8)) / (1 - lostBefore(2, 1.2))) / 0.4).toBeCloseTo(3.476733, 5);
});

describe.each(cases)('square well, R = %d, nu t = %d', (ratio, nut) => {
  const run = runHere(well(ratio, nut, 50_000, 'auto'));
  const measured = probability(run);
  const exact = lostBefore(ratio, nut);

  it('has the exact probability of one in a million, to a few per cent', () => {
    agrees(`P, R = ${ratio}`, measured, exact);
    expect(measured.error).toBeLessThan(0.04 * exact);
    // where weights are off by one level, or branches are left out, it has not
    refuted(z(probability(run, 1), exact));
    refuted(z(probability(run, -1), exact));
    // losses of the particles that never split, at their full weight: none
    refutes('P of the unsplit', { ...measured, value: plainProbability(run).value }, exact);
  });
});

it('agrees with the plain run where losses are not rare', () => {
  const exact = lostBefore(2, 0.08);
  expect(exact).toBeGreaterThan(0.03);
  agrees('P, plain', plainProbability(runHere(well(2, 0.08, 50_000, 'none'))), exact);
  const split = probability(runHere(well(2, 0.08, 50_000, 'auto')));
  agrees('P, split', split, exact);
  refutes('P, 10 % off', split, 1.1 * exact);
});

it('does not depend on the levels', () => {
  for (const levels of [2, 7]) {
    const found = probability(runHere(well(2, 0.04, 50_000, { levels })));
    agrees(`${levels} levels`, found, lostBefore(2, 0.04));
    refutes(`${levels} levels`, found, 1.4 * lostBefore(2, 0.04));
  }
});

it('keeps the sides apart: one cone loses half as many, and a start beside it more', () => {
  const one = probability(
    runHere(well(2, 0.02, 50_000, 'auto', { boundary: { kind: 'cone', ratio: 2, sides: 'left' } })),
  );
  agrees('P, one cone', one, lostBefore(2, 0.02) / 2);
  refutes('P, one cone', one, lostBefore(2, 0.02));
});

describe('a mirror with throats, weak scattering', () => {
  const mirror = (count: number, rare: unknown, more: object = {}) =>
    scenario({
      particles: { count, pitch: { kind: 'cosine', xi: 0 } },
      field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' },
      collisions: { strength: 0.02 },
      boundary: 'throat',
      times: { count: 20, collisionTimes: 0.16 },
      rare,
      ...more,
    });

  it.each([
    ['at the midplane', {}],
    [
      'of all speeds, along the tube',
      {
        particles: {
          speed: { kind: 'maxwellian', temperature: '1 keV' },
          pitch: { kind: 'pancake', power: 40 },
          place: 'fluxTube',
        },
      },
    ],
  ])('split and plain agree: %s', (_, more: { particles?: object }) => {
    const { particles = {} } = more;
    const make = (count: number, rare: unknown) =>
      runHere(mirror(count, rare, { particles: { count, pitch: { kind: 'cosine', xi: 0 }, ...particles } }));
    const plain = plainProbability(make(100_000, 'none'));
    const split = probability(make(4000, 'auto'));
    expect(plain.value).toBeGreaterThan(1e-3);
    expect(plain.value).toBeLessThan(0.2);
    const error = Math.hypot(plain.error, split.error);
    agrees('split against plain', { value: split.value, error, count: split.count }, plain.value);
    refutes('one fifth off', { value: 0.8 * split.value, error, count: split.count }, plain.value);
  });
});
