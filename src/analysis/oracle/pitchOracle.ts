/** What the oracle answers: the exact course of a population that scatters and is lost, without random numbers. */
import { wholeNumber, within } from '../../physics/check.js';
import type { Sector, SlopedFunction } from './sector.js';

/** Nothing is asked of times later than this nu t. */
const LATEST = 1e9;

/**
 * The solution of `w df/dt = nu d/dxi (p df/dxi)` from one start, made by `scatteringOracle` or `bounceOracle`.
 *
 * Times are nu t, dimensionless. f is per unit xi and per particle started: `∫ f w dxi` is the share inside, w = 1 for
 * scattering alone and `|xi0| v tau_b/length` for the bounce average, where an isotropic f is uniform in xi0.
 * Absolute errors of shares are about 1e-12, so a loss of 1e-6 is known to six digits.
 */
export class PitchOracle {
  /** Decay rates lambda/nu of the modes that are resolved, slowest first, both parities together. */
  readonly eigenvalues: readonly number[];
  /** Edges between which particles are inside; -1 or 1 where there is no cone. */
  readonly from: number;
  readonly to: number;
  /** Earliest nu t > 0 that may be asked for. */
  readonly earliest: number;
  readonly #sectors: readonly Sector[];
  readonly #startsInside: number;
  readonly #order: readonly { readonly sector: number; readonly mode: number }[];

  constructor(sectors: readonly Sector[], range: readonly [number, number], earliest: number, startsInside: number) {
    this.#sectors = sectors;
    [this.from, this.to] = range;
    this.earliest = earliest;
    this.#startsInside = startsInside;
    const fastest = Math.min(...sectors.map(({ modes }) => modes.values[modes.values.length - 1]), 30 / earliest);
    const all = sectors.flatMap(({ modes }, sector) =>
      Array.from(modes.values, (value, mode) => ({ sector, mode, value })).filter(({ value }) => value <= fastest),
    );
    all.sort((a, b) => a.value - b.value);
    this.#order = all;
    this.eigenvalues = all.map(({ value }) => value);
  }

  /**
   * Eigenfunction of a mode, `∫ u^2 w dxi = 1`, its sign such that it is positive just below the right edge.
   * @param mode 0 (slowest), 1, ... as in `eigenvalues`
   * @param xi -1 .. 1; 0 in a cone
   */
  eigenfunction(mode: number, xi: number): number {
    wholeNumber('mode', mode, 0, this.eigenvalues.length - 1, 'a resolved mode');
    within('xi', xi, -1, 1, 'a pitch-angle cosine');
    const { sector, mode: own } = this.#order[mode];
    const part = this.#sectors[sector];
    const vector = part.modes.vectors[own];
    const near = part.value(vector, this.to - 1e-3 * (this.to - this.from));
    // a sector with parity is normalised on one half and gives half of its value
    return Math.sign(near) * part.value(vector, xi) * (part.parity === 'none' ? 1 : Math.SQRT2);
  }

  /**
   * f at one pitch and time.
   * @param xi -1 .. 1; 0 in a cone
   * @param tau nu t, from `earliest` on
   */
  f(xi: number, tau: number): number {
    within('xi', xi, -1, 1, 'a pitch-angle cosine');
    this.#check(tau);
    return this.#value((sector) => sector.at(tau), xi);
  }

  /** f at many pitches at once. */
  profile(xi: ArrayLike<number>, tau: number): Float64Array {
    this.#check(tau);
    const at = this.#sectors.map((sector) => sector.at(tau));
    return Float64Array.from(xi, (x) => this.#sectors.reduce((sum, sector, i) => sum + sector.value(at[i], x), 0));
  }

  /**
   * Share of the particles still inside.
   * @param tau nu t, 0 or from `earliest` on
   */
  survival(tau: number): number {
    if (tau === 0) return this.#startsInside;
    this.#check(tau);
    return this.#sectors.reduce((sum, sector) => sum + sector.inside(tau), 0);
  }

  /** Probability to be lost before nu t, those who start in a cone included; absolute error about 1e-13. */
  lostBefore(tau: number): number {
    return 1 - this.survival(tau);
  }

  /**
   * `∫ P_l(xi) f w dxi`: l = 0 is the share inside; divided by it, the mean of P_l of those inside.
   * @param l degree, 0, 1, 2, ...
   * @param tau nu t, from `earliest` on
   */
  legendre(l: number, tau: number): number {
    wholeNumber('l', l, 0, 1000, 'a Legendre degree');
    this.#check(tau);
    return this.#integral((sector) => sector.at(tau), this.from, this.to, legendreWithSlope(l), l % 2 === 1);
  }

  /** Share of the particles inside between two pitches: `∫ f w dxi`. */
  share(from: number, to: number, tau: number): number {
    this.#check(tau);
    return this.#between((sector) => sector.at(tau), from, to);
  }

  /**
   * Shares of the particles inside between neighbours of a row of pitches, at one time.
   * @param edges ascending, -1 .. 1
   * @param tau nu t, from `earliest` on
   */
  shares(edges: ArrayLike<number>, tau: number): Float64Array {
    this.#check(tau);
    const at = new Map(this.#sectors.map((sector) => [sector, sector.at(tau)]));
    return Float64Array.from({ length: edges.length - 1 }, (_, i) =>
      this.#between((sector) => at.get(sector) as Float64Array, edges[i], edges[i + 1]),
    );
  }

  /** nu times the mean loss time, 0 for those who start in a cone. */
  get meanLossTime(): number {
    return this.#sectors.reduce((sum, sector) => sum + sector.content(sector.steady()), 0);
  }

  /**
   * nu times the integral of f over all times: nu/rate times the steady f of a source of so many particles per second.
   * @param xi -1 .. 1
   * @throws RangeError where nobody is lost
   */
  steady(xi: number): number {
    within('xi', xi, -1, 1, 'a pitch-angle cosine');
    return this.#value((sector) => sector.steady(), xi);
  }

  /** The same, its integral between two pitches. */
  steadyShare(from: number, to: number): number {
    return this.#between((sector) => sector.steady(), from, to);
  }

  #value(coefficients: (sector: Sector) => Float64Array, xi: number): number {
    return this.#sectors.reduce((sum, sector) => sum + sector.value(coefficients(sector), xi), 0);
  }

  #between(coefficients: (sector: Sector) => Float64Array, from: number, to: number): number {
    within('from', from, -1, 1, 'a pitch-angle cosine');
    within('to', to, from, 1, 'a pitch-angle cosine');
    return this.#sectors.reduce((sum, sector) => {
      const f = coefficients(sector);
      if (sector.parity === 'none') return sum + sector.integral(f, from, to);
      // f is half of the even or odd function on either side
      const left = sector.integral(f, Math.max(0, -to), Math.max(0, -from));
      const right = sector.integral(f, Math.max(0, from), Math.max(0, to));
      return sum + (sector.parity === 'even' ? right + left : right - left) / 2;
    }, 0);
  }

  #integral(
    coefficients: (sector: Sector) => Float64Array,
    from: number,
    to: number,
    g: SlopedFunction,
    odd: boolean,
  ): number {
    return this.#sectors.reduce((sum, sector) => {
      if (sector.parity === (odd ? 'even' : 'odd')) return sum;
      return sum + sector.integral(coefficients(sector), sector.parity === 'none' ? from : 0, to, g);
    }, 0);
  }

  #check(tau: number): void {
    // a start given by shares that are read off a clock: a little early is the earliest
    if (!(tau >= this.earliest * (1 - 1e-9) && tau <= LATEST)) {
      throw new RangeError(
        `tau: ${tau} is not a time nu t that is resolved (must be in [${this.earliest}, ${LATEST}]; give an earlier \`earliest\`)`,
      );
    }
  }
}

/** P_l and its slope, by recurrence. */
function legendreWithSlope(l: number): SlopedFunction {
  return (x) => {
    let [before, value] = [0, 1];
    let [slopeBefore, slope] = [0, 0];
    for (let n = 0; n < l; n++) {
      const next = ((2 * n + 1) * x * value - n * before) / (n + 1);
      const nextSlope = slopeBefore + (2 * n + 1) * value;
      [before, value] = [value, next];
      [slopeBefore, slope] = [slope, nextSlope];
    }
    return [value, slope];
  };
}
