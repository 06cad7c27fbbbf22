/**
 * Uniform cubic B-splines: a value is the sum of four neighbouring coefficients times weights that depend on the place t in the cell,
 * 0 <= t <= 1. Source: de Boor, A Practical Guide to Splines (2001), chapter 10.
 */

/** Weights, and their slopes, of the last calls. */
export let weight0: f64 = 0.0;
export let weight1: f64 = 0.0;
export let weight2: f64 = 0.0;
export let weight3: f64 = 0.0;
export let slope0: f64 = 0.0;
export let slope1: f64 = 0.0;
export let slope2: f64 = 0.0;
export let slope3: f64 = 0.0;

const SIXTH: f64 = 1.0 / 6.0;

export function setWeights(t: f64): void {
  const s = 1.0 - t;
  weight0 = s * s * s * SIXTH;
  weight1 = (4.0 + t * t * (3.0 * t - 6.0)) * SIXTH;
  weight2 = (4.0 + s * s * (3.0 * s - 6.0)) * SIXTH;
  weight3 = t * t * t * SIXTH;
}

/** Derivatives of the weights by t. */
export function setSlopes(t: f64): void {
  const s = 1.0 - t;
  slope0 = -0.5 * s * s;
  slope1 = t * (1.5 * t - 2.0);
  slope2 = s * (2.0 - 1.5 * s);
  slope3 = 0.5 * t * t;
}

/** A place in units of cells, no farther than the ends; the first end where it is none. */
export function inside(u: f64, cells: f64): f64 {
  return u > 0.0 ? Math.min(u, cells) : 0.0;
}

/** The cell of a place that is inside. */
export function cellOf(u: f64, cells: f64): f64 {
  return Math.min(Math.floor(u), cells - 1.0);
}
