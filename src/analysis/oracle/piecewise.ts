/** A function's interpolant by polynomials in Chebyshev points on equal pieces: what a field costs to evaluate is then paid once. */

const PIECES = 64;
const POINTS = 14;
/** Chebyshev points of the second kind on [-1, 1] and their barycentric weights. */
const nodes = Array.from({ length: POINTS }, (_, k) => -Math.cos((Math.PI * k) / (POINTS - 1)));
const weights = nodes.map((_, k) => (k % 2 === 0 ? 1 : -1) * (k === 0 || k === POINTS - 1 ? 0.5 : 1));

/**
 * Interpolates a positive function on [0, reach], with a relative error of about 1e-13 where it is analytic on the scale of
 * reach/64. Where that is not so, the function itself is what is returned.
 * Source: Berrut & Trefethen, SIAM Review 46, 501 (2004).
 * @example
 * piecewise((x) => 1 / (1 + 25 * x * x), 1)(0.3) // ≈ 0.307692307692
 */
export function piecewise(f: (x: number) => number, reach: number): (x: number) => number {
  const width = reach / PIECES;
  const table = new Float64Array(PIECES * POINTS);
  for (let piece = 0; piece < PIECES; piece++) {
    for (let k = 0; k < POINTS; k++) table[piece * POINTS + k] = f(width * (piece + (1 + nodes[k]) / 2));
  }
  const interpolant = (x: number) => {
    const piece = Math.max(0, Math.min(PIECES - 1, Math.floor(x / width)));
    const z = 2 * (x / width - piece) - 1;
    let above = 0;
    let below = 0;
    for (let k = 0; k < POINTS; k++) {
      const distance = z - nodes[k];
      if (distance === 0) return table[piece * POINTS + k];
      const share = weights[k] / distance;
      above += share * table[piece * POINTS + k];
      below += share;
    }
    return above / below;
  };
  for (let k = 0; k < 3 * PIECES; k++) {
    const x = (reach * (k + 0.59)) / (3 * PIECES);
    if (!(Math.abs(interpolant(x) - f(x)) < 1e-12 * Math.abs(f(x)))) return f;
  }
  return interpolant;
}
