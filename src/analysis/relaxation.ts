import { NEEDS_GROUPS, notes, short, unavailable } from './estimates.js';
import { exponentialFit, relaxationFit } from './fits.js';
import { goodnessOfFit } from './goodness.js';
import type { Jackknifed } from './jackknife.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import { studentQuantile } from './student.js';
import type { Estimate, FitWindow } from './types.js';

/** A mode is fitted as long as it stands this many standard errors above zero. */
const NOISE_LIMIT = 4;
const FEWEST_POINTS = 3;
/**
 * A fit of rate, amplitude and end at once is not linear in its data: its spread exceeds the jackknife's error, which is
 * of first order, by about this many squares of the relative error (measured over 2,000 runs with errors of 20 %).
 */
const SECOND_ORDER = 4;
const MOST_SECOND_ORDER = 0.25;
/** Chance that a fit which is right is made to start later. */
const FALSE_ALARM = 0.01;
/** A p-value below which a fit is said not to describe its data. */
const MISFIT = 1e-4;
const UNIT = '1/s';

/** A mean over those inside whose relaxation is followed. */
export interface Relaxing {
  readonly label: string;
  /** What it is called in notes, e.g. `<P2>`. */
  readonly what: string;
  readonly names: readonly string[];
  /** Sum and number at every snapshot, from the sums of these tallies. */
  readonly sums: (sums: readonly Float64Array[]) => readonly { readonly sum: number; readonly n: number }[];
  readonly reference?: number;
  readonly note?: string | false;
  /** Whether faster modes go before: then the fit starts where they are gone. */
  readonly modes?: boolean;
}

const means = (rows: readonly { readonly sum: number; readonly n: number }[]) =>
  Float64Array.from(rows, ({ sum, n }) => sum / n);

/**
 * Decay rate of a mean that ends at zero [1/s].
 *
 * Least squares of `A exp(-gamma t)` in the mean itself, smooth weights from the jackknife, over the snapshots from the start to
 * the last one before it first falls below 4 standard errors; the jackknife repeats the fit with window and weights held
 * fixed (neighbouring snapshots share their particles, so the fit's own error would be too small). Where faster modes go
 * before (`modes`), from where the mean first is 1/e of its start, and later while the p-value of the fit is below 1 %.
 */
export function decayRate(sample: Sample, mode: Relaxing): Estimate {
  const { label, names, what, reference } = mode;
  const { times } = sample;
  if (sample.sizes.length < 2) return unavailable(label, UNIT, NEEDS_GROUPS);
  const curve = sample.jackknife(names, (sums) => means(mode.sums(sums)));
  let to = 0;
  while (to < times.length && Math.abs(curve.value[to]) > NOISE_LIMIT * curve.standardError[to]) to++;
  let from = 0;
  while (mode.modes && from < to && Math.abs(curve.value[from]) > Math.abs(curve.value[0]) / Math.E) from++;
  if (to - from < FEWEST_POINTS) {
    return unavailable(
      label,
      UNIT,
      `needs ${what} above ${NOISE_LIMIT} standard errors at ${FEWEST_POINTS} snapshots${from > 0 ? ` after ${short(times[from - 1])} s` : ''}, has ${to - from}${to === 0 ? ' (it starts at zero)' : ''}`,
    );
  }
  for (; ; from++) {
    const t = times.subarray(from, to);
    const y = curve.value.subarray(from, to);
    const error = curve.standardError.subarray(from, to);
    // a start that is the same for all particles has no error: pin the fit to it, but keep the weights finite
    const floor = 1e-3 * Math.max(...error);
    const weight = smoothed(error).map((variance) => 1 / Math.max(variance, floor ** 2));
    const all = exponentialFit(t, y, weight);
    const model = t.map((time) => all.amplitude * Math.exp(-all.rate * time));
    const goodness = goodnessOfFit(part(curve, from, to), model, weight, [model, model.map((m, j) => m * t[j])]);
    if (mode.modes && (goodness.pValue ?? 1) < FALSE_ALARM && to - from > FEWEST_POINTS) continue;
    const fitted = sample.jackknifeOne(
      names,
      (sums) => exponentialFit(t, means(mode.sums(sums)).subarray(from, to), weight, all).rate,
    );
    if (!Number.isFinite(fitted.value)) return unavailable(label, UNIT, `needs more particles for a fit to ${what}`);
    const worst = worstOf(y, model, error, floor);
    return {
      ...fitted,
      unit: UNIT,
      label,
      fit: { from: t[0], to: t[t.length - 1], points: t.length, worst, ...goodness },
      ...(reference !== undefined && { reference }),
      note: notes(mode.note, misfitNote(goodness)),
    };
  }
}

/**
 * Rate at which a mean of the survivors approaches its value in the slowest mode [1/s].
 *
 * `C + A exp(-gamma t)` is fitted, weights from the jackknife, from the snapshot where the mean first is nearer to its value
 * late in the run (pooled over the window of `slowModeWindow`) than 1/e of its largest distance from it, to the end: the
 * faster modes are gone sooner. Where a point misses the fit by more than Student's t allows at 1 % for all of them, or the
 * p-value of the fit is below 1 %, the fit starts later. From the largest distance itself, and so noted, if that leaves fewer
 * than three snapshots before the distance falls below 4 standard errors. Jackknife error, corrected for what is not linear.
 */
export function approachRate(sample: Sample, window: SlowMode, mode: Relaxing): Estimate {
  const { label, names, reference } = mode;
  if (!Number.isFinite(window.from)) return unavailable(label, UNIT, window.note ?? 'no survivors');
  const { times } = sample;
  const late = times.findIndex((t) => t >= window.from * (1 - 1e-9));
  const deviations = (sums: readonly Float64Array[]) => {
    const rows = mode.sums(sums);
    let sum = 0;
    let n = 0;
    for (const row of rows.slice(late)) {
      sum += row.sum;
      n += row.n;
    }
    return Float64Array.from(rows, (row) => row.sum / row.n - sum / n);
  };
  const distance = sample.jackknife(names, deviations);
  let largest = 0;
  for (let j = 1; j < late; j++) if (Math.abs(distance.value[j]) > Math.abs(distance.value[largest])) largest = j;
  let from = largest;
  let above = largest;
  while (above < late && Math.abs(distance.value[above]) > NOISE_LIMIT * distance.standardError[above]) above++;
  while (from < above && Math.abs(distance.value[from]) > Math.abs(distance.value[largest]) / Math.E) from++;
  const few = above - from < FEWEST_POINTS;
  if (few) from = largest;
  if (above - from < FEWEST_POINTS) {
    return unavailable(
      label,
      UNIT,
      `needs ${FEWEST_POINTS} snapshots before the deviation sinks below ${NOISE_LIMIT} standard errors, has ${above - from}`,
    );
  }
  const curve = sample.jackknife(names, (sums) => means(mode.sums(sums)));
  let to = times.length;
  while (to > 0 && !(curve.standardError[to - 1] > 0)) to--;
  const limit = studentQuantile(1 - FALSE_ALARM / (2 * (to - from)), curve.degreesOfFreedom);
  for (; ; from++) {
    const t = times.subarray(from, to);
    const y = curve.value.subarray(from, to);
    const error = curve.standardError.subarray(from, to);
    const weight = error.map((e) => (e > 0 ? e ** -2 : 0));
    const all = relaxationFit(t, y, weight);
    const decay = t.map((time) => Math.exp(-all.rate * time));
    const model = decay.map((e) => all.end + all.amplitude * e);
    const worst = worstOf(y, model, error, 0);
    const tangents = [decay.map(() => 1), decay, decay.map((e, j) => e * t[j])];
    const goodness = goodnessOfFit(part(curve, from, to), model, weight, tangents);
    const misses = worst > limit || (goodness.pValue ?? 1) < FALSE_ALARM;
    if (misses && above - from > FEWEST_POINTS) continue;
    if (!(worst <= limit)) {
      return unavailable(
        label,
        UNIT,
        `not one exponential at these times (needs more snapshots before ${short(times[above])} s)`,
      );
    }
    const fitted = sample.jackknifeOne(
      names,
      (sums) => relaxationFit(t, means(mode.sums(sums)).subarray(from, to), weight, all.rate).rate,
    );
    if (!Number.isFinite(fitted.value + fitted.standardError)) {
      return unavailable(label, UNIT, 'no exponential stands above the noise in all of the run and without each group');
    }
    const relative = fitted.standardError / fitted.value;
    return {
      ...fitted,
      standardError: fitted.standardError * (1 + Math.min(MOST_SECOND_ORDER, SECOND_ORDER * relative ** 2)),
      unit: UNIT,
      label,
      ...(reference !== undefined && { reference }),
      fit: { from: t[0], to: t[t.length - 1], points: t.length, worst, ...goodness },
      note: notes(mode.note, few && 'from the start, faster modes included: few snapshots', misfitNote(goodness)),
    };
  }
}

/**
 * Squares of errors, each the mean over up to a third of the points on either side (as many on the left as there are): weights that
 * follow the chance of 32 groups from point to point would make a fit whose jackknife, at these weights, is 6 % too sure.
 */
function smoothed(error: Float64Array): Float64Array {
  return error.map((_, j) => {
    const reach = Math.min(j, Math.floor(error.length / 3));
    const near = error.subarray(j - reach, j + reach + 1);
    return near.reduce((sum, e) => sum + e * e, 0) / near.length;
  });
}

/** Some of the numbers of a jackknife. */
function part({ value, unbiased, standardError, degreesOfFreedom, deviations }: Jackknifed, from: number, to: number) {
  return {
    value: value.subarray(from, to),
    unbiased: unbiased.subarray(from, to),
    standardError: standardError.subarray(from, to),
    degreesOfFreedom,
    deviations: deviations.map((row) => row.subarray(from, to)),
  };
}

/** Largest deviation from a model, in standard errors that are above a floor. */
function worstOf(y: Float64Array, model: Float64Array, error: Float64Array, floor: number): number {
  let worst = 0;
  for (let j = 0; j < y.length; j++) {
    if (error[j] > floor) worst = Math.max(worst, Math.abs(y[j] - model[j]) / error[j]);
  }
  return worst;
}

function misfitNote({ pValue }: Pick<FitWindow, 'pValue'>): string | false {
  return pValue !== undefined && pValue < MISFIT && `not one exponential (p = ${short(pValue)})`;
}
