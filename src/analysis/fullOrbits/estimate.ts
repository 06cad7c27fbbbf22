/** What the tallies of full orbits say, each number with its standard error. */
import type { OrbitPlan } from '../../plan/orbits/plan.js';
import { short, withoutBareNumbers } from '../estimates.js';
import { jackknife } from '../jackknife.js';
import type { Curve, Estimate, TallyReader } from '../types.js';
import { diffusionOfMoment, growthOf } from './growth.js';
import { estimateKicks, type KickEstimates } from './kicks.js';
import { estimateResonances, type ResonanceEstimates } from './resonances.js';

export interface OrbitEstimates extends KickEstimates {
  /** Of each wave along a uniform field, in their order; none for other fields. */
  readonly resonances: readonly ResonanceEstimates[];
  /** <mu> of those inside at the start and at the last snapshot [J/T], at the guiding centre with the first-order term. */
  readonly meanMuStart: Estimate;
  readonly meanMuEnd: Estimate;
  /** <mu - mu0> and root of <(mu - mu0)^2> of those inside at the last snapshot, over <mu0> of all; and the root of the raw mu. */
  readonly muChange: Estimate;
  readonly rmsMuChange: Estimate;
  readonly rawRmsMuChange: Estimate;
  /** Mean kinetic energy at the start, and that of those inside at the last snapshot less it [J]. */
  readonly meanEnergyStart: Estimate;
  readonly energyChange: Estimate;
  /** Median of epsilon where the particles are, at the start and at the last snapshot. */
  readonly epsilonStart: Estimate;
  readonly epsilonEnd: Estimate;
  /** <mu> of those inside against time, at the guiding centre with the first-order term. */
  readonly meanMu: Curve;
  /** The same of the raw mu, pPerp^2/(2 m B) at the particle itself. */
  readonly rawMeanMu: Curve;
  /** Root of <(mu - mu0)^2> over <mu0>, against time: with the first-order term, and of the raw mu. */
  readonly muSpread: Curve;
  readonly rawMuSpread: Curve;
  /** Half the growth of <(mu - mu0)^2> from the second snapshot on, where it is that of diffusion [J^2/T^2/s]. */
  readonly dMuMu: Estimate;
  /** Mean kinetic energy of those inside [J]. */
  readonly meanEnergy: Curve;
  /** Variance of the guiding centre's x, y and z against time [m^2]. */
  readonly spread: readonly [Curve, Curve, Curve];
  /** dN/dlog2(mu/mu0) at the last snapshot, of all that are inside. */
  readonly muRatio: Curve;
  /** The same of those that were lost, when they were. */
  readonly lostMuRatio: Curve;
  /** Share of the particles that ended so. */
  readonly fates: Readonly<Record<OrbitFate, Estimate>>;
  /** Median of epsilon where the particles are, against time. */
  readonly epsilon: Curve;
}

/** The fates by name, in the order of `ORBIT_FATES` of the plan. */
export const orbitFates = [
  'confined',
  'lostLowZ',
  'lostHighZ',
  'timeLimit',
  'fault',
  'lostInside',
  'lostOutside',
] as const;
export type OrbitFate = (typeof orbitFates)[number];

const fateLabels: Readonly<Record<OrbitFate, string>> = {
  confined: 'confined for good',
  lostLowZ: 'lost at low z',
  lostHighZ: 'lost at high z',
  timeLimit: 'inside at the end',
  fault: 'numerical fault',
  lostInside: 'lost inside',
  lostOutside: 'lost outside',
};

const sum = (values: Float64Array, from: number, to: number) => {
  let all = 0;
  for (let i = from; i < to; i++) all += values[i];
  return all;
};

/** The estimates of a run of full orbits, or of any part of it. */
export function estimateOrbits(plan: OrbitPlan, tallies: TallyReader): OrbitEstimates {
  return withoutBareNumbers(orbitNumbers(plan, tallies));
}

/** The same with the numbers that have no error. */
export function orbitNumbers(plan: OrbitPlan, tallies: TallyReader): OrbitEstimates {
  const { times } = plan.axes;
  const T = times.length;
  const sizes = Array.from({ length: plan.groups }, (_, g) => tallies.group('inside', g)[0]);
  const members = sizes.map((_, g) => g).filter((g) => sizes[g] > 0);
  const groups = members.map((g) => sizes[g]);
  const over = (names: readonly string[], estimator: (sums: readonly Float64Array[], n: number) => Float64Array) =>
    jackknife(
      names.map((name) => tallies.total(name)),
      members.map((g) => names.map((name) => tallies.group(name, g))),
      groups,
      estimator,
    );
  const curve = (
    label: string,
    unit: string,
    found: { readonly value: Float64Array; readonly standardError: Float64Array },
    x: Float64Array = times,
    xLabel = 'time',
    xUnit = 's',
  ): Curve => ({ x, value: found.value, standardError: found.standardError, xLabel, xUnit, label, unit });
  /** Sum over all other axes at each time. */
  const byTime = (values: Float64Array) => {
    const width = values.length / T;
    return Float64Array.from({ length: T }, (_, j) => sum(values, j * width, (j + 1) * width));
  };
  const mean = (name: string, label: string, unit: string) =>
    curve(
      label,
      unit,
      over([name, 'inside'], ([values, inside]) => byTime(values).map((value, j) => value / inside[j])),
    );
  const spread = (prefix: string, label: string) => {
    const quantum = plan.tallies.find(({ name }) => name === `${prefix}dmu2`)?.quantum ?? 0;
    const found = over([`${prefix}dmu2`, `${prefix}mu`, 'inside'], ([squares, mus, inside]) => {
      const start = byTime(mus)[0] / inside[0];
      return Float64Array.from([
        ...byTime(squares).map((square, j) => Math.sqrt(square / inside[j]) / start),
        // a change whose square is below the quantum of the sum is not seen
        ...byTime(squares).map(
          (square, j) => (Math.sqrt(square / inside[j] + quantum) - Math.sqrt(square / inside[j])) / start,
        ),
      ]);
    });
    const unseen = found.value.subarray(T);
    const standardError = found.standardError.subarray(0, T).map((error, j) => Math.hypot(error, unseen[j]));
    return curve(label, '1', { value: found.value.subarray(0, T), standardError });
  };
  const variance = (axis: 0 | 1 | 2) =>
    curve(
      `variance of the guiding centre's ${'xyz'[axis]}`,
      'm^2',
      over(['shift', 'shift2', 'inside'], ([first, second, inside]) =>
        inside.map((n, j) => {
          const shift = first[3 * j + axis] / n;
          return second[3 * j + axis] / n - shift * shift;
        }),
      ),
    );
  const middles = (edges: Float64Array) =>
    Float64Array.from({ length: edges.length - 1 }, (_, i) => (edges[i] + edges[i + 1]) / 2);
  const { ratioEdges, epsilonEdges } = plan.axes;
  const bins = ratioEdges.length - 1;
  const width = ratioEdges[1] - ratioEdges[0];
  const shape = (name: string, from: number) =>
    over([name], ([counts]) => {
      const row = counts.slice(from, from + bins);
      const all = sum(row, 0, bins);
      return row.map((n) => n / all / width);
    });
  const ratio = (name: string, from: number, label: string) =>
    curve(label, '1', shape(name, from), middles(ratioEdges), 'log2(mu/mu0)', '1');
  const growth = over(['dmu2', 'inside'], ([squares, inside]) =>
    growthOf(
      times,
      byTime(squares).map((square, j) => square / inside[j]),
    ),
  );
  // A median is known no better than where it lies in its bin, whatever the groups say.
  const inBin = 2 ** ((epsilonEdges[1] - epsilonEdges[0]) / Math.sqrt(12)) - 1;
  const found = over(['epsilon'], ([counts]) => {
    const E = epsilonEdges.length - 1;
    return Float64Array.from({ length: T }, (_, j) => medianOf(counts.subarray(j * E, (j + 1) * E), epsilonEdges));
  });
  const median = {
    ...found,
    standardError: found.standardError.map((error, j) => Math.hypot(error, inBin * found.value[j])),
  };
  const epsilonAt = (j: number, label: string): Estimate => {
    const E = epsilonEdges.length - 1;
    const counts = tallies.total('epsilon').subarray(j * E, (j + 1) * E);
    const [bound, edge] = counts[0] > counts[E - 1] ? ['below', epsilonEdges[1]] : ['above', epsilonEdges[E - 1]];
    return {
      ...estimateAt(median, j, label, '1'),
      ...(Number.isNaN(median.value[j]) && { note: `${bound} ${short(2 ** edge)}, where it is no longer counted` }),
    };
  };
  const ends = over(['energy', 'inside'], ([energies, inside]) => {
    const start = energies[0] / inside[0];
    return Float64Array.of(start, energies[T - 1] / inside[T - 1] - start);
  });
  // Below it a difference of two means is rounding.
  const rounding = 2 ** -51 * Math.abs(ends.value[0]);
  const energyChange = estimateAt(ends, 1, 'change of the mean energy, of those inside at the end', 'J');
  const mus = over(['mu', 'dmu', 'inside'], ([values, changes, inside]) => {
    const all = byTime(values);
    const start = all[0] / inside[0];
    return Float64Array.of(
      start,
      all[T - 1] / inside[T - 1],
      sum(changes, ((T - 1) * changes.length) / T, changes.length) / inside[T - 1] / start,
    );
  });
  const muSpread = spread('', 'rms change of mu over its mean at the start');
  const rawMuSpread = spread('raw ', 'rms change of the raw mu over its mean at the start');
  /** A number whose square is a sum of fixed point: what is smaller than a quantum of it is not seen. */
  const last = (found: Curve, name: string, label: string): Estimate => {
    const one = estimateAt({ ...found, degreesOfFreedom: members.length - 1 }, T - 1, label, '1');
    const quantum = (plan.tallies.find((spec) => spec.name === name)?.quantum ?? 0) / (2 * mus.value[0] ** 2);
    const unseen = Math.sqrt(one.value ** 2 + quantum) - one.value;
    return { ...one, standardError: Math.hypot(one.standardError, unseen) };
  };
  const inside = tallies.total('inside');
  const lost = 1 - inside[T - 1] / inside[0];
  const shares = over(['fates'], ([fates], n) => fates.map((count) => count / n));
  return {
    meanMuStart: estimateAt(mus, 0, 'mean mu at the start', 'J/T'),
    meanMuEnd: estimateAt(mus, 1, 'mean mu at the end, of those inside', 'J/T'),
    muChange: estimateAt(mus, 2, 'mean change of mu (of those inside at the end, over the mean at the start)', '1'),
    rmsMuChange: last(
      muSpread,
      'dmu2',
      'rms change of mu (at the guiding centre with its first-order term, over the mean at the start)',
    ),
    rawRmsMuChange: last(
      rawMuSpread,
      'raw dmu2',
      'rms change of the raw mu (of pPerp^2 over 2 m B at the particle, over its mean at the start)',
    ),
    meanEnergyStart: estimateAt(ends, 0, 'mean energy at the start', 'J'),
    energyChange: { ...energyChange, standardError: Math.hypot(energyChange.standardError, rounding) },
    epsilonStart: epsilonAt(0, 'median epsilon at the start'),
    epsilonEnd: epsilonAt(T - 1, 'median epsilon at the end, of those inside'),
    meanMu: mean('mu', 'mean magnetic moment', 'J/T'),
    rawMeanMu: mean('raw mu', 'mean raw magnetic moment', 'J/T'),
    muSpread,
    rawMuSpread,
    dMuMu: diffusionOfMoment(times, growth, lost),
    meanEnergy: mean('energy', 'mean kinetic energy', 'J'),
    spread: [variance(0), variance(1), variance(2)],
    muRatio: ratio('ratio', (T - 1) * bins, 'distribution of log2(mu/mu0) at the end'),
    lostMuRatio: ratio('lostRatio', 0, 'distribution of log2(mu/mu0) of those lost'),
    fates: Object.fromEntries(
      orbitFates.map((name, k) => [name, estimateAt(shares, k, fateLabels[name], '1')]),
    ) as Record<OrbitFate, Estimate>,
    epsilon: curve('median of epsilon', '1', median),
    ...estimateKicks(plan, tallies),
    resonances: estimateResonances(plan, tallies),
  };
}

/** One of several numbers that were found together. */
function estimateAt(
  found: { readonly value: Float64Array; readonly standardError: Float64Array; readonly degreesOfFreedom: number },
  i: number,
  label: string,
  unit: string,
): Estimate {
  const { value, standardError, degreesOfFreedom } = found;
  return { value: value[i], standardError: standardError[i], degreesOfFreedom, unit, label };
}

/** Median of counts on an axis of logarithms to base 2; NaN where it lies in an outermost bin, which holds what is beyond it too. */
function medianOf(counts: Float64Array, edges: Float64Array): number {
  const half = sum(counts, 0, counts.length) / 2;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    if (below + counts[i] >= half && counts[i] > 0)
      return i === 0 || i === counts.length - 1
        ? NaN
        : 2 ** (edges[i] + ((half - below) / counts[i]) * (edges[i + 1] - edges[i]));
    below += counts[i];
  }
  return NaN;
}
