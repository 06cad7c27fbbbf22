import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { zScore } from '../../src/analysis/estimates.js';
import type { GrowthInBins } from '../../src/analysis/growthBins.js';
import { growthTheory } from '../../src/analysis/growthTheory.js';
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

  it('of many speeds is the mean over the particles', () => {
    const rate = { law: 'powerLaw', value: '1e4 /s', at: '1e6 m/s', index: 1 };
    const pitch = { kind: 'cosine', xi: 0.6 };
    const many = parseScenario(
      mirror({
        particles: { count: 1000, speed: { kind: 'shell', from: '0.5e6 m/s', to: '2e6 m/s' }, pitch },
        collisions: { rate },
      }),
    );
    const theory = growthTheory(many, planRun(many))!;
    const whole = ({ weight, diffusion }: GrowthInBins) => {
      const [sum, n] = weight.reduce(([a, b], w, u) => (w > 0 ? [a + w * diffusion[u], b + w] : [a, b]), [0, 0]);
      return sum / n;
    };
    const field = buildField(many.field);
    const { mass } = many.species;
    const orbit = orbitAt(many.species, (mass * 1e12) / 2, 0.6, 0.5);
    const one = bounceAveragedMuDiffusion(field, orbit, 0, mass * 1e6, 1e4);
    // D goes as nu v^4, and the shell as v^2 dv: <v^5> over <1>, in 1e6 m/s
    const mean = (power: number) => (2 ** (power + 3) - 0.5 ** (power + 3)) / (power + 3);
    expect(whole(theory.mu) / ((one * mean(5)) / mean(0))).toBeCloseTo(1, 2.5);
    const pitchOf = (speed: string) => {
      const parsed = parseScenario(mirror({ particles: { count: 1000, speed, pitch }, collisions: { rate } }));
      return whole(growthTheory(parsed, planRun(parsed))!.xi);
    };
    expect(whole(theory.xi) / ((pitchOf('1e6 m/s') * mean(1)) / mean(0))).toBeCloseTo(1, 2.5);
  });

  it('is given where no electric field acts and ends lose or reflect, and nowhere else', () => {
    const theory = (parts: Record<string, unknown>) => {
      const parsed = parseScenario(mirror(parts));
      return growthTheory(parsed, planRun(parsed));
    };
    expect(theory({})).not.toBeNull();
    expect(theory({ boundary: 'reflecting' })).not.toBeNull();
    expect(theory({ particles: { speed: { kind: 'maxwellian', temperature: '1 keV' } } })).not.toBeNull();
    expect(theory({ boundary: 'none' })).toBeNull();
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
