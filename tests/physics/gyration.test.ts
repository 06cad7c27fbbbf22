import { describe, expect, it } from 'vitest';
import { ADIABATIC_BELOW, adiabaticity, NOT_ADIABATIC_ABOVE } from '../../src/physics/adiabaticity.js';
import { gyrofrequency, larmorRadius, signedGyrofrequency } from '../../src/physics/gyration.js';
import * as m from '../../src/physics/magneticMoment.js';
import { lorentzFactorFromEnergy, momentumFromEnergy, speedFromEnergy } from '../../src/physics/relativity.js';
import { ALPHA, ELECTRON, PROTON } from '../../src/physics/species.js';

describe('magnetic moment and gyration', () => {
  it('the orbital moment is current times area of the orbit', () => {
    const energy = 2e-13; // 1.2 MeV electron
    const B = 0.03;
    const p = momentumFromEnergy(energy, ELECTRON.mass);
    const gamma = lorentzFactorFromEnergy(energy, ELECTRON.mass);
    const radius = larmorRadius(p, ELECTRON.charge, B);
    const current = Math.abs(
      (ELECTRON.charge * gyrofrequency(B, ELECTRON.charge, ELECTRON.mass, gamma)) / (2 * Math.PI),
    );
    const mu = m.magneticMoment(p, ELECTRON.mass, B);
    expect(m.orbitalMoment(mu, gamma) / (current * Math.PI * radius * radius)).toBeCloseTo(1, 13);
    expect(mu / (current * Math.PI * radius * radius)).toBeCloseTo(gamma, 12); // and mu itself is gamma times that
  });

  it('the radius is the speed over the gyrofrequency, at any energy', () => {
    for (const energy of [1e-20, 1e-15, 1e-11]) {
      const gamma = lorentzFactorFromEnergy(energy, ALPHA.mass);
      const rho = larmorRadius(momentumFromEnergy(energy, ALPHA.mass), ALPHA.charge, 2);
      const byFrequency = speedFromEnergy(energy, ALPHA.mass) / gyrofrequency(2, ALPHA.charge, ALPHA.mass, gamma);
      expect(rho / byFrequency).toBeCloseTo(1, 13);
    }
    expect(signedGyrofrequency(1, ELECTRON.charge, ELECTRON.mass)).toBeLessThan(0);
  });

  it('the action is the gyration energy over the frequency, times 2 pi', () => {
    const mu = 1e-15;
    const Omega = gyrofrequency(0.5, PROTON.charge, PROTON.mass);
    expect(m.gyrationAction(mu, PROTON.mass, PROTON.charge) / ((2 * Math.PI * mu * 0.5) / Omega)).toBeCloseTo(1, 13);
  });

  it('mu and the momentum across the field come back from each other', () => {
    const p = m.perpendicularMomentum(1e-15, PROTON.mass, 0.5);
    expect(m.magneticMoment(p, PROTON.mass, 0.5) / 1e-15).toBeCloseTo(1, 14);
    expect(m.magneticMomentFromPitch(p, 0, PROTON.mass, 0.5) / 1e-15).toBeCloseTo(1, 14);
    expect(m.magneticMomentFromPitch(p, -1, PROTON.mass, 0.5)).toBe(0);
  });

  it('refuse fields, charges and moments out of range', () => {
    expect(() => larmorRadius(1, 0, 1)).toThrow('charge: 0 is not a charge in C (must be finite and not 0)');
    expect(() => gyrofrequency(0, 1, 1)).toThrow('B: 0 is not a field strength in T (must be > 0 and finite)');
    expect(() => gyrofrequency(1, 1, 1, 0.5)).toThrow('gamma: 0.5 is not a Lorentz factor');
    expect(() => m.perpendicularMomentum(-1, 1, 1)).toThrow('mu: -1 is not a magnetic moment in J/T');
    expect(() => m.magneticMomentFromPitch(1, 1.1, 1, 1)).toThrow(
      'xi: 1.1 is not a pitch-angle cosine (must be in [-1, 1])',
    );
  });
});

describe('adiabaticity', () => {
  it('calls the worked case of the current sheet by its name', () => {
    const rho = larmorRadius(PROTON.mass * 1e6, PROTON.charge, 5e-9);
    const found = adiabaticity(rho, { gradientLength: 5e5 });
    expect(found.epsilon).toBeCloseTo(4.2, 1);
    expect(found.verdict).toBe('not adiabatic');
    expect(found.message).toContain('epsilon = 4.2');
  });

  it('takes the worst of gradient, curvature and frequency', () => {
    expect(adiabaticity(1, { gradientLength: 100, curvatureRadius: 4 })).toMatchObject({
      epsilon: 0.25,
      kappa: 2,
      verdict: 'marginal',
    });
    expect(adiabaticity(1, { gradientLength: 5, curvatureRadius: 400 }).epsilon).toBe(0.2);
    const shaken = adiabaticity(1e-3, { gradientLength: 1, frequency: 2, gyrofrequency: 1 });
    expect(shaken).toMatchObject({ frequencyRatio: 2, verdict: 'not adiabatic' });
    expect(shaken.message).toContain('omega/Omega');
    expect(adiabaticity(1, {})).toMatchObject({ epsilon: 0, kappa: Infinity, verdict: 'adiabatic' });
  });

  it('draws its lines where it says', () => {
    const verdict = (epsilon: number) => adiabaticity(epsilon, { gradientLength: 1 }).verdict;
    expect(verdict(ADIABATIC_BELOW)).toBe('adiabatic');
    expect(verdict(ADIABATIC_BELOW * 1.001)).toBe('marginal');
    expect(verdict(NOT_ADIABATIC_ABOVE * 0.999)).toBe('marginal');
    expect(verdict(NOT_ADIABATIC_ABOVE)).toBe('not adiabatic');
    expect(() => adiabaticity(1, { frequency: 1 })).toThrow('gyrofrequency: NaN is not an angular frequency');
    expect(() => adiabaticity(1, { gradientLength: 0 })).toThrow('gradientLength: 0 is not a length in m');
  });
});
