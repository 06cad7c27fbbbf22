import { describe, expect, it } from 'vitest';
import * as r from '../../src/physics/relativity.js';
import { ELECTRON, PROTON, SPECIES } from '../../src/physics/species.js';

const c = 299792458;
const relative = (a: number, b: number) => Math.abs(a / b - 1);

describe('energy, momentum, speed', () => {
  it('agree with 30-digit values', () => {
    expect(relative(r.speedFromEnergy(1.602176634e-15, PROTON.mass), 1384101.1540277964)).toBeLessThan(5e-16);
    expect(relative(r.momentumFromEnergy(1.602176634e-15, PROTON.mass), 2.3151026086757515e-21)).toBeLessThan(5e-16);
    expect(relative(r.energyFromSpeed(1e6, PROTON.mass), 8.36317940820499e-16)).toBeLessThan(5e-16);
  });

  it('come back from each other over 24 decades', () => {
    for (const { mass } of SPECIES) {
      for (let k = -18; k <= 6; k++) {
        const energy = mass * c * c * 10 ** k * 1.234;
        const p = r.momentumFromEnergy(energy, mass);
        const v = r.speedFromEnergy(energy, mass);
        expect(relative(r.energyFromMomentum(p, mass), energy)).toBeLessThan(1e-15);
        expect(relative(r.speedFromMomentum(p, mass), v)).toBeLessThan(1e-15);
        // 1 - v/c loses what rounding of v takes: about gamma^2 units
        const gamma = r.lorentzFactorFromEnergy(energy, mass);
        if (v < c && gamma < 1e4)
          expect(relative(r.energyFromSpeed(v, mass), energy)).toBeLessThan(1.5e-15 * gamma * gamma);
        if (v < c && gamma < 1e4)
          expect(relative(r.momentumFromSpeed(v, mass), p)).toBeLessThan(1.5e-15 * gamma * gamma);
      }
    }
  });

  it('are m v^2/2 and m v at small speed', () => {
    expect(relative(r.energyFromSpeed(1e-3, ELECTRON.mass), 0.5 * ELECTRON.mass * 1e-6)).toBeLessThan(5e-16);
    expect(r.energyFromSpeed(0, ELECTRON.mass)).toBe(0);
  });

  it('refuse what is no speed, energy or mass, and say what would be right', () => {
    expect(() => r.energyFromSpeed(c, 1)).toThrow(`speed: ${c} is the speed of light (must be below it)`);
    expect(() => r.momentumFromSpeed(-1, 1)).toThrow('speed: -1 is not a speed in m/s (must be in [0, 299792458])');
    expect(() => r.speedFromEnergy(-1, 1)).toThrow(
      'kineticEnergy: -1 is not a kinetic energy in J (must be >= 0 and finite)',
    );
    expect(() => r.speedFromEnergy(1, 0)).toThrow('mass: 0 is not a mass in kg (must be > 0 and finite)');
    expect(() => r.energyFromMomentum(Number.NaN, 1)).toThrow(RangeError);
  });
});
