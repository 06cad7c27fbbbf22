import { describe, expect, it } from 'vitest';
import { diffusionEigenvalue, mirrorLossLimits } from '../../src/physics/index.js';

describe('diffusion along a flux tube', () => {
  it('decays on a uniform line as sin(pi s/length)', () => {
    for (const length of [1e-3, 1, 1e7]) {
      const line = { strength: () => 2, sLeft: -0.3 * length, sRight: 0.7 * length };
      expect((diffusionEigenvalue(line) * length ** 2) / Math.PI ** 2).toBeCloseTo(1, 9);
    }
  });

  it('has a closed form where B grows exponentially', () => {
    // -e^s (e^-s n')' = k n: n = e^(s/2) sin(w s), w = pi, k = w^2 + 1/4
    const line = { strength: (s: number) => Math.exp(s), sLeft: 0, sRight: 1 };
    expect(diffusionEigenvalue(line)).toBeCloseTo(Math.PI ** 2 + 0.25, 8);
    // The control: the other sign, whose density is weighted by B and not by 1/B, has the same k; a doubled exponent has not.
    expect(diffusionEigenvalue({ ...line, strength: (s) => Math.exp(2 * s) })).toBeCloseTo(Math.PI ** 2 + 1, 8);
  });

  it('of a parabola agrees with finite differences', () => {
    const N = 4000;
    const h = 4 / N;
    const b = (s: number) => 1 + s * s;
    // Inverse iteration on the symmetric tridiagonal matrix of -(n'/b)' with weight 1/b.
    let n = Float64Array.from({ length: N - 1 }, (_, i) => Math.sin((Math.PI * (i + 1)) / N));
    let k = 0;
    for (let turn = 0; turn < 12; turn++) {
      const diagonal = n.map((_, i) => (1 / b(-2 + (i + 0.5) * h) + 1 / b(-2 + (i + 1.5) * h)) / h ** 2);
      const right = n.map((x, i) => x / b(-2 + (i + 1) * h));
      for (let i = 1; i < N - 1; i++) {
        const off = -1 / b(-2 + (i + 0.5) * h) / h ** 2;
        const factor = off / diagonal[i - 1];
        diagonal[i] -= factor * off;
        right[i] -= factor * right[i - 1];
      }
      const next = new Float64Array(N - 1);
      for (let i = N - 2; i >= 0; i--) {
        const off = -1 / b(-2 + (i + 1.5) * h) / h ** 2;
        next[i] = (right[i] - (i < N - 2 ? off * next[i + 1] : 0)) / diagonal[i];
      }
      const norm = Math.hypot(...next);
      k = Math.hypot(...n) / norm;
      n = next.map((x) => x / norm);
    }
    expect(diffusionEigenvalue({ strength: b, sLeft: -2, sRight: 2 })).toBeCloseTo(k, 6);
  });
});

it('the limits of a mirror meet: each is the least where it holds', () => {
  const at = (x: number) => mirrorLossLimits(5, x);
  expect(at(1e-4).joined / at(1e-4).weak).toBeCloseTo(1, 2);
  expect(at(1e5).joined / at(1e5).diffusive).toBeCloseTo(1, 3);
  const between = mirrorLossLimits(1e4, 0.3);
  expect(between.strong).toBeLessThan(Math.min(between.weak, between.diffusive) / 3);
  expect(at(1e5).strong).toBeGreaterThan(at(1e5).diffusive);
  expect(() => mirrorLossLimits(1, 1)).toThrow('mirrorRatio');
  expect(() => mirrorLossLimits(5, 0)).toThrow('strength');
});
