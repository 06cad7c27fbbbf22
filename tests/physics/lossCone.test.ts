import { describe, expect, it } from 'vitest';
import * as cone from '../../src/physics/lossCone.js';
import { mirrorPoint } from '../../src/physics/mirrorPoint.js';
import { orbitAt } from '../../src/physics/orbit.js';
import { speedFromEnergy } from '../../src/physics/relativity.js';
import { ELECTRON, PROTON } from '../../src/physics/species.js';
import * as trapped from '../../src/physics/trappedFraction.js';

describe('loss cone', () => {
  it('angle and cosine are of one cone, also next to R = 1 and far from it', () => {
    for (const R of [1 + 1e-12, 1.5, 2, 5, 1e3, 1e12]) {
      const angle = cone.lossConeAngle(R);
      expect(Math.sin(angle) ** 2 * R).toBeCloseTo(1, 12);
      expect(cone.lossConeCosine(R)).toBeCloseTo(Math.cos(angle), 6);
      expect(cone.mirrorRatioToTrap(cone.lossConeCosine(R)) / R).toBeCloseTo(1, R > 1e6 ? 3 : 9);
    }
    expect(cone.lossConeCosine(1 + 1e-12) ** 2).toBeCloseTo(1e-12, 15);
    for (const bad of [1, 0, -2, Number.NaN, Infinity])
      expect(() => cone.lossConeCosine(bad)).toThrow('is not a mirror ratio (must be > 1 and finite)');
  });

  it.each([0, 4e-16, -4e-16, 9e-16])('with a potential is the edge that the motion shows (q dPhi = %f J)', (rise) => {
    const R = 3;
    const energy = 1e-15;
    for (const species of [PROTON, ELECTRON]) {
      const line = {
        strength: (s: number) => 0.5 * (1 + (R - 1) * s * s),
        potential: (s: number) => (rise / species.charge) * s * s,
        sLeft: -1,
        sRight: 1,
      };
      const edge = cone.lossConeCosineWithPotential(R, energy, rise, species.mass);
      expect(mirrorPoint(line, orbitAt(species, energy, edge * (1 - 1e-6), 0.5), 0, 1)).not.toBeNull();
      expect(mirrorPoint(line, orbitAt(species, energy, edge * (1 + 1e-6), 0.5), 0, 1)).toBeNull();
    }
  });

  it('the hyperbola is the same edge at small speed', () => {
    const v = speedFromEnergy(1e-15, PROTON.mass);
    for (const rise of [0, 5e-16, -5e-16]) {
      const edge = cone.lossConeCosineWithPotential(4, 1e-15, rise, PROTON.mass);
      const at = (xi: number) => cone.isTrapped(xi * v, v * Math.sqrt(1 - xi * xi), 4, rise, PROTON.mass);
      expect(at(edge - 1e-5)).toBe(true);
      expect(at(edge + 1e-5)).toBe(false);
    }
    expect(cone.lossConeCosineWithPotential(2, 1e-15, -5e-15, PROTON.mass)).toBe(0);
  });
});

describe('trapped fraction (B3)', () => {
  it('is 0.585786 in a parabolic tube of R = 2, closed and by quadrature', () => {
    expect(trapped.trappedFractionOfParabolicTube(2)).toBeCloseTo(2 - Math.SQRT2, 14);
    for (const R of [1.01, 2, 5, 100]) {
      const line = { strength: (s: number) => 0.3 * (1 + (R - 1) * s * s), sLeft: -1, sRight: 1 };
      const closed = trapped.trappedFractionOfParabolicTube(R);
      expect(Math.abs(trapped.trappedFractionOfFluxTube(line) / closed - 1)).toBeLessThan(1e-10);
    }
  });

  it('in a lopsided tube counts by the lower throat', () => {
    // B = 1 + s^2 from -1 to 2: where B > 2 nothing is held
    const lopsided = { strength: (s: number) => 1 + s * s, sLeft: -1, sRight: 2 };
    const held = (trapped.trappedFractionOfParabolicTube(2) * Math.PI) / 2;
    expect(trapped.trappedFractionOfFluxTube(lopsided)).toBeCloseTo(held / (Math.PI / 4 + Math.atan(2)), 9);
    // Inner throats as high as the outer ones: a row of cells holds what one of them holds.
    const cell = (s: number) => 1.3 - Math.cos(Math.PI * s);
    const one = trapped.trappedFractionOfFluxTube({ strength: cell, sLeft: -1, sRight: 1 });
    const row = trapped.trappedFractionOfFluxTube({ strength: cell, sLeft: -5, sRight: 5 });
    expect(Math.abs(row / one - 1)).toBeLessThan(1e-8);
  });

  it('of pancakes agrees with plain sums', () => {
    for (const R of [1.05, 1.9, 2.1, 5, 300]) {
      for (const n of [0, 0.5, 1, 2, 7, 40]) {
        const edge = Math.sqrt(1 - 1 / R);
        let [held, all] = [0, 0];
        const N = 20000;
        for (let i = 0; i < N; i++) {
          held += (1 - (((i + 0.5) / N) * edge) ** 2) ** (n / 2) * edge;
          // alpha from 0 to pi/2 so that the sum over all is smooth at xi = 1
          all += Math.sin(((i + 0.5) / N) * (Math.PI / 2)) ** (n + 1) * (Math.PI / 2);
        }
        expect(trapped.trappedFractionOfPancake(R, n)).toBeCloseTo(held / all, 7);
      }
      expect(trapped.trappedFractionOfPancake(R, 0)).toBeCloseTo(trapped.trappedFractionAtMidplane(R), 14);
    }
  });
});
