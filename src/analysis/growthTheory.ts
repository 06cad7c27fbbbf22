import { buildField, type FieldSpec, type LineField } from '../fields/index.js';
import { momentumFromSpeed } from '../physics/relativity.js';
import { backwardMoments, coneMoments, longestStep, type MomentField } from './backward.js';
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
/** What the grid leaves to be desired, as a part of the growth: measured against grids twice as fine. */
const GRID_ERROR = 0.002;
/** Where a particle passes the line more often than this in a scattering time, it is followed as if it did so as often. */
const FASTEST = 100;
const SLOWEST = 10;

/**
 * What theory says of the growth of mu's moments, in each bin of the starting mu: the operator, in a mirror its bounce
 * average, and the moments that scattering at this rate gives at the early snapshots.
 */
export interface GrowthTheory {
  /** D_mumu of those trapped in each bin [J^2 T^-2 s^-1]; NaN for a bin in which nothing trapped starts. */
  readonly diffusion: Float64Array;
  /** d<mu>/dt of each bin [J/(T s)]. */
  readonly drift: Float64Array;
  /** Whether both are bounce averages. */
  readonly bouncing: boolean;
  /** Moments at the early snapshots 1, 2, ..., at the scenario's rate and at `more` times it. */
  readonly now: readonly GrowthMoments[];
  readonly raised: readonly GrowthMoments[];
  readonly more: number;
  /** Error of the growth, as a part of it: of the grid, and of bounces that had to be followed slowed down. */
  readonly error: number;
}

/** `<1; inside>`, `<mu - mu0; inside>` [J/T] and `<(mu - mu0)^2; inside>` [J^2/T^2] of each bin per particle started. */
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
  /** V_0, V_1 and V_2 of a start, from their fields. */
  at(start: Start): (field: MomentField) => readonly [number, number, number];
  /** At the rate and at `MORE` times it. */
  readonly fields: readonly [readonly MomentField[], readonly MomentField[]];
  readonly bouncing: boolean;
  readonly error: number;
}

const known = new WeakMap<AnalysisPlan, GrowthTheory | null>();

/**
 * The theory of a plan's starting ensemble, where every particle has one speed and one rate and no electric field acts: in
 * a mirror with throats or closed ends, and for a cone in velocity space. Null elsewhere.
 *
 * With `M = p^2/(m Bmin)` and `beta = Bmin/B`, `D = 2 nu mu (M beta - 2 mu)` and `d<mu>/dt = 2 nu (M beta - 3 mu)`; their
 * bounce averages need that of beta, from the undisturbed orbits. The growth is that of the backward equation, averaged
 * over the places and pitches of the start: bounces in step, saturation and losses are in it.
 */
export function growthTheory(scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory | null {
  let theory = known.get(plan);
  if (theory === undefined) {
    const { oneSpeed, speed } = plan.reference;
    const able = oneSpeed && hasOneRate(plan) && speed > 0 && !scenario.potential && !scenario.parallelField;
    const motion = able ? (onlyScattering(scenario) ? coneMotion(scenario, plan) : mirrorMotion(scenario, plan)) : null;
    theory = motion && theoryOf(motion, scenario, plan);
    known.set(plan, theory);
  }
  return theory;
}

function theoryOf(motion: Motion, scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory {
  const { nu, speed, Bmin } = plan.reference;
  const { mass } = scenario.species;
  const M = momentumFromSpeed(speed, mass) ** 2 / (mass * Bmin);
  const bins = plan.axes.muEdges.length - 1;
  const blank = () => new Float64Array(bins);
  const [trapped, weight, diffusion, drift] = [blank(), blank(), blank(), blank()];
  const sums = motion.fields.map((fields) => fields.map(() => [blank(), blank(), blank()]));
  for (const start of motion.starts) {
    const { first, mean } = motion.beta(start);
    const m = (1 - start.xi * start.xi) * first;
    const mu = (M / 2) * m;
    const bin = binOf(plan.axes.muEdges, mu);
    weight[bin] += start.weight;
    const at = motion.at(start);
    motion.fields.forEach((fields, which) => {
      fields.forEach((field, j) => {
        const [v0, v1, v2] = at(field);
        const sum = sums[which][j];
        sum[0][bin] += start.weight * (1 + v0);
        sum[1][bin] += start.weight * (v1 - m * v0);
        sum[2][bin] += start.weight * (v2 - 2 * m * v1 + m * m * v0);
      });
    });
    if (Number.isNaN(mean)) continue;
    trapped[bin] += start.weight;
    diffusion[bin] += start.weight * 2 * nu * mu * (M * mean - 2 * mu);
    drift[bin] += start.weight * 2 * nu * (M * mean - 3 * mu);
  }
  const per = (values: Float64Array, size: number) => values.map((x, u) => (x * size) / weight[u]);
  const [now, raised] = sums.map((fields) =>
    fields.map(([inside, first, second]) => ({
      inside: per(inside, 1),
      first: per(first, M / 2),
      second: per(second, (M / 2) ** 2),
    })),
  );
  return {
    diffusion: diffusion.map((x, u) => x / trapped[u]),
    drift: drift.map((x, u) => x / trapped[u]),
    bouncing: motion.bouncing,
    now,
    raised,
    more: MORE,
    error: motion.error,
  };
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
      return ([v0, v1, v2]) => [of(v0), of(v1), of(v2)];
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
  // the start in step moves the growth by up to a sixth of a bounce, once; slowed down it is the wrong one
  const slowed = pace < speed ? (bouncePeriod * (speed / pace)) / (4 * Math.PI * times[0]) : 0;
  return {
    starts: starts(scenario, plan, field),
    beta: ({ s, xi }) => ({ first: field.Bmin / field.strength(s), mean: meanAlong(line, s, xi, speed) }),
    at: (start) => onGrid(grid, start),
    fields: [
      backwardMoments(grid, GRID_PITCHES, pace, nu, times),
      backwardMoments(grid, GRID_PITCHES, pace, MORE * nu, times),
    ],
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
function onGrid(grid: Line, { s, xi }: Start): (field: MomentField) => readonly [number, number, number] {
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
  return ([v0, v1, v2]) => [of(v0), of(v1), of(v2)];
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

/** The field that the plan was made with; null where the scenario does not hold it. */
function fieldOf(scenario: AnalysisScenario, plan: AnalysisPlan): LineField | null {
  const field = buildField(scenario.field as FieldSpec);
  const { Bmin, length } = plan.reference;
  return Math.abs(field.Bmin / Bmin - 1) < 1e-9 && Math.abs(field.length / length - 1) < 1e-9 ? field : null;
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
