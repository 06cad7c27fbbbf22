import { NEEDS_GROUPS, short } from './estimates.js';
import { hasOneRate } from './references.js';
import { insideAt, type Sample } from './sample.js';
import { studentQuantile } from './student.js';

/** From when on the survivors are in the slowest mode. */
export interface SlowMode {
  /** Start of the window [s]; NaN where there is none. */
  readonly from: number;
  /** End of the window: the last snapshot, or the first without survivors [s]. */
  readonly to: number;
  /** Start of what comes before the window where the survivors still change, as long as the window if the run is [s]. */
  readonly before: number;
  /** Whether the survivors had become stationary (false: the end of the run as it is, or no window at all). */
  readonly stationary: boolean;
  /** First snapshot from which on no moment of the survivors differs from its later mean [s]; NaN where none was looked at. */
  readonly since: number;
  /** The last moment that did, and when; nothing where none ever did. */
  readonly last?: { readonly moment: string; readonly time: number; readonly z: number };
  readonly note?: string;
}

/** Chance that a run which is stationary all along is found not to be, at any snapshot and in any moment. */
const FALSE_ALARM = 0.01;
/** Moments of fewer survivors than this are not looked at. */
const FEWEST_SURVIVORS = 100;
/** The window starts when this part of those alive at the first stationary snapshot is left ... */
const MARGIN = 0.7;
/** ... or earlier, so that it costs at most this part of the losses since. */
const COST = 0.4;
/** What must be lost after the first stationary snapshot, where that is later than half-way. */
const DECLINE = 0.5;
/** Losses that a window is widened for where the survivors are not stationary. */
const WANTED_LOSSES = 200;

/**
 * The window in which the survivors decay as the slowest mode, by rule.
 *
 * In the slowest mode the distribution of the survivors keeps its shape. Its moments are watched: <P_1>, <P_2>, <P_4>
 * of the midplane pitch, <s> and <s^2>, each at every snapshot against its mean over all later ones. The transient ends
 * after the last snapshot at which any of them differs by more than Student's t (groups - 1) allows at 1 % for all
 * moments and all snapshots together: call it t_a. It has to lie in the first half of the run, or half of its survivors
 * have to be lost after it: what is compared with itself over less shows nothing. The window is then from the first
 * snapshot with at most 0.7 of the survivors of t_a, or with 0.4 of the losses since t_a where that is sooner, to the
 * end.
 *
 * Why this is enough: all survivors show the shape and only those that die show the rate, so at t_a the transient is a
 * few errors of a moment, about as many of the rate's; until the window starts the next mode that changes the rate (9
 * times as fast in a symmetric cone, 4 times for a lopsided start) falls to 0.1 - 0.4 of that, and on average over the
 * window to a fifth of what is left.
 *
 * Where the survivors are not stationary by then, and where particles scatter at different rates and still change, the
 * window is the last third of the run (more, where fewer than 200 are lost in it) and says so; whoever uses it adds the
 * difference from the stretch before it to the error.
 */
export function slowModeWindow(sample: Sample): SlowMode {
  const { times } = sample;
  const last = times.length - 1;
  const inside = insideAt(sample.total('legendre'), times.length);
  let alive = last;
  while (alive > 0 && inside[alive] === 0) alive--;
  const end = Math.min(alive + 1, last);
  const to = times[end];
  const none = (note: string): SlowMode => ({ from: NaN, to, before: NaN, stationary: false, since: NaN, note });
  if (sample.sizes.length < 2) return none(NEEDS_GROUPS);
  if (last < 1 || alive < 1) return none('needs survivors at two snapshots or more');

  const { first, last: lastOff } = firstStationary(sample, alive, inside);
  const found = { since: times[first], ...(lastOff && { last: lastOff }) };
  if (times[first] <= to / 2 || inside[end] <= DECLINE * inside[first]) {
    const left = inside[first] - Math.min((1 - MARGIN) * inside[first], COST * (inside[first] - inside[end]));
    let start = first;
    while (start < alive && inside[start] > left) start++;
    return { from: times[start], to, before: times[start], stationary: true, ...found };
  }
  let start = 0;
  while (start < end - 1 && times[start] < (2 / 3) * to) start++;
  while (start > 0 && inside[start] - inside[end] < WANTED_LOSSES) start--;
  const why = hasOneRate(sample.plan)
    ? `the survivors still change at ${short(times[Math.max(0, first - 1)])} s, not the slowest mode yet (a longer run would show it)`
    : 'not one mode: speeds scatter at different rates and the survivors still change';
  return {
    from: times[start],
    to,
    before: Math.max(0, 2 * times[start] - to),
    stationary: false,
    ...found,
    note: `${why}; error includes the change from the time before`,
  };
}

const MOMENTS = ['<P1>', '<P2>', '<P4>', '<s>', '<s^2>'];

/** Index of the snapshot after the last one whose moments differ from their later means, and that moment. */
function firstStationary(
  sample: Sample,
  alive: number,
  inside: Float64Array,
): { first: number; last?: SlowMode['last'] } {
  const { value, standardError, degreesOfFreedom } = sample.jackknife(
    ['midplanePitch', 'position', 'position2'],
    ([pitch, s, s2]) => laterDeviations(pitch, [s, s2], sample.plan.axes.xiEdges, alive),
  );
  const limit = studentQuantile(1 - FALSE_ALARM / (2 * value.length), degreesOfFreedom);
  const moments = value.length / alive;
  for (let j = alive - 1; j >= 0; j--) {
    if (inside[j] < FEWEST_SURVIVORS) continue;
    for (let i = j * moments; i < (j + 1) * moments; i++) {
      // NaN (a moment that does not vary at all, or a group without survivors) says nothing against it
      if (!(Math.abs(value[i]) > limit * standardError[i])) continue;
      const last = { moment: MOMENTS[i % moments], time: sample.times[j], z: value[i] / standardError[i] };
      return { first: j + 1, last };
    }
  }
  return { first: 0 };
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
