import { describe, expect, it } from 'vitest';
import { BlockRunner } from '../../src/kernel/index.js';
import { coulombScatteringRate, SPEED_OF_LIGHT } from '../../src/physics/index.js';
import { planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/index.js';
import { kernelModule } from '../kernel/load.js';
import { runHere, SPEED, scenario } from './runHere.js';
import { agrees, KS_LIMIT, ks, type Measured, overGroups, refutes, share, tabulatedCdf } from './verdict.js';

const EV = 1.602176634e-19;
const PROTON = 1.67262192595e-27;
const seconds = (...values: number[]) => ({ at: { unit: 's', values } });
const NU = 1e5;

describe('detailed balance: isotropic and uniform stays so', () => {
  const N = 2 ** 18;
  const wells = {
    parabola: { kind: 'parabolic', B: '1 T', ratio: 4, length: '2 m' },
    cosine: { kind: 'multiMirror', B: '1 T', ratio: 4, cells: 1, length: '2 m' },
  };
  /** Final places and pitches after nu t = 2, with `h` half-lengths a step. */
  function closed(field: Record<string, unknown>, boundary: string, h: number, more: Record<string, unknown> = {}) {
    const input = scenario({
      particles: { count: N, place: 'fluxTube' },
      field,
      collisions: { operator: 'exact', rate: `${NU} /s` },
      boundary,
      motion: { kind: 'guidingCentre', step: `${h / SPEED} s` },
      times: seconds(2 / NU),
      ...more,
    });
    const s: number[] = [];
    const xi: number[] = [];
    const run = runHere(input, (lanes) => {
      s.push(...lanes.s);
      xi.push(...lanes.xi);
    });
    return { run, s: Float64Array.from(s), xi: Float64Array.from(xi) };
  }
  const antiderivative = {
    // integral of ds/B over the kernel's places (scales for the parabola, half-lengths for the table)
    parabola: (s: number) => Math.atan(s),
    cosine: (s: number) =>
      (Math.atan(2 * Math.tan((Math.PI / 2) * Math.min(1, Math.max(-1, s)) * (1 - 1e-12))) * 2) / Math.PI / 2,
  };
  const end = { parabola: Math.sqrt(3), cosine: 1 };

  for (const kind of ['parabola', 'cosine'] as const) {
    for (const boundary of ['reflecting', 'periodic']) {
      it(`${kind}, ${boundary}`, () => {
        const { run, s, xi } = closed(wells[kind], boundary, 0.02);
        expect(run.tallies.total('fates')[0]).toBe(N);
        expect(s.length).toBe(N);
        const F = antiderivative[kind];
        const e = end[kind];
        const place = tabulatedCdf((x) => (F(x) - F(-e)) / (F(e) - F(-e)), -e, e);
        expect(ks(s, place)).toBeLessThan(KS_LIMIT);
        expect(ks(xi, (x) => (1 + x) / 2)).toBeLessThan(KS_LIMIT);
        // uniform in s and not in volume
        expect(ks(s, (x) => (x + e) / (2 * e))).toBeGreaterThan(10);
        for (const l of [1, 2, 4]) {
          const found = overGroups(run.tallies, (get) => get('legendre')[9 + l] / get('legendre')[9], N);
          const exactError = Math.sqrt(1 / (2 * l + 1) / N);
          agrees(`balance ${kind} ${boundary} P${l}`, { ...found, error: exactError }, 0);
        }
      });
    }
  }

  it('with a potential: uniform in phase space at one energy, density as p ds/B', () => {
    // one energy E: phase-space volume per ds/B is p^2 dp at fixed E, so p(s) ds/B; started anywhere it relaxes there
    const volts = 3000;
    const energy = 0.5 * PROTON * SPEED * SPEED;
    const { run, s, xi } = closed(wells.parabola, 'reflecting', 0.05, {
      particles: { count: 2 ** 16, place: 'midplane' },
      collisions: { operator: 'exact', rate: '1e6 /s' },
      potential: { kind: 'parabolic', drop: `${volts} V` },
      times: seconds(20e-6),
    });
    expect(run.tallies.total('fates')[0]).toBe(2 ** 16);
    const e = end.parabola;
    const density = (x: number) => Math.sqrt(1 - ((volts * EV) / energy) * (x / e) ** 2) / (1 + x * x);
    const nodes = 4000;
    const sums = [0];
    for (let i = 0; i < nodes; i++) sums.push(sums[i] + density(-e + ((i + 0.5) / nodes) * 2 * e));
    const law = (x: number) => {
      const at = Math.min(nodes - 1e-9, Math.max(0, ((x + e) / (2 * e)) * nodes));
      const i = Math.floor(at);
      return (sums[i] + (at - i) * (sums[i + 1] - sums[i])) / sums[nodes];
    };
    expect(ks(s, law)).toBeLessThan(KS_LIMIT);
    expect(ks(xi, (x) => (1 + x) / 2)).toBeLessThan(KS_LIMIT);
    expect(ks(s, (x) => 0.5 + Math.atan(x) / (2 * Math.atan(e)))).toBeGreaterThan(KS_LIMIT);
  });
});

describe('the split of motion and scattering', () => {
  it('is second order: halving the step quarters the error of a mean loss time', () => {
    // against the finest step; standard error 0.8/sqrt(N) of the mean, 0.11 %
    const N = 2 ** 19;
    const nu = 4e5;
    const mean = (h: number): Measured => {
      const run = runHere(
        scenario({
          particles: { count: N, pitch: { kind: 'cosine', xi: 0 } },
          field: { kind: 'parabolic', B: '1 T', ratio: 4, length: '2 m' },
          collisions: { operator: 'exact', rate: `${nu} /s` },
          boundary: 'throat',
          motion: { kind: 'guidingCentre', step: `${h / SPEED} s` },
          times: seconds(60 / nu),
        }),
      );
      expect(run.tallies.total('fates')[1] + run.tallies.total('fates')[2]).toBe(N);
      const sum = (name: string) => run.tallies.total(name).reduce((a, b) => a + b, 0) / N;
      const value = sum('lossTime') * nu;
      return { value, error: Math.sqrt((sum('lossTime2') * nu * nu - value * value) / N), count: N };
    };
    const [long, half, fine] = [mean(0.8), mean(0.4), mean(0.1)];
    const bias = (m: Measured) => ({ value: m.value - fine.value, error: Math.hypot(m.error, fine.error), count: N });
    if (process.env.LOSSCONE_VERDICTS)
      for (const m of [long, half, fine]) console.log(`order ${m.value} +- ${m.error}`);
    const [coarse, quarter] = [bias(long), bias(half)];
    // the fine step has 1/64 of the coarse one's error
    const ratio = (coarse.value * (64 / 63)) / (quarter.value * (16 / 15));
    const error = Math.abs(ratio) * Math.hypot(coarse.error / coarse.value, quarter.error / quarter.value);
    agrees('order of the split', { value: ratio, error, count: N }, 4);
    refutes('first order', { value: ratio, error, count: N }, 2);
  });
});

describe('E1: a Coulomb background', () => {
  const plasma = { species: 'proton', density: '1e19 m^-3', temperature: '1 keV' };
  const thermal = Math.sqrt((2 * 1000 * EV) / PROTON);
  const coulomb = { law: 'coulomb', background: [plasma], coulombLogarithm: 15 };

  /** [erf(x) - G(x)]/x^3 by its series and its integrals, with erf from Simpson's rule: independent of src/physics. */
  function deflection(x: number): number {
    const n = 2000;
    let erf = 0;
    for (let i = 0; i <= n; i++) {
      const t = (x * i) / n;
      erf += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(-t * t);
    }
    erf *= ((2 / Math.sqrt(Math.PI)) * x) / (3 * n);
    const G = (erf - (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x)) / (2 * x * x);
    return (erf - G) / x ** 3;
  }
  /** 1/gamma^2 (collisions scale as 1/(p^2 v)) times nu = nu_D/2 with nu_D = n q^2 Q^2 ln/(4 pi eps0^2 m^2 vT^3) [erf - G]/x^3. */
  const exact = (v: number) =>
    (1 - (v / SPEED_OF_LIGHT) ** 2) *
    ((0.5 * 1e19 * EV ** 4 * 15) / (4 * Math.PI * 8.8541878188e-12 ** 2 * PROTON ** 2 * thermal ** 3)) *
    deflection(v / thermal);

  it('G(1), erf - G at 1 and 2', () => {
    expect(deflection(1)).toBeCloseTo(0.62890415, 7);
    expect(deflection(2) * 8).toBeCloseTo(0.87607373, 7);
  });

  const ensemble = (count: number, collisions: Record<string, unknown>, end: number) =>
    scenario({
      particles: { count, speed: undefined, temperature: '1 keV', pitch: { kind: 'cosine', xi: 1 } },
      field: { kind: 'uniform', B: '1 T', length: '2 m' },
      collisions,
      boundary: 'none',
      motion: 'homogeneous',
      times: seconds(end),
      tallies: { speed: { bins: 16, min: `${0.25 * thermal} m/s`, max: `${2.25 * thermal} m/s` }, xi: { bins: 2 } },
    });

  it("the kernel's table: nu(v) to 1e-5", () => {
    const plan = planRun(parseScenario(ensemble(1, { rate: coulomb }, 1e-5)));
    const { kernel } = new BlockRunner(kernelModule(), plan);
    for (let x = 0.1; x < 6; x *= 1.0137) {
      // x is a momentum over the reference's
      const b = (x * plan.reference.speed) / SPEED_OF_LIGHT;
      const v = (x * plan.reference.speed) / Math.sqrt(1 + b * b - (plan.reference.speed / SPEED_OF_LIGHT) ** 2);
      const found = kernel.rateAt(x * x) / plan.reference.timeUnit;
      expect(Math.abs(found / exact(v) - 1), `x = ${x}`).toBeLessThan(1e-5);
      expect(
        Math.abs(
          found /
            coulombScatteringRate(
              v,
              { name: 'proton', mass: PROTON, charge: EV },
              [{ species: { name: 'proton', mass: PROTON, charge: EV }, density: 1e19, temperature: 1000 * EV }],
              15,
            ) -
            1,
        ),
      ).toBeLessThan(1e-5);
      // nu_D in place of nu, and the wrong speed
      expect(Math.abs(found / (2 * exact(v)) - 1)).toBeGreaterThan(0.4);
      expect(Math.abs(found / exact(1.02 * v) - 1)).toBeGreaterThan(1e-3);
    }
  });

  /** Share of xi > 0 after nu t = tau from xi = 1: 1/2 + sum over odd l of (2l+1)/2 exp(-l(l+1) tau) times the integral of P_l over 0..1. */
  function forward(tau: number): number {
    let sum = 0.5;
    // integral of P_l over 0..1 for odd l: P_{l-1}(0)/(l+1)... = (P_{l-1}(0) - P_{l+1}(0))/(2l+1)
    let even = 1;
    for (let l = 1; l < 400; l += 2) {
      const next = (-even * l) / (l + 1);
      sum += 0.5 * Math.exp(-l * (l + 1) * tau) * (even - next);
      even = next;
    }
    return sum;
  }

  for (const [name, collisions, nu] of [
    ['a Coulomb background', { rate: coulomb }, exact],
    [
      'nu ∝ v^-3',
      { rate: { law: 'powerLaw', value: '2e4 /s', at: `${thermal} m/s`, index: -3 } },
      (v: number) => 2e4 * (thermal / v) ** 3,
    ],
    [
      'nu ∝ v',
      { rate: { law: 'powerLaw', value: '2e4 /s', at: `${thermal} m/s`, index: 1 } },
      (v: number) => (2e4 * v) / thermal,
    ],
  ] as const) {
    it(`a Maxwellian: every speed decays at its own rate, ${name}`, () => {
      const N = 2 ** 20;
      const time = 0.3 / nu(thermal);
      const run = runHere(ensemble(N, collisions, time));
      const counts = run.tallies.total('local').slice(32);
      let score = 0;
      let wrong = 0;
      for (let bin = 0; bin < 16; bin++) {
        const [low, high] = [0.25 + bin / 8, 0.375 + bin / 8];
        const expected = (rate: (v: number) => number) => {
          let hits = 0;
          let all = 0;
          for (let i = 0; i < 40; i++) {
            const x = low + ((i + 0.5) / 40) * (high - low);
            const weight = x * x * Math.exp(-x * x);
            all += weight;
            hits += weight * forward(rate(x * thermal) * time);
          }
          return hits / all;
        };
        const [back, ahead] = [counts[2 * bin], counts[2 * bin + 1]];
        const reference = expected(nu);
        const found = share(ahead, back + ahead, reference);
        agrees(`E1 ${name} v=${((low + high) / 2).toFixed(3)} vT`, found, reference);
        score += ((found.value - reference) / found.error) ** 2;
        wrong += ((found.value - expected((v) => 1.02 * nu(v))) / found.error) ** 2;
      }
      // all bins together: chi^2 of 16, five standard deviations; 2 % of the rate are far beyond
      expect(score).toBeLessThan(16 + 5 * Math.sqrt(32));
      expect(wrong).toBeGreaterThan(16 + 5 * Math.sqrt(32));
      // the counts in the bins are the Maxwellian's
      const erf = (x: number) => deflectionErf(x);
      const inside = counts.reduce((a, b) => a + b, 0);
      const cdf = (x: number) => erf(x) - (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x);
      const p = cdf(2.25) - cdf(0.25);
      agrees(`E1 ${name} Maxwellian`, share(inside, N, p), p);
      refutes('E1', share(inside, N), cdf(2.25) - cdf(0.25 * 1.2));
    });
  }

  function deflectionErf(x: number): number {
    const n = 2000;
    let sum = 0;
    for (let i = 0; i <= n; i++) sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(-(((x * i) / n) ** 2));
    return (((2 / Math.sqrt(Math.PI)) * x) / (3 * n)) * sum;
  }

  it('speeds that differ by decades move with their own steps: <x^2> of each speed', () => {
    // free flight in the bins of a table of two far speeds: 1e5 and 1e7 m/s
    for (const [speed, other] of [
      [1e5, 1e7],
      [1e7, 1e5],
    ]) {
      const N = 2 ** 15;
      const nuOf = (v: number) => 1e5 * (v / 1e6) ** -1;
      const input = scenario({
        particles: {
          count: N,
          speed: {
            kind: 'table',
            speed: { unit: 'm/s', values: [0.99e5, 1e5, 1.01e5, 0.99e7, 1e7, 1.01e7] },
            density: [0, 1, 0, 0, 0.01, 0],
          },
        },
        field: { kind: 'uniform', B: '1 T', length: '2 m' },
        collisions: { rate: { law: 'powerLaw', value: '1e5 /s', at: '1e6 m/s', index: -1 } },
        boundary: 'none',
        motion: { kind: 'guidingCentre', tolerance: 0.01 },
        times: seconds(2 / nuOf(speed)),
      });
      const plan = planRun(parseScenario(input));
      const p: number[] = [];
      const s: number[] = [];
      runHere(input, (lanes) => {
        p.push(...lanes.p);
        s.push(...lanes.s);
      });
      const mine = (v: number) => Math.abs(v * plan.reference.speed - speed) < 0.05 * speed;
      let n = 0;
      let sum = 0;
      let sum4 = 0;
      p.forEach((v, i) => {
        if (!mine(v)) return;
        const x = (s[i] * plan.reference.lengthUnit * nuOf(v * plan.reference.speed)) / (v * plan.reference.speed);
        n++;
        sum += x * x;
        sum4 += x ** 4;
      });
      const mean = sum / n;
      const found = { value: mean, error: Math.sqrt((sum4 / n - mean * mean) / n), count: n };
      expect(n).toBeGreaterThan(0.4 * N);
      // t nu varies by the triangle's half per cent: its mean square is below the error
      const exactSquare = (t: number) => t / 3 - 1 / 6 + Math.exp(-2 * t) / 6;
      agrees(`speed ${speed} beside ${other}`, found, exactSquare(2));
      refutes('speeds', found, exactSquare(2 * 1.1));
    }
  });
});
