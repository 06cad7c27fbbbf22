/** The same scenario of orbits in space, followed in several ways. */
import { compareRuns, type OrbitDifferences } from './analysis/fullOrbits/compare.js';
import { type OrbitResult, type RunningOrbits, runOrbits } from './orbits.js';
import type { RunOptions } from './run.js';
import { type OrbitMotion, type OrbitScenario, withMotion } from './scenario/index.js';

export interface CompareOptions extends Omit<RunOptions, 'until' | 'maxParticles' | 'onlyBlock' | 'onProgress'> {
  /** The motions, the first of which the others are compared with (default: fullOrbit and driftOrbit). */
  readonly motions?: readonly OrbitMotion[];
  readonly onProgress?: (progress: RunningOrbits['progress'], motion: OrbitMotion) => void;
}

/** A motion beside the first one. */
export interface ComparedMotion extends OrbitDifferences {
  readonly motion: OrbitMotion;
  /** Its particle-steps and wall time over those of the first. */
  readonly steps: number;
  readonly seconds: number;
}

/** What a comparison ends with. */
export interface OrbitComparison {
  readonly motions: readonly OrbitMotion[];
  /** A run of each motion, in this order. */
  readonly runs: readonly OrbitResult[];
  /** Each of the others against the first. */
  readonly compared: readonly ComparedMotion[];
}

/** A comparison under way. */
export interface ComparingOrbits {
  /** Rejects where a run fails, or where it was ended before all particles were done: then there is nothing to compare. */
  readonly result: Promise<OrbitComparison>;
  abort(): void;
}

/**
 * Runs one scenario of orbits in space in several motions, with the same particles, and says what differs.
 * @param scenario from `parseOrbits`; its own motion counts for its tolerance and thresholds alone
 * @param options as of `runOrbits`, and which motions
 * @throws RangeError for fewer than two motions, or the same twice; ScenarioError where a motion is not offered for the scenario
 */
export function compareOrbits(scenario: OrbitScenario, options: CompareOptions = {}): ComparingOrbits {
  const { motions = ['fullOrbit', 'driftOrbit'], onProgress, ...rest } = options;
  if (motions.length < 2 || new Set(motions).size < motions.length)
    throw new RangeError(`motions: ${motions.join(', ') || 'none'} (must be two or more, each once)`);
  const scenarios = motions.map((motion) => withMotion(scenario, motion));
  let running: RunningOrbits | undefined;
  let ended = false;
  const all = async (): Promise<OrbitComparison> => {
    const runs: OrbitResult[] = [];
    for (const [i, one] of scenarios.entries()) {
      if (ended) throw new Error('the comparison was ended before all particles were done');
      running = runOrbits(one, { ...rest, onProgress: (progress) => onProgress?.(progress, motions[i]) });
      const result = await running.result;
      if (!result.complete) throw new Error('the comparison was ended before all particles were done');
      runs.push(result);
    }
    const [first, ...others] = runs;
    const compared = others.map(
      (run, i): ComparedMotion => ({
        motion: motions[i + 1],
        ...compareRuns(first, run),
        steps: run.steps / first.steps,
        seconds: run.seconds / first.seconds,
      }),
    );
    return { motions, runs, compared };
  };
  const result = all();
  result.catch(() => {});
  return {
    result,
    abort() {
      ended = true;
      running?.abort();
    },
  };
}
