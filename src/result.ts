import { distribution, estimate } from './analysis/index.js';
import type { Distribution, Distributions, Equilibrium, Estimate, Estimates } from './analysis/types.js';
import type * as engine from './engine/index.js';
import type { Plan } from './plan/plan.js';
import type { Scenario } from './scenario/index.js';

/** What a run has found so far: exact integer tallies, and what they say, computed when it is first asked for. */
export class PartialResult {
  readonly scenario: Scenario;
  readonly plan: Plan;
  /** The merged integers that everything else is computed from. */
  readonly tallies: engine.Tallies;
  /** Whether every particle is in. */
  readonly complete: boolean;
  readonly particles: { readonly done: number; readonly total: number };
  /** Particle-steps. */
  readonly steps: number;
  /** Wall time without pauses [s]. */
  readonly seconds: number;
  #estimates?: Estimates;
  #distributions?: Distributions;

  constructor(scenario: Scenario, part: engine.PartialResult<Plan>) {
    this.scenario = scenario;
    this.plan = part.plan;
    this.tallies = part.tallies;
    this.complete = part.complete;
    this.particles = part.particles;
    this.steps = part.steps;
    this.seconds = part.seconds;
  }

  /** Rates, times and curves, each with its standard error. */
  get estimates(): Estimates {
    this.#estimates ??= estimate(this.scenario, this.plan, this.tallies);
    return this.#estimates;
  }

  /** f(v, xi, t) by local and by midplane pitch, and f(s, xi, t), with axes, units and counts. */
  get distributions(): Distributions {
    this.#distributions ??= distribution(this.scenario, this.plan, this.tallies);
    return this.#distributions;
  }

  /** f(v, xi, t) by local pitch: shape [time, speed, pitch]. */
  get distribution(): Distribution {
    return this.distributions.local;
  }

  /** Decay rate of the slowest mode [1/s]. */
  get lossRate(): Estimate {
    return this.estimates.lossRate;
  }

  /** Mean loss time of the stated start [s]. */
  get confinementTime(): Estimate {
    return this.estimates.confinementTime;
  }

  /** Decay rate of `<P2>` [1/s]; with losses the approach to the slowest mode. */
  get isotropisationRate(): Estimate {
    return this.estimates.isotropisationRate;
  }

  /** Whether equilibrium (closed runs) or the slowest mode (with losses) was reached, since when, and the evidence. */
  get equilibrium(): Equilibrium {
    return this.estimates.equilibrium;
  }
}

/** What a run ends with. */
export class RunResult extends PartialResult {
  /** SHA-256 over the merged integers: the same for any number of workers, in Node and in a browser. */
  readonly hash: string;
  /** The largest number of workers that ran at once. */
  readonly workers: number;
  /** Chunks that were handed out again because a worker failed. */
  readonly retries: number;
  readonly provenance: engine.Provenance;
  readonly warnings: readonly string[];

  constructor(scenario: Scenario, whole: engine.EngineResult<Plan>) {
    super(scenario, whole);
    this.hash = whole.hash;
    this.workers = whole.workers;
    this.retries = whole.retries;
    this.provenance = whole.provenance;
    this.warnings = whole.warnings;
  }
}
