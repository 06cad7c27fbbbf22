import { notes, short, unavailable } from './estimates.js';
import { exponentialFit, relaxationFit } from './fits.js';
import type { Jackknifed } from './jackknife.js';
import { hasOneRate, isClosed, legendreDecayRate } from './references.js';
import type { Sample } from './sample.js';
import type { SlowMode } from './slowMode.js';
import { studentQuantile } from './student.js';
import type { AnalysisScenario, Estimate, FitWindow } from './types.js';

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
const UNIT = '1/s';

/** <P_l> of those inside at every snapshot. */
function moments(legendre: Float64Array, l: number, snapshots: number): Float64Array {
  const width = legendre.length / snapshots;
  return Float64Array.from({ length: snapshots }, (_, j) => legendre[j * width + l] / legendre[j * width]);
}

/**
 * Decay rate of <P_l> of a closed run [1/s].
 *
 * Least squares of `A exp(-gamma t)` in <P_l> itself, weights from the jackknife, over the snapshots from the start to
 * the last one before |<P_l>| first falls below 4 standard errors; the jackknife repeats the fit with window and
 * weights held fixed (neighbouring snapshots share their particles, so the fit's own error would be too small). Exact
 * theory: `l (l + 1) nu`.
 * @param l degree, 1 .. 8
 */
export function legendreRate(l: number, sample: Sample, scenario: AnalysisScenario): Estimate {
  const label = l === 2 ? 'isotropisation rate (decay of <P2>)' : `decay rate of <P${l}>`;
  const { times } = sample;
  if (sample.sizes.length < 2) return unavailable(label, UNIT, 'needs particles in two groups or more');
  const curve = sample.jackknife(['legendre'], ([legendre]) => moments(legendre, l, times.length));
  let to = 0;
  while (to < times.length && Math.abs(curve.value[to]) > NOISE_LIMIT * curve.standardError[to]) to++;
  if (to < FEWEST_POINTS) {
    return unavailable(
      label,
      UNIT,
      `needs <P${l}> above ${NOISE_LIMIT} standard errors at ${FEWEST_POINTS} snapshots, has ${to}${to === 0 ? ' (it starts at zero)' : ''}`,
    );
  }
  return fitExponential(sample, curve, 0, to, label, 'legendre', (legendre) => moments(legendre, l, times.length), {
    reference: legendreDecayRate(l, scenario, sample.plan),
    note: notes(
      !hasOneRate(sample.plan) &&
        sample.plan.reference.nu > 0 &&
        'speeds scatter at different rates: a mean rate over the window',
    ),
  });
}

/** <P_2> of the midplane pitch of those inside at every snapshot (middles of the bins). */
function midplaneP2(pitch: Float64Array, xiEdges: ArrayLike<number>, snapshots: number): { sum: number; n: number }[] {
  const bins = pitch.length / snapshots;
  return Array.from({ length: snapshots }, (_, j) => {
    let sum = 0;
    let n = 0;
    for (let i = 0; i < bins; i++) {
      const xi = (xiEdges[i] + xiEdges[i + 1]) / 2;
      sum += pitch[j * bins + i] * (1.5 * xi * xi - 0.5);
      n += pitch[j * bins + i];
    }
    return { sum, n };
  });
}

/**
 * Isotropisation rate [1/s]: of a closed run the decay rate of <P2> (`legendreRate`); with losses the rate at which
 * <P2> of the survivors approaches its value in the slowest mode.
 *
 * With losses it is the midplane pitch that is followed (the local one swings with the bounces). `C + A exp(-gamma t)` is
 * fitted to its <P2>, weights from the jackknife, from the snapshot where it first is nearer to its value late in the run
 * (pooled over the window of `slowModeWindow`) than 1/e of its largest distance from it, to the end: the faster modes are
 * gone sooner. Where a point misses the fit by more than Student's t allows at 1 % for all of them, the fit starts later.
 * From the largest distance itself, and so noted, if that leaves fewer than three snapshots before the distance falls
 * below 4 standard errors. Jackknife error, corrected for what is not linear.
 */
export function isotropisationRate(sample: Sample, scenario: AnalysisScenario, window: SlowMode): Estimate {
  if (isClosed(scenario)) return legendreRate(2, sample, scenario);
  const label = "isotropisation rate (approach of the survivors' midplane <P2> to the slowest mode)";
  if (!Number.isFinite(window.from)) return unavailable(label, UNIT, window.note ?? 'no survivors');
  const { times } = sample;
  const late = times.findIndex((t) => t >= window.from * (1 - 1e-9));
  const deviations = (pitch: Float64Array) => {
    const rows = midplaneP2(pitch, sample.plan.axes.xiEdges, times.length);
    let sum = 0;
    let n = 0;
    for (const row of rows.slice(late)) {
      sum += row.sum;
      n += row.n;
    }
    return Float64Array.from(rows, (row) => row.sum / row.n - sum / n);
  };
  const values = (pitch: Float64Array) =>
    Float64Array.from(midplaneP2(pitch, sample.plan.axes.xiEdges, times.length), (row) => row.sum / row.n);
  const distance = sample.jackknife(['midplanePitch'], ([pitch]) => deviations(pitch));
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
  const curve = sample.jackknife(['midplanePitch'], ([pitch]) => values(pitch));
  let to = times.length;
  while (to > 0 && !(curve.standardError[to - 1] > 0)) to--;
  const limit = studentQuantile(1 - FALSE_ALARM / (2 * (to - from)), curve.degreesOfFreedom);
  for (; ; from++) {
    const t = times.subarray(from, to);
    const y = curve.value.subarray(from, to);
    const weight = curve.standardError.subarray(from, to).map((error) => (error > 0 ? error ** -2 : 0));
    const all = relaxationFit(t, y, weight);
    let worst = 0;
    for (let j = 0; j < t.length; j++) {
      const miss = Math.abs(y[j] - all.end - all.amplitude * Math.exp(-all.rate * t[j]));
      worst = Math.max(worst, miss * Math.sqrt(weight[j]));
    }
    if (worst > limit && above - from > FEWEST_POINTS) continue;
    if (!(worst <= limit)) {
      return unavailable(
        label,
        UNIT,
        `not one exponential at these times (needs more snapshots before ${short(times[above])} s)`,
      );
    }
    const fitted = sample.jackknifeOne(
      ['midplanePitch'],
      ([pitch]) => relaxationFit(t, values(pitch).subarray(from, to), weight, all.rate).rate,
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
      fit: { from: t[0], to: t[t.length - 1], points: t.length, worst },
      note: notes(few && 'from the start, faster modes included: few snapshots'),
    };
  }
}

/** Exponential through the points [from, to) of a curve made of one tally. */
function fitExponential(
  sample: Sample,
  curve: Jackknifed,
  from: number,
  to: number,
  label: string,
  tally: string,
  points: (sums: Float64Array) => Float64Array,
  more: { reference?: number; note?: string },
): Estimate {
  const t = sample.times.subarray(from, to);
  const y = curve.value.subarray(from, to);
  const error = curve.standardError.subarray(from, to);
  // a start that is the same for all particles has no error: pin the fit to it, but keep the weights finite
  const floor = 1e-3 * Math.max(...error);
  const weight = error.map((e) => 1 / Math.max(e, floor) ** 2);
  const all = exponentialFit(t, y, weight);
  const fitted = sample.jackknifeOne(
    [tally],
    ([sums]) => exponentialFit(t, points(sums).subarray(from, to), weight, all).rate,
  );
  let worst = 0;
  for (let j = 0; j < t.length; j++) {
    const deviation = Math.abs(y[j] - all.amplitude * Math.exp(-all.rate * t[j]));
    if (error[j] > floor) worst = Math.max(worst, deviation / error[j]);
  }
  const fit: FitWindow = { from: t[0], to: t[t.length - 1], points: t.length, worst };
  const { reference, note } = more;
  return { ...fitted, unit: UNIT, label, fit, ...(reference !== undefined && { reference }), ...(note && { note }) };
}
