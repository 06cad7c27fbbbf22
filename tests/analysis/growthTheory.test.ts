import { describe, expect, it } from 'vitest';
import { backwardMoments, coneMoments } from '../../src/analysis/backward.js';
import { estimate } from '../../src/analysis/estimate.js';
import { zScore } from '../../src/analysis/estimates.js';
import { growthTheory } from '../../src/analysis/growthTheory.js';
import { scatteringOracle } from '../../src/analysis/oracle/index.js';
import type { Curve } from '../../src/analysis/types.js';
import { buildField } from '../../src/fields/index.js';
import { bounceAveragedMuDiffusion, muDrift, orbitAt } from '../../src/physics/index.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { runHere, runPlan, scenario } from '../validation/runHere.js';

/** A parabola of ratio 5 and length 2 m, in which 1e6 m/s is the one speed. */
const mirror = (parts: Record<string, unknown>) =>
  scenario({
    species: 'proton',
    field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
    boundary: 'throat',
    collisions: { strength: 0.1 },
    times: { count: 8, collisionTimes: 0.32 },
    tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 16 }, lossTime: { bins: 1 } },
    ...parts,
  });

describe('the backward equation', () => {
  const nu = 1000;
  const times = [1e-5, 1e-4, 2e-4];
  const line = (b: (s: number) => number, slope: (s: number) => number, ends: 'open' | 'reflecting' | 'periodic') => ({
    length: 2,
    b: Float64Array.from({ length: 41 }, (_, k) => b(-1 + k / 20)),
    slope: Float64Array.from({ length: 41 }, (_, k) => slope(-1 + k / 20)),
    ends,
  });

  it('is exact scattering where the field is uniform: P_2 decays as exp(-6 nu t), P_4 as exp(-20 nu t)', () => {
    const found = backwardMoments(
      line(
        () => 1,
        () => 0,
        'periodic',
      ),
      32,
      2e4,
      nu,
      times,
    );
    times.forEach((t, j) => {
      for (let i = 0; i < 32; i++) {
        const x = -1 + (i + 0.5) / 16;
        const p2 = (3 * x * x - 1) / 2;
        const p4 = (35 * x ** 4 - 30 * x * x + 3) / 8;
        const [e2, e4] = [Math.exp(-6 * nu * t), Math.exp(-20 * nu * t)];
        const first = (2 / 3) * p2 * (1 - e2);
        const second = (16 / 21) * p2 * (1 - e2) - (8 / 35) * p4 * (1 - e4);
        expect(found[j][1][20 * 32 + i]).toBeCloseTo(first, 4);
        // parabolas at the poles: an error of 1e-3 there
        expect(Math.abs(found[j][2][20 * 32 + i] - second)).toBeLessThan(1.5e-3);
        expect(found[j][0][20 * 32 + i]).toBe(0);
      }
    });
  });

  it('keeps an isotropic ensemble isotropic in a closed mirror', () => {
    const b = (s: number) => 3 - 2 * Math.cos(Math.PI * s);
    for (const ends of ['reflecting', 'periodic'] as const) {
      const [, , late] = backwardMoments(
        line(b, (s) => 2 * Math.PI * Math.sin(Math.PI * s), ends),
        32,
        2e4,
        nu,
        times,
      );
      // the equilibrium is uniform in xi and has the density of the flux tube, ds/B
      let change = 0;
      let size = 0;
      for (let k = 0; k < 41; k++) {
        const weight = (k === 0 || k === 40 ? 0.5 : 1) / b(-1 + k / 20);
        for (let i = 0; i < 32; i++) {
          change += weight * late[1][k * 32 + i];
          size += weight * Math.abs(late[1][k * 32 + i]);
        }
      }
      expect(Math.abs(change / size)).toBeLessThan(0.01);
    }
  });
});

describe('the backward equation of pitch alone', () => {
  // 96 cells, as the theory takes them: rims of high ratio lie within one cell of the pole
  it.each([2, 5, 40, 1000])('loses as the eigenmodes do, ratio %d', (mirrorRatio) => {
    const rim = Math.sqrt(1 - 1 / mirrorRatio);
    const [[inside]] = coneMoments(-rim, rim, 96, 1, [0.24]);
    for (const cell of [20, 40, 60]) {
      const xi = -rim + ((cell + 0.5) * 2 * rim) / 96;
      const lost = scatteringOracle({ mirrorRatio, start: { xi } }).lostBefore(0.24);
      expect(Math.abs(inside[cell] + lost)).toBeLessThan(4e-4);
    }
  });

  it('has the mean of mu of the survivors, ratio 1000, against a grid four times as fine', () => {
    const rim = Math.sqrt(0.999);
    const [[, v1, v2]] = coneMoments(-rim, rim, 384, 1, [0.24]);
    const [[, w1, w2]] = coneMoments(-rim, rim, 96, 1, [0.24]);
    // cell 37 of 96 has its centre between the cells 149 and 150 of 384
    const fine = (v: Float64Array) => (v[149] + v[150]) / 2;
    expect(Math.abs(w1[37] / fine(v1) - 1)).toBeLessThan(1e-3);
    expect(Math.abs(w2[37] / fine(v2) - 1)).toBeLessThan(1e-3);
  });
});

describe('the bounce average of the operator', () => {
  it.each([0.3, 0.6, 0.85])('is that of the formulary, start at xi = %d', (xi) => {
    const parsed = parseScenario(mirror({ particles: { count: 1000, pitch: { kind: 'cosine', xi } } }));
    const plan = planRun(parsed);
    const theory = growthTheory(parsed, plan)!;
    const bin = theory.mu.diffusion.findIndex((d) => d > 0);
    const { mass } = parsed.species;
    const energy = (mass * 1e12) / 2;
    const field = buildField(parsed.field);
    const orbit = orbitAt(parsed.species, energy, xi, 0.5);
    const exact = bounceAveragedMuDiffusion(field, orbit, 0, mass * 1e6, plan.reference.nu);
    expect(theory.mu.diffusion[bin] / exact).toBeCloseTo(1, 3);
    // the parabola: B goes as 1 + a sin^2 along the orbit, 1/B has the mean 1/sqrt(1 + a), a = xi^2/(1 - xi^2)
    const beta = Math.sqrt(1 - xi * xi);
    const drift =
      muDrift(mass * 1e6, mass, 0.5, plan.reference.nu, xi) + 2 * plan.reference.nu * (beta - 1) * mass * 2e12;
    expect(theory.mu.drift[bin] / drift).toBeCloseTo(1, 3);
  });

  it('is given where one speed and one rate make it exact, and nowhere else', () => {
    const theory = (parts: Record<string, unknown>) => {
      const parsed = parseScenario(mirror(parts));
      return growthTheory(parsed, planRun(parsed));
    };
    expect(theory({})).not.toBeNull();
    expect(theory({ boundary: 'reflecting' })).not.toBeNull();
    expect(theory({ particles: { speed: { kind: 'maxwellian', temperature: '1 keV' } } })).toBeNull();
    expect(theory({ potential: { kind: 'parabolic', drop: '100 V' } })).toBeNull();
    expect(theory({ boundary: { kind: 'cone', ratio: 5 } })).toBeNull();
    expect(theory({ motion: 'homogeneous', boundary: { kind: 'cone', ratio: 5 } })?.bouncing).toBe(false);
    expect(theory({ motion: 'homogeneous', boundary: 'none' })).toBeNull();
    expect(theory({ collisions: { operator: 'none' }, times: { count: 8, until: '1 us' } })).toBeNull();
  });
});

/** Largest deviation of a curve from its reference in its errors; it has to have more than five points. */
function worstOf({ value, standardError, reference }: Curve): number {
  const off = Array.from(value, (y, u) => Math.abs(y - reference![u]) / standardError[u]).filter(Number.isFinite);
  expect(off.length).toBeGreaterThan(5);
  return Math.max(...off);
}

describe('D_mumu of real runs in a mirror', () => {
  const of = (parts: Record<string, unknown>) => {
    const { scenario: parsed, plan, tallies } = runHere(mirror(parts));
    return estimate(parsed, plan, tallies);
  };
  const pancake = { kind: 'pancake', power: 2 };

  it.each([
    ['as the default starts: all in step at the midplane', { particles: { count: 100000, pitch: pancake } }],
    ['all over the flux tube', { particles: { count: 60000, pitch: 'isotropic', place: 'fluxTube' } }],
    ['under ten times the scattering', { particles: { count: 60000, pitch: pancake }, collisions: { strength: 1 } }],
    ['between reflecting ends', { particles: { count: 60000, pitch: pancake }, boundary: 'reflecting' }],
  ])('is the bounce-averaged operator within 5 errors, and these are below 2 %%: %s', (_name, parts) => {
    const { dMuMu, muDrift: drift, dMuMuCurve, dXiXi, xiDrift, dXiXiCurve, xiDriftCurve } = of(parts);
    expect(dXiXi.label).toMatch(/midplane/);
    expect(Math.abs(zScore(dXiXi))).toBeLessThan(5);
    expect(Math.abs(zScore(dXiXi, 1.15 * dXiXi.reference!)), 'negative control').toBeGreaterThan(5);
    expect(Math.abs(zScore(xiDrift))).toBeLessThan(5);
    for (const curve of [dXiXiCurve, xiDriftCurve]) expect(worstOf(curve)).toBeLessThan(5);
    expect(dMuMu.note).toMatch(/bounce-averaged/);
    expect(dMuMu.note).not.toMatch(/enlarged/);
    expect(Math.abs(zScore(dMuMu))).toBeLessThan(5);
    expect(dMuMu.standardError / dMuMu.value).toBeLessThan(0.02);
    expect(Math.abs(zScore(drift))).toBeLessThan(5);
    expect(worstOf(dMuMuCurve)).toBeLessThan(5);
  });

  it('that scatters 5 % more than its plan says is found out', () => {
    const parsed = parseScenario(mirror({ particles: { count: 100000, pitch: pancake } }));
    const plan = planRun(parsed);
    const faster = planRun(
      parseScenario(
        mirror({
          particles: { count: 100000, pitch: pancake },
          collisions: { strength: 0.105 },
          times: { at: Array.from(plan.axes.times, (t) => `${t} s`).slice(1) },
        }),
      ),
    );
    const { tallies } = runPlan(parsed, faster);
    const { dMuMu } = estimate(parsed, plan, tallies);
    expect(zScore(dMuMu)).toBeGreaterThan(5);
    expect(Math.abs(zScore(dMuMu, 1.05 * dMuMu.reference!))).toBeLessThan(5);
  });
});

describe('D_mumu under a cone in velocity space', () => {
  const of = (parts: Record<string, unknown>) => {
    const {
      scenario: parsed,
      plan,
      tallies,
    } = runHere(
      mirror({
        field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
        motion: 'homogeneous',
        collisions: { rate: '1e3 /s' },
        times: { count: 6, collisionTimes: 0.24 },
        ...parts,
      }),
    );
    return estimate(parsed, plan, tallies);
  };

  it('is 0 within 5 errors where it is exactly 0, and these are a thousandth of what it is elsewhere', () => {
    const { dMuMu, dMuMuCurve } = of({
      particles: { count: 100000, pitch: { kind: 'cosine', xi: 0 } },
      boundary: { kind: 'cone', ratio: 5 },
    });
    expect(dMuMu.reference).toBe(0);
    expect(Math.abs(zScore(dMuMu))).toBeLessThan(5);
    expect(dMuMu.standardError).toBeGreaterThan(0);
    const { mass } = parseScenario(mirror({})).species;
    expect(dMuMu.standardError).toBeLessThan(2e-3 * (((mass * 1e12) / 0.5) ** 2 * 1000 * 0.25));
    expect(Math.abs(dMuMuCurve.value[0])).toBeLessThan(5 * dMuMuCurve.standardError[0]);
  });

  it.each(['both', 'left', 'right'] as const)('is the operator, losses and all: cone on %s', (sides) => {
    const {
      dMuMu,
      muDrift: drift,
      dXiXi,
      xiDrift,
      dXiXiCurve,
      xiDriftCurve,
    } = of({
      particles: { count: 60000, pitch: { kind: 'pancake', power: 2, only: 'trapped' } },
      boundary: { kind: 'cone', ratio: 5, sides },
    });
    expect(dMuMu.note ?? '').not.toMatch(/bounce/);
    expect(Math.abs(zScore(dMuMu))).toBeLessThan(5);
    expect(Math.abs(zScore(dMuMu, 1.1 * dMuMu.reference!)), 'negative control').toBeGreaterThan(5);
    expect(Math.abs(zScore(drift))).toBeLessThan(5);
    // of the local pitch, with its sign
    expect(dXiXiCurve.x[0]).toBeLessThan(-0.5);
    expect(Math.abs(zScore(dXiXi))).toBeLessThan(5);
    expect(Math.abs(zScore(dXiXi, 1.1 * dXiXi.reference!)), 'negative control').toBeGreaterThan(5);
    expect(Math.abs(zScore(xiDrift))).toBeLessThan(5);
    for (const curve of [dXiXiCurve, xiDriftCurve]) expect(worstOf(curve)).toBeLessThan(5);
    const shifted = { ...xiDriftCurve, reference: xiDriftCurve.reference!.map((x) => -x) };
    expect(worstOf(shifted), 'negative control').toBeGreaterThan(5);
  });
});

describe('D_xixi where nothing is lost', () => {
  it.each([
    ['one speed', { speed: '1e6 m/s' }],
    ['relativistic', { speed: '2.9e8 m/s' }],
    ['a Maxwellian of one rate', { speed: { kind: 'maxwellian', temperature: '1 keV' } }],
  ])('is nu (1 - xi^2), its drift -2 nu xi: %s', (_name, particles) => {
    const run = runHere(
      mirror({
        field: { kind: 'uniform', B: '0.5 T', length: '2 m' },
        motion: 'homogeneous',
        boundary: 'none',
        collisions: { rate: '1e3 /s' },
        times: { count: 6, collisionTimes: 0.24 },
        particles: { count: 40000, pitch: 'isotropic', ...particles },
      }),
    );
    const {
      dXiXi,
      xiDrift,
      dXiXiCurve,
      xiDriftCurve,
      dMuMu,
      muDrift: drift,
    } = estimate(run.scenario, run.plan, run.tallies);
    dXiXiCurve.reference!.forEach((D, u) => {
      expect(D).toBeCloseTo(1000 * (1 - dXiXiCurve.x[u] ** 2), -1.5);
      expect(xiDriftCurve.reference![u]).toBeCloseTo(-2000 * dXiXiCurve.x[u], 6);
    });
    for (const curve of [dXiXiCurve, xiDriftCurve]) expect(worstOf(curve)).toBeLessThan(5);
    for (const one of [dXiXi, xiDrift]) expect(Math.abs(zScore(one))).toBeLessThan(5);
    expect(Math.abs(zScore(dXiXi, 1.15 * dXiXi.reference!)), 'negative control').toBeGreaterThan(5);
    if (!run.plan.reference.oneSpeed) return;
    for (const one of [dMuMu, drift]) expect(Math.abs(zScore(one))).toBeLessThan(5);
    expect(Math.abs(zScore(dMuMu, 1.15 * dMuMu.reference!)), 'negative control').toBeGreaterThan(5);
  });
});
