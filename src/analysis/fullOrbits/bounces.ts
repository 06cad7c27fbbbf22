/** Bounces of a trapped path: mirror points, bounce time, second invariant. */

/** A number that is taken of every bounce. */
export interface PerBounce {
  readonly mean: number;
  /**
   * Standard deviation of single bounces; NaN of one. It stands for the error of the mean too: bounces of one path differ by the
   * gyrophase in which they turn, which is no chance, so that more of them need not come nearer to the truth.
   */
  readonly spread: number;
}

/** The bounces of a path. */
export interface Bounces {
  /** Times at which the momentum along B changes its sign [s]. */
  readonly mirrors: Float64Array;
  /** Whole bounces, from a mirror point to the second after it. */
  readonly count: number;
  /** Bounce time [s]. */
  readonly time: PerBounce;
  /** Second invariant, the closed integral of pPar ds over a bounce [kg m^2/s]. */
  readonly secondInvariant: PerBounce;
}

/** What of a path is read: SI, one number for each point. */
export interface BounceSeries {
  readonly time: Float64Array;
  readonly pParallel: Float64Array;
  readonly gamma: Float64Array;
  /** Where most mirror points have one above 1 there is no guiding centre that could bounce. */
  readonly epsilon?: Float64Array;
}

/** Of the largest momentum along B: what swings within it about 0 has not turned. */
const BAND = 0.1;

/**
 * The bounces of a path: `J2 = ∮ pPar ds = ∮ pPar^2/(gamma m) dt` between every second mirror point.
 * A mirror point is where the straight line through the points of |pPar| below a tenth of its largest (a turn from one side of that
 * band to the other) is 0, so that the swing of a gyration is averaged over.
 *
 * Source: Northrop, The Adiabatic Motion of Charged Particles (1963), chapter 3.
 * @param path of a particle or its guiding centre; pPar at the guiding centre
 * @param mass [kg]
 * @returns the bounces, or null where there is not a whole one
 * @example
 * const time = Float64Array.from({ length: 1000 }, (_, i) => i / 100)
 * const path = { time, pParallel: time.map((t) => Math.cos(Math.PI * t)), gamma: time.map(() => 1) }
 * const bounces = bouncesOf(path, 1)
 * bounces.count // => 4
 * bounces.time.mean // ≈ 2.000
 * bounces.secondInvariant.mean // ≈ 1.000
 */
export function bouncesOf({ time, pParallel, gamma, epsilon }: BounceSeries, mass: number): Bounces | null {
  const mirrors = mirrorsOf(time, pParallel);
  const count = Math.floor((mirrors.length - 1) / 2);
  if (count < 1 || (epsilon && !adiabatic(time, epsilon, mirrors))) return null;
  const [times, invariants] = [new Float64Array(count), new Float64Array(count)];
  const rate = (i: number) => (pParallel[i] / (gamma[i] * mass)) * pParallel[i];
  let i = 0;
  for (let k = 0; k < count; k++) {
    const [begin, end] = [mirrors[2 * k], mirrors[2 * k + 2]];
    while (i < time.length && time[i] <= begin) i++;
    // from the mirror point, where pPar is 0, to the first point after it, and so at the end
    let [sum, last, value] = [0, begin, 0];
    for (; i < time.length && time[i] < end; i++) {
      const next = rate(i);
      sum += ((value + next) / 2) * (time[i] - last);
      [last, value] = [time[i], next];
    }
    sum += (value / 2) * (end - last);
    times[k] = end - begin;
    invariants[k] = sum;
  }
  return { mirrors: Float64Array.from(mirrors), count, time: perBounce(times), secondInvariant: perBounce(invariants) };
}

/** Whether epsilon is below 1 at most of these times. */
function adiabatic(time: Float64Array, epsilon: Float64Array, mirrors: readonly number[]): boolean {
  let [i, below] = [0, 0];
  for (const mirror of mirrors) {
    while (i < time.length - 1 && time[i] < mirror) i++;
    if (epsilon[i] < 1) below++;
  }
  return 2 * below > mirrors.length;
}

/** When the momentum goes from one side of the band about 0 to the other. */
function mirrorsOf(time: Float64Array, pParallel: Float64Array): number[] {
  let top = 0;
  for (const p of pParallel) top = Math.max(top, Math.abs(p));
  const band = BAND * top;
  const mirrors: number[] = [];
  // the last point beyond the band
  let beyond = -1;
  for (let i = 0; i < time.length; i++) {
    if (!(Math.abs(pParallel[i]) > band)) continue;
    if (beyond >= 0 && pParallel[i] > 0 !== pParallel[beyond] > 0) mirrors.push(zeroOf(time, pParallel, beyond, i));
    beyond = i;
  }
  return mirrors;
}

/** The zero of the least-squares line of the points between two, or of the two themselves where there are fewer than two between. */
function zeroOf(time: Float64Array, p: Float64Array, before: number, after: number): number {
  const [from, to] = after - before > 2 ? [before + 1, after - 1] : [before, after];
  const n = to - from + 1;
  const origin = time[from];
  let [t, y, tt, ty] = [0, 0, 0, 0];
  for (let i = from; i <= to; i++) {
    const x = time[i] - origin;
    t += x / n;
    y += p[i] / n;
    tt += (x * x) / n;
    ty += (x * p[i]) / n;
  }
  return origin + t - (y * (tt - t * t)) / (ty - t * y);
}

function perBounce(values: Float64Array): PerBounce {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x / n, 0);
  const spread = n > 1 ? Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1)) : Number.NaN;
  return { mean, spread };
}
