/** The part of the solution with one parity, or all of it where there is no symmetry. */
import { gaussLegendre } from '../../plan/quadrature.js';
import { addPoint, elementAt, places, shapes, valueAt } from './elements.js';
import type { Mesh } from './mesh.js';
import type { StartPoint } from './start.js';
import {
  type Assembled,
  assemble,
  backward,
  cholesky,
  type Diffusion,
  forward,
  type Modes,
  solveModes,
} from './sturmLiouville.js';

export type Parity = 'even' | 'odd' | 'none';

/** A function's value and slope. */
export type SlopedFunction = (x: number) => readonly [value: number, slope: number];
const ONE: SlopedFunction = () => [1, 0];

/** One diffusion problem on a row of elements: its modes and, for one start, how much of each there is. */
export class Sector {
  readonly parity: Parity;
  readonly problem: Assembled;
  readonly modes: Modes;
  readonly #diffusion: Diffusion;
  /** Amount of each mode in the start: its value there. */
  readonly #amount: Float64Array;
  /** `∫ w u` of each mode. */
  readonly #content: Float64Array;
  readonly #source: Float64Array;
  readonly #absorbs: boolean;

  constructor(
    parity: Parity,
    diffusion: Diffusion,
    { breaks, degrees }: Mesh,
    zero: { start: boolean; end: boolean },
    points: readonly StartPoint[],
  ) {
    this.parity = parity;
    this.#diffusion = diffusion;
    this.#absorbs = zero.start || zero.end;
    this.problem = assemble({ breaks, degrees, zeroAtStart: zero.start, zeroAtEnd: zero.end }, diffusion);
    this.modes = solveModes(this.problem, this.#absorbs ? 0 : 1);
    const source = new Float64Array(this.problem.size);
    for (const { xi, weight } of points) {
      const x = parity === 'none' ? xi : Math.abs(xi);
      const sign = parity === 'odd' ? Math.sign(xi) : 1;
      if (x >= breaks[0] && x <= breaks[breaks.length - 1]) addPoint(this.problem.elements, x, sign * weight, source);
    }
    this.#source = source;
    this.#amount = this.modes.values.map((_, k) => dot(this.modes.vectors[k], source));
    this.#content = this.modes.values.map((_, k) => dot(this.modes.vectors[k], this.problem.load));
  }

  /** Coefficients of f at nu t. */
  at(tau: number): Float64Array {
    const { values, vectors } = this.modes;
    const sum = new Float64Array(this.problem.size);
    for (let k = 0; k < values.length; k++) {
      const amount = this.#amount[k] * Math.exp(-values[k] * tau);
      if (Math.abs(amount) < 1e-40) continue;
      const vector = vectors[k];
      for (let i = 0; i < sum.length; i++) sum[i] += amount * vector[i];
    }
    return sum;
  }

  /** Share of the particles inside at nu t, summed from the fastest mode; 0 for the odd part. */
  inside(tau: number): number {
    if (this.parity === 'odd') return 0;
    let sum = 0;
    for (let k = this.#amount.length - 1; k >= 0; k--)
      sum += this.#amount[k] * this.#content[k] * Math.exp(-this.modes.values[k] * tau);
    return sum;
  }

  /** Coefficients of nu times the integral of f over all times; no modes are summed. */
  steady(): Float64Array {
    if (!this.#absorbs)
      throw new RangeError('boundary: nobody is lost, so there is no steady state (needs a loss cone)');
    const L = cholesky(this.problem.stiffness, this.problem.size);
    return backward(L, forward(L, this.#source.slice()));
  }

  /** Value at xi of the function with these coefficients, by the sector's parity. */
  value(coefficients: Float64Array, xi: number): number {
    if (this.parity === 'none') return valueAt(this.problem.elements, coefficients, xi);
    // half of an even or odd function that is normalised on one side
    const value = valueAt(this.problem.elements, coefficients, Math.abs(xi)) / 2;
    return this.parity === 'odd' ? Math.sign(xi) * value : value;
  }

  /** `∫ w f` over the whole of the sector. */
  content(coefficients: Float64Array): number {
    return this.parity === 'odd' ? 0 : dot(coefficients, this.problem.load);
  }

  /** `∫ g w f dxi` between two places of the row, g given with its slope; of a sector with parity, both its halves. */
  integral(coefficients: Float64Array, from: number, to: number, g: SlopedFunction = ONE): number {
    const { breaks, degrees } = this.problem.elements;
    const [low, high] = [Math.max(from, breaks[0]), Math.min(to, breaks[breaks.length - 1])];
    if (!(high > low)) return 0;
    const W = this.#diffusion.cumulativeWeight;
    let sum = 0;
    for (let e = elementAt(breaks, low); e + 1 < breaks.length && breaks[e] < high; e++) {
      const [a, b] = [Math.max(low, breaks[e]), Math.min(high, breaks[e + 1])];
      if (!(b > a)) continue;
      const width = breaks[e + 1] - breaks[e];
      const degree = degrees[e];
      const { nodes, weights } = gaussLegendre(degree + 8);
      const at = places(this.problem.elements, e);
      const u = (x: number) => {
        const { value, slope } = shapes(degree, (2 * (x - breaks[e])) / width - 1);
        let [f, df] = [0, 0];
        for (let k = 0; k <= degree; k++) {
          if (at[k] < 0) continue;
          f += coefficients[at[k]] * value[k];
          df += (coefficients[at[k]] * slope[k] * 2) / width;
        }
        return [f, df];
      };
      // by parts, as the mass matrix: ∫ w g f = [W g f] - ∫ W (g f)'
      const middle = W((a + b) / 2);
      sum += (W(b) - middle) * g(b)[0] * u(b)[0] - (W(a) - middle) * g(a)[0] * u(a)[0];
      const half = (b - a) / 2;
      for (let q = 0; q < nodes.length; q++) {
        const x = (a + b) / 2 + half * nodes[q];
        const [f, df] = u(x);
        const [value, slope] = g(x);
        sum -= half * weights[q] * (W(x) - middle) * (value * df + slope * f);
      }
    }
    return sum;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
