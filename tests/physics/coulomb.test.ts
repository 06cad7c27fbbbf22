import { describe, expect, it } from 'vitest';
import {
  type BackgroundSpecies,
  chandrasekharG,
  coulombScatteringRate,
  deflection,
} from '../../src/physics/coulomb.js';
import { erf } from '../../src/physics/elementary.js';
import { lorentzFactorFromSpeed } from '../../src/physics/relativity.js';
import { DEUTERON, ELECTRON, PROTON, type Species } from '../../src/physics/species.js';

/** nu_perp of the NRL formulary, in Gaussian units as it is printed there: 2 [(1 - 1/2x) psi + psi'] nu0. */
function nrlPerpendicularRate(v: number, test: Species, b: BackgroundSpecies, lambda: number): number {
  const statcoulomb = 2997924579.99957; // 10 c, c in m/s
  const [ea, eb] = [test.charge * statcoulomb, b.species.charge * statcoulomb];
  const [mass, speed] = [test.mass * 1e3, v * 1e2];
  const nu0 = (4 * Math.PI * ea * ea * eb * eb * lambda * b.density * 1e-6) / (mass * mass * speed ** 3);
  const x = (b.species.mass * v * v) / (2 * b.temperature);
  const slope = (2 / Math.sqrt(Math.PI)) * Math.sqrt(x) * Math.exp(-x);
  const psi = erf(Math.sqrt(x)) - slope;
  return 2 * ((1 - 1 / (2 * x)) * psi + slope) * nu0;
}

describe('Coulomb background (E1)', () => {
  it('the Chandrasekhar function and the deflection have the reference values', () => {
    expect(chandrasekharG(1)).toBeCloseTo(0.21379665, 8);
    expect(deflection(1)).toBeCloseTo(0.62890415, 8);
    expect(chandrasekharG(2)).toBeCloseTo(0.11924854, 8);
    expect(deflection(2)).toBeCloseTo(0.87607373, 8);
    expect(Math.abs(chandrasekharG(2) / chandrasekharG(2 + 1e-12) - 1)).toBeLessThan(1e-11); // the two forms meet
  });

  it('has its limits', () => {
    const root = Math.sqrt(Math.PI);
    expect(chandrasekharG(0)).toBe(0);
    expect(chandrasekharG(1e-8) / ((2 * 1e-8) / (3 * root))).toBeCloseTo(1, 14);
    expect(deflection(1e-8) / ((4 * 1e-8) / (3 * root))).toBeCloseTo(1, 14);
    expect(chandrasekharG(100) * 2e4).toBeCloseTo(1, 12);
  });

  it('is a quarter of the perpendicular rate of the NRL formulary', () => {
    const backgrounds: BackgroundSpecies[] = [
      { species: DEUTERON, density: 1e19, temperature: 1.6e-16 },
      { species: ELECTRON, density: 3e19, temperature: 3.2e-17 },
    ];
    for (const test of [PROTON, ELECTRON]) {
      for (const v of [2e5, 1e6, 5e6]) {
        for (const b of backgrounds) {
          const g = lorentzFactorFromSpeed(v);
          const ratio = (coulombScatteringRate(v, test, [b], 16) * g * g) / nrlPerpendicularRate(v, test, b, 16);
          expect(ratio).toBeCloseTo(0.25, 6);
        }
        const together = coulombScatteringRate(v, test, backgrounds, 16);
        const apart = backgrounds.map((b) => coulombScatteringRate(v, test, [b], 16));
        expect(together / (apart[0] + apart[1])).toBeCloseTo(1, 14);
      }
    }
  });

  it('names what is wrong', () => {
    const b = { species: DEUTERON, density: -1, temperature: 1 };
    expect(() => coulombScatteringRate(1e6, PROTON, [b], 10)).toThrow(
      'background[0].density: -1 is not a density in m^-3 (must be >= 0 and finite)',
    );
    expect(() => coulombScatteringRate(0, PROTON, [], 10)).toThrow('speed: 0 is not a speed in m/s');
    expect(() => coulombScatteringRate(1, PROTON, [], 0)).toThrow('coulombLogarithm: 0');
  });
});
