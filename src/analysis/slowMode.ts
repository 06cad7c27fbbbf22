import { short } from './estimates.js';
import { hasOneRate } from './references.js';
import { insideAt, type Sample } from './sample.js';

/** From when on the survivors are in the slowest mode. */
export interface SlowMode {
  /** Start of the window [s]; NaN where there is none. */
  readonly from: number;
  /** End of the window: the last snapshot [s]. */
  readonly to: number;
  /** Whether the survivors had become stationary (false: the last third, or no window at all). */
  readonly stationary: boolean;
  readonly note?: string;
}

/** How many standard errors a survivors' moment may differ from its later mean to count as stationary. */
const STATIONARY_LIMIT = 2.5;
/** The window starts when this part of those alive at the first stationary snapshot is left. */
const MARGIN = 0.8;

/**
 * The window in which the survivors decay as the slowest mode, by rule.
 *
 * In the slowest mode the distribution of the survivors keeps its shape. Its moments are watched: <P_1>, <P_2>, <P_4>
 * of the midplane pitch, <s> and <s^2>. With t_a the first snapshot at which every moment agrees with its mean over all
 * later snapshots within 2.5 jackknife standard errors, the window is from the first snapshot with at most 0.8 of the
 * survivors of t_a (no later than max(t_a, half of the run)) to the end, provided that t_a is no later than half of the
 * run.
 *
 * Why this is enough: all survivors show the shape and only those that die show the rate, so at t_a the transient is
 * below about one error of the rate; while the slowest mode falls to 0.8, the next one that changes the rate (9 times
 * as fast in a symmetric cone, 4 times in a lopsided start) falls to 0.13 - 0.41 of itself. The start depends on the
 * past only, as a stopping time, so the choice does not bias the rate.
 *
 * Where particles scatter at different rates there is no single mode, and where they are not stationary by then the
 * window is the last third of the run and says so. With one rate and no stationary snapshot there is no window.
 */
export function slowModeWindow(sample: Sample): SlowMode {
  const { times } = sample;
  const last = times.length - 1;
  const inside = insideAt(sample.total('legendre'), times.length);
  let alive = last;
  while (alive > 0 && inside[alive] === 0) alive--;
  const to = times[Math.min(alive + 1, last)];
  const none = (note: string): SlowMode => ({ from: NaN, to, stationary: false, note });
  if (sample.sizes.length < 2) return none('needs particles in two groups or more');
  if (last < 1 || alive < 1) return none('needs survivors at two snapshots or more');

  const first = firstStationary(sample, alive);
  if (times[first] <= to / 2) {
    let start = first;
    while (start < alive && inside[start] > MARGIN * inside[first]) start++;
    return { from: Math.min(times[start], Math.max(times[first], to / 2)), to, stationary: true };
  }
  if (!hasOneRate(sample.plan)) {
    return {
      from: (2 / 3) * to,
      to,
      stationary: false,
      note: 'not one mode: speeds scatter at different rates and the survivors still change',
    };
  }
  return none(
    `the survivors' pitch and place are not stationary within the first half of the run (needs a longer run than ${short(to)} s, or more snapshots)`,
  );
}

/** Index of the first snapshot whose moments agree with their later means. */
function firstStationary(sample: Sample, alive: number): number {
  const { value, standardError } = sample.jackknife(['midplanePitch', 'position', 'position2'], ([pitch, s, s2]) =>
    laterDeviations(pitch, [s, s2], sample.plan.axes.xiEdges, alive),
  );
  const moments = value.length / alive;
  for (let j = 0; j < alive; j++) {
    let stationary = true;
    for (let k = 0; k < moments; k++) {
      const i = j * moments + k;
      // NaN (a moment that does not vary at all, or a single group) says nothing against it
      if (Math.abs(value[i]) > STATIONARY_LIMIT * standardError[i]) stationary = false;
    }
    if (stationary) return j;
  }
  return alive;
}

/** Moments at snapshots 0 .. alive-1 less their mean over all later ones (weighted by survivors), `[alive, moments]`. */
function laterDeviations(
  pitch: Float64Array,
  places: readonly Float64Array[],
  xiEdges: ArrayLike<number>,
  alive: number,
): Float64Array {
  const bins = xiEdges.length - 1;
  const moments = 3 + places.length;
  const sums = new Float64Array((alive + 1) * (moments + 1));
  for (let j = 0; j <= alive; j++) {
    const row = sums.subarray(j * (moments + 1), (j + 1) * (moments + 1));
    for (let i = 0; i < bins; i++) {
      const n = pitch[j * bins + i];
      const xi = (xiEdges[i] + xiEdges[i + 1]) / 2;
      const square = xi * xi;
      row[0] += n * xi;
      row[1] += n * (1.5 * square - 0.5);
      row[2] += n * ((4.375 * square - 3.75) * square + 0.375);
      row[moments] += n;
    }
    for (let k = 0; k < places.length; k++) row[3 + k] = places[k][j];
  }
  const deviations = new Float64Array(alive * moments);
  const later = new Float64Array(moments + 1);
  for (let j = alive; j >= 0; j--) {
    const row = sums.subarray(j * (moments + 1), (j + 1) * (moments + 1));
    for (let k = 0; j < alive && k < moments; k++) {
      deviations[j * moments + k] = row[k] / row[moments] - later[k] / later[moments];
    }
    for (let k = 0; k <= moments; k++) later[k] += row[k];
  }
  return deviations;
}
