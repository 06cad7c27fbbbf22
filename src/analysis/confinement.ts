import { notes, short, unavailable } from './estimates.js';
import { timeOfFaults } from './faults.js';
import {
  FEWEST_LOSSES,
  gridWindow,
  rateBetween,
  relativeChange,
  type SurvivalGrid,
  survivalGrid,
  WIDEST_CHANGE,
} from './lossRate.js';
import { areLostAlike, coneConfinementTime, isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import { tailBySpeed } from './tailBySpeed.js';
import type { AnalysisScenario, Estimate } from './types.js';

/** Whether the rate at which those inside at the end leave is known well enough to go on with it. */
export function tailIsKnown(sample: Sample, grid: SurvivalGrid, window: SlowMode): boolean {
  if (!Number.isFinite(window.from)) return false;
  const [from, to] = gridWindow(grid, window);
  const all = grid.alive(
    grid.names.map((name) => sample.total(name)),
    sample.particles,
  );
  if (!(to - from >= 1 && all[from] - all[to] >= FEWEST_LOSSES)) return false;
  return Math.abs(relativeChange(sample, grid, window)) < WIDEST_CHANGE;
}

/** Part of the value that may be wrong by what is not known of the rates, above which none is given. */
const MOST_WRONG = 0.1;
/** Part of the value that is left to be spent at the end of a run that is long enough. */
const LONG_ENOUGH = 0.1;
const LABEL = 'confinement time (mean loss time)';
const UNIT = 's';

/**
 * Confinement time: mean loss time of the stated start [s].
 *
 * `T = (sum of loss times + n_end (t_end + 1/rate))/n`: loss times are summed exactly as they come; the `n_end`
 * particles still inside at the end are taken to go on as the slowest mode, at the rate of `lossRate` (same window).
 * The jackknife takes the whole formula, the rate included; where the survivors still change, so much of the
 * extrapolated share as the rate changed by is added to the error in square. The label says what share of the value is
 * extrapolated. Numerical faults are censored when they were found: from then on they stay as long as the others.
 *
 * Where speeds are lost at different rates the survivors of each go on at their own (`tailBySpeed`), with the errors of
 * independent particles, and no value is given where it may be wrong by more than a tenth.
 */
export function confinementTime(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  if (isClosed(scenario)) return unavailable(LABEL, UNIT, 'no open boundary: nothing is lost');
  const end = sample.times.at(-1) ?? NaN;
  const { lossTimeEdges } = sample.plan.axes;
  const names = ['fates', 'lossTime', 'lossTimes', 'faultTimes'];
  const parts = ([fates, lossTime, lossTimes, faultTimes]: readonly Float64Array[], particles: number) => ({
    remaining: fates[0] + fates[3],
    lost: fates[1] + fates[2],
    n: fates[0] + fates[1] + fates[2] + fates[3] + fates[4],
    /** Of all, with what each of those inside at the end has yet to spend. */
    sum: (rest: number) =>
      lossTime[0] +
      lossTime[1] +
      (fates[0] + fates[3]) * (end + rest) +
      (fates[4] > 0 ? timeOfFaults(lossTimes, faultTimes, lossTimeEdges, particles, rest) : 0),
  });
  const all = parts(
    names.map((name) => sample.total(name)),
    sample.particles,
  );
  const { remaining, lost, n } = all;
  const restricted = `longer than ${short(all.sum(0) / n)} s, the mean time within the run`;
  if (!(lost > 0)) {
    // the branches of particles that were split are counted elsewhere
    const none = sample.plan.reference.rareLevels ? 'no unsplit particle was lost' : 'nothing was lost';
    return unavailable(LABEL, UNIT, `${none}: longer than ${short(end)} s`);
  }
  const reference = coneConfinementTime(scenario, sample.plan);
  const few = lost < FEWEST_LOSSES && `only ${lost} ${lost === 1 ? 'loss' : 'losses'}`;
  if (remaining > 0 && !areLostAlike(scenario, sample.plan)) return bySpeed(sample, scenario, all, restricted, few);

  const grid = survivalGrid(sample);
  const [from, to] = Number.isFinite(window.from) ? gridWindow(grid, window) : [0, 0];
  if (remaining > 0 && !tailIsKnown(sample, grid, window)) {
    const share = short((100 * remaining) / n);
    return unavailable(
      LABEL,
      UNIT,
      `${share} % are inside at the end and the rate at which they leave is not known: ${restricted}`,
    );
  }
  const fitted = sample.jackknife([...names, ...grid.names], (sums, particles) => {
    const now = parts(sums, particles);
    const survival = sums.slice(names.length);
    const rest = now.remaining > 0 ? 1 / rateBetween(grid, grid.alive(survival, particles), from, to) : 0;
    return Float64Array.of(now.sum(rest) / now.n, (now.remaining * rest) / now.n);
  });
  const share = fitted.value[1] / fitted.value[0];
  const change = share > 0 ? fitted.value[1] * relativeChange(sample, grid, window) : 0;
  return {
    value: fitted.value[0],
    standardError: Math.hypot(fitted.standardError[0], change),
    degreesOfFreedom: fitted.degreesOfFreedom,
    unit: UNIT,
    label: share > 0 ? `${LABEL}, ${short(100 * share)} % of it extrapolated` : LABEL,
    ...(reference !== undefined && { reference }),
    note: notes(
      share > 0 &&
        !window.stationary &&
        'extrapolated at the rate of the end of the run, not yet the slowest mode; error includes its change',
      few,
    ),
  };
}

/** The same with the survivors of each speed going on at their own rate. */
function bySpeed(
  sample: Sample,
  scenario: AnalysisScenario,
  all: { readonly remaining: number; readonly n: number; sum(rest: number): number },
  restricted: string,
  few: string | false,
): Estimate {
  const { remaining, n } = all;
  const share = short((100 * remaining) / n);
  const tail = tailBySpeed(sample, scenario);
  if (tail === null) {
    return unavailable(
      LABEL,
      UNIT,
      `not determined: ${share} % are inside at the end, speeds are lost at different rates, and snapshots in the second half of the run are too few to see them (needs four); ${restricted}`,
    );
  }
  const value = all.sum(tail.time / remaining) / n;
  const wrong = tail.systematic / n;
  if (!(wrong <= MOST_WRONG * value)) {
    const until = tail.until(LONG_ENOUGH * value * n);
    return unavailable(
      LABEL,
      UNIT,
      `not determined: ${share} % are inside at the end, speeds are lost at different rates, and too few of the last have been lost (run longer, at least to about ${short(until)} s); ${restricted}`,
    );
  }
  const [left, right] = sample.total('lossTime2');
  const statistical = (left + right + tail.squares - n * value * value + tail.variance) / n ** 2;
  return {
    value,
    standardError: Math.hypot(Math.sqrt(statistical), wrong),
    unit: UNIT,
    label: `${LABEL}, ${short((100 * tail.time) / n / value)} % of it extrapolated`,
    note: notes('those inside at the end go on at the rate of their own speed; error includes what that may miss', few),
  };
}
