import { describe, expect, it } from 'vitest';
import { type PitchOracle, scatteringOracle } from '../../../src/analysis/oracle/index.js';
import { legendre } from '../../../src/physics/legendre.js';
import { lossConeCosine } from '../../../src/physics/lossCone.js';
import { lossEigenvalue } from '../../../src/physics/lossModes.js';
import { meanLossTime, meanLossTimeOfIsotropic } from '../../../src/physics/lossTimes.js';
import { gaussLegendre } from '../../../src/plan/quadrature.js';

const square = scatteringOracle({ mirrorRatio: 2, start: { xi: 0 } });
const lopsided = scatteringOracle({ mirrorRatio: 3, start: { xi: 0.3 } });
const oneSided = scatteringOracle({ mirrorRatio: 5, sides: 'right', start: { xi: -0.3 } });
const closed = scatteringOracle({ start: { density: (xi) => 1 + xi, corners: [-1, 1] } });

/** Integral over xi, by Gauss on short pieces between corners. */
function over(f: (xi: number) => number, corners: readonly number[]): number {
  const { nodes, weights } = gaussLegendre(20);
  let sum = 0;
  for (let i = 0; i + 1 < corners.length; i++) {
    for (let k = 0; k < 6; k++) {
      const half = (corners[i + 1] - corners[i]) / 12;
      const middle = corners[i] + (2 * k + 1) * half;
      nodes.forEach((node, q) => {
        sum += half * weights[q] * f(middle + half * node);
      });
    }
  }
  return sum;
}

describe('eigenvalues, to 1e-8', () => {
  it('are l(l+1) without cones', () => {
    for (let l = 0; l < 20; l++) expect(Math.abs(closed.eigenvalues[l] - l * (l + 1))).toBeLessThan(1e-8);
  });

  it.each([
    [1.5, 6],
    [2, 3.47673319588869],
    [5, 1.457448679827],
    [10, 1.00115303287611],
    [100, 0.479995560099382],
    [1e4, 0.230386121763103],
  ])('R = %f, both cones: %f from the hypergeometric function', (R, exact) => {
    const { eigenvalues } = scatteringOracle({ mirrorRatio: R, start: { xi: 0 }, earliest: 0.05 });
    expect(Math.abs(eigenvalues[0] / exact - 1)).toBeLessThan(1e-10);
    for (const mode of [1, 2, 7]) expect(Math.abs(eigenvalues[mode] / lossEigenvalue(R, mode) - 1)).toBeLessThan(1e-9);
  });

  it('agree with a Taylor series along the line where one side loses', () => {
    for (const mode of [0, 1, 5])
      expect(Math.abs(oneSided.eigenvalues[mode] / lossEigenvalue(5, mode, 'right') - 1)).toBeLessThan(1e-10);
  });

  it('would notice a cone 1e-7 wider', () => {
    const { eigenvalues } = scatteringOracle({ mirrorRatio: 2 * (1 - 1e-7), start: { xi: 0 }, earliest: 0.05 });
    expect(Math.abs(eigenvalues[0] / 3.47673319588869 - 1)).toBeGreaterThan(1e-8);
  });
});

describe('probabilities to be lost early', () => {
  it.each([
    [2, 0.0125, 1.149e-6],
    [10, 0.032, 9.13e-7],
    [100, 0.0466, 9.88e-7],
  ])('R = %f, nu t = %f: %f, the same on a finer row of elements', (R, tau, known) => {
    const coarse = scatteringOracle({ mirrorRatio: R, start: { xi: 0 } }).lostBefore(tau);
    const fine = scatteringOracle({ mirrorRatio: R, start: { xi: 0 }, earliest: 1.5e-3 }).lostBefore(tau);
    expect(Math.abs(coarse / known - 1)).toBeLessThan(5e-4);
    expect(Math.abs(coarse / fine - 1)).toBeLessThan(1e-6);
  });
});

describe('f(xi, t)', () => {
  it('without cones is the Legendre series of its start and keeps every particle', () => {
    const start = scatteringOracle({ start: { xi: 0.6 } });
    for (const tau of [0.02, 0.3]) {
      expect(Math.abs(start.survival(tau) - 1)).toBeLessThan(1e-12);
      expect(Math.abs(closed.survival(tau) - 1)).toBeLessThan(1e-12);
      for (const l of [1, 2, 7])
        expect(Math.abs(start.legendre(l, tau) - legendre(l, 0.6) * Math.exp(-l * (l + 1) * tau))).toBeLessThan(1e-11);
      let series = 0;
      for (let l = 0; l < 60; l++)
        series += ((2 * l + 1) / 2) * legendre(l, 0.6) * legendre(l, -0.2) * Math.exp(-l * (l + 1) * tau);
      expect(Math.abs(start.f(-0.2, tau) - series)).toBeLessThan(1e-10);
    }
  });

  it('is as many as survive, is zero at the rims, and its moments are its own', () => {
    for (const [oracle, edges] of [
      [square, [square.from, square.to]],
      [lopsided, [lopsided.from, 0.3, lopsided.to]],
      [oneSided, [-1, -0.3, oneSided.to]],
    ] as [PitchOracle, number[]][]) {
      const tau = 0.05;
      expect(Math.abs(over((xi) => oracle.f(xi, tau), edges) - oracle.survival(tau))).toBeLessThan(1e-11);
      expect(Math.abs(over((xi) => oracle.f(xi, tau) * legendre(3, xi), edges) - oracle.legendre(3, tau))).toBeLessThan(
        1e-11,
      );
      expect(Math.abs(oracle.share(-0.25, 0.4, tau) - over((xi) => oracle.f(xi, tau), [-0.25, 0.3, 0.4]))).toBeLessThan(
        1e-11,
      );
      expect(Math.abs(oracle.f(oracle.to, tau))).toBeLessThan(1e-12);
      expect(Array.from(oracle.profile([0.1, 0.99], tau))).toEqual([oracle.f(0.1, tau), 0]);
    }
  });

  it('of a start that fills the cone loses that part at once', () => {
    const isotropic = scatteringOracle({ mirrorRatio: 2, start: { density: () => 1, corners: [-1, 1] } });
    expect(isotropic.survival(0)).toBeCloseTo(lossConeCosine(2), 12);
    expect(isotropic.survival(0.01)).toBeLessThan(lossConeCosine(2));
    expect(isotropic.meanLossTime).toBeCloseTo(lossConeCosine(2) * meanLossTimeOfIsotropic(2, 1), 11);
  });
});

describe('the steady state of a source', () => {
  it.each([
    ['both', 2, 0],
    ['both', 100, 0.5],
    ['left', 3, -0.4],
    ['right', 3, -0.4],
  ] as const)(
    '%s cones, R = %f, start %f: holds rate times the mean loss time, and is flat towards a pole',
    (sides, R, xi) => {
      const oracle = scatteringOracle({ mirrorRatio: R, sides, start: { xi }, earliest: 0.05 });
      expect(Math.abs(oracle.meanLossTime / meanLossTime(R, xi, 1, sides) - 1)).toBeLessThan(1e-11);
      expect(Math.abs(oracle.steadyShare(-1, 1) / oracle.meanLossTime - 1)).toBeLessThan(1e-11);
      if (sides !== 'right') return;
      // beyond the start no particle passes, on this side all do: f = (1/2) ln[(1 + x)/(1 - x)] of the rim less that of x
      const rim = lossConeCosine(R);
      for (const x of [-1, -0.9, xi, 0.1, 0.7])
        expect(Math.abs(oracle.steady(x) - (Math.atanh(rim) - Math.atanh(Math.max(x, xi))))).toBeLessThan(1e-11);
    },
  );

  it('is the integral of f over time', () => {
    // Simpson in the root of nu t from the earliest time, before which nobody is lost and f is a narrow Gaussian elsewhere
    const xi = 0.5;
    const n = 400;
    const [a, b] = [Math.sqrt(square.earliest), Math.sqrt(12)];
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      const r = a + ((b - a) * i) / n;
      sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * 2 * r * square.f(xi, r * r);
    }
    expect(Math.abs((sum * (b - a)) / (3 * n) / square.steady(xi) - 1)).toBeLessThan(1e-6);
  });

  it('does not exist where nobody is lost', () => {
    expect(() => closed.steady(0)).toThrow('boundary: nobody is lost, so there is no steady state (needs a loss cone)');
    expect(() => closed.meanLossTime).toThrow('nobody is lost');
  });
});

it('refuses what it cannot do', () => {
  expect(() => scatteringOracle({ mirrorRatio: 0.8, start: { xi: 0 } })).toThrow(
    'mirrorRatio: 0.8 is not a mirror ratio',
  );
  expect(() => scatteringOracle({ start: { xi: 1.2 } })).toThrow('start: 1.2 is not a pitch-angle cosine');
  expect(() => scatteringOracle({ start: { density: () => 0, corners: [-1, 1] } })).toThrow('start.density: is 0');
  expect(() => scatteringOracle({ start: { density: () => NaN, corners: [-1, 1] } })).toThrow('start.density: NaN');
  expect(() => square.f(0, 1e-4)).toThrow('tau: 0.0001 is not a time nu t that is resolved');
  expect(() => square.survival(-1)).toThrow('tau: -1');
});

it('converges spectrally: twice the elements change nothing that was resolved', () => {
  const fine = scatteringOracle({ mirrorRatio: 2, start: { xi: 0 }, earliest: 1.25e-3 });
  for (let k = 0; k < 20; k++) expect(Math.abs(fine.eigenvalues[k] / square.eigenvalues[k] - 1)).toBeLessThan(1e-10);
  expect(Math.abs(fine.f(0.3, 0.01) - square.f(0.3, 0.01))).toBeLessThan(1e-9);
  for (const k of [0, 1, 4]) expect(square.eigenfunction(k, 0.2)).toBeCloseTo(fine.eigenfunction(k, 0.2), 8);
});
