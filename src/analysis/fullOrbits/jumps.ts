/** Where the magnetic moment of a path jumps. */
/** A jump of mu: SI. */
export interface MuJump {
  /** When epsilon was largest in it [s], and where the guiding centre was then [m]. */
  readonly time: number;
  readonly centre: readonly [x: number, y: number, z: number];
  /** mu before and after [J/T], each a mean over gyrations. */
  readonly before: number;
  readonly after: number;
  /** `(after - before)/before`, and how far both may be off: their swing, and what the first-order term leaves. */
  readonly change: number;
  readonly changeError: number;
  /** The largest epsilon and the least kappa between the two. */
  readonly epsilon: number;
  readonly kappa: number;
}

/** What of a path is read: SI, one number for each point. */
export interface MuSeries {
  readonly time: Float64Array;
  readonly mu: Float64Array;
  readonly epsilon: Float64Array;
  readonly kappa: Float64Array;
  readonly gamma: Float64Array;
  readonly B: Float64Array;
  readonly centreX: Float64Array;
  readonly centreY: Float64Array;
  readonly centreZ: Float64Array;
}

/** Below it mu does not jump (its change falls off like exp(-const/epsilon)), and every place is as quiet as another. */
const QUIET = 0.01;
/** Above it mu is no number to compare: what its first-order term leaves, epsilon^2, is more than a tenth. */
const MEANT = 0.3;
/** Rises and falls of epsilon by less than this factor are none. */
const RISE = 1.3;
/** Standard errors that a change must exceed. */
const SURE = 3;
/** Change that is worth telling, if nothing is said. */
const THRESHOLD = 1e-3;

/** A stretch of a path about a minimum of epsilon. */
interface Valley {
  readonly from: number;
  readonly to: number;
  readonly mu: number;
  readonly error: number;
}

/**
 * The jumps of mu along a path. Epsilon rises and falls (by a factor of 1.3 or more, above 0.01); about each of its minima, of those
 * that are at most 0.3, mu is averaged over the gyrations in which epsilon is at most 1.3 times the minimum. Between two such
 * stretches mu has jumped where the means differ by more than `threshold` of the one before, and by more than three times their
 * uncertainty: of each mean the swing of the single gyrations about it and the epsilon^2 that the first-order term of mu leaves.
 * So a jump of a percent is found between stretches of epsilon below 0.05, and one of a half between any.
 * What changes mu without a maximum of epsilon (a resonance, collisions, a field that varies in time) is no jump.
 *
 * Source: Birmingham, Journal of Geophysical Research 89, 2699 (1984); Buechner & Zelenyi, ibid. 94, 11821 (1989).
 * @param path of a particle, points many to a gyration
 * @param species mass [kg], charge [C]
 * @param threshold least change, of mu before; > 0
 * @returns the jumps in order of time
 * @example
 * const time = Float64Array.from({ length: 300 }, (_, i) => i)
 * const ones = time.map(() => 1)
 * const [mu, epsilon] = [time.map((t) => (t < 150 ? 2 : 3)), time.map((t) => 1 / (1 + ((t - 150) / 5) ** 2))]
 * const path = { time, mu, epsilon, kappa: ones, gamma: ones, B: ones, centreX: time, centreY: ones, centreZ: ones }
 * const [jump] = jumpsOf(path, { mass: 1, charge: 1 })
 * jump.time // => 150
 * jump.change // => 0.5
 */
export function jumpsOf(
  path: MuSeries,
  species: { readonly mass: number; readonly charge: number },
  threshold = THRESHOLD,
): readonly MuJump[] {
  const valleys = minimaOf(path.epsilon)
    .filter((i) => path.epsilon[i] <= MEANT)
    .flatMap((i) => valleyAbout(i, path, species));
  return valleys.slice(1).flatMap((after, k) => {
    const before = valleys[k];
    const change = (after.mu - before.mu) / before.mu;
    const changeError = Math.hypot(after.error, before.error) / Math.abs(before.mu);
    if (!(Math.abs(change) > Math.max(threshold, SURE * changeError))) return [];
    const at = largest(path.epsilon, before.to, after.from);
    let kappa = Infinity;
    for (let i = before.to; i <= after.from; i++) kappa = Math.min(kappa, path.kappa[i]);
    return [
      {
        time: path.time[at],
        centre: [path.centreX[at], path.centreY[at], path.centreZ[at]] as const,
        before: before.mu,
        after: after.mu,
        change,
        changeError,
        epsilon: path.epsilon[at],
        kappa,
      },
    ];
  });
}

/** The minima of epsilon between which it rises and falls by the factor, in order; the ends of a path may be such. */
function minimaOf(epsilon: Float64Array): number[] {
  const at = (i: number) => Math.max(epsilon[i], QUIET);
  const minima: number[] = [];
  let [low, high, falling] = [0, 0, true];
  for (let i = 1; i < epsilon.length; i++) {
    if (falling) {
      if (at(i) < at(low)) low = i;
      if (at(i) < RISE * at(low)) continue;
      minima.push(low);
      high = i;
      falling = false;
    } else {
      if (at(i) > at(high)) high = i;
      if (RISE * at(i) > at(high)) continue;
      low = i;
      falling = true;
    }
  }
  if (falling && epsilon.length > 0) minima.push(low);
  return minima;
}

/** The stretch about a minimum, with its mean of mu; none where it is shorter than a gyration. */
function valleyAbout(minimum: number, path: MuSeries, { mass, charge }: { mass: number; charge: number }): Valley[] {
  const { epsilon, time, mu, B, gamma } = path;
  const level = Math.max(QUIET, RISE * epsilon[minimum]);
  let [from, to] = [minimum, minimum];
  while (from > 0 && epsilon[from - 1] <= level) from--;
  while (to < time.length - 1 && epsilon[to + 1] <= level) to++;
  // whole gyrations from the first point on, each with its mean over time
  const means: number[] = [];
  let [phase, area, duration] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    const dt = time[i + 1] - time[i];
    phase += ((Math.abs(charge) * (B[i] + B[i + 1])) / (2 * gamma[i] * mass)) * dt;
    area += ((mu[i] + mu[i + 1]) / 2) * dt;
    duration += dt;
    if (phase < 2 * Math.PI) continue;
    means.push(area / duration);
    [phase, area, duration] = [0, 0, 0];
  }
  if (means.length === 0) return [];
  const mean = means.reduce((sum, x) => sum + x, 0) / means.length;
  const swing = Math.sqrt(means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, means.length - 1));
  const worst = epsilon[largest(epsilon, from, to)];
  return [{ from, to, mu: mean, error: Math.hypot(swing, worst * worst * mean) }];
}

/** Where the largest of some values stands, both ends included. */
function largest(values: Float64Array, from: number, to: number): number {
  let best = from;
  for (let i = from; i <= to; i++) if (values[i] > values[best]) best = i;
  return best;
}
