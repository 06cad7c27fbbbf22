/**
 * The phase-space volume of a bin of midplane pitch: `∫ ds ∫ d|xi0| |xi0| / |xi(s)|` [m], |xi0| times the half bounce's length
 * over v. In a stationary state `dN ∝ F` times it, so counts over weights are F by midplane pitch. The inner integral is
 * exact: with `b = B/Bmin` and `y = 1 - (1 - xi0^2) b` it is `sqrt(y)/b`.
 */
import type { LineField } from '../fields/index.js';

const PLACES = 4000;

/** Weights of the bins between `xiEdges`, without a potential: of the whole line, or of what lies within `reach` of the least field. */
export function bounceWeights(field: LineField, xiEdges: Float64Array, reach = Infinity): Float64Array {
  const weights = new Float64Array(xiEdges.length - 1);
  const from = Math.max(field.sLeft, field.sMid - reach);
  const ds = (Math.min(field.sRight, field.sMid + reach) - from) / PLACES;
  for (let k = 0; k < PLACES; k++) {
    const b = field.strength(from + (k + 0.5) * ds) / field.Bmin;
    for (let i = 0; i < weights.length; i++) {
      // a bin that straddles zero has both its halves
      const low = xiEdges[i];
      const high = xiEdges[i + 1];
      const part = (xi: number) => Math.sqrt(Math.max(0, 1 - (1 - xi * xi) * b)) / b;
      weights[i] +=
        (low < 0 && high > 0 ? part(low) + part(high) - 2 * part(0) : Math.abs(part(high) - part(low))) * ds;
    }
  }
  return weights;
}
