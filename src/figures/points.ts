/** Points of a curve with their standard errors, in the units of the axes. */
import type { Curve } from '../analysis/types.js';

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The points of a curve that have a value; a point without an error gets no bar.
 *
 * @param curve in SI
 * @param xFactor what x is divided by
 * @param yFactor what values and errors are divided by
 * @param values other values at the same places, e.g. the reference: without errors then
 */
export function pointsOf(curve: Curve, xFactor: number, yFactor: number, values?: ArrayLike<number>): Point[] {
  return Array.from(values ?? curve.value, (value, i) => {
    const error = values ? 0 : (curve.standardError[i] || 0) / yFactor;
    const y = value / yFactor;
    return { x: curve.x[i] / xFactor, y, low: y - error, high: y + error };
  }).filter(({ y }) => Number.isFinite(y));
}
