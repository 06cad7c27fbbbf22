/** Are quoted errors right? Many synthetic runs of one case, their estimates against what is exactly true. */
import { estimate } from '../../src/analysis/estimate.js';
import { interval } from '../../src/analysis/estimates.js';
import type { Estimate, Estimates } from '../../src/analysis/types.js';
import { Chain, MOMENT_SCALE } from './chain.js';

export interface CalibrationCase {
  name: string;
  chain: Chain;
  /** Particles of each group. */
  sizes: number[];
  truths: { name: string; of: (estimates: Estimates) => Estimate; truth: number }[];
}

export interface Calibration {
  name: string;
  runs: number;
  /** Runs in which the data allowed an estimate. */
  given: number;
  /** Fraction of the 95 % intervals that hold the truth. */
  coverage: number;
  /** The same of intervals by errors that are a third too small. */
  narrow: number;
  /** Spread of the estimates over the root mean square of the quoted errors. */
  spread: number;
  /** Mean of the estimates, and its standard error by their spread. */
  mean: number;
  error: number;
  truth: number;
}

const uniform = (from: number, to: number, n: number) =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));

/** The cases: a closed beam; loss from a cone, from a spread, a narrow and a lopsided start; a leaking cone, also as part of a run. */
export function calibrationCases(perGroup = 40): CalibrationCase[] {
  const nu = 1000;
  const sizes = new Array<number>(32).fill(perGroup);
  const closed = new Chain({
    bins: 24,
    nu,
    times: uniform(0, 6e-4, 25),
    cone: null,
    start: (xi) => (xi > 0.8 ? 1 : 0),
    muBins: 3,
  });
  const cases: CalibrationCase[] = [
    {
      name: 'closed beam',
      chain: closed,
      sizes,
      truths: [
        { name: 'isotropisation', of: (e) => e.isotropisationRate, truth: 6 * nu },
        { name: 'decay of P1', of: (e) => e.legendreRates[1], truth: 2 * nu },
        { name: 'D_mumu', of: (e) => e.dMuMu, truth: closed.diffusion() },
        { name: 'drift of mu', of: (e) => e.muDrift, truth: closed.drift() },
        { name: 'Tperp - Tpar', of: (e) => e.pressureRate, truth: 6 * nu },
        { name: 'D_xixi', of: (e) => e.dXiXi, truth: closed.pitch().diffusion },
        { name: 'drift of xi', of: (e) => e.xiDrift, truth: closed.pitch().drift },
        {
          name: 'final <mu>',
          of: (e) => e.meanMu,
          truth: (2 / 3) * MOMENT_SCALE - (closed.drift() / (6 * nu)) * Math.exp(-6 * nu * 6e-4),
        },
      ],
    },
  ];
  const open = (name: string, edge: number, leak: number, until: number, start: (xi: number) => number, n = sizes) => {
    const chain = new Chain({ bins: 20, nu, times: uniform(0, until, 41), cone: { edge, leak }, start });
    const { rate } = chain.slowest();
    cases.push({
      name,
      chain,
      sizes: n,
      truths: [
        { name: 'loss rate', of: (e) => e.lossRate, truth: rate },
        { name: 'confinement time', of: (e) => e.confinementTime, truth: chain.meanLossTime() },
        ...(leak < Infinity
          ? [{ name: 'trapped fraction', of: (e: Estimates) => e.trappedFraction, truth: chain.trapped() }]
          : []),
        {
          name: 'lost right',
          of: (e) => e.fates.lostRight,
          truth: chain.lostRight(),
        },
        { name: 'survival half-way', of: (e) => point(e.survival, 20), truth: chain.inside(20) },
      ],
    });
  };
  open('cone, spread start', 0.8, Infinity, 1e-3, (xi) => (Math.abs(xi) < 0.8 ? 1 - xi * xi : 0));
  open('cone, narrow start', 0.9, Infinity, 2e-3, (xi) => (Math.abs(xi) < 0.11 ? 1 : 0));
  open('cone, lopsided start', 0.8, Infinity, 1.5e-3, (xi) => (xi > 0.55 && xi < 0.79 ? 1 : 0));
  open('leaking cone, all pitches', 0.7, 3 * nu, 3e-3, () => 1);
  open(
    'leaking cone, part of a run',
    0.7,
    3 * nu,
    3e-3,
    () => 1,
    sizes.map((n, g) => (g % 8 === 7 ? 0 : g % 3 === 0 ? 2 * n : n)),
  );
  return cases;
}

function point(curve: Estimates['survival'], j: number): Estimate {
  return { value: curve.value[j], standardError: curve.standardError[j], unit: curve.unit, label: curve.label };
}

/** Runs a case with seeds 1 .. runs. */
export function calibrate(one: CalibrationCase, runs: number): Calibration[] {
  const plan = one.chain.plan();
  const scenario = one.chain.scenario();
  const found = one.truths.map(() => ({ values: [] as number[], errors: [] as number[], covered: 0, narrow: 0 }));
  for (let seed = 1; seed <= runs; seed++) {
    const estimates = estimate(scenario, plan, one.chain.run(seed, one.sizes));
    one.truths.forEach(({ of, truth }, k) => {
      const result = of(estimates);
      if (!Number.isFinite(result.value)) return;
      const holds = (part: number) => {
        const [low, high] = interval({ ...result, standardError: part * result.standardError });
        return low <= truth && truth <= high;
      };
      found[k].values.push(result.value);
      found[k].errors.push(result.standardError);
      if (holds(1)) found[k].covered++;
      if (holds(2 / 3)) found[k].narrow++;
    });
  }
  return one.truths.map(({ name, truth }, k) => {
    const { values, errors, covered, narrow } = found[k];
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
    const quoted = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    return {
      name: `${one.name}: ${name}`,
      runs,
      given: values.length,
      coverage: covered / values.length,
      narrow: narrow / values.length,
      spread: spread / quoted,
      mean,
      error: spread / Math.sqrt(values.length),
      truth,
    };
  });
}
