import { describe, expect, it } from 'vitest';
import { buildField } from '../../src/fields/index.js';
import { momentumFromEnergy, momentumFromSpeed, SPEED_OF_LIGHT, speedFromMomentum } from '../../src/physics/index.js';
import { bounceWeights } from '../../src/plan/bounceWeights.js';
import { cubicCells } from '../../src/plan/cubicCells.js';
import { leastSquares } from '../../src/plan/leastSquares.js';
import { gaussLegendre, integral } from '../../src/plan/quadrature.js';
import {
  evenly,
  fromDensity,
  fromRows,
  meanOf,
  type QuantileTable,
  shareBelow,
  single,
  uniformBetween,
} from '../../src/plan/quantileTable.js';
import { rateTable } from '../../src/plan/rates.js';
import { speedLaw } from '../../src/plan/speeds.js';
import { pitchLaw, placeLaw } from '../../src/plan/starts.js';
import { parseScenario } from '../../src/scenario/index.js';
import { scenario } from '../validation/runHere.js';

const EV = 1.602176634e-19;
const PROTON = 1.67262192595e-27;

/** Largest |table's share below x - cdf(x)| between and at the nodes. */
function distance(table: QuantileTable, cdf: (x: number) => number): number {
  let worst = 0;
  for (let i = 0; i < table.length / 2 - 1; i++) {
    for (const part of [0, 0.5]) {
      const x = table[2 * i + 1] + part * (table[2 * i + 3] - table[2 * i + 1]);
      worst = Math.max(worst, Math.abs(shareBelow(table, x) - cdf(x)));
    }
  }
  return worst;
}

function erf(x: number): number {
  return integralOf((t) => (2 / Math.sqrt(Math.PI)) * Math.exp(-t * t), 0, x);
}
function integralOf(f: (x: number) => number, a: number, b: number, n = 400): number {
  let sum = f(a) + f(b);
  for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * f(a + ((b - a) * i) / n);
  return (sum * (b - a)) / (3 * n);
}

describe('quantile tables', () => {
  it('rise from 0 to 1', () => {
    for (const table of [
      uniformBetween(-1, 1),
      fromDensity(evenly(0, 3, 50), (x) => x),
      fromRows([0, 1, 2], [0, 1, 0]),
    ]) {
      expect([table[0], table[table.length - 2]]).toEqual([0, 1]);
      for (let i = 2; i < table.length; i++) expect(table[i]).toBeGreaterThanOrEqual(table[i - 2]);
    }
    expect([...single(3)]).toEqual([0, 3]);
    expect(() => fromDensity([0, 1], () => 0)).toThrow(/density/);
  });

  it('rows: linear between, exact triangle', () => {
    const table = fromRows([0, 1, 2], [0, 1, 0], 100);
    expect(distance(table, (x) => (x < 1 ? (x * x) / 2 : 1 - (2 - x) ** 2 / 2))).toBeLessThan(2e-5);
    expect(meanOf(table, (x) => x)).toBeCloseTo(1, 6);
  });

  const speeds = (speed: unknown, species: unknown = 'proton') =>
    speedLaw(
      parseScenario({
        ...scenario({
          particles: { speed: undefined, ...(speed as Record<string, unknown>) },
          field: { kind: 'uniform', B: '1 T', length: '1 m' },
          collisions: 'none',
          boundary: 'none',
          times: { at: ['1 us'] },
        }),
        species,
      } as never),
    );

  it('a Maxwellian of speeds', () => {
    const { momenta, reference, oneSpeed } = speeds({ temperature: '1 keV' });
    const thermal = Math.sqrt((2000 * EV) / PROTON);
    expect(reference / thermal).toBeCloseTo(1, 5);
    expect(oneSpeed).toBe(false);
    const cdf = (x: number) => erf(x) - (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x);
    const unit = PROTON * thermal;
    expect(
      distance(
        momenta.map((x, i) => (i % 2 ? x / unit : x)),
        cdf,
      ),
    ).toBeLessThan(5e-6);
    expect(
      distance(
        momenta.map((x, i) => (i % 2 ? x / (1.02 * unit) : x)),
        cdf,
      ),
    ).toBeGreaterThan(5e-3);
  });

  it("Juettner's law where T is the rest energy", () => {
    const { momenta } = speeds({ temperature: '511 keV' }, 'electron');
    const m = 9.1093837139e-31;
    const T = 511e3 * EV;
    const rest = m * SPEED_OF_LIGHT ** 2;
    const density = (p: number) => p * p * Math.exp(-(Math.sqrt(rest * rest + (p * SPEED_OF_LIGHT) ** 2) - rest) / T);
    const top = 40 * m * SPEED_OF_LIGHT;
    const all = integralOf(density, 0, top, 20000);
    for (const x of [0.5, 1, 2, 4, 8]) {
      const p = x * m * SPEED_OF_LIGHT;
      expect(Math.abs(shareBelow(momenta, p) - integralOf(density, 0, p, 4000) / all)).toBeLessThan(2e-5);
    }
  });

  it('a shell is uniform in d^3v, a power law is one in energy, a table is its own', () => {
    const shell = speeds({ speed: { kind: 'shell', from: '1e5 m/s', to: '2e5 m/s' } }).momenta;
    for (const v of [1.2e5, 1.5e5, 1.9e5])
      expect(shareBelow(shell, momentumFromSpeed(v, PROTON))).toBeCloseTo(((v / 1e5) ** 3 - 1) / 7, 6);
    const power = speeds({ speed: { kind: 'powerLaw', index: 2, from: '1 keV', to: '100 keV' } }).momenta;
    for (const E of [2, 10, 50])
      expect(shareBelow(power, momentumFromEnergy(E * 1000 * EV, PROTON))).toBeCloseTo((1 - 1 / E) / 0.99, 6);
    const table = speeds({
      speed: { kind: 'table', speed: { unit: 'm/s', values: [1e5, 2e5, 3e5] }, density: [1, 1, 0] },
    }).momenta;
    expect(shareBelow(table, momentumFromSpeed(2e5, PROTON))).toBeCloseTo(2 / 3, 6);
    expect(speedFromMomentum(table[table.length - 1], PROTON)).toBeCloseTo(3e5, 2);
  });

  const start = (particles: Record<string, unknown>, boundary: unknown = 'throat') =>
    parseScenario(
      scenario({
        particles,
        field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' },
        boundary,
        times: { at: ['1 us'] },
      }),
    );

  it('pitches', () => {
    const law = (pitch: unknown) => pitchLaw(start({ pitch }));
    expect([...law('isotropic')]).toEqual([0, -1, 1, 1]);
    expect([...law({ kind: 'cosine', xi: 0.3 })]).toEqual([0, 0.3]);
    const beam = law({ kind: 'beam', halfAngle: '60 deg', direction: -1 });
    expect(beam[1]).toBe(-1);
    expect(beam[3]).toBeCloseTo(-0.5, 12);
    const pancake = law({ kind: 'pancake', power: 2 });
    expect(distance(pancake, (x) => 0.5 + 0.75 * (x - x ** 3 / 3))).toBeLessThan(1e-7);
    expect(distance(pancake, (x) => (1 + x) / 2)).toBeGreaterThan(0.05);
    const table = law({ kind: 'table', xi: [-0.5, 0.5], density: [1, 1] });
    expect(shareBelow(table, 0.25)).toBeCloseTo(0.75, 10);
  });

  it('places: ds/B in a flux tube, and by the share that is trapped there', () => {
    const tube = start({ place: 'fluxTube' });
    const field = buildField(tube.field);
    const places = placeLaw(tube, field, pitchLaw(tube));
    expect(distance(places, (s) => 0.5 + Math.atan(2 * s) / (2 * Math.atan(2)))).toBeLessThan(1e-6);
    for (const [boundary, R] of [
      ['throat', 5],
      ['reflecting', 5],
      [{ kind: 'cone', ratio: 3 }, 3],
    ] as const) {
      const only = start({ place: 'fluxTube', pitch: { kind: 'isotropic', only: 'trapped' } }, boundary);
      const density = (s: number) => Math.sqrt(Math.max(0, 1 - (1 + 4 * s * s) / R)) / (1 + 4 * s * s);
      const all = integralOf(density, -1, 1, 100000);
      const law = placeLaw(only, field, pitchLaw(only));
      for (const s of [-0.6, -0.3, 0.1, 0.5]) {
        expect(Math.abs(shareBelow(law, s) - integralOf(density, -1, s, 100000) / all)).toBeLessThan(2e-5);
      }
    }
  });
});

describe('other tables', () => {
  it('rates: the error of a power law is below (n^2/8)/256^2', () => {
    for (const index of [-3, -1, 1, 2]) {
      const nu = (v: number) => (v / 1e6) ** index;
      const pRef = momentumFromSpeed(1e6, PROTON);
      const { first, values } = rateTable(
        nu,
        { low: 0.01, high: 10, reference: pRef },
        PROTON,
        2,
        Number.POSITIVE_INFINITY,
      );
      const view = new DataView(new ArrayBuffer(8));
      for (let x = 0.011; x < 9.9; x *= 1.0123) {
        view.setFloat64(0, x * x);
        const bits = view.getBigUint64(0);
        const cell = Number(bits >> 44n) - first;
        const part = Number(bits & 0xfffffffffffn) / 2 ** 44;
        const found = values[cell] + part * (values[cell + 1] - values[cell]);
        const exact = 2 * nu(speedFromMomentum(x * pRef, PROTON));
        expect(Math.abs(found / exact - 1)).toBeLessThan(((index * index) / 4 + 3) / 8 / 65536);
      }
    }
    const capped = rateTable((v) => 1 / v, { low: 0.01, high: 1, reference: PROTON }, PROTON, 1, 5);
    expect(Math.max(...capped.values)).toBe(5);
  });

  it('cubic cells go through values and slopes, and are a cubic', () => {
    const f = (s: number) => 1 + s - 2 * s * s + 0.5 * s ** 3;
    const df = (s: number) => 1 - 4 * s + 1.5 * s * s;
    const nodes = [-1, -0.5, 0, 0.5, 1, 1.5].map((s) => s + 3);
    const cells = cubicCells(
      { s0: 2, ds: 0.5 },
      Float64Array.from(nodes, (s) => f(s - 3)),
      Float64Array.from(nodes, (s) => df(s - 3)),
      3,
      2,
      10,
    );
    // and one at either end that holds the last value
    expect(cells.cells).toBe(7);
    expect([...cells.coefficients.slice(0, 4), ...cells.coefficients.slice(24)]).toEqual([
      10 * f(-1),
      0,
      0,
      0,
      10 * f(1.5),
      0,
      0,
      0,
    ]);
    for (let s = 2; s < 4.5; s += 0.013) {
      const at = ((s - 3) / 2 - cells.start) * cells.inverseStep;
      const i = Math.floor(at);
      const x = at - i;
      const [a, b, c, d] = cells.coefficients.subarray(4 * i, 4 * i + 4);
      expect(a + x * (b + x * (c + x * d))).toBeCloseTo(10 * f(s - 3), 11);
    }
  });

  it('bounce weights of a parabola: the closed form of the half bounce', () => {
    const spec = parseScenario(
      scenario({
        field: { kind: 'parabolic', B: '1 T', ratio: 5, length: '2 m' },
        boundary: 'throat',
        times: { at: ['1 us'] },
      }),
    );
    const field = buildField(spec.field);
    const edges = evenly(-1, 1, 40);
    const weights = bounceWeights(field, edges);
    const scale = 0.5;
    const edge = Math.sqrt(0.8);
    for (let i = 0; i < 40; i++) {
      const [low, high] = [edges[i], edges[i + 1]];
      // trapped: |xi| times the path of a half bounce, pi scale/sqrt(1 - xi^2); in the cone the passage from throat to throat
      const length = (xi: number) => {
        const q = Math.sqrt(1 - xi * xi);
        if (q < 1e-9) return 2 * Math.abs(xi);
        const top = Math.min(1, (q * (1 / scale)) / Math.abs(xi));
        return (2 * Math.abs(xi) * scale * Math.asin(top)) / q;
      };
      const exact = integralOf(length, low, high, 2000);
      if (Math.abs(low) < edge !== Math.abs(high) < edge) continue;
      expect(Math.abs(weights[i] / exact - 1), `bin ${i}`).toBeLessThan(2e-3);
      expect(weights[i]).toBeCloseTo(weights[39 - i], 10);
    }
    // trapped ones: pi scale |xi|/sqrt(1 - xi^2)
    const trapped = integralOf((x) => (Math.PI * scale * x) / Math.sqrt(1 - x * x), edges[25], edges[26]);
    expect(Math.abs(weights[25] / trapped - 1)).toBeLessThan(2e-3);
  });

  it('quadrature and least squares', () => {
    for (const n of [1, 2, 5, 12]) {
      const { nodes, weights } = gaussLegendre(n);
      for (let k = 0; k < 2 * n; k++) {
        const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** k, 0);
        expect(sum).toBeCloseTo(k % 2 ? 0 : 2 / (k + 1), 13);
      }
    }
    expect(integral((x) => x ** 7, 0, 2)).toBeCloseTo(32, 10);
    const rows = Array.from({ length: 30 }, (_, i) => [1, i / 30, (i / 30) ** 2]);
    const c = leastSquares(
      rows,
      rows.map(([, x]) => 3 - 2 * x + 5 * x * x),
    );
    [3, -2, 5].forEach((exact, i) => {
      expect(c[i]).toBeCloseTo(exact, 11);
    });
  });
});
