/**
 * Diffusion on an interval, `w du/dt = d/dx (p du/dx)`, by finite elements of high degree. The weight enters through its
 * integral W alone, `∫ w u v = [W u v] - ∫ W (u v)'`: a bounce period's logarithm at a throat is never evaluated.
 */
import { gaussLegendre } from '../../plan/quadrature.js';
import { symmetricEigen } from './eigen.js';
import { type Elements, places, shapes, unknowns } from './elements.js';

/** `p(x) >= 0` and the integral of the weight, `W(x)`. */
export interface Diffusion {
  conductance(x: number): number;
  cumulativeWeight(x: number): number;
}

/** Matrices `∫ p u' v'` and `∫ w u v` over a row of elements, row-major. */
export interface Assembled {
  readonly elements: Elements;
  readonly size: number;
  readonly stiffness: Float64Array;
  readonly mass: Float64Array;
  /** `∫ w u` of every unknown's function. */
  readonly load: Float64Array;
}

/** Points of the rule on an element, beyond its degree: p and W are no polynomials. */
const EXTRA = 8;

/** Assembles the problem. */
export function assemble(elements: Elements, { conductance, cumulativeWeight }: Diffusion): Assembled {
  const { breaks, degrees } = elements;
  const size = unknowns(elements);
  const stiffness = new Float64Array(size * size);
  const mass = new Float64Array(size * size);
  const load = new Float64Array(size);
  const tablesOf = new Map<number, ReturnType<typeof shapes>[]>();
  for (let e = 0; e + 1 < breaks.length; e++) {
    const [a, b] = [breaks[e], breaks[e + 1]];
    const degree = degrees[e];
    const rule = gaussLegendre(degree + EXTRA);
    const tables = tablesOf.get(degree) ?? rule.nodes.map((z) => shapes(degree, z));
    tablesOf.set(degree, tables);
    const half = (b - a) / 2;
    const place = places(elements, e);
    // W counts from its value in the middle, so that a short element does not live by differences of large numbers
    const middle = cumulativeWeight((a + b) / 2);
    const startWeight = cumulativeWeight(a) - middle;
    const endWeight = cumulativeWeight(b) - middle;
    const x = rule.nodes.map((z) => (a + b) / 2 + half * z);
    const p = x.map((at, q) => (conductance(at) * rule.weights[q]) / half);
    const W = x.map((at, q) => (cumulativeWeight(at) - middle) * rule.weights[q]);
    for (let i = 0; i <= degree; i++) {
      if (place[i] < 0) continue;
      let sum = 0;
      for (let q = 0; q < x.length; q++) sum -= W[q] * tables[q].slope[i];
      load[place[i]] += sum + (i === 1 ? endWeight : 0) - (i === 0 ? startWeight : 0);
      for (let j = 0; j <= i; j++) {
        if (place[j] < 0) continue;
        let k = 0;
        let m = 0;
        for (let q = 0; q < x.length; q++) {
          const { value, slope } = tables[q];
          k += p[q] * slope[i] * slope[j];
          m -= W[q] * (slope[i] * value[j] + value[i] * slope[j]);
        }
        if (i === 1 && j === 1) m += endWeight;
        if (i === 0 && j === 0) m -= startWeight;
        add(stiffness, size, place[i], place[j], k);
        add(mass, size, place[i], place[j], m);
      }
    }
  }
  return { elements, size, stiffness, mass, load };
}

function add(matrix: Float64Array, n: number, i: number, j: number, value: number): void {
  matrix[i * n + j] += value;
  if (i !== j) matrix[j * n + i] += value;
}

/** Lower triangle L of `A = L L^T`, row-major. */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= L[i * n + k] * L[j * n + k];
      L[i * n + j] = i === j ? Math.sqrt(sum) : sum / L[j * n + j];
    }
  }
  return L;
}

/** Solves `L y = b` in place. */
export function forward(L: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= L[i * n + k] * b[k];
    b[i] = sum / L[i * n + i];
  }
  return b;
}

/** Solves `L^T x = y` in place. */
export function backward(L: Float64Array, y: Float64Array): Float64Array {
  const n = y.length;
  for (let i = n - 1; i >= 0; i--) {
    const x = y[i] / L[i * n + i];
    y[i] = x;
    for (let k = 0; k < i; k++) y[k] -= L[i * n + k] * x;
  }
  return y;
}

/** Modes `K u = lambda M u`, slowest first, normalised to `∫ w u^2 = 1`. */
export interface Modes {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** Part of the slowest mode's 1/(lambda + shift) below which a mode is rounding, and long gone at any time of interest. */
const ROUNDING = 1e-11;

/**
 * Solves for `1/(lambda + shift)`, largest first: a graded row of elements has modes 1e15 times as fast as the slowest, whose
 * rounding would otherwise be what the slow ones are lost in.
 * @param shift 0 where something is held at zero; > 0 where nothing is and lambda = 0 is a mode
 */
export function solveModes({ size, stiffness, mass }: Assembled, shift: number): Modes {
  const L = cholesky(
    stiffness.map((k, i) => k + shift * mass[i]),
    size,
  );
  // A = L^-1 M L^-T, column by column, twice
  const half = Array.from({ length: size }, (_, j) => forward(L, mass.slice(j * size, (j + 1) * size)));
  const a = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) column[i] = half[i][j];
    forward(L, column);
    for (let i = 0; i < size; i++) a[i * size + j] = column[i];
  }
  const { values, vectors } = symmetricEigen(a, size);
  const kept = [];
  for (let k = size - 1; k >= 0 && values[k] > ROUNDING * values[size - 1]; k--) kept.push(k);
  return {
    values: Float64Array.from(kept, (k) => 1 / values[k] - shift),
    vectors: kept.map((k) => backward(L, vectors[k].slice()).map((x) => x / Math.sqrt(values[k]))),
  };
}
