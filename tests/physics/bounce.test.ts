import { describe, expect, it } from 'vitest';
import * as bounce from '../../src/physics/bounce.js';
import { bounceAverage } from '../../src/physics/diffusion.js';
import * as dipole from '../../src/physics/dipole.js';
import { mirrorPoint } from '../../src/physics/mirrorPoint.js';
import { type LineProfile, mapPitch, mirrorFieldStrength, orbitAt, parallelSpeed } from '../../src/physics/orbit.js';
import { speedFromEnergy } from '../../src/physics/relativity.js';
import { ELECTRON, PROTON } from '../../src/physics/species.js';

const parabola = (scale: number, reach = 5 * scale): LineProfile => ({
  strength: (s) => 0.5 * (1 + (s / scale) * (s / scale)),
  sLeft: -reach,
  sRight: reach,
});
const error = (a: number, b: number) => Math.abs(a / b - 1);

describe('bounce period', () => {
  it('is 2 pi scale/vPerp0 in a parabola, at any amplitude and energy (C1, dt -> 0)', () => {
    for (const energy of [1e-18, 1.6e-15, 1e-12]) {
      for (const xi of [0.01, 0.1, 0.6, 0.95]) {
        const v = speedFromEnergy(energy, ELECTRON.mass);
        const found = bounce.bouncePeriod(parabola(0.7), orbitAt(ELECTRON, energy, xi, 0.5), 0);
        const exact = bounce.parabolicBouncePeriod(v, xi, 0.7);
        expect(error(found, exact)).toBeLessThan(1e-9);
        expect(error(found, exact * 1.00001)).toBeGreaterThan(1e-9); // a fault of 1e-5 would show
      }
    }
  });

  it('next to 90 degrees loses digits to rounding, not more', () => {
    const v = speedFromEnergy(1e-15, PROTON.mass);
    const found = bounce.bouncePeriod(parabola(1), orbitAt(PROTON, 1e-15, 1e-4, 0.5), 0);
    expect(error(found, bounce.parabolicBouncePeriod(v, 1e-4, 1))).toBeLessThan(1e-6);
  });

  it('does not depend on where in the well it is asked', () => {
    const orbit = orbitAt(PROTON, 1e-15, 0.7, 0.5);
    const at = (from: number) => bounce.bouncePeriod(parabola(1), orbit, from);
    expect(error(at(0.9), at(0))).toBeLessThan(1e-12);
    expect(() => at(1.5)).toThrow("from: 1.5 is not inside the particle's well");
  });

  it('with a potential: a harmonic well in a uniform field, independent of mu', () => {
    const stiffness = 300; // V/m^2
    const line = { strength: () => 1, potential: (s: number) => stiffness * s * s, sLeft: -3, sRight: 3 };
    const exact = 2 * Math.PI * Math.sqrt(PROTON.mass / (2 * PROTON.charge * stiffness));
    for (const xi of [0.9, 0.3, -0.5]) {
      const found = bounce.bouncePeriod(line, orbitAt(PROTON, 1e-16, xi, 1), 0);
      expect(error(found, exact)).toBeLessThan(1e-6); // relativistic shift, 3/8 of K/(m c^2) = 6.6e-7
      expect(error(found, exact)).toBeGreaterThan(1e-9);
    }
    expect(bounce.bouncePeriod(line, orbitAt(PROTON, 1e-16, 0.9, 1), 0)).not.toBe(
      bounce.bouncePeriod({ ...line, potential: (s) => 301 * s * s }, orbitAt(PROTON, 1e-16, 0.9, 1), 0),
    );
    const charged = { ...parabola(1), potential: (s: number) => stiffness * s * s };
    const orbit = orbitAt(PROTON, 1e-17, 0.6, 0.5);
    const omega = Math.sqrt((2 * orbit.mu * 0.5 + 2 * PROTON.charge * stiffness) / PROTON.mass); // both wells are parabolas
    expect(error(bounce.bouncePeriod(charged, orbit, 0), (2 * Math.PI) / omega)).toBeLessThan(1e-7);
  });

  it('is infinite for what is not turned back; then there is a transit time', () => {
    const line = parabola(1, 1);
    const passing = orbitAt(PROTON, 1.6e-15, 0.8, 0.5);
    expect(bounce.bouncePeriod(line, passing, 0)).toBe(Infinity);
    expect(bounce.transitTime(line, orbitAt(PROTON, 1.6e-15, 0.6, 0.5))).toBe(Infinity);
    // ∫ ds/sqrt(xi^2 - (1 - xi^2) s^2) = 2 asin(tan alpha)/sin alpha over (-1, 1)
    const v = speedFromEnergy(1.6e-15, PROTON.mass);
    expect(error(bounce.transitTime(line, passing), (2 * Math.asin(0.75)) / (0.6 * v))).toBeLessThan(1e-11);
  });

  it('in one cell of a bumpy line is that of the cell', () => {
    const bumpy = { strength: (s: number) => 1.5 - 0.5 * Math.cos(2 * Math.PI * s), sLeft: -2, sRight: 2 };
    const orbit = orbitAt(PROTON, 1e-15, 0.5, 1);
    expect(mirrorPoint(bumpy, orbit, 1, 1)).toBeCloseTo(1 + Math.acos(1 - 2 / 3) / (2 * Math.PI), 12);
    expect(mirrorPoint(bumpy, orbit, 1, -1)).toBeCloseTo(1 - Math.acos(1 - 2 / 3) / (2 * Math.PI), 12);
    expect(error(bounce.bouncePeriod(bumpy, orbit, 1), bounce.bouncePeriod(bumpy, orbit, 0))).toBeLessThan(1e-10);
  });
});

describe('mirror equation and invariants', () => {
  it('mirror point, mirror field and local pitch say the same', () => {
    const line = parabola(1);
    for (const xi0 of [0.01, 0.3, 0.9, 0.97]) {
      const orbit = orbitAt(PROTON, 1.6e-15, xi0, 0.5);
      const s = mirrorPoint(line, orbit, 0, 1) as number;
      expect(error(line.strength(s), mirrorFieldStrength(xi0, 0.5))).toBeLessThan(1e-13);
      expect(mirrorPoint(line, orbit, 0, -1)).toBeCloseTo(-s, 12);
      const half = s / 2;
      const v = speedFromEnergy(1.6e-15, PROTON.mass);
      expect(error(parallelSpeed(line, orbit, half), v * mapPitch(xi0, 0.5, line.strength(half)))).toBeLessThan(1e-11);
      expect(parallelSpeed(line, orbit, s * 1.001)).toBe(0);
    }
    expect(mapPitch(mapPitch(-0.9, 0.5, 0.7), 0.7, 0.5)).toBeCloseTo(-0.9, 14);
  });

  it('a potential moves the mirror point as the energies say', () => {
    const orbit = orbitAt(PROTON, 1e-16, 0.6, 0.5);
    const uniformPotential = { ...parabola(1), potential: () => 5000 };
    const lifted = orbitAt(PROTON, 1e-16, 0.6, 0.5, 5000);
    expect(mirrorPoint(uniformPotential, lifted, 0, 1)).toBeCloseTo(
      mirrorPoint(parabola(1), orbit, 0, 1) as number,
      10,
    );
    const k = 200;
    const confining = { ...parabola(1), potential: (s: number) => k * s * s };
    const expected = Math.sqrt((0.36 * 1e-16) / (0.64 * 1e-16 + PROTON.charge * k));
    expect(mirrorPoint(confining, orbit, 0, 1)).toBeCloseTo(expected, 6);
    expect(mirrorPoint(confining, orbitAt(ELECTRON, 1e-16, 0.6, 0.5), 0, 1)).toBeGreaterThan(expected); // wrong sign for it
  });
});

describe('dipole (C2)', () => {
  it.each([
    [Math.PI / 2, (Math.PI * Math.SQRT2) / 6, 1e-12],
    [Math.PI / 4, 0.886859244003904, 1e-9],
    [Math.PI / 6, 0.999727412912433, 1e-9],
    [Math.asin(0.1), 1.25941516282149, 1e-9],
    [Math.asin(0.01), 1.35480253946675, 1e-9],
    [Math.asin(1e-4), 1.37900225886559, 1e-9],
    [Math.asin(0.9), 0.78872712758755, 1e-9],
  ])('T(%f) = %f', (alpha, exact, tolerance) => {
    expect(error(dipole.dipoleBounceIntegral(Math.sin(alpha)), exact)).toBeLessThan(tolerance);
  });

  it('T runs from 1.38017 to pi sqrt2/6 without a break', () => {
    let last = 1.3802;
    for (let i = 1; i <= 1000; i++) {
      const T = dipole.dipoleBounceIntegral(i / 1000);
      expect(T).toBeLessThan(last);
      expect(last - T).toBeLessThan(0.008);
      last = T;
    }
    expect(error(dipole.dipoleBounceIntegral(1 - 1e-13), (Math.PI * Math.SQRT2) / 6)).toBeLessThan(1e-9);
  });

  it('the line bounced on as a profile gives the same period', () => {
    const L = 4;
    const foot = dipole.dipoleFootLatitude(L);
    const line = {
      strength: (s: number) => dipole.dipoleFieldStrength(L, dipole.dipoleLatitude(L, s)),
      sLeft: dipole.dipoleArcLength(L, -foot),
      sRight: dipole.dipoleArcLength(L, foot),
    };
    const y = Math.SQRT1_2;
    const orbit = orbitAt(ELECTRON, 1.6e-13, Math.sqrt(1 - y * y), line.strength(0));
    const exact = dipole.dipoleBouncePeriod(L, y, speedFromEnergy(1.6e-13, ELECTRON.mass));
    expect(error(bounce.bouncePeriod(line, orbit, 0), exact)).toBeLessThan(1e-9);
    expect(error(line.strength(line.sRight) / line.strength(0), dipole.dipoleMirrorRatio(L))).toBeLessThan(1e-12);
    expect(dipole.dipoleLatitude(L, mirrorPoint(line, orbit, 0, 1) as number)).toBeCloseTo(
      dipole.dipoleMirrorLatitude(y),
      10,
    );
    const weight = bounceAverage(line, orbit, 0, () => 1);
    expect(weight).toBeCloseTo(1, 14);
  });

  it('arc length is the integral of its element', () => {
    let sum = 0;
    const n = 20000;
    for (let i = 0; i < n; i++) {
      const latitude = ((i + 0.5) / n) * 1.2;
      sum += (Math.cos(latitude) * Math.sqrt(1 + 3 * Math.sin(latitude) ** 2) * 1.2) / n;
    }
    expect(error(dipole.dipoleArcLength(3, 1.2, 1), 3 * sum)).toBeLessThan(1e-8);
    expect(() => dipole.dipoleMirrorRatio(0.9)).toThrow(
      'shellL: 0.9 is not an L-shell above the surface (must be > 1 and finite)',
    );
  });
});
