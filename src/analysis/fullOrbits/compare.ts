/** Two runs of the same particles in different motions: what differs, and by how much more than chance. */
import type { OrbitPlan } from '../../plan/orbits/plan.js';
import { isEstimate, NEEDS_GROUPS } from '../estimates.js';
import { deleteOne, difference } from '../jackknife.js';
import { compareCounts, type TwoSamples } from '../twoSample.js';
import type { Estimate, TallyReader } from '../types.js';
import { type OrbitEstimates, orbitNumbers } from './estimate.js';

/** What of a run of orbits is compared. */
export interface ComparedRun {
  readonly plan: OrbitPlan;
  readonly tallies: TallyReader;
  readonly estimates: OrbitEstimates;
}

/** A number of both runs. */
export interface ComparedNumber {
  /** Its name among the estimates, or `fates.<name>`, or of the displacement. */
  readonly name: string;
  readonly first: Estimate;
  readonly second: Estimate;
  /** Second less first: the error is of pairs, since the same particles started in both. */
  readonly difference: Estimate;
  /** The difference over its standard error; NaN where it has none. */
  readonly z: number;
}

export interface OrbitDifferences {
  readonly numbers: readonly ComparedNumber[];
  /**
   * Kicks of mu, (mu - mu0)/mu0 of each particle, when it was lost or at the end: are they of one distribution? Those of less than
   * `LEAST_KICK` count as none: mu with its first-order term swings by as much where nothing kicks it, and a guiding centre's does not.
   */
  readonly kicks: TwoSamples;
}

/** Smaller kicks of mu are none, when distributions are compared. */
export const LEAST_KICK = 1e-3;

/** How far the guiding centre has moved along an axis, of those inside at the end: mean and root of the mean square [m]. */
function displacements({ axes }: OrbitPlan, tallies: TallyReader): Map<string, Estimate> {
  const last = axes.times.length - 1;
  const [shift, shift2, inside] = ['shift', 'shift2', 'inside'].map((name) => tallies.total(name));
  const found = new Map<string, Estimate>();
  ['x', 'y', 'z'].forEach((axis, k) => {
    const put = (name: string, words: string, value: number) =>
      found.set(`${name}${axis.toUpperCase()}`, {
        value,
        standardError: NaN,
        unit: 'm',
        label: `${words} displacement of the guiding centre along ${axis}, of those inside at the end`,
      });
    put('meanShift', 'mean', shift[3 * last + k] / inside[last]);
    put('rmsShift', 'rms', Math.sqrt(shift2[3 * last + k] / inside[last]));
  });
  return found;
}

/** Of all particles, lost or not: the median of |mu - mu0|/mu0, when a particle was lost or at the end; as fine as the bins. */
function medianKick(run: Pick<ComparedRun, 'plan' | 'tallies'>): Estimate {
  const { kickEdges } = run.plan.axes;
  const kicks = atTheEnd(run, 'kick', 'lostKick');
  const sizes = kicks.slice((kicks.length - 1) / 2);
  // bins of either sign lie about the middle one
  for (let i = 1; i < sizes.length; i++) sizes[i] += kicks[sizes.length - 1 - i];
  const value = median(sizes, kickEdges.slice(kickEdges.length / 2));
  const label = 'median of |mu - mu0|/mu0, of all, when lost or at the end';
  return { value, standardError: Number.NaN, unit: '1', label };
}

/** Median of counts below edges[0] and between the edges, logarithmic within a bin; 0 below the first edge. */
function median(counts: Float64Array, edges: Float64Array): number {
  const half = counts.reduce((sum, n) => sum + n, 0) / 2;
  let below = 0;
  for (let i = 0; i < counts.length; i++) {
    if (below + counts[i] >= half && counts[i] > 0)
      return i === 0 ? 0 : edges[i - 1] * (edges[i] / edges[i - 1]) ** ((half - below) / counts[i]);
    below += counts[i];
  }
  return NaN;
}

/** Every number of a run by name, without errors. */
function numbersOf(plan: OrbitPlan, tallies: TallyReader): Map<string, Estimate> {
  const { fates, ...estimates } = orbitNumbers(plan, tallies);
  const single = Object.entries(estimates).filter((entry): entry is [string, Estimate] => isEstimate(entry[1]));
  const ends = Object.entries(fates).map(([name, one]): [string, Estimate] => [`fates.${name}`, one]);
  return new Map([...single, ['medianKick', medianKick({ plan, tallies })], ...displacements(plan, tallies), ...ends]);
}

/** A run without one of its groups; all that is left is one group. */
function without(tallies: TallyReader, group: number): TallyReader {
  const total = (name: string) => difference(tallies.total(name), tallies.group(name, group));
  return { spec: (name) => tallies.spec(name), total, group: total };
}

/**
 * What differs between two runs of the same particles.
 *
 * Every number is had from all particles and without each of the groups, in both runs: the jackknife of the differences knows that they
 * are of the same particles, so that what is common to both, as the chance of the starts, is not in the error.
 * @param first the run that is compared with
 * @param second another motion of the same scenario
 * @returns every number of both, its difference with error and z, and the test of the kicks of mu
 * @throws RangeError where the particles are not the same
 * Source: Busing, Meijer & van der Leeden, Statistics and Computing 9, 3 (1999).
 */
export function compareRuns(first: ComparedRun, second: ComparedRun): OrbitDifferences {
  const sizesOf = ({ plan, tallies }: ComparedRun) =>
    Array.from({ length: plan.groups }, (_, g) => tallies.group('inside', g)[0]);
  const sizes = sizesOf(first);
  const others = sizesOf(second);
  if (first.plan.seed !== second.plan.seed || sizes.some((n, g) => n !== others[g]))
    throw new RangeError('second: is a run of other particles (must be of the same number, seed and starts)');
  const members = sizes.map((_, g) => g).filter((g) => sizes[g] > 0);
  const one = (plan: OrbitPlan): OrbitPlan => ({ ...plan, groups: 1 as never });
  const all = [first, second].map(({ plan, tallies }) => numbersOf(one(plan), whole(tallies)));
  const names = [...all[0].keys()];
  const values = (found: Map<string, Estimate>) =>
    Float64Array.from(names, (name) => found.get(name)?.value ?? Number.NaN);
  const parts = members.map((g) =>
    [first, second].map(({ plan, tallies }) => values(numbersOf(one(plan), without(tallies, g)))),
  );
  const jackknifed = (of: (sums: readonly Float64Array[]) => Float64Array) =>
    deleteOne(
      all.map(values),
      parts,
      members.map((g) => sizes[g]),
      of,
    );
  const [a, b, apart] = [([x]: readonly Float64Array[]) => x, ([, y]: readonly Float64Array[]) => y, pairs].map(
    jackknifed,
  );
  const numbers = names.map((name, i): ComparedNumber => {
    const { label, unit, note } = all[0].get(name) as Estimate;
    const own = (run: ComparedRun, found: typeof a): Estimate =>
      estimateOf(run.estimates, name) ?? withError({ label, unit }, found, i);
    const change = withError({ label: `difference of ${label}`, unit, note }, apart, i);
    return {
      name,
      first: own(first, a),
      second: own(second, b),
      difference: change,
      z: change.value === 0 ? 0 : change.value / change.standardError,
    };
  });
  return {
    numbers: numbers.filter(({ first: x, second: y }) => !(x.value === 0 && y.value === 0)),
    kicks: compareCounts(kicksOf(first), kicksOf(second)),
  };
}

const pairs = ([x, y]: readonly Float64Array[]) => difference(y, x);

/** All of a run as one group. */
const whole = (tallies: TallyReader): TallyReader => ({
  spec: (name) => tallies.spec(name),
  total: (name) => tallies.total(name),
  group: (name) => tallies.total(name),
});

/** The run's own estimate, with its error and notes, where it has one. */
function estimateOf(estimates: OrbitEstimates, name: string): Estimate | undefined {
  if (name.startsWith('fates.')) return estimates.fates[name.slice(6) as keyof OrbitEstimates['fates']];
  return (estimates as unknown as Record<string, Estimate | undefined>)[name];
}

function withError(
  { label, unit, note }: Pick<Estimate, 'label' | 'unit' | 'note'>,
  found: ReturnType<typeof deleteOne>,
  i: number,
): Estimate {
  const standardError = found.standardError[i];
  const bare = Number.isNaN(standardError);
  return {
    value: bare ? Number.NaN : found.value[i],
    standardError,
    degreesOfFreedom: found.degreesOfFreedom,
    unit,
    label,
    ...(bare ? { note: note ?? NEEDS_GROUPS } : {}),
  };
}

/** Counts of all kicks, those that count as none in one bin. */
function kicksOf(run: ComparedRun): Float64Array {
  const { kickEdges } = run.plan.axes;
  const counts = atTheEnd(run, 'kick', 'lostKick');
  const middle = (counts.length - 1) / 2;
  return counts.map((n, i) => {
    const small = (k: number) => Math.max(Math.abs(kickEdges[k]), Math.abs(kickEdges[k + 1])) < LEAST_KICK;
    if (i !== middle) return small(i) ? 0 : n;
    return counts.reduce((sum, m, k) => sum + (k === middle || small(k) ? m : 0), 0);
  });
}

/** Counts of all: of those inside at the last snapshot, and of those that were lost, when they were. */
function atTheEnd(
  { plan, tallies }: Pick<ComparedRun, 'plan' | 'tallies'>,
  within: string,
  gone: string,
): Float64Array {
  const lost = tallies.total(gone);
  const inside = tallies.total(within).subarray((plan.axes.times.length - 1) * lost.length);
  return lost.map((n, i) => n + inside[i]);
}
