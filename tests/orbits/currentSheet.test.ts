import { describe, expect, it } from 'vitest';
import { SPEED_OF_LIGHT } from '../../src/physics/constants.js';
import { sheetKickExponent } from '../../src/physics/sheetKick.js';
import { PROTON } from '../../src/physics/species.js';
import type { OrbitInput } from '../../src/scenario/orbits/schema.js';
import { parseOrbits } from '../../src/scenario/orbits/schema.js';
import { orbitPresets } from '../../src/scenario/presets.js';
import { OrbitBlock } from './kernel.js';
import { orbitsHere } from './runHere.js';

const SPEED = Math.SQRT2 * 1e6;
const B0 = 5e-9;
/** Protons of vPerp = vPar that cross a sheet of thickness L once, from this distance. */
function crossing(L: number, ratio: number, options: { distance: number; count?: number; tolerance?: number }) {
  const { distance, count = 512, tolerance = 1e-3 } = options;
  const along = 1e6 * (ratio / Math.sqrt(1 + ratio * ratio));
  return {
    motion: { kind: 'fullOrbit', tolerance },
    field: { kind: 'currentSheet', B0: '5 nT', thickness: `${L} m`, normalField: `${5 * ratio} nT` },
    particles: {
      count,
      speed: `${SPEED} m/s`,
      pitch: { kind: 'cosine', xi: Math.SQRT1_2 },
      place: ['0 m', '0 m', `${-distance} m`],
    },
    times: { until: `${(2.2 * distance) / along} s`, count: 1 },
    tallies: { phase: { bins: 8 } },
  } satisfies OrbitInput;
}

type Six = [number, number, number, number, number, number];

/** mu over its start after the crossing, by the classical Runge-Kutta method of fourth order: nothing of the kernel's. */
function ratioByRungeKutta(L: number, ratio: number, start: Six, time: number, step: number): number {
  // gamma is 1.00001: in a hundred radians that is seen
  const turn = (PROTON.charge / PROTON.mass) * Math.sqrt(1 - (SPEED / SPEED_OF_LIGHT) ** 2);
  const field = (z: number) => [B0 * Math.tanh(z / L), B0 * ratio] as const;
  const slope = ([, , z, vx, vy, vz]: Six): Six => {
    const [bx, bz] = field(z);
    return [vx, vy, vz, turn * vy * bz, turn * (vz * bx - vx * bz), -turn * vy * bx];
  };
  const plus = (a: Six, b: Six, h: number) => a.map((x, i) => x + h * b[i]) as Six;
  const mu = ([, , z, vx, vy, vz]: Six) => {
    const [bx, bz] = field(z);
    return ((bz * vx - bx * vz) ** 2 / (bx * bx + bz * bz) + vy * vy) / Math.hypot(bx, bz);
  };
  let at = start;
  const steps = Math.ceil(time / step);
  const h = time / steps;
  for (let i = 0; i < steps; i++) {
    const a = slope(at);
    const b = slope(plus(at, a, h / 2));
    const c = slope(plus(at, b, h / 2));
    const d = slope(plus(at, c, h));
    at = plus(plus(at, plus(a, d, 1), h / 6), plus(b, c, 1), h / 3);
  }
  return mu(at) / mu(start);
}

describe('a current sheet', () => {
  it.each([
    ['thin, broken', 5e5, 1, 2e7],
    ['thick, a small kick', 3e7, 1, 2.4e8],
    ['with a tenth of the normal field, broken', 3e7, 0.1, 1.5e8],
  ])('kicks mu as another integrator has it: %s', (_, L, ratio, distance) => {
    const kicksOf = (tolerance: number) => {
      const { tallies } = orbitsHere(crossing(L, ratio, { distance, count: 8, tolerance }));
      // a group is a particle
      return Array.from({ length: 8 }, (_, g) => tallies.group('kickPhase', g).reduce((sum, x) => sum + x, 0));
    };
    const block = new OrbitBlock(crossing(L, ratio, { distance, count: 512 }));
    const after = Array.from({ length: 8 }, (_, i) => {
      const { x, u } = block.lane(i);
      const gamma = Math.sqrt(1 + u[0] ** 2 + u[1] ** 2 + u[2] ** 2);
      const [vx, vy, vz] = u.map((p) => (p * SPEED_OF_LIGHT) / gamma);
      return ratioByRungeKutta(L, ratio, [...x, vx, vy, vz], block.plan.axes.times[1], 0.03);
    });
    const largest = Math.max(...after.map((x) => Math.abs(x - 1)));
    const worst = (kicks: readonly number[]) => Math.max(...kicks.map((kick, i) => Math.abs(kick - (after[i] - 1))));
    // the error of the gyrophase goes as the tolerance and the gyrations
    expect(worst(kicksOf(1e-6))).toBeLessThan(2e-3 * largest);
    expect(worst(kicksOf(1e-6).toReversed()), 'negative control').toBeGreaterThan(0.1 * largest);
  });

  it('kicks by tens of percent where it is thin, by the gyrophase', () => {
    const { rmsKick, kickByPhase } = orbitsHere(crossing(5e5, 1, { distance: 2e7 })).estimates;
    expect(rmsKick.value).toBeGreaterThan(0.2);
    expect(rmsKick.value).toBeLessThan(1);
    expect(Math.max(...kickByPhase.value) - Math.min(...kickByPhase.value)).toBeGreaterThan(0.3);
    expect(kickByPhase.standardError.every((error) => error < 0.15)).toBe(true);
  });

  it('of a tenth of the normal field breaks mu at L = 3e7 m: kappa decides, not rho/L', () => {
    const { plan, tallies } = orbitsHere(crossing(3e7, 0.1, { distance: 1.5e8 }));
    const edges = plan.axes.kickEdges;
    const last = tallies.total('kick').slice(edges.length - 1);
    const filled = Array.from(last.keys()).filter((i) => last[i] > 0);
    // mu after over before from 0.2 to 1.5
    expect(edges[filled[0]]).toBeGreaterThan(-0.85);
    expect(edges[filled[0]]).toBeLessThan(-0.2);
    expect(edges[filled[filled.length - 1]]).toBeLessThan(0.6);
    expect(edges[filled[filled.length - 1]]).toBeGreaterThan(0.3);
    const { rmsKick } = orbitsHere(crossing(3e7, 1, { distance: 2.4e8 })).estimates;
    // kappa = 3.2: within half a percent
    expect(rmsKick.value * Math.SQRT2).toBeGreaterThan(0.003);
    expect(rmsKick.value * Math.SQRT2).toBeLessThan(0.005);
  });

  it('kicks exponentially less the thicker it is, as the complex phase to the null of B says', () => {
    const rho0 = (PROTON.mass * SPEED) / (PROTON.charge * B0);
    const kicks = [4e7, 6e7, 8e7, 1e8].map((L) => {
      const { estimates } = orbitsHere(crossing(L, 1, { distance: 9 * L, count: 256 }));
      return { L, ...estimates.rmsKick, exponent: sheetKickExponent(1, L / rho0, Math.SQRT1_2) };
    });
    for (const { value, standardError, exponent } of kicks) {
      const before = value * Math.exp(exponent);
      expect(before).toBeGreaterThan(3.4);
      expect(before).toBeLessThan(4.8);
      expect(standardError).toBeLessThan(0.05 * value);
    }
    expect(kicks[3].value).toBeLessThan(1e-6);
    expect(kicks[0].value / kicks[3].value, 'negative control').toBeGreaterThan(1e5);
    const wrong = kicks.map(({ value, L }) => value * Math.exp(sheetKickExponent(0.9, L / rho0, Math.SQRT1_2)));
    expect(Math.max(...wrong) / Math.min(...wrong), 'negative control').toBeGreaterThan(3);
  });

  it('is a preset that starts and ends far from it', () => {
    const { yaml } = orbitPresets.find(({ name }) => name === 'current-sheet')!;
    const scenario = parseOrbits(yaml);
    const { estimates } = orbitsHere(
      yaml.replace('count: 2048', 'count: 64').replace('thickness: 500 km', 'thickness: 1e8 m'),
    );
    expect(scenario.particles.count).toBe(2048);
    expect(estimates.rmsKick.value).toBeLessThan(1e-8);
    expect(estimates.rmsMuChange.standardError).toBeGreaterThan(1e-8);
  });
});
