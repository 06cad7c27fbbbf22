import { describe, expect, it } from 'vitest';
import { zScore } from '../../src/analysis/estimates.js';
import { curves, deviationsOf, estimatesOf, manySpeeds, worstOf } from '../analysis/manySpeeds.js';

const names = Object.keys(manySpeeds) as (keyof typeof manySpeeds)[];

// a machine with other work takes a minute for the longest
describe('D and drifts of mu and of the pitch in mirrors with many speeds', { timeout: 240_000 }, () => {
  it.each(names)('are those of theory within 5 errors, and not of another rate nor of a mean speed: %s', (name) => {
    // the steps of a dipole's electrons are many
    const { own, rated, alike } = estimatesOf(name, /dipole/.test(name) ? 60_000 : 200_000, 1.1);
    for (const one of [own.dMuMu, own.dXiXi]) expect(one.standardError / one.value).toBeLessThan(0.02);
    expect(own.dMuMu.note).not.toMatch(/enlarged/);
    if (/v\^-3/.test(name)) expect(own.dXiXi.note).toMatch(/isotropic by the first snapshot/);
    expect(worstOf(own)).toBeLessThan(5);
    for (const [curve, all] of Object.entries(curves(own))) {
      const deviations = deviationsOf(all);
      expect(deviations.length, curve).toBeGreaterThan(7);
      const chiSquared = deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length;
      // of 8 to 12 deviations, by t of 31 degrees of freedom: more than 3.3 once in a hundred thousand
      expect(chiSquared, curve).toBeLessThan(3.3);
    }
    expect(zScore(rated.dMuMu), 'negative control').toBeGreaterThan(5);
    expect(zScore(rated.dXiXi), 'negative control').toBeGreaterThan(5);
    expect(worstOf(alike), 'negative control').toBeGreaterThan(5);
  });
});
