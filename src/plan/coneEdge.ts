/** How pitch is counted about the edge of the loss cone: fine bins of the midplane pitch, of those who are near the midplane. */
import type { LineField } from '../fields/types.js';

/** Fine bins in the cone, and at most on its trapped side; at least so many there, if the cone takes ever more for it. */
const BINS = 16;
const FEWEST_TRAPPED = 6;
const MOST_IN_CONE = 128;
/** Near the midplane is where the field has not risen by more than this, and what lies within this part of the length. */
const RISE = 0.05;
const NEAR = 64;
/** Steps that the stretch is looked for in, of the length. */
const STEPS = 1024;

/**
 * Edges of the fine bins of |midplane pitch|, all of one width: the edge of the cone is one of them, 1 is the last, and below
 * the cone's edge they go on for as much again, or as far as there is.
 * @param xiLossCone edge of the loss cone, above 0 and below 1
 * @example
 * edgeBins(0.75).length // => 33
 */
export function edgeBins(xiLossCone: number): Float64Array {
  const cone = 1 - xiLossCone;
  const inCone = Math.max(BINS, Math.min(MOST_IN_CONE, Math.ceil((FEWEST_TRAPPED * cone) / xiLossCone)));
  const width = cone / inCone;
  const trapped = Math.min(BINS, Math.floor(xiLossCone / width + 1e-9));
  const edges = Float64Array.from({ length: trapped + inCone + 1 }, (_, k) => xiLossCone + (k - trapped) * width);
  edges[trapped + inCone] = 1;
  edges[0] = Math.max(0, edges[0]);
  return edges;
}

/**
 * Half the stretch about the least field that counts as the midplane [m]: up to where B has risen by a twentieth on one of
 * its sides, and a 64th of the length in any case, or with forces. The wider, the more are counted; f hardly changes along it.
 * @example
 * import { buildField } from '../fields/index.js'
 * midplaneReach(buildField({ kind: 'parabolic', B: 1, ratio: 6, length: 2 })) // => 0.099609375
 */
export function midplaneReach(field: LineField, forced = false): number {
  const step = field.length / STEPS;
  let n = STEPS / NEAR;
  const risen = (s: number) => s >= field.sLeft && s <= field.sRight && field.strength(s) > (1 + RISE) * field.Bmin;
  while (!forced && n < STEPS / 2 && !risen(field.sMid - (n + 1) * step) && !risen(field.sMid + (n + 1) * step)) n++;
  return n * step;
}
