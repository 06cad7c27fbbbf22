import { momentumFromSpeed } from '../physics/relativity.js';
import { backwardMoments, coneMoments, longestStep, type MomentField } from './backward.js';
import { fieldOf } from './field.js';
import { gridNodes, type Line, lineOf, meanAlong, NODES } from './orbits.js';
import { hasOneRate, onlyScattering } from './references.js';
import { type Start, starts } from './starts.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** Growth is compared with theory at the snapshots up to this nu t ... */
const EARLY = 0.125;
/** ... or, where these are fewer, at the first of this many up to a later one. */
const EARLY_POINTS = 4;
export const THEORY_UNTIL = 0.4;
/** Cells of xi of the backward equation: in a mirror, and for pitch alone. */
const GRID_PITCHES = 32;
const CONE_PITCHES = 96;
/** Points times steps that are worth it: about half a second. */
const MOST_WORK = 2.5e6;
/** The growth is differentiated by the rate from its value at this much more of it. */
const MORE = 1.1;
/** What the grid leaves to be desired, as a part of the growth: measured against grids four times as fine. */
const GRID_ERROR = 0.001;
/** The coarser grid along the line from which an open one is extrapolated, over the finer one. */
const COARSER = 0.75;
/** Where a particle passes the line more often than this in a scattering time, it is followed as if it did so as often. */
const FASTEST = 100;
const SLOWEST = 10;

/**
 * What theory says of the growth of the moments of mu and of the pitch: the operator, in a mirror its bounce average, and the
 * moments that scattering at this rate gives at the early snapshots.
 */
export interface GrowthTheory {
  /** In bins of the starting mu [J/T]. */
  readonly mu: GrowthInBins;
  /** In bins of the starting pitch. D is that of the pitch, growth and drift are those of xi, in a mirror of xi0^2. */
  readonly xi: GrowthInBins;
  /** Whether they are bounce averages. */
  readonly bouncing: boolean;
  readonly more: number;
  /** Error of the growth, as a part of it: of the grid, and of bounces that had to be followed slowed down. */
  readonly error: number;
}

/** Of a quantity x in bins of the start. */
export interface GrowthInBins {
  /** Particles that start in each bin, not normalised. */
  readonly weight: Float64Array;
  /** D_xx of those trapped in each bin; NaN for a bin in which nothing trapped starts. */
  readonly diffusion: Float64Array;
  /** d<x>/dt of each bin. */
  readonly drift: Float64Array;
  /** Moments at the early snapshots 1, 2, ..., at the scenario's rate and at `more` times it. */
  readonly now: readonly GrowthMoments[];
  readonly raised: readonly GrowthMoments[];
}

/** `<1; inside>`, `<x - x0; inside>` and `<(x - x0)^2; inside>` of each bin per particle started. */
export interface GrowthMoments {
  readonly inside: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** A start in its motion. */
interface Motion {
  readonly starts: readonly Start[];
  /** Bmin/B where it starts, and its mean over the orbit: NaN where it is not trapped. */
  beta(start: Start): { readonly first: number; readonly mean: number };
  /** V_0, V_1 and V_2 of a start, and V_x where there is one, from their fields. */
  at(start: Start): (field: MomentField) => readonly number[];
  /** At the rate and at `MORE` times it. */
  readonly fields: readonly [readonly MomentField[], readonly MomentField[]];
  readonly bouncing: boolean;
  readonly error: number;
}

/** By the plan's axes, which the plans of a run and of its first particles share. */
const known = new WeakMap<object, GrowthTheory | null>();

/**
 * The theory of a plan's starting ensemble, where every particle has one speed and one rate and no electric field acts: in
 * a mirror with throats or closed ends, and for a cone in velocity space. Null elsewhere.
 *
 * With `M = p^2/(m Bmin)` and `beta = Bmin/B`, `D = 2 nu mu (M beta - 2 mu)` and `d<mu>/dt = 2 nu (M beta - 3 mu)`; their
 * bounce averages need that of beta, from the undisturbed orbits. With `m = 1 - x^2` the size x of the midplane pitch has
 * `D = nu m (beta - m)/x^2`, where nothing bounces `nu (1 - x^2)`, and `d<x^2>/dt = -2 nu (2 beta - 3 m)`. The growth is that of the backward equation, averaged
 * over the places and pitches of the start: bounces in step, saturation and losses are in it.
 */
export function growthTheory(scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory | null {
  let theory = known.get(plan.axes);
  if (theory === undefined) {
    const { oneSpeed, speed } = plan.reference;
    const able = oneSpeed && hasOneRate(plan) && speed > 0 && !scenario.potential && !scenario.parallelField;
    const motion = able ? (onlyScattering(scenario) ? coneMotion(scenario, plan) : mirrorMotion(scenario, plan)) : null;
    theory = motion && theoryOf(motion, scenario, plan);
    known.set(plan.axes, theory);
  }
  return theory;
}

function theoryOf(motion: Motion, scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory {
  const { nu, speed, Bmin } = plan.reference;
  const { mass } = scenario.species;
  const M = momentumFromSpeed(speed, mass) ** 2 / (mass * Bmin);
  const { bouncing, error } = motion;
  const mu = new Bins(plan.axes.muEdges, motion.fields);
  const xi = new Bins(plan.axes.startXiEdges, motion.fields);
  for (const start of motion.starts) {
    const { first, mean } = motion.beta(start);
    const m = (1 - start.xi * start.xi) * first;
    const at = motion.at(start);
    mu.add(start.weight, (M / 2) * m, (field) => {
      const [v0, v1, v2] = at(field);
      return [v0, (M / 2) * (v1 - m * v0), (M / 2) ** 2 * (v2 - 2 * m * v1 + m * m * v0)];
    });
    const x = bouncing ? Math.sqrt(1 - m) : start.xi;
    xi.add(start.weight, x, (field) => {
      const [v0, v1, v2, vx] = at(field);
      if (!bouncing) return [v0, vx - x * v0, v0 - v1 - 2 * x * vx + x * x * v0];
      return [v0, m * v0 - v1, v2 - 2 * m * v1 + m * m * v0];
    });
    if (Number.isNaN(mean)) continue;
    mu.addOperator(start.weight, (M / 2) * m, nu * M * m * M * (mean - m), nu * M * (2 * mean - 3 * m));
    if (!bouncing) xi.addOperator(start.weight, x, nu * m, -2 * nu * x);
    else {
      // a start that rests at the midplane: the limit of small bounces
      const D = x > 0 ? (nu * m * (mean - m)) / (x * x) : nu / 2;
      xi.addOperator(start.weight, x, D, -2 * nu * (2 * mean - 3 * m));
    }
  }
  return { mu: mu.means(), xi: xi.means(), bouncing, more: MORE, error };
}

/** Means over the starts in bins of a quantity. */
class Bins {
  readonly #edges: ArrayLike<number>;
  readonly #weight: Float64Array;
  readonly #trapped: Float64Array;
  readonly #operator: readonly [Float64Array, Float64Array];
  readonly #sums: { readonly field: MomentField; readonly sums: readonly Float64Array[] }[][];

  constructor(edges: ArrayLike<number>, fields: Motion['fields']) {
    const blank = () => new Float64Array(edges.length - 1);
    this.#edges = edges;
    [this.#weight, this.#trapped] = [blank(), blank()];
    this.#operator = [blank(), blank()];
    this.#sums = fields.map((times) => times.map((field) => ({ field, sums: [blank(), blank(), blank()] })));
  }

  /** A start: its value, and by how much its moments differ at a time: inside - 1, first, second. */
  add(weight: number, value: number, moments: (field: MomentField) => readonly number[]): void {
    const bin = binOf(this.#edges, value);
    this.#weight[bin] += weight;
    for (const times of this.#sums)
      for (const { field, sums } of times)
        moments(field).forEach((moment, n) => {
          sums[n][bin] += weight * (n === 0 ? 1 + moment : moment);
        });
  }

  addOperator(weight: number, value: number, diffusion: number, drift: number): void {
    const bin = binOf(this.#edges, value);
    this.#trapped[bin] += weight;
    this.#operator[0][bin] += weight * diffusion;
    this.#operator[1][bin] += weight * drift;
  }

  means(): GrowthInBins {
    const [diffusion, drift] = this.#operator.map((values) => values.map((x, u) => x / this.#trapped[u]));
    const [now, raised] = this.#sums.map((times) =>
      times.map(({ sums }) => {
        const [inside, first, second] = sums.map((values) => values.map((x, u) => x / this.#weight[u]));
        return { inside, first, second };
      }),
    );
    return { weight: this.#weight, diffusion, drift, now, raised };
  }
}

/** Pitch alone, lost in a cone. A closed run needs no theory: its growth is exact in two terms. */
function coneMotion(scenario: AnalysisScenario, plan: AnalysisPlan): Motion | null {
  const { nu, Bmin, mirrorRatio, length } = plan.reference;
  const { kind, sides = 'both' } = scenario.boundary;
  if (kind !== 'cone' || !(mirrorRatio > 1)) return null;
  const rim = Math.sqrt(1 - 1 / mirrorRatio);
  const from = sides === 'right' ? -1 : -rim;
  const to = sides === 'left' ? 1 : rim;
  const times = earlyTimes(plan);
  const line = { sLeft: -length / 2, sMid: 0, length, strength: () => Bmin };
  return {
    starts: starts(scenario, plan, line).filter(({ xi }) => xi > from && xi < to),
    beta: () => ({ first: 1, mean: 1 }),
    at: ({ xi }) => {
      const { index, weights } = cubic(((xi - from) / (to - from)) * CONE_PITCHES - 0.5, CONE_PITCHES);
      const of = (values: Float64Array) => weights.reduce((sum, w, k) => sum + w * values[index + k], 0);
      return (fields) => fields.map(of);
    },
    fields: [coneMoments(from, to, CONE_PITCHES, nu, times), coneMoments(from, to, CONE_PITCHES, MORE * nu, times)],
    bouncing: false,
    error: GRID_ERROR,
  };
}

/** Bouncing in a mirror, lost at the throats or turned round there. */
function mirrorMotion(scenario: AnalysisScenario, plan: AnalysisPlan): Motion | null {
  const { nu, speed, bouncePeriod } = plan.reference;
  const { kind } = scenario.boundary;
  if (kind !== 'throat' && kind !== 'reflecting' && kind !== 'periodic') return null;
  const field = fieldOf(scenario, plan);
  if (field === null) return null;
  const line = lineOf(field, scenario, NODES);
  const grid = lineOf(field, scenario, gridNodes(line) - 1);
  const times = earlyTimes(plan);
  let pace = Math.min(speed, FASTEST * nu * field.length);
  const work = (grid.b.length * GRID_PITCHES * (times.at(-1) ?? 0)) / longestStep(grid, GRID_PITCHES, pace, nu);
  if (work > MOST_WORK) pace *= MOST_WORK / work;
  if (pace < Math.min(speed, SLOWEST * nu * field.length)) return null;
  const coarse = grid.ends === 'open' ? lineOf(field, scenario, Math.round(COARSER * (grid.b.length - 1))) : null;
  const moments = (rate: number): MomentField[] => {
    const fine = backwardMoments(grid, GRID_PITCHES, pace, rate, times);
    if (coarse === null) return fine;
    const rough = backwardMoments(coarse, GRID_PITCHES, pace, rate, times);
    return fine.map((field, j) => [...field, ...rough[j]]);
  };
  // the start in step moves the growth by up to a sixth of a bounce, once; slowed down it is the wrong one
  const slowed = pace < speed ? (bouncePeriod * (speed / pace)) / (4 * Math.PI * times[0]) : 0;
  return {
    starts: starts(scenario, plan, field),
    beta: ({ s, xi }) => ({ first: field.Bmin / field.strength(s), mean: meanAlong(line, s, xi, speed) }),
    at: (start) => {
      const fine = onGrid(grid, start);
      if (coarse === null) return fine;
      const rough = onGrid(coarse, start);
      // the jump at the rim of the loss cone makes the error one of first order in the distance of the nodes
      const more = 1 / ((grid.b.length - 1) / (coarse.b.length - 1) - 1);
      return (both) => {
        const less = rough(both.slice(both.length / 2));
        return fine(both.slice(0, both.length / 2)).map((value, n) => value + more * (value - less[n]));
      };
    },
    fields: [moments(nu), moments(MORE * nu)],
    bouncing: true,
    error: Math.hypot(GRID_ERROR, slowed),
  };
}

/** The early snapshots, after the start [s]. */
function earlyTimes({ axes, reference }: AnalysisPlan): number[] {
  return Array.from(axes.times)
    .slice(1)
    .filter((t, j) => reference.nu * t <= (j < EARLY_POINTS ? THEORY_UNTIL : EARLY) * (1 + 1e-9));
}

/** A start between the points of the grid: cubic both ways. */
function onGrid(grid: Line, { s, xi }: Start): (field: MomentField) => readonly number[] {
  const along = cubic((s - grid.sLeft) / grid.ds, grid.b.length);
  const across = cubic(((xi + 1) / 2) * GRID_PITCHES - 0.5, GRID_PITCHES);
  const of = (values: Float64Array) => {
    let sum = 0;
    for (let a = 0; a < 4; a++) {
      const row = (along.index + a) * GRID_PITCHES + across.index;
      for (let b = 0; b < 4; b++) sum += along.weights[a] * across.weights[b] * values[row + b];
    }
    return sum;
  };
  return (fields) => fields.map(of);
}

/** The four points of a row that a cubic through a place takes, and their weights. */
function cubic(place: number, points: number): { index: number; weights: number[] } {
  const index = Math.min(points - 4, Math.max(0, Math.floor(place) - 1));
  const x = place - index;
  const weights = [
    (-(x - 1) * (x - 2) * (x - 3)) / 6,
    (x * (x - 2) * (x - 3)) / 2,
    (-x * (x - 1) * (x - 3)) / 2,
    (x * (x - 1) * (x - 2)) / 6,
  ];
  return { index, weights };
}

function binOf(edges: ArrayLike<number>, x: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x >= edges[middle]) low = middle;
    else high = middle;
  }
  return low;
}
