import { describe, expect, it } from 'vitest';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { ELECTRON, PROTON } from '../../src/physics/species.js';
import type { OrbitInput } from '../../src/scenario/orbits/schema.js';
import { OrbitBlock } from './kernel.js';
import { orbitsHere } from './runHere.js';

const c = SPEED_OF_LIGHT;
const unit = PROTON.charge / PROTON.mass;

/** Particles in B = 1 T along z and the potential V (a x^2 + a y^2 + b z^2). */
function trap(kind: 'fullOrbit' | 'driftOrbit', voltage: number, shape: [number, number, number], tolerance = 1e-6) {
  return new OrbitBlock({
    motion: { kind, tolerance },
    field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
    potential: { kind: 'quadratic', voltage: `${voltage} V`, length: '1 m', shape },
    particles: { count: 512, speed: '1e4 m/s', pitch: { kind: 'cosine', xi: 0 }, place: ['0.1 m', '0 m', '0 m'] },
    times: { until: '1 us', count: 1 },
  } satisfies OrbitInput);
}

describe('a static potential', () => {
  // E = s r across B: x'' = (q/m)(s x + B y'), which turns as exp(i w t) with w^2 + O w + (q/m) s = 0
  const slope = 1e6;
  const O = unit;
  const slow = (-O + Math.sqrt(O * O - 4 * unit * slope)) / 2;

  it('turns a guiding centre about its axis as the slow mode of the exact orbit does, polarisation drift and all', () => {
    const block = trap('driftOrbit', -slope / 2, [1, 1, 0]);
    const { kernel } = block.runner;
    const { timeUnit } = block.plan.reference;
    block.set(0, { x: [0.1, 0, 0], u: [0, 0, 0] });
    const step = 0.02 / Math.abs(slow);
    for (let i = 0; i < 100; i++) kernel.advanceCentres(0, 8, (i * step) / timeUnit, step / timeUnit);
    const [x, y] = block.lane(0).x;
    const turned = Math.atan2(y, x);
    // E x B alone turns at s/B; the inertia of the drift adds the share s/(B O) of that, here 1 %, and 2 (s/(B O))^2
    const share = slope / O;
    expect(Math.abs(turned / (100 * step * slow) - 1)).toBeLessThan(3 * share * share);
    expect(Math.abs((100 * step * -slope) / (100 * step * slow) - 1), 'E x B alone').toBeGreaterThan(0.9 * share);
    expect(Math.abs(Math.hypot(x, y) / 0.1 - 1)).toBeLessThan(1e-3);
  });

  it.each([
    ['proton', 1],
    ['electron', -1],
  ] as const)(
    'asks for steps of its own: a guiding centre of a slow %s in a Penning trap goes round as it should',
    (species, sign) => {
      const { charge, mass } = sign > 0 ? PROTON : ELECTRON;
      const B = sign > 0 ? 0.5 : 5e-4;
      const Omega = (charge * B) / mass;
      const axial2 = 0.04 * Omega * Omega;
      const magnetron = -0.5 * (Omega - sign * Math.sqrt(Omega * Omega - 2 * axial2));
      const until = 3.3 / Math.abs(magnetron);
      const { tallies } = orbitsHere({
        motion: 'driftOrbit',
        species,
        field: { kind: 'uniform', B: ['0 T', '0 T', `${B} T`] },
        potential: { kind: 'quadratic', voltage: `${(axial2 * mass * 0.01) / (2 * charge)} V`, length: '0.1 m' },
        particles: { count: 64, speed: '1 km/s', pitch: { kind: 'cosine', xi: 0.5 }, place: ['0.03 m', '0 m', '1 cm'] },
        times: { until: `${until} s`, count: 1 },
      });
      const [x, y] = [3, 4].map((i) => tallies.total('shift')[i] / 64);
      // a turn of 3.3 the one way is one of 2 pi - 3.3 the other
      const turned = Math.atan2(y, x + 0.03) + sign * -2 * Math.PI;
      expect(Math.abs(turned / (magnetron * until) - 1)).toBeLessThan(3e-3);
      expect(Math.abs(Math.hypot(x + 0.03, y) / 0.03 - 1)).toBeLessThan(1e-3);
    },
  );

  it('gives a guiding centre what it takes: along a bent line the E x B drift speeds it up once, not twice', () => {
    const [B, L, E, z0, speed] = [1e-3, 200, 10, 100, 1e5];
    const { charge } = PROTON;
    const { tallies, estimates } = orbitsHere({
      motion: 'driftOrbit',
      field: {
        kind: 'currentSheet',
        B0: `${B} T`,
        thickness: `${L} m`,
        normalField: `${0.3 * B} T`,
        electricField: `${E} V/m`,
      },
      particles: {
        count: 64,
        speed: `${speed} m/s`,
        pitch: { kind: 'cosine', xi: 0.5 },
        gyrophase: 0.3,
        place: ['0 m', '0 m', `${z0} m`],
      },
      times: { until: '6.5 ms', count: 1 },
    });
    const [y, z] = [4, 5].map((i) => tallies.total('shift')[i] / 64);
    expect(z).toBeLessThan(-z0);
    // with that of the drift itself
    const gained = estimates.energyChange.value;
    const work = charge * E * y;
    const start = estimates.meanEnergyStart.value;
    expect(work / start).toBeGreaterThan(0.05);
    expect(Math.abs(gained - work) / start).toBeLessThan(1e-5);
  });

  it('turns a full orbit as both modes do, exactly but for the push', () => {
    const block = trap('fullOrbit', -slope / 2, [1, 1, 0], 1e-6);
    const v = -slow * 0.1;
    block.set(0, { x: [0.1, 0, 0], u: [0, -v / c, 0] });
    const step = 0.02 / Math.abs(slow);
    for (let i = 0; i < 100; i++) block.step(i * step, step);
    const [x, y] = block.lane(0).x;
    expect(Math.hypot(x, y)).toBeCloseTo(0.1, 6);
    expect(Math.abs(Math.atan2(y, x) / (100 * step * slow) - 1)).toBeLessThan(1e-5);
  });

  it.each(['proton', 'electron'] as const)('a uniform one drives every %s across B at E x B/B^2', (species) => {
    const drift = (kind: 'fullOrbit' | 'driftOrbit') => {
      const block = new OrbitBlock({
        motion: { kind, tolerance: 1e-5 },
        species,
        field: { kind: 'uniform', B: ['0 T', '0 T', '1 T'] },
        potential: { kind: 'linear', E: ['3e4 V/m', '0 V/m', '0 V/m'] },
        particles: { count: 512, speed: '1e6 m/s', pitch: { kind: 'cosine', xi: 0.5 }, place: ['0 m', '0 m', '0 m'] },
        times: { until: '1 us', count: 1 },
      });
      const { timeUnit, gyrofrequency } = block.plan.reference;
      const gyration = (2 * Math.PI) / gyrofrequency;
      const from = block.lane(0).x;
      for (let i = 0; i < 1000; i++)
        if (kind === 'fullOrbit') block.step(i * gyration, gyration);
        else block.runner.kernel.advanceCentres(0, 8, (i * gyration) / timeUnit, gyration / timeUnit);
      const to = block.lane(0).x;
      return [(to[0] - from[0]) / 1000 / gyration, (to[1] - from[1]) / 1000 / gyration];
    };
    for (const kind of ['fullOrbit', 'driftOrbit'] as const) {
      const [x, y] = drift(kind);
      expect(Math.abs(x / 3e4), kind).toBeLessThan(2e-3);
      expect(Math.abs(y / -3e4 - 1), kind).toBeLessThan(2e-3);
    }
  });

  it('keeps the sum of both energies, without drift, over 1e6 gyrations of a Penning trap; half the step has a quarter of its swing', () => {
    const energies = (turn: number, gyrations: number) => {
      const block = trap('fullOrbit', 2e4, [-0.5, -0.5, 1], (turn * turn) / 12);
      const { mass, charge } = PROTON;
      const energy = (i: number) => {
        const { x, u } = block.lane(i);
        const u2 = u[0] ** 2 + u[1] ** 2 + u[2] ** 2;
        const kinetic = (mass * c * c * u2) / (1 + Math.sqrt(1 + u2));
        return kinetic + charge * 2e4 * (x[2] ** 2 - (x[0] ** 2 + x[1] ** 2) / 2);
      };
      for (let i = 0; i < 8; i++) block.set(i, { x: [0.1, 0.02 * i, 0.05], u: [1e-3, 0, 1e-3 * (i / 8)] });
      const start = Array.from({ length: 8 }, (_, i) => energy(i));
      // steps of twenty gyrations, in as many substeps as the tolerance asks for
      const step = (20 * 2 * Math.PI) / unit;
      let worst = 0;
      for (let k = 0; k < gyrations / 20; k++) {
        block.step(k * step, step);
        if (k % 97 === 0)
          for (let i = 0; i < 8; i++) worst = Math.max(worst, Math.abs(energy(i) - start[i]) / Math.abs(start[i]));
      }
      return worst;
    };
    const long = energies(0.6, 1e6);
    const [coarse, fine] = [energies(0.6, 1e4), energies(0.3, 1e4)];
    expect(long).toBeLessThan(1.5 * coarse);
    expect(coarse / fine).toBeGreaterThan(3);
  });
});
