import { notes, short, unavailable } from './estimates.js';
import {
  FEWEST_LOSSES,
  gridWindow,
  rateBetween,
  relativeChange,
  type SurvivalGrid,
  survivalGrid,
  WIDEST_CHANGE,
} from './lossRate.js';
import { coneConfinementTime, isClosed } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
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

/**
 * Confinement time: mean loss time of the stated start [s].
 *
 * `T = (sum of loss times + n_end (t_end + 1/rate))/n`: loss times are summed exactly as they come; the `n_end`
 * particles still inside at the end are taken to go on as the slowest mode, at the rate of `lossRate` (same window).
 * The jackknife takes the whole formula, the rate included; where the survivors still change, so much of the
 * extrapolated share as the rate changed by is added to the error in square. The label says what share of the value is
 * extrapolated. Numerical faults are left out of n.
 */
export function confinementTime(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  const label = 'confinement time (mean loss time)';
  const unit = 's';
  if (isClosed(scenario)) return unavailable(label, unit, 'no open boundary: nothing is lost');
  const end = sample.times.at(-1) ?? NaN;
  const parts = (fates: Float64Array, lossTime: Float64Array) => {
    const remaining = fates[0] + fates[3];
    return { remaining, lost: fates[1] + fates[2], sum: lossTime[0] + lossTime[1] };
  };
  const { remaining, lost, sum } = parts(sample.total('fates'), sample.total('lossTime'));
  const restricted = (sum + remaining * end) / (lost + remaining);
  if (!(lost > 0)) return unavailable(label, unit, `nothing was lost: longer than ${short(end)} s`);
  const reference = coneConfinementTime(scenario, sample.plan);

  const grid = survivalGrid(sample);
  const [from, to] = Number.isFinite(window.from) ? gridWindow(grid, window) : [0, 0];
  if (remaining > 0 && !tailIsKnown(sample, grid, window)) {
    const share = short((100 * remaining) / (lost + remaining));
    return unavailable(
      label,
      unit,
      `${share} % are inside at the end and the rate at which they leave is not known: longer than ${short(restricted)} s`,
    );
  }
  const fitted = sample.jackknife(['fates', 'lossTime', ...grid.names], ([fates, lossTime, ...survival], particles) => {
    const now = parts(fates, lossTime);
    const n = now.lost + now.remaining;
    if (now.remaining === 0) return Float64Array.of(now.sum / n, 0);
    const tail = now.remaining / rateBetween(grid, grid.alive(survival, particles), from, to);
    return Float64Array.of((now.sum + now.remaining * end + tail) / n, tail / n);
  });
  const share = fitted.value[1] / fitted.value[0];
  const change = share > 0 ? fitted.value[1] * relativeChange(sample, grid, window) : 0;
  return {
    value: fitted.value[0],
    standardError: Math.hypot(fitted.standardError[0], change),
    degreesOfFreedom: fitted.degreesOfFreedom,
    unit,
    label: share > 0 ? `${label}, ${short(100 * share)} % of it extrapolated` : label,
    ...(reference !== undefined && { reference }),
    note: notes(
      share > 0 &&
        !window.stationary &&
        'extrapolated at the rate of the end of the run, not yet the slowest mode; error includes its change',
      lost < FEWEST_LOSSES && `only ${lost} losses`,
    ),
  };
}
