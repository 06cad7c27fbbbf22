import type { Tallies } from '../engine/tallies.js';
import type { OrbitPlan } from '../plan/orbits/plan.js';
import type { Plan } from '../plan/plan.js';
import {
  type OrbitInput,
  type OrbitScenario,
  parseOrbits,
  parseScenario,
  type Scenario,
  type ScenarioInput,
} from '../scenario/index.js';

/** What a case reads of a finished run. */
export interface Ensemble {
  readonly plan: Plan;
  readonly tallies: Tallies;
  readonly particles: number;
}

/** The same of a run of orbits in space. */
export type OrbitEnsemble = Omit<Ensemble, 'plan'> & { readonly plan: OrbitPlan };

/** Carry scenarios out: in workers for a user, in this thread for a test. */
export interface Runners {
  readonly line: (scenario: Scenario) => Promise<Ensemble>;
  readonly orbits: (scenario: OrbitScenario) => Promise<OrbitEnsemble>;
}

/**
 * How many particles: `sharp` makes a fault of 2 % stand out by 8 standard errors wherever the reference is sharp and is what the tests
 * run; `quick` has half of them, for a look at a build; `full` reaches the standard errors of about 2^20 particles.
 */
export type Size = 'quick' | 'sharp' | 'full';

/** The speed of every particle [m/s], where a scenario does not say otherwise: lengths in m are times in us. */
export const SPEED = 1e6;

/** Apart enough that runs of neighbouring seeds have no random numbers in common. */
const SEED_STRIDE = 2n ** 32n;

/** Where a case runs its scenarios. Every run of a case has a seed of its own: its errors are independent of the others'. */
export class Laboratory {
  readonly size: Size;
  readonly #runners: Runners;
  readonly #seed: bigint;
  #runs = 0n;

  /**
   * A laboratory for one case.
   * @param seed of the first run, 0 .. 2^64 - 1
   */
  constructor(runners: Runners, size: Size, seed: bigint) {
    this.#runners = runners;
    this.size = size;
    this.#seed = seed;
  }

  /** Particles of a run at the present size; 2^20 in full, where it is not said. Few are as many in every size. */
  count(sharp: number, full: number = 2 ** 20): number {
    if (this.size === 'full') return full;
    return this.size === 'quick' && sharp > 2 ** 15 ? sharp / 2 : sharp;
  }

  /**
   * Runs a scenario; what is not named is one speed, an isotropic start at the midplane, and the smallest tallies.
   * @param parts as a user writes them
   */
  async run(parts: Record<string, unknown>): Promise<Ensemble> {
    const { particles, ...rest } = parts as { particles?: Record<string, unknown> };
    const input = {
      name: 'validation',
      seed: this.#nextSeed(),
      tallies: { speed: { bins: 1 }, xi: { bins: 2 }, s: { bins: 1 }, mu: { bins: 1 }, lossTime: { bins: 1 } },
      outputs: { figures: false },
      ...rest,
      particles: { speed: `${SPEED} m/s`, pitch: 'isotropic', place: 'midplane', ...particles },
    } as ScenarioInput;
    return await this.#runners.line(parseScenario(input));
  }

  /**
   * Runs a scenario of orbits in space; what is not named is a full orbit of one speed, and the smallest tallies.
   * @param parts as a user writes them
   */
  async orbits(parts: Record<string, unknown>): Promise<OrbitEnsemble> {
    const { particles, ...rest } = parts as { particles?: Record<string, unknown> };
    const input = {
      name: 'validation',
      seed: this.#nextSeed(),
      motion: 'fullOrbit',
      outputs: { figures: false },
      ...rest,
      particles: { speed: `${SPEED} m/s`, ...particles },
    } as OrbitInput;
    return await this.#runners.orbits(parseOrbits(input));
  }

  #nextSeed(): string {
    return ((this.#seed + this.#runs++ * SEED_STRIDE) % 2n ** 64n).toString();
  }
}

/** Snapshot times as a scenario takes them [s]. */
export const seconds = (...values: readonly number[]) => ({ at: { unit: 's', values: [...values] } });

/** The parabolic mirror `B = 1 T (1 + (ratio - 1)(2 s/length)^2)`. */
export const parabola = (ratio: number, length = 2) => ({ kind: 'parabolic', B: '1 T', ratio, length: `${length} m` });

/** A uniform line. */
export const line = { kind: 'uniform', B: '1 T', length: '2 m' };

/** Every listed particle's value of one column of the run's table, sorted. */
export const sorted = ({ tallies }: Ensemble, column: 'particleEndXi' | 'particleEndPlace'): Float64Array =>
  tallies.total(column).sort();
