/** Kicks of mu, (mu - mu0)/mu0 of single particles, by how they started, each number with its standard error. */
import type { OrbitPlan } from '../../plan/orbits/plan.js';
import { jackknife, type Sums } from '../jackknife.js';
import { FEWEST_INSIDE } from '../magneticMoment.js';
import type { Curve, Estimate, TallyReader } from '../types.js';

export interface KickEstimates {
  /** <kick> and root of <kick^2> of those inside at the last snapshot; a kick of more than 64 counts as 64. */
  readonly meanKick: Estimate;
  readonly rmsKick: Estimate;
  /** Root of <kick^2> of those inside, against time. */
  readonly kickSpread: Curve;
  /** <kick> and root of <kick^2> at the last snapshot against the starting gyrophase [turns]. */
  readonly kickByPhase: Curve;
  readonly kickSpreadByPhase: Curve;
  /** The same against the starting pitch cosine. */
  readonly kickByPitch: Curve;
  readonly kickSpreadByPitch: Curve;
  /** Share of those inside at the last snapshot against their kick, an octave of it; and of those lost, when they were. */
  readonly kickDistribution: Curve;
  readonly lostKickDistribution: Curve;
}

const total = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0);

/** Mean and root of the mean square of each row of this width; NaN where too few have one. */
function moments([count, first, second, small]: Sums, width: number): { mean: Float64Array; rms: Float64Array } {
  const rows = count.length / width;
  const of = (values: Float64Array, j: number) => total(values.subarray(j * width, (j + 1) * width));
  const enough = Float64Array.from({ length: rows }, (_, j) => {
    const n = of(count, j);
    return n >= FEWEST_INSIDE ? n : NaN;
  });
  return {
    mean: enough.map((n, j) => of(first, j) / n),
    rms: enough.map((n, j) => Math.sqrt((of(second, j) + of(small, j)) / n)),
  };
}

/** No number without an error: one group more, and there would be none. */
function withErrors<T extends { readonly value: Float64Array; readonly standardError: Float64Array }>(found: T): T {
  return { ...found, value: found.value.map((x, i) => (Number.isNaN(found.standardError[i]) ? NaN : x)) };
}

/** What the kicks of a run of full orbits say. */
export function estimateKicks(plan: OrbitPlan, tallies: TallyReader): KickEstimates {
  const { times, phaseEdges, startXiEdges, kickEdges } = plan.axes;
  const T = times.length;
  const groups = Array.from({ length: plan.groups }, (_, g) => g);
  const sizes = groups.map((g) => tallies.group('inside', g)[0]);
  /** Jackknifed sums, of the last snapshot or of all. */
  const over = (names: readonly string[], last: boolean, estimator: (sums: Sums) => Float64Array) => {
    const pick = (values: Float64Array) => (last ? values.subarray(((T - 1) * values.length) / T) : values);
    return jackknife(
      names.map((name) => pick(tallies.total(name))),
      groups.map((g) => names.map((name) => pick(tallies.group(name, g)))),
      sizes,
      estimator,
    );
  };
  const sums = (prefix: string) => ['Count', '', '2', '2Small'].map((part) => `${prefix}${part}`);
  const middles = (edges: Float64Array) =>
    Float64Array.from({ length: edges.length - 1 }, (_, i) => (edges[i] + edges[i + 1]) / 2);
  const by = (which: 'mean' | 'rms', prefix: string, edges: Float64Array, xLabel: string): Curve => {
    const { value, standardError } = withErrors(over(sums(prefix), true, (found) => moments(found, 1)[which]));
    const label = `${which === 'mean' ? 'mean' : 'rms'} of (mu - mu0)/mu0`;
    return { x: middles(edges), value, standardError, xLabel, xUnit: '1', label, unit: '1' };
  };
  const phases = phaseEdges.length - 1;
  const spread = withErrors(over(sums('kickPhase'), false, (found) => moments(found, phases).rms));
  const whole = over(sums('kickPhase'), true, (found) => {
    const { mean, rms } = moments(found, phases);
    return Float64Array.of(mean[0], rms[0]);
  });
  /** Quanta of what is counted: kicks that are smaller are not seen. */
  const quantum = (name: string) => plan.tallies.find((spec) => spec.name === name)?.quantum ?? 0;
  const unseen = [
    quantum('kickPhase') / 2,
    Math.sqrt(whole.value[1] ** 2 + quantum('kickPhase2Small') / 2) - whole.value[1],
  ];
  const number = (i: 0 | 1, label: string): Estimate => ({
    value: whole.value[i],
    standardError: Math.hypot(whole.standardError[i], unseen[i]),
    degreesOfFreedom: whole.degreesOfFreedom,
    unit: '1',
    label,
    ...(Number.isNaN(whole.value[i]) && { note: `needs ${FEWEST_INSIDE} particles with a mu of their own inside` }),
  });
  const octave = Math.round((kickEdges.length / 2 - 1) / Math.log2(-kickEdges[0] / kickEdges[kickEdges.length / 2]));
  const shares = (name: string, last: boolean, label: string): Curve => {
    const { value, standardError } = over([name], last, ([counts]) => {
      const all = total(counts);
      return counts.map((n, i) => (n / all) * (2 * i + 1 === counts.length ? 1 : octave));
    });
    return { x: kickMiddles(kickEdges), value, standardError, xLabel: '(mu - mu0)/mu0', xUnit: '1', label, unit: '1' };
  };
  const byPhase = 'starting gyrophase in turns';
  const byPitch = 'starting pitch cosine';
  return {
    meanKick: number(0, 'mean kick of mu, (mu - mu0)/mu0 of each, of those inside at the end'),
    rmsKick: number(1, 'rms kick of mu, of (mu - mu0)/mu0 of each, of those inside at the end'),
    kickSpread: {
      x: times,
      value: spread.value,
      standardError: spread.standardError,
      xLabel: 'time',
      xUnit: 's',
      label: 'rms of (mu - mu0)/mu0 of those inside',
      unit: '1',
    },
    kickByPhase: by('mean', 'kickPhase', phaseEdges, byPhase),
    kickSpreadByPhase: by('rms', 'kickPhase', phaseEdges, byPhase),
    kickByPitch: by('mean', 'kickPitch', startXiEdges, byPitch),
    kickSpreadByPitch: by('rms', 'kickPitch', startXiEdges, byPitch),
    kickDistribution: shares('kick', true, 'share of those inside at the end, an octave of |mu - mu0|/mu0'),
    lostKickDistribution: shares('lostKick', false, 'share of those lost, an octave of |mu - mu0|/mu0'),
  };
}

/** Geometric middles of the bins of kicks; 0 of the one for all that are smaller. */
function kickMiddles(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) =>
    edges[i] * edges[i + 1] > 0 ? Math.sign(edges[i]) * Math.sqrt(edges[i] * edges[i + 1]) : 0,
  );
}
