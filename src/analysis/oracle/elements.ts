/**
 * Functions that are a polynomial on each of a row of elements and continuous across them: the space in which the oracle
 * solves. On an element, with z from -1 to 1: the two straight lines that meet its neighbours, and the integrated Legendre
 * polynomials `(P_j - P_(j-2))/sqrt(2 (2j - 1))`, j = 2 .. degree, which vanish at its ends. Source: Szabo & Babuska, Finite
 * Element Analysis (1991), section 3.1.
 */

/** A row of elements, and the ends at which functions are held at zero. */
export interface Elements {
  /** Ends of the elements, ascending. */
  readonly breaks: Float64Array;
  /** Degree on each. */
  readonly degrees: Uint8Array;
  readonly zeroAtStart: boolean;
  readonly zeroAtEnd: boolean;
}

/** Number of unknowns: the free element ends, then the inner functions element by element. */
export function unknowns(elements: Elements): number {
  return innerBefore(elements, elements.degrees.length);
}

function innerBefore({ degrees, zeroAtStart, zeroAtEnd }: Elements, element: number): number {
  let count = degrees.length + 1 - Number(zeroAtStart) - Number(zeroAtEnd);
  for (let e = 0; e < element; e++) count += degrees[e] - 1;
  return count;
}

/** Where the shape functions of an element stand among the unknowns: start, end, inner ones; -1 where held at zero. */
export function places(elements: Elements, element: number): Int32Array {
  const { degrees, zeroAtStart, zeroAtEnd } = elements;
  const first = zeroAtStart ? 1 : 0;
  const last = degrees.length - (zeroAtEnd ? 1 : 0);
  const at = (vertex: number) => (vertex < first || vertex > last ? -1 : vertex - first);
  const inner = innerBefore(elements, element);
  return Int32Array.from({ length: degrees[element] + 1 }, (_, k) => (k < 2 ? at(element + k) : inner + k - 2));
}

/**
 * Shape functions and their slopes (by z) at one z: start, end, inner ones.
 * @param degree >= 1
 * @param z -1 .. 1
 * @example
 * shapes(2, 0).value[2] // ≈ -0.612372436
 */
export function shapes(degree: number, z: number): { value: Float64Array; slope: Float64Array } {
  const value = new Float64Array(degree + 1);
  const slope = new Float64Array(degree + 1);
  value[0] = (1 - z) / 2;
  value[1] = (1 + z) / 2;
  slope[0] = -0.5;
  slope[1] = 0.5;
  let [older, old] = [1, z];
  for (let j = 2; j <= degree; j++) {
    const next = ((2 * j - 1) * z * old - (j - 1) * older) / j;
    const size = Math.sqrt(2 * (2 * j - 1));
    value[j] = (next - older) / size;
    slope[j] = ((2 * j - 1) * old) / size;
    [older, old] = [old, next];
  }
  return { value, slope };
}

/** The element that x lies in (of two, the lower), held inside the row. */
export function elementAt(breaks: Float64Array, x: number): number {
  let low = 0;
  let high = breaks.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks[middle + 1] >= x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Value at x of the function with these coefficients; 0 outside the row. */
export function valueAt(elements: Elements, coefficients: Float64Array, x: number): number {
  const { breaks, degrees } = elements;
  if (x < breaks[0] || x > breaks[breaks.length - 1]) return 0;
  const element = elementAt(breaks, x);
  const [a, b] = [breaks[element], breaks[element + 1]];
  const { value } = shapes(degrees[element], (2 * x - a - b) / (b - a));
  let sum = 0;
  places(elements, element).forEach((place, k) => {
    if (place >= 0) sum += coefficients[place] * value[k];
  });
  return sum;
}

/** Adds `weight` times the shape functions at x to `into`. */
export function addPoint(elements: Elements, x: number, weight: number, into: Float64Array): void {
  const { breaks, degrees } = elements;
  const element = elementAt(breaks, x);
  const [a, b] = [breaks[element], breaks[element + 1]];
  const { value } = shapes(degrees[element], (2 * x - a - b) / (b - a));
  places(elements, element).forEach((place, k) => {
    if (place >= 0) into[place] += weight * value[k];
  });
}
