import { describe, expect, it } from 'vitest';
import * as diffusion from '../../src/physics/diffusion.js';
import {
  equilibriumMeanSquareCosine,
  isotropisationRate,
  legendre,
  legendreMoment,
} from '../../src/physics/legendre.js';
import { integrate } from '../../src/physics/quadrature.js';
import { rotationAngleCdf, rotationDensity, scatteredCosineCdf } from '../../src/physics/rotation.js';
import { meanSquareDistance, meanSquareDistanceInSteps, spatialDiffusion } from '../../src/physics/streaming.js';

/** ∫_-1^1 f by Gauss-Chebyshev midpoints in the angle. */
function over(f: (x: number) => number, n = 4000): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const theta = (Math.PI * (i + 0.5)) / n;
    sum += (f(Math.cos(theta)) * Math.sin(theta) * Math.PI) / n;
  }
  return sum;
}

describe('Legendre modes (A1, A3, A4)', () => {
  it('are orthogonal and have the value of their closed forms', () => {
    const x = 0.37;
    expect(legendre(0, x)).toBe(1);
    expect(legendre(3, x)).toBeCloseTo((5 * x ** 3 - 3 * x) / 2, 15);
    expect(legendre(6, x)).toBeCloseTo((231 * x ** 6 - 315 * x ** 4 + 105 * x * x - 5) / 16, 15);
    expect(over((y) => legendre(4, y) * legendre(6, y))).toBeCloseTo(0, 6);
    expect(() => legendre(-1, 0)).toThrow('l: -1 is not a Legendre degree');
  });

  it('obey the operator: (d/dx (1 - x^2) d/dx) P_l = -l(l+1) P_l', () => {
    const h = 1e-3;
    for (const l of [1, 2, 5]) {
      const x = 0.3;
      const flux = (y: number) => ((1 - y * y) * (legendre(l, y + h / 2) - legendre(l, y - h / 2))) / h;
      expect((flux(x + h / 2) - flux(x - h / 2)) / h / legendre(l, x)).toBeCloseTo(-l * (l + 1), 3);
    }
    expect(isotropisationRate(1)).toBe(6);
    expect(Math.log(legendreMoment(2, 1, 0) / legendreMoment(2, 1, 1))).toBeCloseTo(6, 12);
  });

  it('binomial equilibrium is the fixed point of its own step', () => {
    for (const tau of [0, 0.01, 0.3, 0.5]) {
      const m = equilibriumMeanSquareCosine('binomial', tau);
      expect((1 - 2 * tau) ** 2 * m + 2 * tau * (1 - m)).toBeCloseTo(m, 14);
    }
    expect(() => equilibriumMeanSquareCosine('binomial', 0.6)).toThrow('tau: 0.6 is not a step nu dt');
  });
});

describe('the law of the rotation (A2)', () => {
  it.each([1e-3, 1e-2, 0.1, 1, 10])('has the moments exp(-l(l+1) tau) at tau = %f', (tau) => {
    for (const l of [0, 1, 2, 6]) {
      const mean = integrate((x) => rotationDensity(x, tau) * legendre(l, x), -1, 1, 1e-10);
      expect(mean).toBeCloseTo(Math.exp(-l * (l + 1) * tau), 8);
    }
  });

  it('at small tau is 1 - exp(-w/tau), to first order in tau', () => {
    for (const tau of [1e-4, 1e-5]) {
      for (const u of [0.2, 1, 3]) {
        const found = rotationAngleCdf(1 - 2 * tau * u, tau);
        expect(Math.abs(found - (1 - Math.exp(-u)))).toBeLessThan(tau);
        expect(Math.abs(found - (1 - Math.exp(-u * 1.02)))).toBeGreaterThan(tau); // a rate 2 % off shows
      }
    }
  });

  it.each([[0], [0.5], [0.99], [-0.7]])("of xi' from %f: distribution, slope, mean and composition", (xi0) => {
    for (const tau of [1e-2, 0.1, 1]) {
      expect(scatteredCosineCdf(-1, xi0, tau)).toBeCloseTo(0, 13);
      expect(scatteredCosineCdf(1, xi0, tau)).toBeCloseTo(1, 13);
      // <xi'> = 1 - ∫ cdf, <xi'^2> = 1 - 2 ∫ x cdf
      expect(1 - over((x) => scatteredCosineCdf(x, xi0, tau))).toBeCloseTo(legendreMoment(1, xi0, tau), 6);
      const square = 1 - over((x) => 2 * x * scatteredCosineCdf(x, xi0, tau));
      expect((3 * square - 1) / 2).toBeCloseTo(legendreMoment(2, xi0, tau), 6);
    }
    const h = 1e-4;
    const density = (x: number) =>
      (scatteredCosineCdf(x + h, xi0, 0.1) - scatteredCosineCdf(x - h, xi0, 0.1)) / (2 * h);
    const twice = over((x) => density(x * 0.9998) * scatteredCosineCdf(0.2, x, 0.1), 500);
    expect(twice).toBeCloseTo(scatteredCosineCdf(0.2, xi0, 0.2), 3);
  });

  it('never falls and stays in [0, 1]', () => {
    for (const tau of [1e-4, 0.03, 10]) {
      let last = 0;
      for (let i = 0; i <= 400; i++) {
        const p = scatteredCosineCdf(i / 200 - 1, 0.5, tau);
        expect(p).toBeGreaterThanOrEqual(last - 1e-13);
        expect(p).toBeLessThanOrEqual(1);
        last = p;
      }
    }
    expect(() => rotationDensity(0, 0)).toThrow('tau: 0 is not a step nu t that the series can do');
  });
});

describe('streaming on a uniform line (A5)', () => {
  it('is t/3 - 1/6 + exp(-2t)/6, free at first and diffusive at last', () => {
    for (const t of [0.01, 0.2, 0.2501, 1, 30])
      expect(meanSquareDistance(1, 1, t)).toBeCloseTo(t / 3 - 1 / 6 + Math.exp(-2 * t) / 6, 13);
    expect(meanSquareDistance(2, 1e-9, 3) / 12).toBeCloseTo(1, 8);
    const late = meanSquareDistance(5, 2, 1e6) - meanSquareDistance(5, 2, 1e6 - 1);
    expect(late / (2 * spatialDiffusion(5, 2, 0).parallel)).toBeCloseTo(1, 8);
    expect(meanSquareDistance(1, 0.5 / 2, 1 + 1e-12) / meanSquareDistance(1, 0.5 / 2, 1)).toBeCloseTo(1, 11); // series meets form
  });

  it('in steps is the double sum, and converges to second order', () => {
    const [nu, h, n] = [0.7, 0.3, 9];
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += Math.exp(-2 * nu * h * Math.abs(i - j)) / 3;
    expect(meanSquareDistanceInSteps(2, nu, h, n)).toBeCloseTo(sum * h * h * 4, 12);
    const exact = meanSquareDistance(1, 1, 2);
    const fault = (steps: number) => meanSquareDistanceInSteps(1, 1, 2 / steps, steps) - exact;
    expect(fault(100) / fault(200)).toBeCloseTo(4, 2);
    expect(meanSquareDistanceInSteps(1, 1, 1e-5, 200000) / exact).toBeCloseTo(1, 9);
  });

  it('without scattering along and across', () => {
    const { parallel, perpendicular } = spatialDiffusion(3, 1, 0);
    expect(parallel).toBeCloseTo(perpendicular, 14); // no field: isotropic
    expect(spatialDiffusion(3, 1e-9, 1).perpendicular).toBeCloseTo(3 * 2e-9, 15);
  });
});

describe('diffusion of mu', () => {
  it('is what one short scattering step does', () => {
    const [p, mass, B, nu, xi] = [3, 2, 0.5, 7, 0.6];
    const scale = (p * p) / (2 * mass * B);
    const drifts: number[] = [];
    const spreads: number[] = [];
    for (const tau of [4e-4, 2e-4]) {
      const h = 1e-5;
      const density = (x: number) =>
        (scatteredCosineCdf(x + h, xi, tau) - scatteredCosineCdf(x - h, xi, tau)) / (2 * h);
      const mean = (g: (dmu: number) => number): number => {
        let sum = 0;
        for (let i = 0; i < 800; i++) {
          const x = xi + (i - 399.5) * 5e-4;
          sum += density(x) * g(scale * (xi * xi - x * x)) * 5e-4;
        }
        return sum;
      };
      drifts.push((mean((d) => d) * nu) / tau);
      spreads.push((mean((d) => d * d) * nu) / (2 * tau));
    }
    // extrapolated to tau -> 0
    expect((2 * drifts[1] - drifts[0]) / diffusion.muDrift(p, mass, B, nu, xi)).toBeCloseTo(1, 3);
    expect((2 * spreads[1] - spreads[0]) / diffusion.muDiffusion(p, mass, B, nu, xi)).toBeCloseTo(1, 3);
    expect(diffusion.cosineDiffusion(nu, xi)).toBeCloseTo(nu * (1 - xi * xi), 14);
  });

  it('drifts to the isotropic mean: no drift on the average over xi', () => {
    expect(over((xi) => diffusion.muDrift(1, 1, 1, 1, xi))).toBeCloseTo(0, 6);
    expect(() => diffusion.muDrift(1, 1, 1, -1, 0)).toThrow('nu: -1 is not a scattering rate in 1/s');
  });
});
