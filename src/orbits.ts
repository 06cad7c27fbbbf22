/** Full orbits, from a scenario to a result. */
import wasm from '../dist/losscone.wasm';
import { estimateOrbits, type OrbitEstimates } from './analysis/fullOrbits/estimate.js';
import { type Trajectory, trajectoriesOf } from './analysis/fullOrbits/trajectories.js';
import * as engine from './engine/index.js';
import { type OrbitPlan, planOrbits } from './plan/orbits/plan.js';
import type { RunOptions } from './run.js';
import type { OrbitScenario } from './scenario/orbits/schema.js';
import { version } from './version.js';

/** What a run of full orbits ends with. */
export class OrbitResult {
  readonly scenario: OrbitScenario;
  readonly plan: OrbitPlan;
  /** The merged integers that everything else is computed from. */
  readonly tallies: engine.Tallies;
  readonly complete: boolean;
  readonly particles: { readonly done: number; readonly total: number };
  /** Particle-steps: pushes of single particles. */
  readonly steps: number;
  /** Wall time without pauses [s]. */
  readonly seconds: number;
  /** SHA-256 over the merged integers: the same for any number of workers, in Node and in a browser. */
  readonly hash: string;
  readonly workers: number;
  readonly retries: number;
  readonly provenance: engine.Provenance;
  readonly warnings: readonly string[];
  #estimates?: OrbitEstimates;
  #trajectories?: readonly Trajectory[];

  constructor(scenario: OrbitScenario, whole: engine.EngineResult<OrbitPlan>) {
    this.scenario = scenario;
    this.plan = whole.plan;
    this.tallies = whole.tallies;
    this.complete = whole.complete;
    this.particles = whole.particles;
    this.steps = whole.steps;
    this.seconds = whole.seconds;
    this.hash = whole.hash;
    this.workers = whole.workers;
    this.retries = whole.retries;
    this.provenance = whole.provenance;
    this.warnings = whole.warnings;
  }

  /** Moments and distributions of mu, energies and displacements, each with its standard error. */
  get estimates(): OrbitEstimates {
    this.#estimates ??= estimateOrbits(this.plan, this.tallies);
    return this.#estimates;
  }

  /** The paths that `outputs.trajectories` asked for, point by point; none of a particle that was not run. */
  get trajectories(): readonly Trajectory[] {
    const { species, motion } = this.scenario;
    this.#trajectories ??= trajectoriesOf(this.plan.tracks, this.tallies, species, motion.kind);
    return this.#trajectories;
  }
}

/** A run of full orbits under way. */
export interface RunningOrbits {
  /** What the run ends with; after an abort what was finished, with `complete: false`. */
  readonly result: Promise<OrbitResult>;
  readonly progress: engine.Progress;
  pause(): Promise<void>;
  resume(): Promise<void>;
  abort(): void;
}

/**
 * Runs a scenario of full orbits in parallel workers. The result is a pure function of the scenario.
 * @param scenario from `parseOrbits`
 * @param options as of `run`, but for `until`
 * @throws PlanError where the physics lacks what the scenario asks for, e.g. a start inside of the planet
 */
export function runOrbits(
  scenario: OrbitScenario,
  options: Omit<RunOptions, 'until' | 'maxParticles'> = {},
): RunningOrbits {
  const running = engine.run(planOrbits(scenario), { ...options, wasm, provenance: { version } });
  const result = running.result.then((whole) => new OrbitResult(scenario, whole));
  result.catch(() => {});
  return {
    result,
    get progress() {
      return running.progress;
    },
    pause: () => running.pause(),
    resume: () => running.resume(),
    abort: () => running.abort(),
  };
}
