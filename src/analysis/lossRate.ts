import { notes, short, unavailable } from './estimates.js';
import { faultsUntil, withoutFaults } from './faults.js';
import { survivalRate } from './fits.js';
import { goodnessOfFit } from './goodness.js';
import { areLostAlike, isClosed } from './references.js';
import { insideAt, type Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import type { AnalysisScenario, Estimate, FitWindow } from './types.js';

const LABEL = 'loss rate (slowest mode)';
const MEAN_LABEL = 'loss rate (mean of those left, last third of the run)';
/** Fewer snapshots than this, and survival is taken from the bins of loss time instead. */
const FEWEST_SNAPSHOTS = 12;
/** Losses in the window below which no rate is given: about three in each of 32 groups. */
export const FEWEST_LOSSES = 100;

/** Change of the rate over a window that is not stationary, as a part of it, above which no rate is given. */
export const WIDEST_CHANGE = 0.5;

/** Survival on a grid of times: at the snapshots (exact), or from the binned loss times where snapshots are few. */
export interface SurvivalGrid {
  readonly times: Float64Array;
  /** The tallies that the numbers alive are made of. */
  readonly names: readonly string[];
  /** Numbers alive at `times`, of any sums of these tallies. */
  alive(sums: readonly Float64Array[], particles: number): Float64Array;
}

/** The grid on which survival is known. */
export function survivalGrid(sample: Sample): SurvivalGrid {
  const { times } = sample;
  const edges = Float64Array.from(sample.plan.axes.lossTimeEdges);
  const faulty = sample.total('faultTimes').some((n) => n > 0);
  if (times.length >= FEWEST_SNAPSHOTS) {
    if (!faulty) return { times, names: ['legendre'], alive: ([legendre]) => insideAt(legendre, times.length) };
    return {
      times,
      names: ['legendre', 'faultTimes'],
      alive: ([legendre, faults]) => withoutFaults(insideAt(legendre, times.length), faultsUntil(faults, edges, times)),
    };
  }
  const bins = edges.length - 1;
  return {
    times: edges,
    names: ['lossTimes', 'faultTimes'],
    alive: ([lost, faults], particles) => {
      const inside = new Float64Array(bins + 1).fill(particles);
      for (let k = 0; k < bins; k++) inside[k + 1] = inside[k] - lost[k] - lost[bins + k] - faults[k];
      return faulty ? withoutFaults(inside, faultsUntil(faults, edges, edges)) : inside;
    },
  };
}

/** Indices [from, to] of the grid inside the window. */
export function gridWindow(grid: SurvivalGrid, window: SlowMode): [number, number] {
  const slack = 1e-9 * window.to;
  let from = 0;
  while (from < grid.times.length && !(grid.times[from] >= window.from - slack)) from++;
  let to = grid.times.length - 1;
  while (to > 0 && grid.times[to] > window.to + slack) to--;
  return [from, to];
}

/** Rate of the survivors' decay over grid points [from, to], from any sums. */
export function rateBetween(grid: SurvivalGrid, alive: Float64Array, from: number, to: number): number {
  return survivalRate(grid.times.subarray(from, to + 1), alive.subarray(from, to + 1));
}

/** How much the rate changed from the stretch before a window to the window, over its value in the window. */
export function relativeChange(sample: Sample, grid: SurvivalGrid, window: SlowMode): number {
  if (window.stationary) return 0;
  const alive = grid.alive(
    grid.names.map((name) => sample.total(name)),
    sample.particles,
  );
  const [from, to] = gridWindow(grid, window);
  const [before] = gridWindow(grid, { ...window, from: window.before });
  // without a stretch before it, its own first half against the second
  const start = before < from ? from : middleLoss(alive, from, to);
  return (
    (rateBetween(grid, alive, start, to) - rateBetween(grid, alive, before, start)) / rateBetween(grid, alive, from, to)
  );
}

/** Index within (from, to) nearest to half of the losses between them. */
function middleLoss(alive: Float64Array, from: number, to: number): number {
  let half = from + 1;
  while (half < to - 1 && alive[half] > (alive[from] + alive[to]) / 2) half++;
  return half;
}

/** The last third of the run, a window that does not depend on what happened. */
function lastThird({ times }: Sample, mode: SlowMode): SlowMode {
  const end = times[times.length - 1];
  const from = times.findIndex((t) => t >= (2 / 3) * end * (1 - 1e-9));
  return { ...mode, from: times[Math.min(from, times.length - 2)], to: end };
}

/**
 * Loss rate: decay rate of the slowest mode [1/s].
 *
 * Maximum likelihood of an exponential from the numbers inside at the times of `survivalGrid` (`survivalRate`: exact
 * for any spacing), over the window of `slowModeWindow`; jackknife error with the window held fixed. Deaths over
 * person-time use every death once, so no fit to the (strongly correlated) survival curve is closer. In the
 * slowest mode the halves of the window's deaths are compared and a difference above 4 standard errors is said. Where the
 * survivors still change, what the rate has changed by since the stretch before the window, of the same length, is what
 * it may yet change by: it is added to the error in square, and no rate is given where it is more than half of it.
 *
 * Where speeds are lost at different rates there is no slowest mode, or it is that of the last few particles: given is the mean
 * rate of those left in the last third of the run, and called so.
 * @param reference exact rate of the slowest mode, where there is one [1/s]
 */
export function lossRate(sample: Sample, scenario: AnalysisScenario, mode: SlowMode, reference?: number): Estimate {
  const unit = '1/s';
  if (isClosed(scenario)) return unavailable(LABEL, unit, 'no open boundary: nothing is lost');
  if (!Number.isFinite(mode.from)) return unavailable(LABEL, unit, mode.note ?? 'no window');
  const alike = areLostAlike(scenario, sample.plan);
  const window = alike ? mode : lastThird(sample, mode);
  const label = !alike
    ? MEAN_LABEL
    : window.stationary
      ? LABEL
      : 'loss rate (end of the run, not yet the slowest mode)';
  const grid = survivalGrid(sample);
  const [from, to] = gridWindow(grid, window);
  if (to - from < 1) return unavailable(label, unit, `needs two snapshots after ${short(window.from)} s`);
  const all = grid.alive(
    grid.names.map((name) => sample.total(name)),
    sample.particles,
  );
  const losses = all[from] - all[to];
  if (losses < FEWEST_LOSSES) {
    return unavailable(
      label,
      unit,
      `needs ${FEWEST_LOSSES} losses after ${short(window.from)} s, has ${Math.round(losses)}`,
    );
  }
  const half = middleLoss(all, from, to);
  const fitted = sample.jackknife(grid.names, (sums, particles) => {
    const alive = grid.alive(sums, particles);
    const early = rateBetween(grid, alive, from, half);
    const late = rateBetween(grid, alive, half, to);
    return Float64Array.of(rateBetween(grid, alive, from, to), early - late);
  });
  const change = fitted.value[1] / fitted.standardError[1];
  const drift = alike ? relativeChange(sample, grid, window) : 0;
  if (!(Math.abs(drift) < WIDEST_CHANGE)) {
    return unavailable(
      label,
      unit,
      `the survivors are far from the slowest mode: the rate still changes by ${short(100 * Math.abs(drift))} % (needs a longer run than ${short(window.to)} s)`,
    );
  }
  return {
    value: fitted.value[0],
    standardError: Math.hypot(fitted.standardError[0], drift * fitted.value[0]),
    degreesOfFreedom: fitted.degreesOfFreedom,
    unit,
    label,
    ...(reference !== undefined && { reference }),
    note: notes(
      alike
        ? window.note
        : `speeds are lost at different rates, so there is no slowest mode: losses over particle-seconds between ${short(window.from)} and ${short(window.to)} s, ${change > 4 ? 'falling' : 'later it falls'} towards the rate of those lost last`,
      alike &&
        window.stationary &&
        Math.abs(change) > 4 &&
        `first and second half of the window differ by ${short(Math.abs(change))} standard errors`,
    ),
    fit: survivalWindow(sample, grid, from, to),
  };
}

/**
 * The window of an exponential of survivors, and how well the losses of each interval fit it: each against what the rate
 * expects of those alive at its beginning, in binomial errors.
 */
function survivalWindow(sample: Sample, grid: SurvivalGrid, from: number, to: number): FitWindow {
  const intervals = to - from;
  const time = (k: number) => grid.times[from + k + 1] - grid.times[from + k];
  const all = grid.alive(
    grid.names.map((name) => sample.total(name)),
    sample.particles,
  );
  const rate = rateBetween(grid, all, from, to);
  const loses = (k: number, rate: number) => -Math.expm1(-rate * time(k));
  // as the fit has it: what is made of the numbers themselves would follow their noise
  const expected = (k: number) => all[from] * Math.exp(-rate * (grid.times[from + k] - grid.times[from]));
  const spread = Float64Array.from({ length: intervals }, (_, k) =>
    Math.sqrt(expected(k) * loses(k, rate) * (1 - loses(k, rate))),
  );
  const residuals = sample.jackknife(grid.names, (sums, particles) => {
    const alive = grid.alive(sums, particles);
    const own = rateBetween(grid, alive, from, to);
    const scale = sample.particles / particles;
    return spread.map(
      (s, k) => (scale * (alive[from + k] - alive[from + k + 1] - alive[from + k] * loses(k, own))) / s,
    );
  });
  const weight = spread.map((s) => (s > 0 ? 1 : 0));
  const slope = spread.map((s, k) => (s > 0 ? (expected(k) * (1 - loses(k, rate)) * time(k)) / s : 0));
  let worst = 0;
  residuals.value.forEach((r, k) => {
    if (weight[k] > 0) worst = Math.max(worst, Math.abs(r));
  });
  const goodness = goodnessOfFit(residuals, new Float64Array(intervals), weight, [slope]);
  return { from: grid.times[from], to: grid.times[to], points: intervals, worst, ...goodness };
}
