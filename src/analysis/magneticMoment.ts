import { momentumFromSpeed } from '../physics/relativity.js';
import { notes, short, unavailable } from './estimates.js';
import { hasOneRate, isClosed, onlyScattering } from './references.js';
import type { Sample } from './sample.js';
import type { AnalysisScenario, Curve, Estimate } from './types.js';

/** Particles below which a mean over those inside is not given. */
export const FEWEST_INSIDE = 30;

const TIME = { xLabel: 'time', xUnit: 's' } as const;

/** Sums over the bins of the starting mu, at every snapshot. */
export function overBins(sums: Float64Array, snapshots: number): Float64Array {
  const bins = sums.length / snapshots;
  return Float64Array.from({ length: snapshots }, (_, j) => {
    let sum = 0;
    for (let u = 0; u < bins; u++) sum += sums[j * bins + u];
    return sum;
  });
}

/** The sums of one bin of the starting mu, at every snapshot. */
export function ofBin(sums: Float64Array, snapshots: number, bin: number): Float64Array {
  const bins = sums.length / snapshots;
  return Float64Array.from({ length: snapshots }, (_, j) => sums[j * bins + bin]);
}

/** `p^2/(m Bmin)` [J/T] at the reference speed: twice the largest mu there. */
export function momentUnit({ plan }: Sample, scenario: AnalysisScenario): number {
  const { speed, Bmin } = plan.reference;
  const { mass } = scenario.species;
  return momentumFromSpeed(speed, mass) ** 2 / (mass * Bmin);
}

function quotient(sums: Float64Array, counts: Float64Array): Float64Array {
  return sums.map((sum, i) => sum / counts[i]);
}

/**
 * `M = p^2/(m B)` [J/T] of the one speed of a homogeneous run, where the operator in mu is exact; undefined elsewhere.
 * `mu = M (1 - xi^2)/2`, so `D_mumu = 2 nu mu (M - 2 mu)` and `d<mu>/dt = 2 nu (M - 3 mu)`.
 */
export function exactScale(sample: Sample, scenario: AnalysisScenario): number | undefined {
  const { speed, Bmin } = sample.plan.reference;
  if (!sample.plan.reference.oneSpeed || !hasOneRate(sample.plan)) return undefined;
  // with a loss the mean is over survivors, who are not a fair sample
  if (!isClosed(scenario) || !onlyScattering(scenario) || !(speed > 0) || !(Bmin > 0)) return undefined;
  return momentUnit(sample, scenario);
}

/** <mu> of those inside against time [J/T]; reference `M/3 + (<mu0> - M/3) exp(-6 nu t)` where exact. */
export function meanMuCurve(sample: Sample, scenario: AnalysisScenario): Curve {
  const T = sample.times.length;
  const { value, standardError } = sample.jackknife(['mu', 'muCount'], ([mu, count]) =>
    quotient(overBins(mu, T), overBins(count, T)),
  );
  const scale = exactScale(sample, scenario);
  const { nu } = sample.plan.reference;
  return {
    x: sample.times,
    value,
    standardError,
    ...(scale !== undefined && {
      reference: sample.times.map((t) => scale / 3 + (value[0] - scale / 3) * Math.exp(-6 * nu * t)),
    }),
    ...TIME,
    label: '<mu> of those inside',
    unit: 'J/T',
  };
}

/** Variance of mu of those inside against time [J^2/T^2]. */
export function muVariance(sample: Sample): Curve {
  const T = sample.times.length;
  const { value, standardError } = sample.jackknife(['mu', 'mu2', 'muCount'], ([mu, mu2, count]) => {
    const n = overBins(count, T);
    const mean = quotient(overBins(mu, T), n);
    return quotient(overBins(mu2, T), n).map((square, j) => Math.max(0, square - mean[j] ** 2));
  });
  return { x: sample.times, value, standardError, ...TIME, label: 'variance of mu of those inside', unit: 'J^2/T^2' };
}

/** <mu> at the last snapshot with at least 30 inside, and of the initial ensemble [J/T]. */
export function meanMu(sample: Sample, scenario: AnalysisScenario): { final: Estimate; initial: Estimate } {
  const unit = 'J/T';
  const curve = meanMuCurve(sample, scenario);
  const inside = overBins(sample.total('muCount'), sample.times.length);
  const degreesOfFreedom = sample.sizes.length - 1;
  const at = (j: number, label: string, note?: string): Estimate => {
    if (inside[j] < FEWEST_INSIDE) {
      return unavailable(label, unit, `needs ${FEWEST_INSIDE} particles inside, has ${inside[j]}`);
    }
    return {
      value: curve.value[j],
      standardError: curve.standardError[j],
      degreesOfFreedom,
      unit,
      label,
      ...(j > 0 && curve.reference && { reference: curve.reference[j] }),
      note: notes(note, curve.standardError[j] === 0 && 'exact: the same for all particles'),
    };
  };
  let last = inside.length - 1;
  while (last > 0 && inside[last] < FEWEST_INSIDE) last--;
  const atTheEnd = last === 0 || last === inside.length - 1;
  const final = atTheEnd
    ? at(inside.length - 1, '<mu> at the end')
    : at(last, `<mu> at ${short(sample.times[last])} s`, `fewer than ${FEWEST_INSIDE} inside after that`);
  return { final, initial: at(0, '<mu> at the start') };
}

/** <(mu - mu0)^2> of those inside against time, one curve for each bin of the starting mu that has particles [J^2/T^2]. */
export function muSpread(sample: Sample, scenario: AnalysisScenario): Curve[] {
  const T = sample.times.length;
  const edges = sample.plan.axes.muEdges;
  const scale = exactScale(sample, scenario);
  const { nu } = sample.plan.reference;
  const all = sample.jackknife(['dmu2', 'muCount'], ([dmu2, count]) => quotient(dmu2, count));
  return startingBins(sample).map((bin) => ({
    x: sample.times,
    value: ofBin(all.value, T, bin),
    standardError: ofBin(all.standardError, T, bin),
    ...(scale !== undefined && { reference: exactSpread(scale, startingMoments(sample, [bin]), nu, sample.times) }),
    ...TIME,
    label: `<dmu^2>, starting mu ${short(edges[bin])} to ${short(edges[bin + 1])} J/T`,
    unit: 'J^2/T^2',
  }));
}

/** Bins of the starting mu with enough particles for a mean. */
export function startingBins(sample: Sample): number[] {
  const count = sample.total('muCount');
  const bins = sample.width('muCount');
  return Array.from({ length: bins }, (_, u) => u).filter((u) => count[u] >= FEWEST_INSIDE);
}

/** <mu0> and <mu0^2> of some bins of the starting mu. */
export function startingMoments(sample: Sample, bins: readonly number[]): { mean: number; square: number } {
  const sum = (name: string) => bins.reduce((total, bin) => total + sample.total(name)[bin], 0);
  const n = sum('muCount');
  return { mean: sum('mu') / n, square: sum('mu2') / n };
}

/**
 * `<(mu - mu0)^2>` under scattering alone: with `x = xi0^2` and `mu = M (1 - xi^2)/2` the second moment of `xi^2 - x`,
 * from the decay of P_2 as `exp(-6 nu t)` and of P_4 as `exp(-20 nu t)`.
 */
function exactSpread(
  scale: number,
  start: { mean: number; square: number },
  nu: number,
  times: Float64Array,
): Float64Array {
  const x = 1 - (2 * start.mean) / scale;
  const x2 = 1 - (4 * start.mean) / scale + (4 * start.square) / scale ** 2;
  const p2 = 1.5 * x - 0.5;
  const p4 = 4.375 * x2 - 3.75 * x + 0.375;
  return times.map((t) => {
    const e2 = Math.exp(-6 * nu * t);
    const e4 = Math.exp(-20 * nu * t);
    const fourth = 1 / 5 + (4 / 7) * p2 * e2 + (8 / 35) * p4 * e4;
    const cross = x / 3 + (x2 - x / 3) * e2;
    return (scale ** 2 / 4) * (fourth - 2 * cross + x2);
  });
}
