import { expect, it } from 'vitest';
import { jumpsOf, type MuSeries } from '../../../src/analysis/fullOrbits/jumps.js';
import { trajectoriesOf } from '../../../src/analysis/fullOrbits/trajectories.js';
import type { OrbitInput } from '../../../src/scenario/orbits/schema.js';
import { sheetInput } from '../../orbits/resultHere.js';
import { orbitsHere } from '../../orbits/runHere.js';

const unit = { mass: 1, charge: -1 };

/** A path through maxima of epsilon, 300 gyrations of 32 points, whose mu steps at them and swings as epsilon does. */
function series(steps: readonly number[], swing = 0.3): MuSeries {
  const points = 300 * 32;
  const time = Float64Array.from({ length: points }, (_, i) => (2 * Math.PI * i) / 32);
  const end = time[points - 1];
  const middles = steps.map((_, k) => ((k + 0.5) / steps.length) * end);
  const width = (0.06 * end) / steps.length;
  const epsilon = time.map(
    (t) => 0.004 + middles.reduce((sum, at) => sum + 0.5 * Math.exp(-(((t - at) / width) ** 2)), 0),
  );
  const mu = time.map((t, i) => {
    const level = steps.reduce((product, step, k) => (t > middles[k] ? product * (1 + step) : product), 3);
    return level * (1 + swing * epsilon[i] * Math.cos(t));
  });
  const ones = time.map(() => 1);
  return {
    time,
    mu,
    epsilon,
    kappa: epsilon.map((e) => 1 / Math.sqrt(e)),
    gamma: ones,
    B: ones,
    centreX: time,
    centreY: ones,
    centreZ: ones,
  };
}

it('finds the steps that are there, when they are, with their size', () => {
  const steps = [0.2, -0.05, 0.004];
  const path = series(steps);
  const jumps = jumpsOf(path, unit);
  expect(jumps).toHaveLength(3);
  const end = path.time[path.time.length - 1];
  jumps.forEach(({ time, change, changeError, epsilon, centre, kappa, before, after }, k) => {
    expect(time / end).toBeCloseTo((k + 0.5) / 3, 3);
    expect(Math.abs(change - steps[k])).toBeLessThan(changeError);
    expect(changeError).toBeLessThan(6e-4);
    expect(epsilon).toBeCloseTo(0.504, 3);
    expect(kappa).toBeCloseTo(1 / Math.sqrt(0.504), 3);
    expect(centre).toEqual([time, 1, 1]);
    expect(after / before - 1).toBeCloseTo(change, 12);
  });
});

it('finds none where mu only swings, however much, and none below what is worth telling', () => {
  expect(jumpsOf(series([0, 0, 0]), unit)).toEqual([]);
  expect(jumpsOf(series([0, 0, 0], 3), unit)).toEqual([]);
  expect(jumpsOf(series([5e-4, -5e-4]), unit)).toEqual([]);
  expect(jumpsOf(series([5e-3]), unit, 0.01)).toEqual([]);
  expect(jumpsOf(series([5e-3]), unit), 'negative control').toHaveLength(1);
});

it('finds none where epsilon has no maximum, or is nowhere small', () => {
  const path = series([0.2]);
  expect(jumpsOf({ ...path, epsilon: path.epsilon.map(() => 0.05) }, unit)).toEqual([]);
  expect(jumpsOf({ ...path, epsilon: path.epsilon.map((e) => 0.2 + e) }, unit)).toEqual([]);
  const nothing = Object.fromEntries(Object.keys(path).map((key) => [key, new Float64Array(0)]));
  expect(jumpsOf(nothing as unknown as MuSeries, unit)).toEqual([]);
});

const paths = (input: OrbitInput) => {
  const { plan, tallies, scenario } = orbitsHere(input);
  return trajectoriesOf(plan.tracks, tallies, scenario.species, scenario.motion.kind);
};

it('finds that a thin current sheet breaks mu, and that a thick one does not', () => {
  const through = (thickness: string, until: string): OrbitInput => ({
    ...sheetInput,
    field: { kind: 'currentSheet', B0: '5 nT', thickness, normalField: '5 nT' },
    boundary: {},
    particles: { ...(sheetInput.particles as object), count: 8 },
    times: { until, count: 1 },
    outputs: { trajectories: { particles: 8 } },
  });
  const thin = paths(through('500 km', '60 s'));
  for (const { jumps, mu } of thin) {
    expect(jumps).toHaveLength(1);
    const [{ change, changeError, centre, epsilon }] = jumps;
    // the ends themselves say the same: epsilon is nothing there
    expect(Math.abs(mu[mu.length - 1] / mu[0] - 1 - change)).toBeLessThan(changeError);
    expect(Math.abs(centre[2])).toBeLessThan(2e6);
    expect(epsilon).toBeGreaterThan(0.5);
  }
  expect(Math.max(...thin.map(({ jumps: [{ change }] }) => Math.abs(change)))).toBeGreaterThan(0.1);
  for (const { jumps, epsilon } of paths(through('2e4 km', '120 s'))) {
    expect(Math.max(...epsilon)).toBeGreaterThan(0.02);
    expect(jumps).toEqual([]);
  }
});

it('finds a jump at each crossing of the equator of a dipole that breaks mu, and none where it swings by as much', () => {
  const radius = 6371e3;
  const dipole = (energy: string, xi: number): OrbitInput => ({
    motion: 'fullOrbit',
    field: 'dipole',
    particles: {
      count: 1,
      energy,
      pitch: { kind: 'cosine', xi },
      place: [`${4 * radius} m`, '0 m', '0 m'],
      gyrophase: 0.3,
    },
    times: { until: '15 s', count: 1 },
    outputs: { trajectories: 1 },
  });
  const [broken] = paths(dipole('100 MeV', 0.85));
  expect(broken.jumps.length).toBeGreaterThan(3);
  const mirror = Math.max(...broken.centreZ.map(Math.abs));
  for (const { centre, change, changeError } of broken.jumps) {
    expect(Math.abs(centre[2])).toBeLessThan(0.3 * mirror);
    expect(Math.abs(change)).toBeGreaterThan(3 * changeError);
  }
  const [kept] = paths(dipole('20 MeV', 0.6));
  expect(Math.max(...kept.rawMu) / Math.min(...kept.rawMu)).toBeGreaterThan(1.3);
  expect(kept.jumps).toEqual([]);
});
