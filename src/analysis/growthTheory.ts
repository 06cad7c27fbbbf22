import { buildField, type FieldSpec, type LineField } from '../fields/index.js';
import { momentumFromSpeed } from '../physics/relativity.js';
import { backwardMoments, longestStep } from './backward.js';
import { hasOneRate, onlyScattering, pitchCorners, pitchDensity } from './references.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** Steps of an orbit along the whole line at full speed, and the most that are taken until it closes. */
const STEPS = 400;
const MOST_STEPS = 20000;
/** Nodes of the line's table. */
const NODES = 4000;
/** Starting pitches, and places where particles start along the whole line. */
const PITCHES = 480;
const PLACES = 24;
/** Growth is compared with theory at the snapshots up to this nu t ... */
const EARLY = 0.125;
/** ... or, where these are fewer, at the first of this many up to a later one. */
const EARLY_POINTS = 4;
export const THEORY_UNTIL = 0.4;
/** The grid of the backward equation: nodes along the line for each length over which B changes, cells of xi. */
const NODES_A_SCALE = 7;
const [FEWEST_NODES, MOST_NODES] = [41, 161];
const GRID_PITCHES = 32;
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
 * What theory says of the growth of mu's moments in a mirror, in each bin of the starting mu: the bounce average of the
 * operator, and the moments that scattering at this rate gives at the early snapshots.
 */
export interface GrowthTheory {
  /** Bounce-averaged D_mumu of those trapped in each bin [J^2 T^-2 s^-1]; NaN for a bin in which nothing trapped starts. */
  readonly diffusion: Float64Array;
  /** Bounce-averaged d<mu>/dt of each bin [J/(T s)]. */
  readonly drift: Float64Array;
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

const known = new WeakMap<AnalysisPlan, GrowthTheory | null>();

/**
 * The theory of a plan's starting ensemble, where every particle has one speed and one rate and moves in a mirror
 * without electric fields; null elsewhere, and where nothing but scattering acts on the pitch.
 *
 * With `M = p^2/(m Bmin)` and `beta = Bmin/B`, `D = 2 nu mu (M beta - 2 mu)` and `d<mu>/dt = 2 nu (M beta - 3 mu)`; their
 * bounce averages need that of beta, from the undisturbed orbits. The growth is that of `backwardMoments`, averaged over
 * the places and pitches of the start: bounces in step, saturation and losses are in it.
 */
export function growthTheory(scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory | null {
  let theory = known.get(plan);
  if (theory === undefined) {
    theory = makeTheory(scenario, plan);
    known.set(plan, theory);
  }
  return theory;
}

function makeTheory(scenario: AnalysisScenario, plan: AnalysisPlan): GrowthTheory | null {
  const { nu, speed, Bmin } = plan.reference;
  if (onlyScattering(scenario) || !plan.reference.oneSpeed || !hasOneRate(plan) || !(speed > 0)) return null;
  if (scenario.potential !== null || scenario.parallelField !== null) return null;
  const { kind } = scenario.boundary;
  if (kind !== 'throat' && kind !== 'reflecting' && kind !== 'periodic') return null;
  const field = fieldOf(scenario, plan);
  if (field === null) return null;
  const { mass } = scenario.species;
  const M = momentumFromSpeed(speed, mass) ** 2 / (mass * Bmin);
  const { muEdges } = plan.axes;
  const bins = muEdges.length - 1;
  const line = lineOf(field, scenario, NODES);
  const grid = lineOf(field, scenario, gridNodes(line) - 1);
  const times = earlyTimes(plan);
  let pace = Math.min(speed, FASTEST * nu * field.length);
  const work = (grid.b.length * GRID_PITCHES * (times.at(-1) ?? 0)) / longestStep(grid, GRID_PITCHES, pace, nu);
  if (work > MOST_WORK) pace *= MOST_WORK / work;
  if (pace < Math.min(speed, SLOWEST * nu * field.length)) return null;
  const [now, raised] = [1, MORE].map((more) => backwardMoments(grid, GRID_PITCHES, pace, more * nu, times));
  const trapped = new Float64Array(bins);
  const weight = new Float64Array(bins);
  const diffusion = new Float64Array(bins);
  const drift = new Float64Array(bins);
  const blank = () => times.map(() => [0, 1, 2].map(() => new Float64Array(bins)));
  const sums = [blank(), blank()];
  for (const start of starts(scenario, plan, field)) {
    const m = (1 - start.xi * start.xi) * (Bmin / field.strength(start.s));
    const mu = (M / 2) * m;
    const bin = binOf(muEdges, mu);
    weight[bin] += start.weight;
    const at = new GridPoint(grid, start);
    [now, raised].forEach((fields, which) => {
      fields.forEach((field, j) => {
        const [v0, v1, v2] = field.map((values) => at.of(values));
        const sum = sums[which][j];
        sum[0][bin] += start.weight * (1 + v0);
        sum[1][bin] += start.weight * (v1 - m * v0);
        sum[2][bin] += start.weight * (v2 - 2 * m * v1 + m * m * v0);
      });
    });
    const mean = meanAlong(line, start.s, start.xi, speed);
    if (Number.isNaN(mean)) continue;
    trapped[bin] += start.weight;
    diffusion[bin] += start.weight * 2 * nu * mu * (M * mean - 2 * mu);
    drift[bin] += start.weight * 2 * nu * (M * mean - 3 * mu);
  }
  const per = (values: Float64Array, size: number) => values.map((x, u) => (x * size) / weight[u]);
  const moments = (fields: Float64Array[][]): GrowthMoments[] =>
    fields.map(([inside, first, second]) => ({
      inside: per(inside, 1),
      first: per(first, M / 2),
      second: per(second, (M / 2) ** 2),
    }));
  return {
    diffusion: diffusion.map((x, u) => x / trapped[u]),
    drift: drift.map((x, u) => x / trapped[u]),
    now: moments(sums[0]),
    raised: moments(sums[1]),
    more: MORE,
    // the start in step moves the growth by up to a sixth of a bounce, once; slowed down it is the wrong one
    error:
      pace < speed
        ? Math.hypot(GRID_ERROR, (plan.reference.bouncePeriod * (speed / pace)) / (4 * Math.PI * times[0]))
        : GRID_ERROR,
  };
}

/** The early snapshots, after the start [s]. */
function earlyTimes({ axes, reference }: AnalysisPlan): number[] {
  return Array.from(axes.times)
    .slice(1)
    .filter((t, j) => reference.nu * t <= (j < EARLY_POINTS ? THEORY_UNTIL : EARLY) * (1 + 1e-9));
}

/** Nodes that the finest structure of a line needs, by `sqrt(B/|B''|)`. */
function gridNodes({ b, slope, ds, length }: Line): number {
  let finest = length;
  for (let k = 1; k < b.length; k++) {
    finest = Math.min(finest, Math.sqrt((b[k] * ds) / Math.abs(slope[k] - slope[k - 1])));
  }
  const nodes = Math.ceil((NODES_A_SCALE * length) / finest);
  return 2 * Math.floor(Math.min(MOST_NODES, Math.max(FEWEST_NODES, nodes)) / 2) + 1;
}

/** A point between those of the grid: cubic both ways. */
class GridPoint {
  readonly #at: number[] = [];
  readonly #weight: number[] = [];

  constructor(grid: Line, start: Start) {
    const node = (start.s - grid.sLeft) / grid.ds;
    const cell = ((start.xi + 1) / 2) * GRID_PITCHES - 0.5;
    const k = Math.min(grid.b.length - 4, Math.max(0, Math.floor(node) - 1));
    const i = Math.min(GRID_PITCHES - 4, Math.max(0, Math.floor(cell) - 1));
    const along = lagrange(node - k);
    const across = lagrange(cell - i);
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 4; b++) {
        this.#at.push((k + a) * GRID_PITCHES + i + b);
        this.#weight.push(along[a] * across[b]);
      }
    }
  }

  of(values: Float64Array): number {
    let sum = 0;
    for (let n = 0; n < 16; n++) sum += this.#weight[n] * values[this.#at[n]];
    return sum;
  }
}

/** Weights of four points at 0, 1, 2, 3 for the cubic through them. */
function lagrange(x: number): number[] {
  return [
    (-(x - 1) * (x - 2) * (x - 3)) / 6,
    (x * (x - 2) * (x - 3)) / 2,
    (-x * (x - 1) * (x - 3)) / 2,
    (x * (x - 1) * (x - 2)) / 6,
  ];
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

interface Start {
  readonly s: number;
  readonly xi: number;
  readonly weight: number;
}

/** Places and pitches of the start with their weights: midpoints, in a flux tube by ds/B. */
function starts(scenario: AnalysisScenario, plan: AnalysisPlan, field: LineField): Start[] {
  const { place, pitch } = scenario.particles;
  const along = place.kind === 'fluxTube';
  const places = along ? PLACES : 1;
  const found: Start[] = [];
  for (let k = 0; k < places; k++) {
    const across = field.sLeft + ((k + 0.5) * field.length) / places;
    const s = along ? across : place.kind === 'point' ? (place.s ?? field.sMid) : field.sMid;
    const B = field.strength(s);
    if (pitch.kind === 'cosine') {
      found.push({ s, xi: pitch.xi as number, weight: 1 / B });
      continue;
    }
    const corners = pitchCorners(pitch);
    const [low, high] = [corners[0], corners[corners.length - 1]];
    const rim = Math.sqrt(Math.max(0, 1 - B / Bmax(plan)));
    const pitches = along ? PITCHES / 4 : PITCHES;
    for (let i = 0; i < pitches; i++) {
      const xi = low + ((i + 0.5) * (high - low)) / pitches;
      if (pitch.only === 'trapped' && Math.abs(xi) > rim) continue;
      const weight = pitchDensity(pitch, xi) / B;
      if (weight > 0) found.push({ s, xi, weight });
    }
  }
  return found;
}

/** The field beyond which a particle is not trapped: of the cone, or of the throat. */
function Bmax({ reference }: AnalysisPlan): number {
  return reference.Bmin * reference.mirrorRatio;
}

/** The line on evenly spaced nodes, and what happens at its ends. */
interface Line {
  readonly sLeft: number;
  readonly ds: number;
  readonly length: number;
  /** B/Bmin. */
  readonly b: Float64Array;
  /** Its gradient [1/m]. */
  readonly slope: Float64Array;
  readonly ends: 'open' | 'reflecting' | 'periodic';
}

function lineOf(field: LineField, scenario: AnalysisScenario, cells: number): Line {
  const ds = field.length / cells;
  const nodes = Array.from({ length: cells + 1 }, (_, i) => field.sLeft + i * ds);
  const { kind } = scenario.boundary;
  return {
    sLeft: field.sLeft,
    ds,
    length: field.length,
    b: Float64Array.from(nodes, (s) => field.strength(s) / field.Bmin),
    slope: Float64Array.from(nodes, (s) => field.gradient(s) / field.Bmin),
    ends: kind === 'reflecting' || kind === 'periodic' ? kind : 'open',
  };
}

/**
 * Mean of Bmin/B along an undisturbed orbit, kick-drift-kick: from its first turn to its third, or over as many passages
 * of a closed line. NaN where it leaves.
 */
function meanAlong(line: Line, from: number, xi: number, speed: number): number {
  const h = line.length / speed / STEPS;
  const value = (table: Float64Array, place: number) => {
    const x = Math.min(NODES - 1e-9, Math.max(0, (place - line.sLeft) / line.ds));
    const i = Math.floor(x);
    return table[i] + (x - i) * (table[i + 1] - table[i]);
  };
  let s = from;
  let v = speed * xi;
  const pull = ((1 - xi * xi) / value(line.b, s) / 2) * speed * speed;
  if (v === 0 && value(line.slope, s) === 0) return 1 / value(line.b, s);
  let turns = 0;
  let sum = 0;
  let time = 0;
  for (let k = 0; turns < 3 && k < MOST_STEPS; k++) {
    const before = v;
    v -= (h / 2) * pull * value(line.slope, s);
    const half = 1 / value(line.b, s + (h / 2) * v);
    s += h * v;
    const beyond = s < line.sLeft ? -1 : s > line.sLeft + line.length ? 1 : 0;
    let met = 0;
    if (beyond !== 0) {
      if (line.ends === 'open') return NaN;
      if (line.ends === 'reflecting') {
        s = 2 * (beyond > 0 ? line.sLeft + line.length : line.sLeft) - s;
        v = -v;
        met = 1;
      } else {
        s -= beyond * line.length;
        // once round is a period: the first end met starts it, the next closes it
        met = turns === 0 ? 1 : 2;
      }
    }
    v -= (h / 2) * pull * value(line.slope, s);
    // the part of the step that lies between the first and the third turn
    let part = turns > 0 ? 1 : 0;
    if (beyond === 0 && before * v < 0) {
      met = 1;
      const at = before / (before - v);
      part = turns === 0 ? 1 - at : turns === 2 ? at : 1;
    }
    turns += met;
    sum += part * h * half;
    time += part * h;
  }
  return turns >= 3 ? sum / time : NaN;
}
