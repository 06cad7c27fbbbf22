import { describe, expect, it } from 'vitest';
import { zScore } from '../../src/analysis/estimates.js';
import { curves, deviationsOf, estimatesOf, manySpeeds, shiftsOf } from '../analysis/manySpeeds.js';
import { refuted, scores, sound, soundSum } from '../random.js';

const names = Object.keys(manySpeeds) as (keyof typeof manySpeeds)[];

// a machine with other work takes a minute for the longest
describe('D and drifts of mu and of the pitch in mirrors with many speeds', { timeout: 240_000 }, () => {
  it.each(names)('are those of theory within 5 errors, and not of another rate nor of a mean speed: %s', (name) => {
    // the steps of a dipole's electrons are many
    const { own, rated, alike } = estimatesOf(name, /dipole/.test(name) ? 60_000 : 200_000, 1.1);
    for (const one of [own.dMuMu, own.dXiXi]) expect(one.standardError / one.value).toBeLessThan(0.02);
    expect(own.dMuMu.note).not.toMatch(/enlarged/);
    if (/v\^-3/.test(name)) expect(own.dXiXi.note).toMatch(/isotropic by the first snapshot/);
    sound(deviationsOf(own), 'own', 31, shiftsOf(own));
    for (const [curve, all] of Object.entries(curves(own))) {
      const deviations = scores(all);
      expect(deviations.length, curve).toBeGreaterThan(7);
      soundSum(deviations, curve, 31);
    }
    refuted(Math.max(0, zScore(rated.dMuMu)));
    refuted(Math.max(0, zScore(rated.dXiXi)));
    refuted(deviationsOf(alike));
  });
});
