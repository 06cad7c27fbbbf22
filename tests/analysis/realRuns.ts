/**
 * Are quoted errors right on runs of the engine itself? Many small runs with different seeds, their estimates against
 * exact theory where there is some, against the mean of all of them where there is none.
 */
import { estimate } from '../../src/analysis/estimate.js';
import { interval } from '../../src/analysis/estimates.js';
import { averageOverPitch } from '../../src/analysis/references.js';
import type { Curve, Estimate, Estimates } from '../../src/analysis/types.js';
import { Tallies } from '../../src/engine/tallies.js';
import { BlockRunner } from '../../src/kernel/index.js';
import { lossEigenvalue, meanLossTime } from '../../src/physics/index.js';
import { blocksOfGroup, type Plan, planRun } from '../../src/plan/plan.js';
import { parseScenario } from '../../src/scenario/parse.js';
import type { Scenario, ScenarioInput } from '../../src/scenario/schema.js';

export interface Quantity {
  readonly name: string;
  readonly of: (estimates: Estimates) => Estimate;
  /** Exact theory; the mean of all runs without it. */
  readonly truth?: (plan: Plan) => number;
}

export interface RealCase {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly quantities: readonly Quantity[];
}

export interface RealCalibration {
  readonly name: string;
  readonly runs: number;
  /** Runs in which the data allowed an estimate. */
  readonly given: number;
  readonly mean: number;
  readonly reference: number;
  /** Whether the reference is exact theory. */
  readonly exact: boolean;
  /** (mean - reference) in standard errors of the mean; 0 where the reference is the mean. */
  readonly bias: number;
  /** Spread of the estimates over the root mean square of the quoted errors. */
  readonly spread: number;
  /** Share of the 95 % intervals that hold the reference. */
  readonly coverage: number;
  /** The same of intervals by errors of half the size. */
  readonly narrow: number;
  /** Share of the fits whose p-value is below 5 %; NaN where there is none. */
  readonly surprised: number;
}

const axes = { speed: { bins: 1 }, xi: { bins: 64 }, s: { bins: 16 }, mu: { bins: 8 }, lossTime: { bins: 20 } };
const base = { species: 'proton', field: { kind: 'uniform', B: '0.5 T', length: '2 m' }, tallies: axes };
const own = (name: keyof Estimates, label: string, truth?: Quantity['truth']): Quantity => ({
  name: label,
  of: (estimates) => estimates[name] as Estimate,
  truth,
});
/** The reference that the estimate itself carries. */
const carried = (name: keyof Estimates, label: string): Quantity => ({
  name: label,
  of: (estimates) => estimates[name] as Estimate,
  truth: () => NaN,
});
const diffusion = [
  carried('dMuMu', 'D_mumu'),
  carried('muDrift', 'drift of mu'),
  carried('dXiXi', 'D_xixi'),
  carried('xiDrift', 'drift of xi'),
];
/** One point of a curve, by a jackknife over 32 groups or of counted particles; its own reference, or the mean of all runs. */
const point = (
  label: string,
  curve: (estimates: Estimates) => Curve,
  at: (curve: Curve) => number,
  { exact = false, counted = false } = {},
): Quantity => ({
  name: label,
  of: (estimates) => {
    const { value, standardError, reference, unit, ...rest } = curve(estimates);
    const j = at({ value, standardError, reference, unit, ...rest });
    return {
      value: value[j] ?? NaN,
      standardError: standardError[j],
      unit,
      label,
      ...(reference && { reference: reference[j] }),
      ...(!counted && { degreesOfFreedom: 31 }),
    };
  },
  ...(exact && { truth: () => NaN }),
});
const half = ({ x }: Curve) => Math.floor(x.length / 2);
const quartiles = (exact: boolean): Quantity[] =>
  ['first quartile of loss times', 'median loss time', 'third quartile of loss times'].map((name, k) => ({
    name,
    of: (e) => e.lossTimeQuartiles[k],
    ...(exact && { truth: () => NaN }),
  }));

/**
 * A closed beam, a closed Maxwellian, a square well with two cones, mirrors with throats under weak and medium scattering,
 * one with many speeds, relativistic particles between reflecting ends, speeds that scatter at different rates and are lost so.
 */
export const realCases: readonly RealCase[] = [
  {
    name: 'closed beam',
    input: {
      ...base,
      particles: { count: 2048, speed: '10 keV', pitch: { kind: 'beam', halfAngle: '30 deg' } },
      collisions: { rate: '1e3 /s' },
      boundary: 'none',
      motion: 'homogeneous',
      times: { count: 24, collisionTimes: 0.6 },
    },
    quantities: [
      own('isotropisationRate', 'isotropisation (closed)', ({ reference }) => 6 * reference.nu),
      { name: 'decay of P1', of: (e) => e.legendreRates[1], truth: ({ reference }) => 2 * reference.nu },
      { name: 'decay of P3', of: (e) => e.legendreRates[3], truth: ({ reference }) => 12 * reference.nu },
      own('pressureRate', 'Tperp - Tpar', ({ reference }) => 6 * reference.nu),
      ...diffusion,
      point(
        'D_xixi against xi',
        (e) => e.dXiXiCurve,
        ({ x }) => x.length - 1,
        { exact: true },
      ),
      point('Tperp half-way', (e) => e.perpendicularTemperature, half),
    ],
  },
  {
    name: 'Maxwellian, closed',
    input: {
      ...base,
      particles: { count: 2048, temperature: '10 keV', pitch: { kind: 'beam', halfAngle: '45 deg' } },
      tallies: { ...axes, speed: { bins: 8 } },
      collisions: { rate: '1e3 /s' },
      boundary: 'none',
      motion: 'homogeneous',
      times: { count: 24, collisionTimes: 0.4 },
    },
    quantities: [
      own('isotropisationRate', 'isotropisation (closed)', ({ reference }) => 6 * reference.nu),
      own('pressureRate', 'Tperp - Tpar', ({ reference }) => 6 * reference.nu),
      carried('dXiXi', 'D_xixi'),
      carried('xiDrift', 'drift of xi'),
      own('dMuMu', 'D_mumu'),
      own('meanMu', 'final <mu>'),
    ],
  },
  {
    name: 'square well, R = 5',
    input: {
      ...base,
      particles: { count: 4096, speed: '10 keV', pitch: { kind: 'pancake', power: 12, only: 'trapped' } },
      collisions: { rate: '1e3 /s' },
      boundary: { kind: 'cone', ratio: 5 },
      motion: 'homogeneous',
      times: { count: 100, collisionTimes: 2 },
    },
    quantities: [
      carried('lossRate', 'loss rate'),
      carried('confinementTime', 'confinement time'),
      own(
        'isotropisationRate',
        'isotropisation (open)',
        ({ reference }) => (lossEigenvalue(5, 2) - lossEigenvalue(5, 0)) * reference.nu,
      ),
      { name: 'approach of P4', of: (e) => e.legendreRates[4], truth: () => NaN },
      ...diffusion,
      ...quartiles(true),
      point('not lost half-way', (e) => e.kaplanMeier, half, { exact: true, counted: true }),
      point('hazard half-way', (e) => e.hazard, half, { exact: true, counted: true }),
      point('losses to the left half-way', ({ lossTimesBySide: [left] }) => left, half, { counted: true }),
      point(
        'f near the edge',
        (e) => e.coneEdge,
        () => 8,
        { exact: true },
      ),
      point('D_xixi against xi', (e) => e.dXiXiCurve, half, { exact: true }),
    ],
  },
  {
    name: 'speeds 0.5 to 2, nu ~ v^-3',
    input: {
      ...base,
      particles: {
        count: 4096,
        speed: { kind: 'shell', from: '5e5 m/s', to: '2e6 m/s' },
        pitch: { kind: 'pancake', power: 12, only: 'trapped' },
      },
      tallies: { ...axes, speed: { bins: 32 } },
      collisions: { rate: { law: 'powerLaw', value: '1e3 /s', at: '1e6 m/s', index: -3 } },
      boundary: { kind: 'cone', ratio: 5 },
      motion: 'homogeneous',
      times: { count: 50, until: '4 ms' },
    },
    quantities: [
      own('lossRate', 'mean loss rate of those left'),
      own('confinementTime', 'confinement time', ({ reference }) => {
        const [a, b] = [0.5, 2];
        const slower = (b ** 6 - a ** 6) / (2 * (b ** 3 - a ** 3));
        const pitch = { kind: 'pancake', power: 12, only: 'trapped' } as const;
        return slower * averageOverPitch(pitch, reference.mirrorRatio, (xi) => meanLossTime(5, xi, 1e3));
      }),
    ],
  },
  {
    name: 'mirror, nu L/v = 0.1',
    input: {
      ...base,
      particles: { count: 4096, speed: '10 keV', pitch: { kind: 'pancake', power: 2 } },
      field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
      collisions: { strength: 0.1 },
      boundary: 'throat',
      times: { count: 50, collisionTimes: 2 },
    },
    quantities: [
      own('lossRate', 'loss rate'),
      own('confinementTime', 'confinement time'),
      own('isotropisationRate', 'isotropisation (open)'),
      own('filling', 'filling'),
      carried('trappedFraction', 'trapped fraction'),
      own('pressureRate', 'Tperp - Tpar'),
      ...diffusion,
      ...quartiles(false),
      point('hazard half-way', (e) => e.hazard, half, { counted: true }),
      point(
        'f in the cone',
        (e) => e.coneEdge,
        () => 20,
      ),
      point('D_xixi against xi', (e) => e.dXiXiCurve, half, { exact: true }),
      point('drift of xi against xi', (e) => e.xiDriftCurve, half, { exact: true }),
    ],
  },
  {
    name: 'mirror, many speeds, nu ~ v^-3',
    input: {
      ...base,
      particles: { count: 4096, temperature: '10 keV', pitch: { kind: 'pancake', power: 2 } },
      field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
      collisions: { rate: { law: 'powerLaw', value: '7e4 /s', at: '1.4e6 m/s', index: -3 } },
      boundary: 'throat',
      times: { count: 8, collisionTimes: 0.3 },
    },
    quantities: [
      ...diffusion,
      point('D_xixi against xi', (e) => e.dXiXiCurve, half, { exact: true }),
      point('drift of xi against xi', (e) => e.xiDriftCurve, half, { exact: true }),
      point(
        'D_mumu against mu',
        (e) => e.dMuMuCurve,
        () => 1,
        { exact: true },
      ),
      point(
        'drift of mu against mu',
        (e) => e.muDriftCurve,
        () => 1,
        { exact: true },
      ),
    ],
  },
  {
    name: 'relativistic, reflecting mirror',
    input: {
      ...base,
      particles: { count: 4096, energy: '2 GeV', pitch: { kind: 'pancake', power: 2 } },
      field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
      collisions: { strength: 0.3 },
      boundary: 'reflecting',
      times: { count: 16, collisionTimes: 0.4 },
    },
    quantities: [
      ...diffusion,
      point('D_xixi against xi', (e) => e.dXiXiCurve, half, { exact: true }),
      point('D_mumu against mu', (e) => e.dMuMuCurve, half, { exact: true }),
      point('drift of mu against mu', (e) => e.muDriftCurve, half, { exact: true }),
    ],
  },
  {
    name: 'flux tube, nu L/v = 1',
    input: {
      ...base,
      particles: { count: 4096, speed: '10 keV', pitch: 'isotropic', place: 'fluxTube' },
      field: { kind: 'parabolic', B: '0.5 T', ratio: 5, length: '2 m' },
      collisions: { strength: 1 },
      boundary: 'throat',
      times: { count: 50, collisionTimes: 5 },
    },
    quantities: [
      own('lossRate', 'loss rate'),
      own('confinementTime', 'confinement time'),
      own('filling', 'filling'),
      ...diffusion,
      ...quartiles(false).slice(0, 2),
      point(
        'f in the cone',
        (e) => e.coneEdge,
        () => 20,
      ),
    ],
  },
];

/** One run in this process. */
export function runSeed(module: WebAssembly.Module, input: Record<string, unknown>, seed: number) {
  const scenario: Scenario = parseScenario({ name: 'coverage', ...input, seed } as ScenarioInput);
  const plan = planRun(scenario);
  const runner = new BlockRunner(module, plan);
  const tallies = new Tallies(plan.tallies, plan.groups);
  for (let group = 0; group < plan.groups; group++) {
    for (const block of blocksOfGroup(plan, group)) for (const _ of runner.runBlock(block));
    tallies.add(group, runner.collect());
  }
  return { scenario, plan, tallies };
}

/** Runs a case with seeds from `first`; `progress` is told of every run. */
export function calibrateReal(
  module: WebAssembly.Module,
  { name, input, quantities }: RealCase,
  runs: number,
  progress: (done: number) => void = () => {},
  first = 1,
): RealCalibration[] {
  const found: Estimate[][] = quantities.map(() => []);
  let plan: Plan | undefined;
  for (let seed = first; seed < first + runs; seed++) {
    const run = runSeed(module, input, seed);
    // one plan for all, which differ in their seed alone: its theory is worked out once
    plan ??= run.plan;
    const estimates = estimate(run.scenario, plan, run.tallies);
    quantities.forEach(({ of }, k) => {
      const one = of(estimates);
      if (Number.isFinite(one.value)) found[k].push(one);
    });
    progress(seed - first + 1);
  }
  return quantities.map((quantity, k) => {
    const all = found[k];
    const n = all.length;
    const mean = all.reduce((sum, { value }) => sum + value, 0) / n;
    const variance = all.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (n - 1);
    const quoted = all.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / n;
    const exact = quantity.truth !== undefined;
    const truth = quantity.truth?.(plan!) ?? mean;
    // a carried reference belongs to its own run: what is started is random
    const referenceOf = (one: Estimate) => (Number.isNaN(truth) ? (one.reference ?? NaN) : truth);
    const reference = all.reduce((sum, one) => sum + referenceOf(one), 0) / n;
    const deviations = all.map((one) => one.value - referenceOf(one));
    const off = deviations.reduce((sum, x) => sum + x, 0) / n;
    const scatter = deviations.reduce((sum, x) => sum + (x - off) ** 2, 0) / (n - 1);
    const held = (part: number) =>
      all.filter((one) => {
        const [low, high] = interval({ ...one, standardError: part * one.standardError });
        return low <= referenceOf(one) && referenceOf(one) <= high;
      }).length / n;
    return {
      name: `${name}: ${quantity.name}`,
      runs,
      given: n,
      mean,
      reference,
      exact,
      bias: off / Math.sqrt(scatter / n),
      spread: Math.sqrt((exact ? scatter : variance) / quoted),
      coverage: held(1),
      narrow: held(0.5),
      surprised: surprisedShare(all),
    };
  });
}

function surprisedShare(all: readonly Estimate[]): number {
  const values = all.flatMap(({ fit }) => fit?.pValue ?? []);
  return values.filter((p) => p < 0.05).length / values.length;
}
