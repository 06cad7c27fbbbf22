import { expect, it } from 'vitest';
import { type Bounces, bouncesOf } from '../../../src/analysis/fullOrbits/bounces.js';
import { type Trajectory, trajectoriesOf } from '../../../src/analysis/fullOrbits/trajectories.js';
import { dipoleBouncePeriod } from '../../../src/physics/dipole.js';
import type { OrbitInput } from '../../../src/scenario/orbits/schema.js';
import { orbitsHere } from '../../orbits/runHere.js';

function pathOf(input: OrbitInput): Trajectory & { bounces: Bounces } {
  const { plan, tallies, scenario } = orbitsHere({ ...input, particles: { ...(input.particles as object), count: 1 } });
  const [path] = trajectoriesOf(plan.tracks, tallies, scenario.species, scenario.motion.kind);
  expect(path.bounces).not.toBeNull();
  return path as Trajectory & { bounces: Bounces };
}

const speed = 1e6;
const bottle = (motion: 'fullOrbit' | 'driftOrbit', at: string, B: string): OrbitInput => ({
  motion,
  field: { kind: 'bottle', B, scale: '1 m' },
  particles: { speed: `${speed} m/s`, pitch: { kind: 'cosine', xi: 0.5 }, place: [at, '0 m', '0 m'], gyrophase: 0.1 },
  times: { until: '60 us', count: 6 },
  outputs: { trajectories: { particles: 1 } },
});

it('of a guiding centre on the axis of a bottle are those of a harmonic well', () => {
  const { bounces, px, py, pz, gamma } = pathOf(bottle('driftOrbit', '0 m', '0.5 T'));
  // omega = vPerp0/scale; pPar = p0 cos(omega t): J2 = p0^2 T/(2 gamma m)
  const period = (2 * Math.PI) / (speed * Math.sqrt(0.75));
  // 60 us are 8.27 periods, and the first mirror point comes after a quarter of one
  expect(bounces.count).toBe(8);
  expect(Math.abs(bounces.time.mean / period - 1)).toBeLessThan(2e-5);
  expect(bounces.time.spread / period).toBeLessThan(2e-4);
  const p0 = Math.hypot(px[0], py[0], pz[0]);
  const J2 = (p0 * p0 * period) / (2 * gamma[0] * 1.67262192369e-27);
  expect(Math.abs(bounces.secondInvariant.mean / J2 - 1)).toBeLessThan(2e-4);
  expect(bounces.mirrors[0] / (period / 4)).toBeCloseTo(1, 3);
});

it('of a full orbit are those of its guiding centre, to the order of epsilon', () => {
  const full = pathOf(bottle('fullOrbit', '0.1 m', '2 T'));
  const centre = pathOf(bottle('driftOrbit', '0.1 m', '2 T'));
  expect(Math.max(...full.epsilon)).toBeLessThan(0.02);
  expect(full.bounces.count).toBe(centre.bounces.count);
  for (const of of ['time', 'secondInvariant'] as const) {
    const ratio = full.bounces[of].mean / centre.bounces[of].mean;
    expect(Math.abs(ratio - 1), of).toBeLessThan(1e-3);
    expect(full.bounces[of].spread / full.bounces[of].mean, of).toBeLessThan(1e-3);
  }
});

it.each([
  [45, 0.88685924],
  [30, 0.99972741],
])('in a dipole, at %i degrees: 4 (L R/v) %f', (angle, T) => {
  const radius = 6371e3;
  const xi = Math.cos((angle * Math.PI) / 180);
  const { bounces } = pathOf({
    motion: 'driftOrbit',
    species: 'electron',
    field: 'dipole',
    particles: { speed: '1e8 m/s', pitch: { kind: 'cosine', xi }, place: [`${5 * radius} m`, '0 m', '0 m'] },
    times: { until: '8 s', count: 2 },
    outputs: { trajectories: { particles: 1, every: '2 ms' } },
  });
  const period = (4 * 5 * radius * T) / 1e8;
  expect(period / dipoleBouncePeriod(5, Math.sqrt(1 - xi * xi), 1e8)).toBeCloseTo(1, 6);
  expect(bounces.count).toBeGreaterThan(4);
  // a drifting guiding centre differs from the fixed line by the square of rho/r
  expect(Math.abs(bounces.time.mean / period - 1)).toBeLessThan(2e-4);
  expect(bounces.secondInvariant.spread / bounces.secondInvariant.mean).toBeLessThan(1e-3);
});

it('are not where nothing turns, or swings within a gyration alone', () => {
  const time = Float64Array.from({ length: 2000 }, (_, i) => i / 100);
  const gamma = time.map(() => 1);
  const of = (pParallel: Float64Array) => bouncesOf({ time, pParallel, gamma }, 1);
  expect(of(time.map(() => 1))).toBeNull();
  expect(of(time.map((t) => Math.cos(t / 4)))).toBeNull();
  expect(of(new Float64Array(2000))).toBeNull();
  // a swing of 8 % about a bounce turns no mirror point into several, and moves them little
  const swinging = of(time.map((t) => Math.cos(t) + 0.08 * Math.cos(40 * t)));
  expect(swinging?.mirrors).toHaveLength(6);
  expect(swinging?.count).toBe(2);
  expect(swinging?.time.mean).toBeCloseTo(2 * Math.PI, 1);
  expect(of(time.map((t) => Math.cos(t) + 0.4 * Math.cos(40 * t)))?.mirrors.length, 'negative control').not.toBe(6);
});

it('no bounces are told of what swings about where there is no guiding centre', () => {
  const time = Float64Array.from({ length: 1000 }, (_, i) => i / 100);
  const swing = { time, pParallel: time.map((t) => Math.cos(Math.PI * t)), gamma: time.map(() => 1) };
  expect(bouncesOf({ ...swing, epsilon: time.map(() => 6) }, 1)).toBeNull();
  expect(bouncesOf({ ...swing, epsilon: time.map(() => 0.1) }, 1)?.count).toBe(4);
});
