/** Where elements end: as fine as the wanted modes need, finer towards a rim near a pole and towards other singular places. */

import { elementAt } from './elements.js';

/** Elements, ascending, with the degree of the polynomials on each. */
export interface Mesh {
  readonly breaks: Float64Array;
  readonly degrees: Uint8Array;
}

/** Degree of the polynomials, and on the short elements next to a singular place. */
const DEGREE = 20;
const SHORT_DEGREE = 9;
/** Largest wave number times width of an element at which a polynomial of that degree is right to about 1e-9. */
const PHASE = 15;
/** Modes decayed by this many powers of e at the earliest time are left out of account. */
const DECAYED = 30;
/** Ratio of one element to the next towards a singular place, and how near to it they go, as a part of the interval. */
const GRADING = 0.2;
const NEAREST = 2e-4;

/** What a row of elements between two pitch cosines is for. */
export interface MeshWishes {
  /** xi, ascending; -1 and 1 are poles, anything else is a rim (or the middle, 0). */
  readonly from: number;
  readonly to: number;
  /** Earliest nu t at which the solution is wanted, > 0. */
  readonly earliest: number;
  /** Places at which an element has to end. */
  readonly ends: readonly number[];
  /** Places where functions are not analytic though continuous. */
  readonly singular?: readonly number[];
}

/**
 * Elements, ascending in xi. In the polar angle the width is bounded by the wave number of the last mode that matters, and
 * next to a rim by its distance from the pole, for there functions go as the logarithm of that distance.
 */
export function meshBetween({ from, to, earliest, ends, singular = [] }: MeshWishes): Mesh {
  const widest = Math.min(0.4, PHASE * Math.sqrt(earliest / DECAYED));
  const wanted = new Set([from, to, ...[...ends, ...singular].filter((x) => x > from && x < to)]);
  const angles = Array.from(wanted, (x) => Math.acos(x)).sort((a, b) => a - b);
  const long = new Set(wanted);
  for (let i = 0; i + 1 < angles.length; i++) {
    const [low, high] = [angles[i], angles[i + 1]];
    // from the right pole's side as from the left one's, to the equator or the nearest to it
    const middle = Math.min(high, Math.max(low, Math.PI / 2));
    for (const angle of rising(low, middle, widest)) long.add(Math.cos(angle));
    for (const angle of rising(Math.PI - high, Math.PI - middle, widest)) long.add(-Math.cos(angle));
    if (middle > low && middle < high) long.add(0);
  }
  const all = new Set(long);
  for (const place of singular) {
    for (let part = GRADING; part > NEAREST; part *= GRADING) {
      for (const x of [place - part * (to - from), place + part * (to - from)]) if (x > from && x < to) all.add(x);
    }
  }
  const ascending = (set: ReadonlySet<number>) =>
    withoutSlivers(
      Array.from(set).sort((a, b) => a - b),
      wanted,
    );
  const whole = ascending(long);
  const breaks = ascending(all);
  const degrees = Uint8Array.from({ length: breaks.length - 1 }, (_, e) => {
    const home = elementAt(whole, (breaks[e] + breaks[e + 1]) / 2);
    const part = (breaks[e + 1] - breaks[e]) / (whole[home + 1] - whole[home]);
    return Math.ceil(SHORT_DEGREE + (DEGREE - SHORT_DEGREE) * Math.min(1, 2 * part));
  });
  return { breaks, degrees };
}

/** Angles strictly between two, each at most `widest` and at most the distance from the pole further on. */
function rising(low: number, high: number, widest: number): number[] {
  const inner: number[] = [];
  const step = (at: number) => (at > 0 ? Math.min(widest, at) : widest);
  if (!(high > low)) return inner;
  let angle = low;
  while (angle + 1.3 * step(angle) < high) {
    angle += step(angle);
    inner.push(angle);
  }
  return inner;
}

/** Leaves out inner ends that stand next to another one, but those that have to be there. */
function withoutSlivers(sorted: number[], wanted: ReadonlySet<number>): Float64Array {
  const kept: number[] = [];
  for (const x of sorted) {
    const last = kept.at(-1);
    const close = last !== undefined && x - last < 1e-9;
    if (!close) kept.push(x);
    else if (wanted.has(x)) kept[kept.length - 1] = x;
  }
  return Float64Array.from(kept);
}
