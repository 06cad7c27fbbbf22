/** `y = amplitude exp(-rate t)`. */
export interface Exponential {
  readonly rate: number;
  readonly amplitude: number;
}

/**
 * Weighted straight line `y = intercept + slope x` by least squares.
 * @param weight 1/variance of each y, >= 0
 * @returns NaN for both where fewer than two different x carry weight
 * @example
 * linearFit([0, 1, 2], [1, 3, 5], [1, 1, 1]).slope // ≈ 2
 */
export function linearFit(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
): { intercept: number; slope: number } {
  let s = 0;
  let sx = 0;
  let sy = 0;
  for (let i = 0; i < x.length; i++) {
    s += weight[i];
    sx += weight[i] * x[i];
    sy += weight[i] * y[i];
  }
  const xMean = sx / s;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < x.length; i++) {
    sxx += weight[i] * (x[i] - xMean) ** 2;
    sxy += weight[i] * (x[i] - xMean) * y[i];
  }
  const slope = sxx > 0 ? sxy / sxx : NaN;
  return { intercept: sy / s - slope * xMean, slope };
}

/**
 * Weighted fit of `y = A exp(-gamma t)` by least squares in y itself (Gauss-Newton, started from the straight line
 * through ln|y|). A fit of the logarithm alone would be biased where y stands only a few errors above zero.
 * @param t times [s], y values, weight 1/variance of each y
 * @returns rate [1/s]; NaN where fewer than two points share the sign of the first
 * @example
 * exponentialFit([0, 1, 2], [8, 4, 2], [1, 1, 1]).rate // ≈ 0.69314718056
 */
export function exponentialFit(
  t: ArrayLike<number>,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
  start?: Exponential,
): Exponential {
  let { rate, amplitude } = start ?? logarithmicFit(t, y, weight);
  if (!Number.isFinite(rate) || !Number.isFinite(amplitude)) return { rate: NaN, amplitude: NaN };
  let misfit = squares(t, y, weight, rate, amplitude);
  for (let iteration = 0; iteration < 50; iteration++) {
    // normal equations in (rate, ln amplitude): both derivatives are the model times a simple factor
    let a = 0;
    let b = 0;
    let c = 0;
    let p = 0;
    let q = 0;
    for (let i = 0; i < t.length; i++) {
      const model = amplitude * Math.exp(-rate * t[i]);
      const residual = y[i] - model;
      const w = weight[i] * model;
      a += w * model * t[i] * t[i];
      b -= w * model * t[i];
      c += w * model;
      p -= w * residual * t[i];
      q += w * residual;
    }
    const determinant = a * c - b * b;
    if (!(determinant > 0)) return { rate: NaN, amplitude: NaN };
    const dRate = (p * c - q * b) / determinant;
    const dLogarithm = (q * a - p * b) / determinant;
    let damping = 1;
    let next = squares(t, y, weight, rate + dRate, amplitude * Math.exp(dLogarithm));
    while (!(next <= misfit) && damping > 1e-6) {
      damping /= 2;
      next = squares(t, y, weight, rate + damping * dRate, amplitude * Math.exp(damping * dLogarithm));
    }
    if (!(next <= misfit)) break;
    rate += damping * dRate;
    amplitude *= Math.exp(damping * dLogarithm);
    misfit = next;
    if (Math.abs(damping * dRate) <= 1e-12 * Math.abs(rate)) break;
  }
  return { rate, amplitude };
}

function squares(
  t: ArrayLike<number>,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
  rate: number,
  a: number,
): number {
  let sum = 0;
  for (let i = 0; i < t.length; i++) sum += weight[i] * (y[i] - a * Math.exp(-rate * t[i])) ** 2;
  return sum;
}

function logarithmicFit(t: ArrayLike<number>, y: ArrayLike<number>, weight: ArrayLike<number>): Exponential {
  const sign = Math.sign(y[0]);
  const times: number[] = [];
  const logarithms: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < t.length; i++) {
    if (!(y[i] * sign > 0)) continue;
    times.push(t[i]);
    logarithms.push(Math.log(y[i] * sign));
    weights.push(weight[i] * y[i] * y[i]);
  }
  const { slope, intercept } = linearFit(times, logarithms, weights);
  return { rate: -slope, amplitude: sign * Math.exp(intercept) };
}

/** `y = end + amplitude exp(-rate t)`. */
export interface Relaxation extends Exponential {
  readonly end: number;
}

/** Rates that are searched, over the inverse length of the data, and by which factor around a rate that is known. */
const SLOWEST = 0.2;
const FASTEST = 100;
const NEARBY = 4;

/**
 * Weighted fit of `y = C + A exp(-gamma t)`: for each gamma the best line in `exp(-gamma t)`, and the best gamma by a scan
 * of its logarithm and golden section.
 * @param t times [s], y values, weight 1/variance of each y
 * @param near a rate [1/s] to look for the best one about, within a factor of 4
 * @returns rate [1/s]; NaN where fewer than four points carry weight, or where the best rate is at the end of the search
 * @example
 * relaxationFit([0, 1, 2, 3], [9, 5, 3, 2], [1, 1, 1, 1]).rate // ≈ 0.6931472
 */
export function relaxationFit(
  t: ArrayLike<number>,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
  near?: number,
): Relaxation {
  const none = { rate: NaN, amplitude: NaN, end: NaN };
  let carry = 0;
  for (let i = 0; i < t.length; i++) if (weight[i] > 0) carry++;
  const span = t[t.length - 1] - t[0];
  if (carry < 4 || !(span > 0)) return none;
  const decay = new Float64Array(t.length);
  const line = (logarithm: number) => {
    const rate = Math.exp(logarithm);
    for (let i = 0; i < t.length; i++) decay[i] = Math.exp(-rate * (t[i] - t[0]));
    return linearFit(decay, y, weight);
  };
  const misfit = (logarithm: number) => {
    const { intercept, slope } = line(logarithm);
    let sum = 0;
    for (let i = 0; i < t.length; i++) sum += weight[i] * (y[i] - intercept - slope * decay[i]) ** 2;
    return sum;
  };
  const low = Math.log(near === undefined ? SLOWEST / span : near / NEARBY);
  const high = Math.log(near === undefined ? FASTEST / span : near * NEARBY);
  const parts = near === undefined ? 40 : 12;
  const values = Array.from({ length: parts + 1 }, (_, k) => misfit(low + ((high - low) * k) / parts));
  const best = values.indexOf(Math.min(...values));
  if (best <= 0 || best >= parts) return none;
  const step = (high - low) / parts;
  const logarithm = goldenSection(misfit, low + (best - 1) * step, low + (best + 1) * step);
  const { intercept, slope } = line(logarithm);
  const rate = Math.exp(logarithm);
  return { rate, amplitude: slope * Math.exp(rate * t[0]), end: intercept };
}

/** Where a function with one minimum between two places has it. */
function goldenSection(f: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let left = high - golden * (high - low);
  let right = low + golden * (high - low);
  let [atLeft, atRight] = [f(left), f(right)];
  while (high - low > 1e-8) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}

/**
 * Maximum-likelihood rate of an exponential decay from the numbers alive at given times (deaths known only by
 * interval).
 *
 * Solves `sum_k d_k D_k/(exp(rate D_k) - 1) = sum_k N_{k+1} D_k` with `D_k = t_{k+1} - t_k`, `d_k = N_k - N_{k+1}`:
 * exact at any spacing, and for fine intervals the same as deaths over person-time. Newton starts from the trapezoidal
 * deaths/person-time, which lies below the root, and the score is convex: it converges without overshoot.
 * @param times increasing [s]
 * @param alive numbers at these times, not increasing
 * @returns rate [1/s]; 0 if nobody died, NaN if nobody was alive or the rate has no bound
 * Source: Kulldorff, Contributions to the Theory of Estimation from Grouped Samples (1961).
 * @example
 * survivalRate([0, 1, 2], [4000, 2000, 1000]) // ≈ 0.69314718056
 */
export function survivalRate(times: ArrayLike<number>, alive: ArrayLike<number>): number {
  let deaths = 0;
  let survived = 0;
  let exposure = 0;
  for (let k = 0; k + 1 < times.length; k++) {
    const interval = times[k + 1] - times[k];
    deaths += alive[k] - alive[k + 1];
    survived += alive[k + 1] * interval;
    exposure += ((alive[k] + alive[k + 1]) / 2) * interval;
  }
  if (!(exposure > 0) || !(survived > 0)) return NaN;
  if (!(deaths > 0)) return 0;
  let rate = deaths / exposure;
  for (let iteration = 0; iteration < 60; iteration++) {
    let score = -survived;
    let slope = 0;
    for (let k = 0; k + 1 < times.length; k++) {
      const interval = times[k + 1] - times[k];
      const growth = Math.expm1(rate * interval);
      const term = ((alive[k] - alive[k + 1]) * interval) / growth;
      score += term;
      slope -= (term * interval * (growth + 1)) / growth;
    }
    const change = -score / slope;
    rate += change;
    if (!(Math.abs(change) > 1e-13 * rate)) break;
  }
  return rate;
}

/** `y = slope shape + bend curvature`, see `growthFit`. */
export interface Growth {
  readonly slope: number;
  readonly bend: number;
}

/**
 * `phi_a` and `phi_b - phi_a` with `phi_k = (1 - exp(-k nu t))/(k nu)`; t and t^2 without scattering.
 *
 * Moments under pitch-angle scattering at one rate are sums of the two exactly, whatever the starting pitch: `<dmu^2>` and
 * `<dmu>` with k = 6 and 20, `<dxi^2>` and `<dxi>` with 2 and 6. Of any other smooth curve that starts at zero they take
 * slope and curvature.
 * @param nu scattering rate [1/s], >= 0
 * @param decays the two k
 */
export function growthTerms(
  t: number,
  nu: number,
  [a, b]: readonly [number, number] = [6, 20],
): [shape: number, curvature: number] {
  if (!(nu > 0)) return [t, t * t];
  const slow = -Math.expm1(-a * nu * t) / (a * nu);
  return [slow, -Math.expm1(-b * nu * t) / (b * nu) - slow];
}

/**
 * Growth of a curve that starts at zero, `y = slope shape + bend curvature`, by weighted least squares.
 * @param shape what the curve would be at slope 1 if the start stayed as it is, at each of its times
 * @param curvature of second order in time; without it `bend` is 0
 * @param y values, weight 1/variance of each y
 * @returns NaN for both where shape and curvature are not independent (fewer than two times)
 * @example
 * growthFit([1, 2, 3], [1, 4, 9], [3, 6, 9], [1, 1, 1]).slope // ≈ 3
 * growthFit([1, 2, 3], undefined, [3, 6, 9], [1, 1, 1]).slope // ≈ 3
 */
export function growthFit(
  shape: ArrayLike<number>,
  curvature: ArrayLike<number> | undefined,
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
): Growth {
  let aa = 0;
  let ab = 0;
  let bb = 0;
  let ay = 0;
  let by = 0;
  for (let i = 0; i < y.length; i++) {
    const a = shape[i];
    const b = curvature?.[i] ?? 0;
    aa += weight[i] * a * a;
    ab += weight[i] * a * b;
    bb += weight[i] * b * b;
    ay += weight[i] * a * y[i];
    by += weight[i] * b * y[i];
  }
  if (curvature === undefined) return { slope: ay / aa, bend: 0 };
  const determinant = aa * bb - ab * ab;
  if (!(determinant > 1e-12 * aa * bb)) return { slope: NaN, bend: NaN };
  return { slope: (ay * bb - by * ab) / determinant, bend: (by * aa - ay * ab) / determinant };
}
