import { deleteOne, difference, type Jackknifed, type Sums } from './jackknife.js';
import type { AnalysisPlan, TallyReader } from './types.js';

/**
 * A run's tallies as independent groups: reads each tally once, knows how many particles each group has, and runs the
 * jackknife over those that have any. Works on any part of a run.
 */
export class Sample {
  readonly plan: AnalysisPlan;
  /** Snapshot times [s]. */
  readonly times: Float64Array;
  /** Particles of each group that has any. */
  readonly sizes: readonly number[];
  /** Particles of the ensemble so far. */
  readonly particles: number;
  readonly #tallies: TallyReader;
  readonly #members: readonly number[];
  readonly #groups = new Map<string, Float64Array[]>();
  readonly #without = new Map<string, Float64Array[]>();
  readonly #totals = new Map<string, Float64Array>();

  constructor(plan: AnalysisPlan, tallies: TallyReader) {
    this.plan = plan;
    this.times = Float64Array.from(plan.axes.times);
    this.#tallies = tallies;
    const started = Array.from({ length: plan.groups }, (_, g) => tallies.group('trapped', g)[0]);
    this.#members = started.map((_, g) => g).filter((g) => started[g] > 0);
    this.sizes = this.#members.map((g) => started[g]);
    this.particles = this.sizes.reduce((sum, n) => sum + n, 0);
  }

  /** Whether starting values are stratified: then particles are not independent, and only the groups know how an estimate spreads. */
  get stratified(): boolean {
    return (this.plan.reference.strata ?? 1) > 1;
  }

  /** Sums over all particles. */
  total(name: string): Float64Array {
    let total = this.#totals.get(name);
    if (!total) {
      total = this.#tallies.total(name);
      this.#totals.set(name, total);
    }
    return total;
  }

  /** Sums of each group that has particles. */
  groups(name: string): readonly Float64Array[] {
    let groups = this.#groups.get(name);
    if (!groups) {
      groups = this.#members.map((g) => this.#tallies.group(name, g));
      this.#groups.set(name, groups);
    }
    return groups;
  }

  /** Sums of all but each group. */
  #withoutEach(name: string): readonly Float64Array[] {
    let without = this.#without.get(name);
    if (!without) {
      without = this.groups(name).map((group) => difference(this.total(name), group));
      this.#without.set(name, without);
    }
    return without;
  }

  /** Length of a tally's last axis. */
  width(name: string): number {
    const { shape } = this.#tallies.spec(name);
    return shape[shape.length - 1];
  }

  /** Physical value of one stored unit of a tally. */
  quantum(name: string): number {
    return this.#tallies.spec(name).quantum;
  }

  /** Estimator of the sums of these tallies, with the standard error that the groups give it. */
  jackknife(names: readonly string[], estimator: (sums: Sums, particles: number) => Float64Array): Jackknifed {
    const total = names.map((name) => this.total(name));
    const byName = names.map((name) => this.#withoutEach(name));
    const without = this.sizes.map((_, g) => byName.map((copies) => copies[g]));
    return deleteOne(total, without, this.sizes, estimator);
  }

  /** The same for a single number. */
  jackknifeOne(names: readonly string[], estimator: (sums: Sums, particles: number) => number): One {
    const all = this.jackknife(names, (sums, particles) => Float64Array.of(estimator(sums, particles)));
    return {
      value: all.value[0],
      standardError: all.standardError[0],
      degreesOfFreedom: all.degreesOfFreedom,
    };
  }
}

/** One number of a jackknife, in the fields that an `Estimate` has. */
export interface One {
  readonly value: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** Numbers inside at every snapshot, from the sums of `legendre`, whose l = 0 is the number inside. */
export function insideAt(legendre: Float64Array, snapshots: number): Float64Array {
  const width = legendre.length / snapshots;
  return Float64Array.from({ length: snapshots }, (_, j) => legendre[j * width]);
}
