/** D and drifts of runs of some 10^5 particles beside the operator. */
import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/analysis/estimate.js';
import { zScore } from '../../src/analysis/estimates.js';
import type { Curve } from '../../src/analysis/types.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { agrees, disagrees, FAULT, follows, refuted, scores, sound } from '../random.js';
import { runHere, runPlan } from '../validation/runHere.js';
import { mirror } from './growthMirror.js';

/** Deviations of a curve from its reference in its errors; it has to have more than five points. */
function deviations(curve: Curve): number[] {
  const off = scores(curve);
  expect(off.length).toBeGreaterThan(5);
  return off;
}

/** As one verdict. */
function along(curve: Curve): void {
  deviations(curve);
  follows(curve, undefined, 31);
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
    agrees(dXiXi);
    disagrees(dXiXi, 1.15 * dXiXi.reference!);
    agrees(xiDrift);
    for (const curve of [dXiXiCurve, xiDriftCurve]) along(curve);
    expect(dMuMu.note).toMatch(/bounce-averaged/);
    expect(dMuMu.note).not.toMatch(/enlarged/);
    agrees(dMuMu);
    expect(dMuMu.standardError / dMuMu.value).toBeLessThan(0.02);
    agrees(drift);
    along(dMuMuCurve);
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
    refuted(Math.max(0, zScore(dMuMu)));
    agrees(dMuMu, 1.05 * dMuMu.reference!);
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
    const { mass } = parseScenario(mirror({})).species;
    // what it is at xi^2 = 1/2
    const elsewhere = ((mass * 1e12) / 0.5) ** 2 * 1000 * 0.25;
    sound(dMuMu.value / dMuMu.standardError, 'D', 31, (FAULT * elsewhere) / dMuMu.standardError);
    refuted((dMuMu.value - FAULT * elsewhere) / dMuMu.standardError, '2 % of what it is elsewhere', 31);
    expect(dMuMu.standardError).toBeGreaterThan(0);
    expect(dMuMu.standardError).toBeLessThan(2e-3 * elsewhere);
    sound(dMuMuCurve.value[0] / dMuMuCurve.standardError[0], 'D', 31);
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
    agrees(dMuMu);
    disagrees(dMuMu, 1.08 * dMuMu.reference!);
    agrees(drift);
    // of the local pitch, with its sign
    expect(dXiXiCurve.x[0]).toBeLessThan(-0.5);
    agrees(dXiXi);
    disagrees(dXiXi, 1.05 * dXiXi.reference!);
    agrees(xiDrift);
    for (const curve of [dXiXiCurve, xiDriftCurve]) along(curve);
    const shifted = { ...xiDriftCurve, reference: xiDriftCurve.reference!.map((x) => -x) };
    refuted(deviations(shifted));
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
    for (const curve of [dXiXiCurve, xiDriftCurve]) along(curve);
    for (const one of [dXiXi, xiDrift]) agrees(one);
    disagrees(dXiXi, 1.15 * dXiXi.reference!);
    if (!run.plan.reference.oneSpeed) return;
    for (const one of [dMuMu, drift]) agrees(one);
    disagrees(dMuMu, 1.15 * dMuMu.reference!);
  });
});
