/** What happens at an end of a line: particles leave, turn round, or come in at the other end. */
export type LineEnd = 'open' | 'reflecting' | 'periodic';

/** A line as the backward equation needs it, on evenly spaced nodes from end to end. */
export interface MotionLine {
  readonly length: number;
  /** B/Bmin at the nodes. */
  readonly b: Float64Array;
  /** d(B/Bmin)/ds at the nodes [1/m]. */
  readonly slope: Float64Array;
  readonly ends: readonly [LineEnd, LineEnd];
}

/** Rows beyond each end of a grid, for the points about a place near it. */
export const GHOSTS = 3;
/** Nodes that an interpolation takes. */
export const POINTS = 6;

/**
 * Nodes along a line: evenly spaced by u, of which the place is an odd function, `s = (5 u - u^5)/4` of the half line. Next to an
 * open end they crowd, `1 - s ~ (1 - u)^2`: the pitch that just turns before the end goes as the root of the distance to it, and
 * so as 1 - u, and what is smooth in s is even about u = 1. Where nobody leaves, u is s.
 */
export class Nodes {
  readonly count: number;
  readonly #line: MotionLine;
  /** u at the first node; 1 at the last. */
  readonly #from: number;

  /** @param count of them, the first and the last at the ends */
  constructor(line: MotionLine, count: number) {
    this.count = count;
    this.#line = line;
    this.#from = line.ends[0] === 'open' ? -1 : 0;
  }

  /** Distance of a node from the line's first end [m]. */
  place(node: number): number {
    const u = this.#from + ((1 - this.#from) * node) / (this.count - 1);
    return (this.#line.length * (this.#placeAt(u) - this.#from)) / (1 - this.#from);
  }

  #placeAt(u: number): number {
    return this.#line.ends[1] === 'open' ? (u * (5 - u * u * u * u)) / 4 : u;
  }

  /**
   * Six nodes about a place [m], and their weights.
   * @returns the first of the six, `GHOSTS` before the line's at the least
   */
  stencil(place: number, weights: Float64Array): number {
    const goal = this.#from + ((1 - this.#from) * place) / this.#line.length;
    let [low, high] = [this.#from, 1];
    while (high - low > 1e-12) {
      const middle = (low + high) / 2;
      if (this.#placeAt(middle) < goal) low = middle;
      else high = middle;
    }
    const at = (((low + high) / 2 - this.#from) / (1 - this.#from)) * (this.count - 1);
    const first = Math.min(this.count - 2, Math.max(0, Math.floor(at))) - POINTS / 2 + 1;
    lagrange(at - first, weights);
    return first;
  }
}

/** Weights of the values at some places, 0, 1, ... if left out, for the polynomial's value at x. */
export function lagrange(x: number, weights: Float64Array, at?: ArrayLike<number>): void {
  for (let a = 0; a < weights.length; a++) {
    const own = at ? at[a] : a;
    weights[a] = 1;
    for (let c = 0; c < weights.length; c++) {
      const other = at ? at[c] : c;
      if (c !== a) weights[a] *= (x - other) / (own - other);
    }
  }
}

/** B/Bmin at a distance from the line's first end: the cubic that has its values and slopes at the nodes, and at its ends beyond them. */
export function strengthAt({ length, b, slope }: MotionLine, distance: number): number {
  const cells = b.length - 1;
  const ds = length / cells;
  const x = Math.min(cells, Math.max(0, distance / ds));
  const i = Math.min(cells - 1, Math.floor(x));
  const t = x - i;
  const rise = b[i + 1] - b[i];
  const bent = (1 - t) * (slope[i] * ds - rise) + t * (rise - slope[i + 1] * ds);
  return b[i] + t * (rise + (1 - t) * bent);
}

/** Its gradient, between the nodes a straight line [1/m]. */
export function slopeAt({ length, slope }: MotionLine, distance: number): number {
  const cells = slope.length - 1;
  const x = Math.min(cells, Math.max(0, (distance * cells) / length));
  const i = Math.min(cells - 1, Math.floor(x));
  return slope[i] + (x - i) * (slope[i + 1] - slope[i]);
}
