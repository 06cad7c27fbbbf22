/** Fewer markers where they would hide each other. */

/** Markers of a series are no closer than this part of the axis. */
const apart = 1 / 90;

/**
 * Leaves out points that lie so close along an axis that their markers would merge; the first and the last stay.
 *
 * @param points in the order of the axis
 * @param place of a point on the axis, 0 .. 1
 * @returns some of the points, at least the first and the last
 * @example thinned([0, 0.001, 0.5, 0.999, 1], (x) => x) // [0, 0.5, 1]
 */
export function thinned<P>(points: readonly P[], place: (point: P) => number): P[] {
  const kept: P[] = [];
  const last = points.length - 1;
  points.forEach((point, i) => {
    const before = kept.length === 0 || place(point) - place(kept[kept.length - 1]) >= apart;
    if (i === last || (before && (i === 0 || place(points[last]) - place(point) >= apart))) kept.push(point);
  });
  return kept;
}
