import { describe, expect, it } from 'vitest';
import { buildDipole } from '../../src/fields/dipole.js';
import { describeField } from '../../src/fields/index.js';
import { buildMultiMirror } from '../../src/fields/multiMirror.js';
import { buildParabolic } from '../../src/fields/parabolic.js';
import { spline } from '../../src/fields/spline.js';
import { buildTable } from '../../src/fields/table.js';
import { buildTwoCoil } from '../../src/fields/twoCoil.js';

const RE = 6.371e6;

describe('dipole', () => {
  const field = buildDipole({ shellL: 4, lossAltitude: 1e5, B0: 3.12e-5 });

  it('has the closed form at every latitude, by arc length integrated independently', () => {
    // Simpson in latitude of ds = r0 cos(l) sqrt(1 + 3 sin^2 l) dl.
    const speed = (l: number) => 4 * RE * Math.cos(l) * Math.sqrt(1 + 3 * Math.sin(l) ** 2);
    for (const degrees of [1, 10, 25, 40, 55]) {
      const latitude = (degrees * Math.PI) / 180;
      const n = 400;
      let s = 0;
      for (let i = 0; i < n; i++) {
        const [a, b] = [(i * latitude) / n, ((i + 1) * latitude) / n];
        s += ((b - a) / 6) * (speed(a) + 4 * speed((a + b) / 2) + speed(b));
      }
      const exact = ((3.12e-5 / 64) * Math.sqrt(1 + 3 * Math.sin(latitude) ** 2)) / Math.cos(latitude) ** 6;
      expect(field.strength(s) / exact).toBeCloseTo(1, 9);
      expect(field.strength(-s) / exact).toBeCloseTo(1, 9);
    }
  });

  it('ends at the altitude of loss', () => {
    const cos2 = (RE + 1e5) / (4 * RE);
    expect(field.Bmax / (((3.12e-5 / 64) * Math.sqrt(4 - 3 * cos2)) / cos2 ** 3)).toBeCloseTo(1, 12);
    expect(field.sLeft).toBe(-field.sRight);
  });

  it('bounces as the closed form: tau_b = 4 (L R_E/v) T', () => {
    const long = buildDipole({ shellL: 10, lossAltitude: 0, B0: 3.12e-5 });
    const T = (degrees: number) => {
      const xi0 = Math.cos((degrees * Math.PI) / 180);
      return describeField(long, null, { speed: 1e6, xi0 }).bouncePeriod.value / ((4 * 10 * RE) / 1e6);
    };
    expect(T(45)).toBeCloseTo(0.88685924, 7);
    expect(T(30)).toBeCloseTo(0.99972741, 7);
    expect(T(89.9)).toBeCloseTo((Math.PI * Math.SQRT2) / 6, 5);
    // A line a percent longer would show.
    expect(Math.abs(1.01 * T(45) - 0.88685924)).toBeGreaterThan(1e-5);
  });
});

describe('two coils', () => {
  it('have the field of Biot and Savart, summed over the loops', () => {
    const field = buildTwoCoil({ current: 1e6, radius: 0.5, separation: 2 });
    for (const s of [0, 0.3, 0.9, 1.05]) {
      let B = 0;
      for (const z of [-1, 1]) {
        // mu0 I/(4 pi) times the axial part of dl x r/r^3, over 360 pieces of the loop.
        const r = Math.hypot(0.5, s - z);
        for (let i = 0; i < 360; i++)
          B += (1.25663706212e-6 * 1e6 * 0.5 * ((2 * Math.PI * 0.5) / 360)) / (4 * Math.PI * r ** 3);
      }
      expect(field.strength(s) / B).toBeCloseTo(1, 12);
    }
  });

  it('have throats where the field is greatest, just inside the coils', () => {
    const field = buildTwoCoil({ B: 0.5, radius: 0.5, separation: 2 });
    expect(field.strength(0)).toBeCloseTo(0.5, 14);
    expect(Math.abs(field.gradient(field.sRight))).toBeLessThan(1e-12);
    expect(field.sRight).toBeLessThan(1);
    expect(field.sRight).toBeGreaterThan(0.99);
    for (const d of [-1e-3, 1e-3]) expect(field.strength(field.sRight + d)).toBeLessThan(field.Bmax);
  });
});

describe('a row of mirrors', () => {
  it('has a maximum at either end and its cells between', () => {
    for (const cells of [1, 2, 3, 4]) {
      const field = buildMultiMirror({ B: 2, ratio: 3, cells, length: 12 });
      for (let k = 0; k <= cells; k++) expect(field.strength(-6 + (12 * k) / cells)).toBeCloseTo(6, 10);
      for (let k = 0; k < cells; k++) expect(field.strength(-6 + (12 * (k + 0.5)) / cells)).toBeCloseTo(2, 10);
    }
  });
});

describe('tables', () => {
  const bump = (s: number) => 1 + s * s + 0.3 * Math.sin(s);

  it('follow a smooth field to fourth order, and pass through their rows', () => {
    const error = (n: number) => {
      const s = Array.from({ length: n + 1 }, (_, i) => -2 + (4 * i) / n);
      const field = buildTable({ s, B: s.map(bump) });
      for (const [i, place] of s.entries()) expect(field.strength(place)).toBeCloseTo(bump(s[i]), 12);
      let worst = 0;
      // Inside: at the ends the natural spline is of second order only.
      for (let i = 0; i <= 100; i++) worst = Math.max(worst, Math.abs(field.strength(-1 + i / 50) - bump(-1 + i / 50)));
      return worst;
    };
    expect(error(80)).toBeLessThan(1e-6);
    expect(error(40) / error(80)).toBeGreaterThan(10);
  });

  it('never overshoot rows that rise or fall', () => {
    const curve = spline([0, 1, 2, 3, 4, 5], [5, 5, 5, 1, 1, 4]);
    let before = 5;
    for (let i = 0; i <= 300; i++) {
      const value = curve.value(i / 100);
      expect(value).toBeLessThanOrEqual(before + 1e-12);
      before = value;
    }
    expect(Math.min(...curve.extremes().map(curve.value))).toBeGreaterThanOrEqual(1 - 1e-12);
  });

  it('of equal steps are given to the kernel exactly', () => {
    const s = Array.from({ length: 33 }, (_, i) => -2 + i / 8);
    expect(buildTable({ s, B: s.map(bump) }).interpolationError).toBeLessThan(4e-16);
  });

  it('find the well and the nearer of equal throats', () => {
    const field = buildTable({ s: [-3, -2, -1, 0, 1, 2, 3], B: [4, 2, 4, 1, 3, 2, 3] });
    // The curve's own extremes stand near the rows', not at them.
    for (const [found, row] of [
      [field.sLeft, -1],
      [field.sMid, 0],
      [field.sRight, 1],
    ])
      expect(Math.abs(found - row)).toBeLessThan(0.2);
    expect(Math.abs(field.Bmax - 3)).toBeLessThan(0.1);
    const flat = buildTable({ s: [-3, -2, -1, 0, 1, 2, 3], B: [4, 4, 4, 1, 4, 4, 4] });
    expect([flat.sLeft, flat.sMid, flat.sRight]).toEqual([-1, 0, 1]);
    expect(flat.Bmax).toBe(4);
  });

  it('reproduce the parabola they were taken from, mirror ratio and bounce period', () => {
    const exact = buildParabolic({ B: 0.5, ratio: 5, length: 2 });
    const s = Array.from({ length: 401 }, (_, i) => -1 + i / 200);
    const field = buildTable({ s, B: s.map(exact.strength) });
    const particle = { speed: 1e6, xi0: 0.6 };
    const [a, b] = [exact, field].map((of) => describeField(of, null, particle));
    expect(b.mirrorRatio.value / a.mirrorRatio.value).toBeCloseTo(1, 9);
    expect(b.bouncePeriod.value / a.bouncePeriod.value).toBeCloseTo(1, 7);
  });
});
