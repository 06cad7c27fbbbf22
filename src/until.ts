/** A run to a precision: where it is judged, and by what. */
import { estimate } from './analysis/index.js';
import {
  growthNeeded,
  namedEstimates,
  type Precision,
  type PrecisionReport,
  type PrecisionTarget,
  precisionOf,
  precisionText,
  readPrecision,
  type WantedPrecision,
} from './analysis/precision.js';
import type { Estimate, Estimates, TallyReader } from './analysis/types.js';
import { EngineError, Tallies, type Verdict } from './engine/index.js';
import { fewestBlocks, type Plan, planRun } from './plan/plan.js';
import { Refusal } from './scenario/faults.js';
import type { Scenario } from './scenario/index.js';

/** Precisions that are wanted, by the estimate's name: `{ lossRate: 0.01, confinementTime: '1 us' }`. */
export type Until = Readonly<Record<string, WantedPrecision>>;

/** Particles that a run to a precision may take where nothing else is said. */
export const MOST_PARTICLES = 1e9;
/** The first prefix: from here on blocks have 1024 particles, so that a longer run has this one's as its first. */
const firstPrefix = (strata: number) => 1024 * fewestBlocks(strata);

/** The scenario with another number of particles. */
export function withCount(scenario: Scenario, count: number): Scenario {
  return { ...scenario, particles: { ...scenario.particles, count } };
}

/** The plan of a run's first particles: what `planRun` makes of that number, where blocks have the same size. */
export function planOfFirst(plan: Plan, particles: number): Plan {
  return {
    ...plan,
    particles,
    blocks: Math.ceil(particles / plan.blockSize),
    stepsEstimate: (plan.stepsEstimate / plan.particles) * particles,
  };
}

/** Blocks after which a run is judged: its first particles, twice as many, and so on to the end of the plan. */
export function doublingPrefixes(plan: Plan, firstParticles: number): number[] {
  const prefixes: number[] = [];
  for (let n = Math.ceil(firstParticles / plan.blockSize); n < plan.blocks; n *= 2) prefixes.push(n);
  return [...prefixes, plan.blocks];
}

/**
 * Judges a run's prefixes: enough where every estimate is as precise as wanted, or where one of them cannot be had.
 *
 * An estimate cannot be had where it lacks for the same reason as without any particle (the scenario's), or for the same
 * reason at two prefixes in a row (twice as many did not change it).
 *
 * A run ends a little too often where its error happens to be small: of 95 % intervals with 31 degrees of freedom 94.4 % hold,
 * whatever precision is wanted. A stricter limit (an upper confidence limit of the error) would only shift where that happens.
 */
export class PrecisionJudge {
  readonly #scenario: Scenario;
  readonly #plan: Plan;
  readonly #estimate: typeof estimate;
  readonly #targets: readonly PrecisionTarget[];
  readonly #lacking: Map<string, string>;
  #precision: readonly Precision[] = [];
  #estimates: Estimates | undefined;
  #particles = 0;
  #hopeless = false;

  /**
   * @param scenario what is run
   * @param plan of the most particles that may be taken
   * @param until what is wanted
   * @param estimator what a prefix's tallies say
   * @throws EngineError for a name that is no estimate of this scenario, or a precision that is none
   */
  constructor(scenario: Scenario, plan: Plan, until: Until, estimator = estimate) {
    this.#estimate = estimator;
    this.#scenario = scenario;
    this.#plan = plan;
    const none = namedEstimates(estimator(scenario, plan, new Tallies(plan.tallies, plan.groups)));
    this.#targets = Object.entries(until).map(([name, text]) => target(name, text, none));
    if (this.#targets.length === 0) throw badOption('until', 'names no estimate (must be e.g. { lossRate: 0.01 })');
    this.#lacking = new Map(this.#targets.map(({ name }) => [name, reasonOf(none[name])]));
  }

  /** The precisions at the last prefix. */
  get precision(): readonly Precision[] {
    return this.#precision;
  }

  /** The estimates at the last prefix. */
  get estimates(): Estimates | undefined {
    return this.#estimates;
  }

  /** What must be remembered of the prefixes so far: why each estimate lacked, as plain data. */
  get memory(): readonly (readonly [name: string, reason: string])[] {
    return [...this.#lacking];
  }

  /**
   * Takes what another judge of the same run remembered.
   * @throws EngineError where it is none of this one's
   */
  recall(memory: unknown): void {
    if (memory === undefined) return;
    const names = this.#targets.map(({ name }) => name);
    const entries = Array.isArray(memory) ? (memory as unknown[]) : [];
    const sound = entries.every(
      (entry) => Array.isArray(entry) && entry.length === 2 && names.includes(entry[0]) && typeof entry[1] === 'string',
    );
    if (!sound || entries.length !== names.length)
      throw new EngineError('BAD_STATE', `state: its judge remembers other estimates (must be ${names.join(', ')})`);
    for (const [name, reason] of entries as [string, string][]) this.#lacking.set(name, reason);
  }

  judge({ tallies, particles: { done } }: { tallies: TallyReader; particles: { done: number } }): Verdict {
    this.#particles = done;
    this.#estimates = this.#estimate(this.#scenario, planOfFirst(this.#plan, done), tallies);
    const named = namedEstimates(this.#estimates);
    this.#precision = this.#targets.map((wanted) => precisionOf(wanted, named[wanted.name]));
    for (const { name } of this.#targets) {
      const reason = reasonOf(named[name]);
      this.#hopeless ||= reason !== '' && this.#lacking.get(name) === reason;
      this.#lacking.set(name, reason);
    }
    const expected = done * growthNeeded(this.#precision);
    return { enough: this.#met || this.#hopeless, ...(Number.isFinite(expected) && { expected }) };
  }

  get #met(): boolean {
    return this.#precision.length > 0 && this.#precision.every(({ met }) => met);
  }

  /** What the run came to. */
  report(complete: boolean): PrecisionReport {
    const reached = complete && this.#met;
    const most = this.#plan.particles;
    const words = this.#precision.map(precisionText).join(', ');
    const why = reached
      ? `precise enough: ${words}`
      : !complete
        ? `ended before the precision was reached${words && `: ${words}`}`
        : this.#hopeless
          ? `no number of particles gives it: ${words}`
          : `the most particles that were allowed did not reach the precision: ${words}`;
    return { reached, particles: this.#particles, most, why, estimates: this.#precision };
  }
}

/** Why an estimate lacks; empty where it is there. */
function reasonOf(one: Estimate): string {
  return Number.isNaN(one.value) || Number.isNaN(one.standardError) ? (one.note ?? 'not determined') : '';
}

function target(name: string, text: WantedPrecision, none: Record<string, Estimate>): PrecisionTarget {
  try {
    return readPrecision(name, text, none);
  } catch (error) {
    if (error instanceof Refusal) throw badOption(Object.hasOwn(none, name) ? `until.${name}` : 'until', error.message);
    throw error;
  }
}

const badOption = (where: string, what: string) => new EngineError('BAD_OPTION', `${where}: ${what}`);

/**
 * The plan of a run to a precision: of the most particles that it may take.
 * @throws EngineError for a number of particles that is none
 */
export function planOfMost(scenario: Scenario, most = MOST_PARTICLES): Plan {
  if (!(Number.isInteger(most) && most >= 1 && most <= 2 ** 40))
    throw badOption('maxParticles', `${most} is no number of particles (must be a whole number from 1 to 2^40)`);
  const asked = planRun(withCount(scenario, most));
  // What is left of the last set is no one's business here: the run is to end at a prefix.
  return asked.particles < most ? planRun(withCount(scenario, asked.particles)) : asked;
}

/** What a run to a precision hands to the engine: the plan of the most particles, and where it is judged. */
export function planUntil(scenario: Scenario, until: Until, most = MOST_PARTICLES) {
  const plan = planOfMost(scenario, most);
  // The table of single particles must have the same rows however many particles there are.
  const least = firstPrefix(plan.strata);
  let first = least;
  while (first < scenario.outputs.particles) first *= 2;
  const prefixes = plan.particles < least ? [plan.blocks] : doublingPrefixes(plan, first);
  return { plan, judge: new PrecisionJudge(scenario, plan, until), prefixes };
}
