import { short } from './estimates.js';
import { isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import { studentQuantile } from './student.js';
import type { AnalysisScenario, Equilibrium } from './types.js';

/** Degrees that are looked at in a closed run. */
const DEGREES = [1, 2, 3, 4];
/** Chance that a run which is in equilibrium all along is found not to be. */
const FALSE_ALARM = 0.01;
/** Moments of fewer particles than this are not looked at. */
const FEWEST = 100;

/**
 * Whether the run came to its end: a closed one to equilibrium, one with losses to the slowest mode.
 *
 * Closed: in equilibrium F is isotropic everywhere, so <P_1> to <P_4> are zero. It is reached after the last snapshot at which
 * one of them differs from zero by more than Student's t (groups - 1) allows at 1 % for all four and all snapshots
 * together, if at least two snapshots are left. With losses: the rule of `slowModeWindow`, that the shape of what survives
 * no longer changes. What is found is that nothing moves within the errors; how large a rest they leave room for is said.
 */
export function equilibrium(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Equilibrium {
  const closed = isClosed(scenario);
  const kind = closed ? 'equilibrium' : 'slowest mode';
  const none = (words: string): Equilibrium => ({ kind, reached: 'not known', since: NaN, words, evidence: [] });
  if (!(sample.plan.reference.nu > 0))
    return { ...none('nothing scatters: the pitch has no equilibrium'), reached: 'no' };
  if (scenario.parallelField)
    return none('the parallel field works on the particles: there is no equilibrium to reach');
  if (!closed) return slowestMode(sample, window);
  if (
    scenario.boundary.kind === 'none' &&
    scenario.motion.kind !== 'homogeneous' &&
    scenario.field.kind !== 'uniform'
  ) {
    return none('the line has no ends: particles spread for ever');
  }
  if (sample.sizes.length < 2 || sample.particles < FEWEST)
    return none(`needs ${FEWEST} particles in two groups or more`);
  const { times } = sample;
  const width = sample.width('legendre');
  const { value, standardError, degreesOfFreedom } = sample.jackknife(['legendre'], ([legendre]) =>
    Float64Array.from({ length: times.length * DEGREES.length }, (_, i) => {
      const row = Math.floor(i / DEGREES.length) * width;
      return legendre[row + DEGREES[i % DEGREES.length]] / legendre[row];
    }),
  );
  const limit = studentQuantile(1 - FALSE_ALARM / (2 * value.length), degreesOfFreedom);
  const off = (i: number) => Math.abs(value[i]) > limit * standardError[i];
  const lastOff = DEGREES.map((_, k) => {
    let j = times.length - 1;
    while (j >= 0 && !off(j * DEGREES.length + k)) j--;
    return j;
  });
  const first = Math.max(...lastOff) + 1;
  const at = (times.length - 1) * DEGREES.length;
  const evidence = DEGREES.map((l, k) => ({
    label: `<P${l}> at the end`,
    value: value[at + k],
    standardError: standardError[at + k],
    expected: 0,
    lastOff: lastOff[k] >= 0 ? times[lastOff[k]] : NaN,
  }));
  const t95 = studentQuantile(0.975, degreesOfFreedom);
  const rest = Math.abs(value[at + 1]) + t95 * standardError[at + 1];
  const reached = first < times.length - 1;
  const slowest = DEGREES[lastOff.indexOf(first - 1)];
  const words = reached
    ? `equilibrium since ${short(times[first])} s: <P1> to <P4> are 0 within their errors from then on, |<P2>| below ${short(rest)} at the end (95 %)`
    : `not in equilibrium: <P${slowest}> differs from 0 until ${short(times[first - 1])} s (a longer run would show it)`;
  return { kind, reached: reached ? 'yes' : 'no', since: reached ? times[first] : NaN, words, evidence };
}

function slowestMode(sample: Sample, window: SlowMode): Equilibrium {
  const kind = 'slowest mode';
  if (Number.isNaN(window.since)) {
    return { kind, reached: 'not known', since: NaN, words: window.note ?? 'no survivors to look at', evidence: [] };
  }
  const { last, since, stationary } = window;
  const evidence = last
    ? [
        {
          label: `${last.moment} less its later mean, over its error`,
          value: last.z,
          standardError: 1,
          expected: 0,
          lastOff: last.time,
        },
      ]
    : [];
  const until = last
    ? `the last to change is ${last.moment}, until ${short(last.time)} s`
    : 'no moment of the survivors ever changes';
  const words = stationary
    ? `slowest mode since ${short(since)} s: ${until}; rates are taken from ${short(window.from)} s on`
    : `not in the slowest mode: ${until} of ${short(sample.times[sample.times.length - 1])} s (a longer run would show it)`;
  return { kind, reached: stationary ? 'yes' : 'no', since: stationary ? since : NaN, words, evidence };
}
