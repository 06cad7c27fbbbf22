import { describe, expect, it } from 'vitest';
import { lossConeCosine } from '../../src/physics/lossCone.js';
import {
  lossEigenvalue,
  lossEigenvalueBetween,
  lossEigenvalueOfParabola,
  lossRate,
} from '../../src/physics/lossModes.js';
import * as times from '../../src/physics/lossTimes.js';

describe('eigenvalues of loss (B1)', () => {
  /** From roots of the hypergeometric function, mpmath at 30 digits: even modes 0 and 2, odd mode 1. */
  it.each([
    [1.5, 0, 6],
    [2, 0, 3.47673319588869],
    [5, 0, 1.457448679827],
    [10, 0, 1.00115303287611],
    [100, 0, 0.479995560099382],
    [1e4, 0, 0.230386121763103],
    [1e8, 0, 0.11206119468505],
    [2, 2, 35.4395769682837],
    [10, 2, 13.4832653177138],
    [1.5, 1, 25.524043108175071],
  ])('R = %f, mode %i: %f', (R, mode, exact) => {
    // beyond R = 1e6 the rim itself, sqrt(1 - 1/R), has too few digits for more
    expect(Math.abs(lossEigenvalue(R, mode) / exact - 1)).toBeLessThan(R > 1e6 ? 1e-9 : 1e-11);
  });

  it.each([
    [2, 0.67755883970291],
    [100, 0.192512081715795],
  ])('one cone, R = %f: %f', (R, exact) => {
    expect(Math.abs(lossEigenvalue(R, 0, 'right') / exact - 1)).toBeLessThan(1e-11);
    expect(lossEigenvalue(R, 0, 'left')).toBe(lossEigenvalue(R, 0, 'right'));
  });

  it('modes vanish where Legendre polynomials do', () => {
    for (const [rim, l] of [
      [Math.sqrt(1 / 3), 2],
      [Math.sqrt(3 / 5), 3],
    ]) {
      const mode = l === 2 ? 0 : 1;
      expect(lossEigenvalueBetween(-rim, rim, mode)).toBeCloseTo(l * (l + 1), 9);
    }
    expect(lossEigenvalueBetween(-1, 0, 1)).toBeCloseTo(12, 9); // P3
    expect(lossEigenvalueBetween(0, 1, 2)).toBeCloseTo(30, 8); // P5
    expect(lossEigenvalueBetween(-0.5, Math.sqrt(3 / 5), 0)).toBeGreaterThan(
      lossEigenvalueBetween(-0.6, Math.sqrt(3 / 5), 0),
    );
  });

  it('for narrow openings and high modes tend to (k + 1)^2 pi^2/(angle)^2', () => {
    const R = 1 + 1e-6;
    const width = 2 * Math.asin(lossConeCosine(R));
    for (const k of [0, 1, 7]) expect(lossEigenvalue(R, k) / (((k + 1) * Math.PI) / width) ** 2).toBeCloseTo(1, 5);
    const open = 2 * Math.asin(lossConeCosine(2));
    expect((lossEigenvalue(2, 100) + 0.25) / ((101 * Math.PI) / open) ** 2).toBeCloseTo(1, 3);
  });

  it('fall with R and rise with the mode', () => {
    let last = Infinity;
    for (const R of [1.01, 1.1, 2, 20, 1e3, 1e6]) {
      expect(lossEigenvalue(R)).toBeLessThan(last);
      last = lossEigenvalue(R);
      expect(lossEigenvalue(R, 1)).toBeGreaterThan(last);
    }
    expect(lossRate(2, 10)).toBeCloseTo(34.7673319588869, 9);
    expect(() => lossEigenvalue(1)).toThrow('mirrorRatio: 1 is not a mirror ratio');
    expect(() => lossEigenvalue(1e10)).toThrow('is too near the pole (must be 1 or -1, or 1e-9 away from them)');
    expect(() => lossEigenvalueBetween(0.5, 0.2)).toThrow('xiTo: 0.2 is not above xiFrom (must be > 0.5)');
  });
});

describe('weak scattering in a parabolic mirror', () => {
  /** The bounce-averaged operator on u(xi0), by differences, in units of nu. */
  const operator = (u: (xi: number) => number, xi: number): number => {
    const h = 1e-3;
    const w = (y: number) => y / Math.sqrt(1 - y * y); // |xi0| tau_b
    const whole = (y: number) => 1 - Math.sqrt(1 - y * y); // its integral
    const flux = (y: number) => (((1 - y * y) / y) * whole(y) * (u(y + h / 2) - u(y - h / 2))) / h;
    return (flux(xi + h / 2) - flux(xi - h / 2)) / h / w(xi);
  };

  it('the operator gives the universal mean loss time, and its modes are P_n(2 sqrt(1 - xi0^2) - 1)', () => {
    for (const xi of [0.2, 0.45, 0.8]) {
      expect(operator((y) => times.meanLossTime(50, y, 1), xi)).toBeCloseTo(-1, 4);
      const c = (y: number) => 2 * Math.sqrt(1 - y * y) - 1;
      expect(operator(c, xi) / c(xi)).toBeCloseTo(-2, 3); // P_1
      const p2 = (y: number) => (3 * c(y) ** 2 - 1) / 2;
      expect(operator(p2, xi) / p2(xi)).toBeCloseTo(-6, 3);
    }
  });

  it('is the averaged operator of the motion: <xi^2 B0/B> tau_b is the integral of |xi0| tau_b', () => {
    // parabola of scale 1: s = s_m sin(phase), uniform in phase
    for (const xi0 of [0.3, 0.9]) {
      const square = 1 - xi0 * xi0;
      let mean = 0;
      for (let i = 0; i < 4000; i++) {
        const b = 1 + ((xi0 * xi0) / square) * Math.sin((2 * Math.PI * (i + 0.5)) / 4000) ** 2;
        mean += (1 - square * b) / b / 4000;
      }
      expect(mean / Math.sqrt(square)).toBeCloseTo(1 - Math.sqrt(square), 10);
    }
  });

  it('has lambda = 2 at R = 4, 6 where P_2 vanishes, and is not that of velocity space', () => {
    expect(lossEigenvalueOfParabola(4)).toBeCloseTo(2, 10);
    const root = 2 / (1 + Math.sqrt(1 / 3));
    expect(lossEigenvalueOfParabola(root * root)).toBeCloseTo(6, 9);
    expect(lossEigenvalueOfParabola(5)).toBeCloseTo(1.71183106237473, 11); // mpmath: 2F1(-n, n+1; 1; 1 - 1/sqrt 5) = 0
    expect(lossEigenvalueOfParabola(5) / lossEigenvalue(5)).toBeGreaterThan(1.1);
  });
});

describe("mean loss times (B2, B2', B4)", () => {
  it.each(['both', 'left', 'right'] as const)(
    '%s: obey nu d/dxi (1 - xi^2) dT/dxi = -1 and vanish at the rim',
    (sides) => {
      const nu = 3;
      const T = (xi: number) => times.meanLossTime(5, xi, nu, sides);
      const h = 1e-3;
      for (const xi of [-0.6, 0, 0.3, 0.7]) {
        const flux = (y: number) => ((1 - y * y) * (T(y + h / 2) - T(y - h / 2))) / h;
        expect((nu * (flux(xi + h / 2) - flux(xi - h / 2))) / h).toBeCloseTo(-1, 4);
      }
      const edge = lossConeCosine(5);
      expect(T(sides === 'left' ? -edge : edge)).toBeLessThan(1e-15);
      expect(T(sides === 'left' ? -1 : 1)).toBe(0);
      expect(T(sides === 'left' ? 1 : sides === 'right' ? -1 : 0)).toBeGreaterThan(0);
    },
  );

  it('of an isotropic start are the mean over the trapped', () => {
    const edge = lossConeCosine(5);
    let sum = 0;
    for (let i = 0; i < 20000; i++) sum += times.meanLossTime(5, ((i + 0.5) / 20000) * edge, 10) / 20000;
    expect(times.meanLossTimeOfIsotropic(5, 10)).toBeCloseTo(sum, 9);
  });

  it('under strong scattering follow the volume', () => {
    const line = { strength: (s: number) => 2 * (1 + 4 * s * s), sLeft: -1, sRight: 1 };
    expect(times.fluxTubeLength(line, 2)).toBeCloseTo(times.parabolicFluxTubeLength(5, 2), 11);
    expect(times.parabolicFluxTubeLength(1 + 1e-12, 2)).toBeCloseTo(2, 9);
    expect(times.meanLossTimeStrongScattering(5, 3, 6)).toBe(5);
  });
});
