import { describe, expect, it } from 'vitest';
import { angleLaw, modesLeft, survivalOfAngle } from '../../src/plan/angle.js';

/** Exact fractions. */
class Fraction {
  readonly n: bigint;
  readonly d: bigint;
  constructor(n: bigint, d: bigint) {
    let [a, b] = [n < 0n ? -n : n, d];
    while (b) [a, b] = [b, a % b];
    this.n = n / (a || 1n);
    this.d = d / (a || 1n);
  }
  plus(o: Fraction) {
    return new Fraction(this.n * o.d + o.n * this.d, this.d * o.d);
  }
  times(o: Fraction) {
    return new Fraction(this.n * o.n, this.d * o.d);
  }
}
const of = (n: number, d = 1) => new Fraction(BigInt(n), BigInt(d));
const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));

/** w = tau E sum_n tau^n sum_j a[n][j] E^j, as [numerator, denominator]. */
const SERIES: readonly (readonly (readonly [number, number])[])[] = [
  [[1, 1]],
  [
    [-1, 3],
    [-1, 3],
  ],
  [
    [2, 45],
    [8, 45],
    [2, 45],
  ],
  [
    [-1, 189],
    [-1, 21],
    [-74, 2835],
    [-1, 315],
  ],
  [
    [-2, 14175],
    [16, 2025],
    [298, 42525],
    [104, 42525],
    [2, 14175],
  ],
];

const ORDERS = 6;
/** A polynomial in tau (index) and E (key), tau up to the 5th order. */
type Poly = Map<number, Fraction>[];
const zero = (): Poly => Array.from({ length: ORDERS }, () => new Map());

function multiply(p: Poly, q: Poly): Poly {
  const out = zero();
  p.forEach((a, i) => {
    q.forEach((b, j) => {
      if (i + j >= ORDERS) return;
      for (const [e, x] of a)
        for (const [f, y] of b) out[i + j].set(e + f, (out[i + j].get(e + f) ?? of(0)).plus(x.times(y)));
    });
  });
  return out;
}

/** Coefficients in tau of <P_l(1 - 2w)> for E exponential, <E^k> = k!. */
function meanLegendre(l: number, series: typeof SERIES): Fraction[] {
  const w = zero();
  series.forEach((row, n) => {
    row.forEach(([a, b], j) => {
      w[n + 1].set(j + 1, of(a, b));
    });
  });
  const mean = Array.from({ length: ORDERS }, () => of(0));
  let power = zero();
  power[0].set(0, of(1));
  for (let k = 0; k <= l; k++) {
    // P_l(1 - 2w) = sum_k (-1)^k (l+k)!/((l-k)! k!^2) w^k
    const c = of(((k % 2 ? -1 : 1) * factorial(l + k)) / factorial(l - k), factorial(k) ** 2);
    power.forEach((terms, order) => {
      for (const [e, x] of terms) mean[order] = mean[order].plus(c.times(x).times(of(factorial(e))));
    });
    power = multiply(power, w);
  }
  return mean;
}

function matches(series: typeof SERIES): boolean {
  for (let l = 1; l <= 8; l++) {
    const mean = meanLegendre(l, series);
    for (let order = 0; order < ORDERS; order++) {
      const exact = of((-l * (l + 1)) ** order, factorial(order));
      if (mean[order].n !== exact.n || mean[order].d !== exact.d) return false;
    }
  }
  return true;
}

describe('the closed series', () => {
  it('has every moment <P_l> = exp(-l(l+1) tau) to tau^5, l = 1 .. 8, exactly', () => {
    expect(matches(SERIES)).toBe(true);
  });

  it('and no other coefficients have', () => {
    SERIES.forEach((row, n) => {
      row.forEach(([a, b], j) => {
        const wrong = SERIES.map((r, k) =>
          k === n ? r.map((x, i) => (i === j ? ([1000 * a + 1, 1000 * b] as const) : x)) : r,
        );
        expect(matches(wrong), `tau^${n + 1} E^${j + 1}`).toBe(false);
      });
    });
  });

  it("is the plan's, for 2w", () => {
    for (const tau of [1e-6, 1e-3, 0.01, 0.03]) {
      const { coefficients, offset, small } = angleLaw(tau);
      expect(offset).toBe(0);
      expect(small).toBe(tau <= 2e-3);
      for (let j = 0; j < 8; j++) {
        let exact = 0;
        SERIES.forEach((row, n) => {
          if (j < row.length) exact += 2 * (row[j][0] / row[j][1]) * tau ** (n + 1);
        });
        expect(Math.abs(coefficients[j] - exact)).toBeLessThanOrEqual(1e-14 * tau);
      }
    }
  });
});

/** Largest |error of <P_l>|/tau over l = 1 .. 8 of the law as the kernel evaluates it, u by midpoints of 2^18 cells, finer near 0. */
function momentError(tau: number, law = angleLaw(tau)): number {
  const sums = new Float64Array(9);
  const add = (u: number, weight: number) => {
    const t = -Math.log(u + law.offset * (1 - u));
    let w2 = 0;
    const terms = law.small ? 3 : 8;
    for (let k = terms - 1; k >= 0; k--) w2 = t * (law.coefficients[k] + w2);
    const x = 1 - Math.min(2, Math.max(0, w2));
    let before = 1;
    let last = x;
    for (let l = 1; l <= 8; l++) {
      sums[l] += weight * last;
      const next = ((2 * l + 1) * x * last - l * before) / (l + 1);
      before = last;
      last = next;
    }
  };
  // Gauss-Legendre with 5 points on panels that halve towards u = 0, 64 parts each
  const nodes = [0, 0.5384693101056831, -0.5384693101056831, 0.906179845938664, -0.906179845938664];
  const weights = [
    0.5688888888888889, 0.47862867049936647, 0.47862867049936647, 0.23692688505618908, 0.23692688505618908,
  ];
  let high = 1;
  for (let panel = 0; panel < 60; panel++) {
    const low = panel === 59 ? 0 : high / 2;
    for (let part = 0; part < 32; part++) {
      const width = (high - low) / 32;
      nodes.forEach((x, i) => {
        add(low + width * (part + (x + 1) / 2), (width * weights[i]) / 2);
      });
    }
    high = low;
  }
  let worst = 0;
  for (let l = 1; l <= 8; l++) worst = Math.max(worst, Math.abs(sums[l] - Math.exp(-l * (l + 1) * tau)) / tau);
  return worst;
}

describe('the moments of a kick', () => {
  for (const [tau, bound] of [
    [1e-6, 1e-7],
    [1e-4, 1e-9],
    [1e-3, 1e-8],
    [2e-3, 1e-7],
    [0.01, 1e-8],
    [0.03, 1e-7],
    [0.0301, 2e-7],
    [0.05, 1e-6],
    [0.1, 1e-6],
    [0.2, 6e-7],
    [0.5, 2e-7],
    [1, 1e-7],
    [3, 1e-7],
    [10, 1e-7],
    [16, 1e-7],
  ]) {
    it(`are exp(-l(l+1) tau) to ${bound} tau, tau = ${tau}`, () => {
      expect(momentError(tau)).toBeLessThan(bound);
      // the law of a rate 1e-5 off
      if (tau <= 1) expect(momentError(tau, angleLaw(tau * 1.00001))).toBeGreaterThan(bound);
    });
  }

  it('the series is not used where it fails', () => {
    const { coefficients } = angleLaw(0.03);
    expect(coefficients[5]).toBe(0);
    expect(angleLaw(0.0300001).coefficients[5]).not.toBe(0);
    expect(angleLaw(1e9)).toEqual(angleLaw(16));
  });

  it('refuses what is no time', () => {
    for (const tau of [-1, Number.NaN]) expect(() => angleLaw(tau)).toThrow(RangeError);
    expect(angleLaw(0).coefficients.every((c) => c === 0)).toBe(true);
  });
});

describe('the law of the angle itself', () => {
  it('survival and density belong together', () => {
    for (const modes of [0.03, 0.2, 2].map(modesLeft)) {
      for (const w of [0.001, 0.1, 0.5, 0.9]) {
        const h = 1e-5;
        const slope = (survivalOfAngle(w - h, modes).survival - survivalOfAngle(w + h, modes).survival) / (2 * h);
        expect(Math.abs(slope - survivalOfAngle(w, modes).density)).toBeLessThan(1e-5 * (1 + slope));
      }
      expect(survivalOfAngle(0, modes).survival).toBeCloseTo(1, 10);
      expect(survivalOfAngle(1, modes).survival).toBeCloseTo(0, 10);
    }
  });

  it('the fit is the quantile, to 2e-4 of w at the worst', () => {
    for (const tau of [0.05, 0.5, 5]) {
      const { coefficients, offset } = angleLaw(tau);
      const modes = modesLeft(tau);
      for (let u = 0.005; u < 1; u += 0.01) {
        const t = -Math.log(u + offset * (1 - u));
        let w = 0;
        for (let k = 7; k >= 0; k--) w = t * (coefficients[k] / 2 + w);
        expect(Math.abs(survivalOfAngle(w, modes).survival - u)).toBeLessThan(2e-4);
      }
    }
  });
});
