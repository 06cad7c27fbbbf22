/** Full orbits, from a scenario to a result. */
import wasm from '../dist/losscone.wasm';
import { estimateOrbits, type OrbitEstimates } from './analysis/fullOrbits/estimate.js';
import { type Trajectory, trajectoriesOf } from './analysis/fullOrbits/trajectories.js';
import { checkOptions, checkScenario } from './calls.js';
import * as engine from './engine/index.js';
import { type OrbitPlan, planOrbits } from './plan/orbits/plan.js';
import type { RunOptions } from './run.js';
import type { OrbitScenario } from './scenario/orbits/schema.js';
import { version } from './version.js';

/** What a run of full orbits has found so far: exact integer tallies, and what they say, computed when it is first asked for. */
export class PartialOrbitResult {
  readonly scenario: OrbitScenario;
  readonly plan: OrbitPlan;
  /** The merged integers that everything else is computed from. */
  readonly tallies: engine.Tallies;
  /** Whether every particle is in. */
  readonly complete: boolean;
  /** Paths that are kept are followed first: while they alone are there, no particle is done. */
  readonly particles: { readonly done: number; readonly total: number };
  /** Particle-steps: pushes of single particles. */
  readonly steps: number;
  /** Wall time without pauses [s]. */
  readonly seconds: number;
  #estimates?: OrbitEstimates;
  #trajectories?: readonly Trajectory[];

  constructor(scenario: OrbitScenario, part: engine.PartialResult<OrbitPlan>) {
    this.scenario = scenario;
    this.plan = part.plan;
    this.tallies = part.tallies;
    this.complete = part.complete;
    this.particles = part.particles;
    this.steps = part.steps;
    this.seconds = part.seconds;
  }

  /** Moments and distributions of mu, energies and displacements, each with its standard error; NaN where too few are done. */
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

/** What a run of full orbits ends with. */
export class OrbitResult extends PartialOrbitResult {
  /** SHA-256 over the merged integers: the same for any number of workers, in Node and in a browser. */
  readonly hash: string;
  /** The largest number of workers that ran at once. */
  readonly workers: number;
  /** Chunks that were handed out again because a worker failed. */
  readonly retries: number;
  readonly provenance: engine.Provenance;
  readonly warnings: readonly string[];

  constructor(scenario: OrbitScenario, whole: engine.EngineResult<OrbitPlan>) {
    super(scenario, whole);
    this.hash = whole.hash;
    this.workers = whole.workers;
    this.retries = whole.retries;
    this.provenance = whole.provenance;
    this.warnings = whole.warnings;
  }
}

/**
 * A run of full orbits under way. Iterating over it yields the latest partial result, again and again, and ends with the run; a
 * slow consumer misses some and holds nothing up.
 */
export interface RunningOrbits extends AsyncIterable<PartialOrbitResult> {
  /** What the run ends with; after an abort what was finished, with `complete: false`. Rejects where the run fails. */
  readonly result: Promise<OrbitResult>;
  readonly progress: engine.Progress;
  /** Stops the workers where they are; resolves when all have stopped, within 100 ms. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run; what is finished is its result, with `complete: false`. */
  abort(): void;
  /** Changes the number of workers on the way. */
  setWorkers(workers: number | 'auto'): void;
  /** What the run has so far, for another one to go on `from`; a copy. */
  state(): engine.RunState;
}

/**
 * Runs a scenario of full orbits in parallel workers. The result is a pure function of the scenario.
 * @param scenario from `parseOrbits`
 * @param options as of `run`, but for `until`
 * @returns the run under way: `await running.result`, or `for await (const partial of running)`
 * @throws EngineError for an option that is out of range or a scenario that was not parsed, PlanError where the physics lacks what the scenario asks for, e.g. a start inside of the planet
 * @example
 * import { parseOrbits } from './scenario/index.js'
 * const bottle = parseOrbits('{ motion: fullOrbit, field: { kind: bottle, B: 1 T, scale: 1 m }, particles: { count: 64, energy: 1 keV }, times: { until: 1 us, count: 2 } }')
 * const running = runOrbits(bottle, { workers: 1, workerUrl: './dist/worker.js' })
 * let done = 0
 * for await (const { particles, estimates } of running) if (estimates.meanMuStart.standardError > 0) done = particles.done
 * done // => 64
 * (await running.result).estimates.meanMuStart.unit // => 'J/T'
 */
export function runOrbits(
  scenario: OrbitScenario,
  options: Omit<RunOptions, 'until' | 'maxParticles'> = {},
): RunningOrbits {
  checkScenario(scenario, 'parseOrbits');
  checkOptions(options);
  if ('until' in options && options.until !== undefined)
    throw new engine.EngineError('BAD_OPTION', 'until: is not offered for orbits in space (must be left out)');
  const { share, ...others } = options;
  const plan = planOrbits(scenario);
  const running = engine.run(plan, {
    ...others,
    wasm,
    provenance: { version },
    ...(share && { share: engine.shareOf(plan, share.index, share.of) }),
  });
  const result = running.result.then((whole) => new OrbitResult(scenario, whole));
  result.catch(() => {}); // Whoever only iterates meets the failure there.
  return {
    result,
    get progress() {
      return running.progress;
    },
    pause: () => running.pause(),
    resume: () => running.resume(),
    abort: () => running.abort(),
    setWorkers: (workers) => running.setWorkers(workers),
    state: () => running.state(),
    async *[Symbol.asyncIterator]() {
      for await (const part of running) yield new PartialOrbitResult(scenario, part);
    },
  };
}
