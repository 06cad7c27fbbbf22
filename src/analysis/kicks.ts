import { gaussLegendre } from '../plan/quadrature.js';

/** Exact scattering by one angle, for functions on the points of a `PitchGrid`. */
export interface Kick {
  /** Of the even and of the odd part, on the points with xi < 0, row-major. */
  readonly even: Float64Array;
  readonly odd: Float64Array;
  /** By how much it changes `(1 - xi^2)^k`, k = 0, 1, 2, at every point. */
  readonly gain: readonly Float64Array[];
}

/**
 * Pitches at the points of Gauss, where the Lorentz operator is exact for polynomials below their number:
 * `exp(nu t C) f = sum_l (2l+1)/2 exp(-l(l+1) nu t) P_l(xi) sum_j w_j P_l(xi_j) f_j`.
 */
export class PitchGrid {
  /** Rising, symmetric about 0. */
  readonly xi: Float64Array;
  readonly #weights: readonly number[];
  /** P_l at the points with xi < 0. */
  readonly #legendre: readonly Float64Array[];
  readonly #angles: Float64Array;

  /** @param points a multiple of 8 */
  constructor(points: number) {
    const { nodes, weights } = gaussLegendre(points);
    const half = points / 2;
    this.xi = Float64Array.from(nodes);
    // to the last bit, for what is folded at the midplane
    for (let i = 0; i < half; i++) this.xi[points - 1 - i] = -this.xi[i];
    this.#weights = weights;
    const below = this.xi.subarray(0, half);
    const legendre = [new Float64Array(half).fill(1), below.slice()];
    for (let l = 2; l < points; l++) {
      const [last, before] = [legendre[l - 1], legendre[l - 2]];
      legendre.push(below.map((x, i) => ((2 * l - 1) * x * last[i] - (l - 1) * before[i]) / l));
    }
    this.#legendre = legendre;
    this.#angles = this.xi.map((x) => Math.acos(-x));
  }

  /** @param tau nu t of the kick */
  kick(tau: number): Kick {
    const half = this.xi.length / 2;
    const [even, odd] = [new Float64Array(half * half), new Float64Array(half * half)];
    this.#legendre.forEach((P, l) => {
      const matrix = l % 2 === 0 ? even : odd;
      // twice: a point and its mirror image
      const decay = (2 * l + 1) * Math.exp(-l * (l + 1) * tau);
      for (let i = 0; i < half; i++)
        for (let j = 0; j < half; j++) matrix[i * half + j] += decay * P[i] * P[j] * this.#weights[j];
    });
    return { even, odd, gain: this.gain(tau) };
  }

  /** By how much scattering changes `(1 - xi^2)^k` in nu t = tau: `1 - xi^2 = 2/3 - 2/3 P_2`, its square `8/15 - 16/21 P_2 + 8/35 P_4`. */
  gain(tau: number): Float64Array[] {
    const [e2, e4] = [-Math.expm1(-6 * tau), -Math.expm1(-20 * tau)];
    const p2 = (x: number) => (3 * x * x - 1) / 2;
    const p4 = (x: number) => ((35 * x * x - 30) * x * x + 3) / 8;
    return [
      new Float64Array(this.xi.length),
      this.xi.map((x) => (2 / 3) * e2 * p2(x)),
      this.xi.map((x) => (16 / 21) * e2 * p2(x) - (8 / 35) * e4 * p4(x)),
    ];
  }

  /**
   * Six points about a pitch and their weights: a polynomial in the angle, which is even at the poles.
   * @returns the first of the six
   */
  stencil(xi: number, weights: Float64Array): number {
    const points = this.xi.length;
    const angle = Math.acos(Math.min(1, Math.max(-1, -xi)));
    let i = 0;
    let top = points;
    while (top - i > 1) {
      const middle = (i + top) >> 1;
      if (this.#angles[middle] <= angle) i = middle;
      else top = middle;
    }
    if (angle < this.#angles[0]) i = -1;
    const at = (k: number) =>
      k < 0 ? -this.#angles[-1 - k] : k < points ? this.#angles[k] : 2 * Math.PI - this.#angles[2 * points - 1 - k];
    const first = Math.min(points - 6, Math.max(0, i - 2));
    weights.fill(0);
    for (let a = i - 2; a < i + 4; a++) {
      let weight = 1;
      for (let c = i - 2; c < i + 4; c++) if (c !== a) weight *= (angle - at(c)) / (at(a) - at(c));
      const real = a < 0 ? -1 - a : a < points ? a : 2 * points - 1 - a;
      weights[real - first] += weight;
    }
    return first;
  }
}

/**
 * Scatters a function of the pitch on rows of points: `into = exp(nu t C) (f + g) - g`, g being `scale[row] (1 - xi^2)^k`.
 * @param pitches of a row, a multiple of 8
 * @param offset of the first row
 */
export function scatter(
  { even, odd, gain }: Kick,
  k: number,
  scale: Float64Array,
  f: Float64Array,
  into: Float64Array,
  pitches: number,
  offset: number,
): void {
  const half = pitches / 2;
  const own = gain[k];
  const [sum, difference] = [new Float64Array(half), new Float64Array(half)];
  for (let row = 0; row < scale.length; row++) {
    const low = offset + row * pitches;
    const high = low + pitches - 1;
    for (let j = 0; j < half; j++) {
      sum[j] = (f[low + j] + f[high - j]) / 2;
      difference[j] = (f[low + j] - f[high - j]) / 2;
    }
    // four pitches at a time: half the time of one
    for (let i = 0; i < half; i += 4) {
      let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
      const r0 = i * half;
      const r1 = r0 + half;
      const r2 = r1 + half;
      const r3 = r2 + half;
      for (let j = 0; j < half; j++) {
        const x = sum[j];
        const y = difference[j];
        a0 += even[r0 + j] * x;
        a1 += even[r1 + j] * x;
        a2 += even[r2 + j] * x;
        a3 += even[r3 + j] * x;
        b0 += odd[r0 + j] * y;
        b1 += odd[r1 + j] * y;
        b2 += odd[r2 + j] * y;
        b3 += odd[r3 + j] * y;
      }
      a0 += scale[row] * own[i];
      a1 += scale[row] * own[i + 1];
      a2 += scale[row] * own[i + 2];
      a3 += scale[row] * own[i + 3];
      into[low + i] = a0 + b0;
      into[low + i + 1] = a1 + b1;
      into[low + i + 2] = a2 + b2;
      into[low + i + 3] = a3 + b3;
      into[high - i] = a0 - b0;
      into[high - i - 1] = a1 - b1;
      into[high - i - 2] = a2 - b2;
      into[high - i - 3] = a3 - b3;
    }
  }
}
