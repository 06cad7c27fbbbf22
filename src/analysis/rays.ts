import { addMoments, backwardMoments, type MomentRay, stepsTo } from './backward.js';
import { PitchGrid } from './kicks.js';
import { Motion } from './motion.js';
import { lagrange, type MotionLine, Nodes, strengthAt } from './nodes.js';

/** Values of nu/v up to which each is followed for itself; of more, some are, and what lies between is interpolated ... */
const FEW = 3;
/** ... by cubics in the logarithm, with this ratio of neighbours at most: to some 2e-3 of the growth. */
const RATIO = 2;
const POINTS = 4;
/**
 * Scattering on the longest way, in nu t, below which nobody is followed: there the growth is nearly proportional to it, and no
 * grid shows how little it is.
 */
const LITTLE = 0.01;
/** Pitches of the grid. With 40 the growth next to the rim of a loss cone is four times as wrong. */
const PITCHES = 48;
/** Steps of the grid: the fewest along the line and in the quickest bounce. */
const STEPS_A_LINE = 10;
const STEPS_A_BOUNCE = 13;
/**
 * The largest nu t of a step: what P_4 needs, whose part goes as exp(-20 nu t); where all that is asked for is later a part of
 * the first that is, and not more than this, unless there are more than so many mean free paths in the line.
 */
const STEEPEST = 0.02;
const STEEP_PART = 0.1;
const STEEPEST_LATE = 0.12;
const STEEP = 20;
/** Mean free paths in the line from which on a particle stays where it is: scattering alone acts on it. */
const LOCAL = 300;
/** Passages of the line up to which a particle is followed: where there are more, as if there were as many; and the fewest of these. */
const MOST_PASSAGES = 64;
const FEWEST_PASSAGES = 8;
/** With losses, whose rate goes by the root of a bounce's scattering too. */
const FEWEST_WITH_LOSSES = 24;
/** Points times steps that are worth it: about a second. */
const MOST_WORK = 3.5e6;

/** A particle's way: the path that it covers until the end, and the scattering rate over its speed. */
export interface Course {
  /** nu/v [1/m]. */
  readonly kappa: number;
  /** v t at the end [m]. */
  readonly path: number;
}

/** V_0, V_1 and V_2: what scattering makes of them at the start's places, and a part of what they are without it. */
export interface RayMoments {
  /** `[place][pitch]` */
  readonly rows: readonly Float64Array[];
  /** How often `V_k = -m^k` of those is to be added that leave unscattered within the path. */
  readonly unscattered: number;
  /** [m] */
  readonly path: number;
}

/** A line to follow particles on. */
export interface RayLine {
  /** Finely tabulated; of a line that is even about its midplane, the right half. */
  readonly line: MotionLine;
  readonly nodes: number;
  /** From throat to throat [m]. */
  readonly length: number;
  /** Path of the quickest bounce [m], infinite where there is no well. */
  readonly quickest: number;
}

/**
 * The moments of `backwardMoments` for particles of many speeds. Without electric field a speed says but how far a
 * particle comes, and nu over the speed how much it is scattered on the way. After a given path, and so in the same phase of
 * their bounces, moments are smooth in that ratio: some values of it are followed, and the others lie between.
 */
export class Rays {
  readonly pitches = new PitchGrid(PITCHES);
  readonly #places: readonly number[];
  /** Bmin/B there. */
  readonly #beta: readonly number[];
  readonly #choice: Choice;
  readonly #rays: readonly MomentRay[];

  private constructor(ray: RayLine, places: readonly number[], choice: Choice) {
    const { line } = ray;
    this.#places = places;
    this.#choice = choice;
    this.#beta = places.map((s) => 1 / strengthAt(line, s));
    const nodes = new Nodes(line, ray.nodes);
    // rays that come as far take the same steps
    const known = new Map<string, Motion>();
    const motion = (step: number): Motion => {
      const key = step.toPrecision(10);
      const found = known.get(key) ?? new Motion(line, nodes, this.pitches, step);
      known.set(key, found);
      return found;
    };
    const grid = { line, nodes, pitches: this.pitches, places, motion };
    this.#rays = choice.kappas.map((kappa, r) => backwardMoments(grid, kappa, choice.paths[r], choice.steps[r]));
  }

  /**
   * Follows what these courses need.
   * @param places distances from the line's first end where particles start [m]
   * @param parts of a course after which moments are asked for, rising, the last 1
   * @returns null where that is too much work
   */
  static along(
    line: RayLine,
    places: readonly number[],
    courses: readonly Course[],
    parts: readonly number[],
  ): Rays | null {
    const fewest = line.line.ends.includes('open') ? FEWEST_WITH_LOSSES : FEWEST_PASSAGES;
    for (let passages = MOST_PASSAGES; passages >= fewest; passages /= 1.2) {
      const choice = choose(line, courses, parts, passages * line.length);
      if (choice.work <= MOST_WORK) return new Rays(line, places, choice);
    }
    return null;
  }

  /** Moments after a part of a course. */
  moments(course: Course, part: number): RayMoments {
    const width = this.pitches.xi.length;
    const rows = [0, 1, 2].map(() => new Float64Array(this.#places.length * width));
    if (course.kappa > this.#choice.local) {
      this.pitches.gain(course.kappa * course.path * part).forEach((gain, k) => {
        this.#beta.forEach((beta, p) => {
          for (let i = 0; i < width; i++) rows[k][p * width + i] = beta ** k * gain[i];
        });
      });
      return { rows, unscattered: 0, path: 0 };
    }
    const { kappa, path } = slowedDown(course, this.#choice.longest);
    const { first, weights } = between(this.#choice, kappa);
    let unscattered = 1;
    weights.forEach((weight, r) => {
      if (weight === 0) return;
      // what is smooth is the difference from those that are not scattered, over kappa
      const slope = this.#choice.rise === 0 ? weight : (weight * kappa) / this.#choice.kappas[first + r];
      addMoments(this.#rays[first + r], path * part, slope, rows);
      unscattered -= slope;
    });
    return { rows, unscattered, path: path * part };
  }

  /** How many times slower than it is a particle was followed. */
  slowed({ kappa, path }: Course): number {
    return kappa > this.#choice.local ? 1 : Math.max(1, path / this.#choice.longest);
  }
}

/** The values of kappa that are followed, and how far. */
interface Choice {
  readonly kappas: readonly number[];
  /** They are evenly spaced in `log(kappa)`, by this much; 0 where each stands for itself. */
  readonly rise: number;
  /** Where moments are kept whatever the steps [m]: where all need the same ones there, else at the farthest. */
  readonly paths: readonly (readonly number[])[];
  /** Longest steps [m]. */
  readonly steps: readonly number[];
  /** The longest way, and the kappa from which on nobody is followed. */
  readonly longest: number;
  readonly local: number;
  readonly work: number;
}

function choose(line: RayLine, courses: readonly Course[], parts: readonly number[], longest: number): Choice {
  const local = LOCAL / line.length;
  const followed = courses.filter(({ kappa }) => kappa <= local).map((course) => slowedDown(course, longest));
  const sorted = followed.map(({ kappa }) => kappa).sort((a, b) => a - b);
  const own = sorted.filter((kappa, i) => i === 0 || kappa > sorted[i - 1] * (1 + 1e-9));
  const least = LITTLE / followed.reduce((most, { path }) => Math.max(most, path), 0);
  const few = own.length <= FEW && !(own[0] < least);
  const low = Math.max(own[0], least);
  const span = Math.log(Math.max(own[own.length - 1], 4 * least) / low);
  const number = few ? own.length : Math.max(FEW, Math.ceil(span / Math.log(RATIO)) + 1);
  const rise = few ? 0 : span / (number - 1);
  const kappas = few ? own : Array.from({ length: number }, (_, r) => low * Math.exp(r * rise));
  const nearest = kappas.map(() => Infinity);
  const last = kappas.map(() => 0);
  for (const { kappa, path } of followed) {
    const { first, weights } = between({ kappas, rise }, kappa);
    weights.forEach((weight, r) => {
      if (weight === 0) return;
      nearest[first + r] = Math.min(nearest[first + r], path);
      last[first + r] = Math.max(last[first + r], path);
    });
  }
  const paths = last.map((path, r) => (nearest[r] > path * (1 - 1e-9) ? parts.map((part) => part * path) : [path]));
  const steps = kappas.map((kappa, r) => longestStep(line, kappa, kappa * nearest[r] * parts[0]));
  const count = (to: readonly number[], step: number) => stepsTo(to, step).reduce((sum, n) => sum + n, 0);
  const work = paths.reduce((sum, to, r) => sum + count(to, steps[r]), 0);
  return { kappas, rise, paths, steps, longest, local, work: work * line.nodes * PITCHES };
}

/** A course with as much scattering, and fewer passages of the line where there are more than can be followed. */
function slowedDown({ kappa, path }: Course, longest: number): Course {
  return path <= longest ? { kappa, path } : { kappa: (kappa * path) / longest, path: longest };
}

/** Which of the values that are followed make up one, and by what weights. */
function between(
  { kappas, rise }: Pick<Choice, 'kappas' | 'rise'>,
  kappa: number,
): { first: number; weights: Float64Array } {
  if (rise === 0) {
    const off = kappas.map((own) => Math.abs(own - kappa));
    return { first: off.indexOf(Math.min(...off)), weights: Float64Array.of(1) };
  }
  if (kappa < kappas[0]) {
    const weights = new Float64Array(FEW);
    lagrange(kappa, weights, kappas);
    return { first: 0, weights };
  }
  const weights = new Float64Array(Math.min(POINTS, kappas.length));
  const place = Math.log(kappa / kappas[0]) / rise;
  const first = Math.min(kappas.length - weights.length, Math.max(0, Math.floor(place) - POINTS / 2 + 1));
  lagrange(place - first, weights);
  return { first, weights };
}

/** The longest step of a grid [m]. @param soonest the least nu t that is asked for */
function longestStep({ length, quickest }: RayLine, kappa: number, soonest: number): number {
  // where a line is many mean free paths long a particle hardly moves, and how it does so matters little
  const late = STEEPEST_LATE * Math.max(1, (kappa * length) / STEEP);
  const steepest = Math.max(STEEPEST, Math.min(STEEP_PART * soonest, late));
  return Math.min(length / STEPS_A_LINE, quickest / STEPS_A_BOUNCE, steepest / kappa);
}
