/** What the tallies of full orbits say, each number with its standard error. */
import type { OrbitPlan } from '../../plan/orbits/plan.js';
import { ORBIT_FATES } from '../../plan/orbits/tallySpecs.js';
import { jackknife } from '../jackknife.js';
import type { Curve, Estimate, TallyReader } from '../types.js';

export interface OrbitEstimates {
  /** <mu> of those inside against time, at the guiding centre with the first-order term. */
  readonly meanMu: Curve;
  /** Root of <(mu - mu0)^2> over <mu0>, against time: with the first-order term, and of the raw mu. */
  readonly muSpread: Curve;
  readonly rawMuSpread: Curve;
  /** Half the growth of <(mu - mu0)^2> from the second snapshot on [J^2/T^2/s]. */
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
  readonly fates: Readonly<Record<(typeof ORBIT_FATES)[number], Estimate>>;
  /** Median of epsilon where the particles are, against time. */
  readonly epsilon: Curve;
}

const sum = (values: Float64Array, from: number, to: number) => {
  let all = 0;
  for (let i = from; i < to; i++) all += values[i];
  return all;
};

/** The estimates of a run of full orbits, or of any part of it. */
export function estimateOrbits(plan: OrbitPlan, tallies: TallyReader): OrbitEstimates {
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
  const spread = (prefix: string, label: string) =>
    curve(
      label,
      '1',
      over([`${prefix}dmu2`, `${prefix}mu`, 'inside'], ([squares, mus, inside]) => {
        const start = byTime(mus)[0] / inside[0];
        return byTime(squares).map((square, j) => Math.sqrt(square / inside[j]) / start);
      }),
    );
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
  const growth = over(['dmu2', 'inside'], ([squares, inside]) => {
    // least squares through the snapshots from the second on: the first steps have the swing of a gyration in them
    const y = byTime(squares).map((square, j) => square / inside[j]);
    let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
    for (let j = 1; j < T; j++) {
      n++;
      sx += times[j];
      sy += y[j];
      sxx += times[j] * times[j];
      sxy += times[j] * y[j];
    }
    return Float64Array.of((n * sxy - sx * sy) / (n * sxx - sx * sx) / 2);
  });
  const dMuMu: Estimate = {
    value: growth.value[0],
    standardError: growth.standardError[0],
    degreesOfFreedom: growth.degreesOfFreedom,
    unit: 'J^2/T^2/s',
    label: 'D_mumu',
    ...(T < 3 && { note: 'needs 2 snapshots after the start' }),
  };
  const shares = over(['fates'], ([fates], n) => fates.map((count) => count / n));
  return {
    meanMu: mean('mu', 'mean magnetic moment', 'J/T'),
    muSpread: spread('', 'rms change of mu over its mean at the start'),
    rawMuSpread: spread('raw ', 'rms change of the raw mu over its mean at the start'),
    dMuMu,
    meanEnergy: mean('energy', 'mean kinetic energy', 'J'),
    spread: [variance(0), variance(1), variance(2)],
    muRatio: ratio('ratio', (T - 1) * bins, 'distribution of log2(mu/mu0) at the end'),
    lostMuRatio: ratio('lostRatio', 0, 'distribution of log2(mu/mu0) of those lost'),
    fates: Object.fromEntries(
      ORBIT_FATES.map((name, k) => [
        name,
        {
          value: shares.value[k],
          standardError: shares.standardError[k],
          degreesOfFreedom: shares.degreesOfFreedom,
          unit: '1',
          label: `share of those ${name}`,
        },
      ]),
    ) as unknown as OrbitEstimates['fates'],
    epsilon: curve(
      'median of epsilon',
      '1',
      over(['epsilon'], ([counts]) => {
        const E = epsilonEdges.length - 1;
        return Float64Array.from({ length: T }, (_, j) => median(counts.subarray(j * E, (j + 1) * E), epsilonEdges));
      }),
    ),
  };
}

/** Median of counts on an axis of logarithms to base 2. */
function median(counts: Float64Array, edges: Float64Array): number {
  const half = sum(counts, 0, counts.length) / 2;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    if (below + counts[i] >= half && counts[i] > 0)
      return 2 ** (edges[i] + ((half - below) / counts[i]) * (edges[i + 1] - edges[i]));
    below += counts[i];
  }
  return NaN;
}
