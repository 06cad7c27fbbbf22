/** The times of the snapshots [s]. */
import { exp, log } from '../physics/elementary.js';
import type { Scenario } from '../scenario/index.js';

/** A scenario asks for times that its physics does not have. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly code = 'PLAN';
}

/** The last time that a run may have [s], however it is given. */
const LATEST = 1e18;

/** How many decades logarithmic times reach back from the last. */
const DECADES = 4;

/**
 * Snapshot times, the first of them 0.
 * @param nu scattering rate at the reference speed [1/s]
 * @param bouncePeriod of a particle at the reference speed [s]
 */
export function snapshotTimes(scenario: Pick<Scenario, 'times'>, nu: number, bouncePeriod: number): Float64Array {
  const { at, count, until, spacing } = scenario.times;
  if (at !== null) return Float64Array.from(at[0] === 0 ? at : [0, ...at]);
  const end = lastTime(until, nu, bouncePeriod);
  if (!(end > 0 && end <= LATEST))
    throw new PlanError(
      `times: ${end} s is no end of a run (must be > 0 s and <= ${LATEST} s; times.until gives it in seconds)`,
    );
  const times = new Float64Array(count + 1);
  for (let i = 1; i < count; i++) {
    times[i] = spacing === 'log' ? end * exp(-DECADES * log(10) * (1 - (i - 1) / (count - 1))) : (end * i) / count;
  }
  times[count] = end;
  return times;
}

function lastTime(until: Scenario['times']['until'], nu: number, bouncePeriod: number): number {
  if ('seconds' in until) return until.seconds;
  if ('collisionTimes' in until) {
    if (!(nu > 0))
      throw new PlanError('times.collisionTimes: there are no collisions to count by (give times.until, e.g. 1 ms)');
    return until.collisionTimes / nu;
  }
  if (!(bouncePeriod > 0))
    throw new PlanError('times.bounces: nothing bounces in this field (give times.until, e.g. 1 ms)');
  return until.bounces * bouncePeriod;
}
