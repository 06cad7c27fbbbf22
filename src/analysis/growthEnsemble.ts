import type { LineField } from '../fields/index.js';
import { speedFromMomentum } from '../physics/relativity.js';
import { coneMoments } from './coneMoments.js';
import { fieldOf } from './field.js';
import { lagrange } from './nodes.js';
import { lineOf, orbitFrom, rayLine } from './orbits.js';
import { type Course, Rays } from './rays.js';
import { type Start, starts } from './starts.js';
import type { AnalysisPlan, AnalysisScenario } from './types.js';

/** Growth is compared with theory at the snapshots up to this nu t ... */
const EARLY = 0.125;
/** ... or, where these are fewer, at the first of this many up to a later one. */
const EARLY_POINTS = 4;
export const THEORY_UNTIL = 0.4;
/** Cells of xi of pitch alone. */
const CONE_PITCHES = 96;
/** What the grid leaves to be desired, as a part of the growth, measured against finer ones; of many speeds that lie between. */
const GRID_ERROR = 0.001;
const BETWEEN_ERROR = 0.002;

/** What a grid makes of the step at the rim of a loss cone reaches this far, in m; it is gone at some nu t, and not there soon. */
const RIM = 0.4;
const SMOOTHED = 0.01;
const SOONEST = 0.3;

/** The growth is differentiated by the rate from its value at this much more of it. */
export const MORE = 1.1;

/** Particles of about one speed. */
export interface Speed {
  /** Share of all. */
  readonly share: number;
  /** Momenta between which they are evenly spread [kg m/s]. */
  readonly low: number;
  readonly high: number;
  /** [m/s] */
  readonly speed: number;
  /** [1/s] */
  readonly nu: number;
}

/** A start in its motion. */
export interface Ensemble {
  readonly starts: readonly Start[];
  /** Bmin/B where it starts, and its mean over the orbit: NaN where it is not trapped. */
  beta(start: number): { readonly first: number; readonly mean: number };
  /** V_0, V_1 and V_2 of every start, and V_x where there is one, at a speed and a time, under `rate` times its scattering. */
  moments(speed: Speed, time: number, rate: number): readonly Float64Array[];
  /** How much of a step at the rim of the loss cone a start's moments may be off at a speed and a time: 0 far from it, 1 next to it. */
  doubt(start: number, speed: Speed, time: number): number;
  readonly bouncing: boolean;
  readonly error: number;
}

/** The starting speeds of a plan. */
export function speedsOf({ species }: AnalysisScenario, { reference }: AnalysisPlan): Speed[] {
  const { startMomenta, startShares, startRates } = reference;
  return Array.from(startShares, (share, n) => {
    const [low, high] = [startMomenta[n], startMomenta[n + 1]];
    return { share, low, high, speed: speedFromMomentum((low + high) / 2, species.mass), nu: startRates[n] };
  });
}

/** Pitch alone, lost in a cone. A closed run needs no theory: its growth is exact in two terms. */
export function inCone(scenario: AnalysisScenario, plan: AnalysisPlan, speeds: readonly Speed[]): Ensemble | null {
  const { Bmin, mirrorRatio, length } = plan.reference;
  const { kind, sides = 'both' } = scenario.boundary;
  if (kind !== 'cone' || !(mirrorRatio > 1)) return null;
  const rim = Math.sqrt(1 - 1 / mirrorRatio);
  const from = sides === 'right' ? -1 : -rim;
  const to = sides === 'left' ? 1 : rim;
  const line = { sLeft: -length / 2, sMid: 0, length, strength: () => Bmin };
  const inside = starts(scenario, plan, line, edgesOf(scenario, plan, speeds)).filter(({ xi }) => xi > from && xi < to);
  const weights = new Float64Array(4 * inside.length);
  const indices = Int32Array.from(inside, ({ xi }, i) => {
    const place = ((xi - from) / (to - from)) * CONE_PITCHES - 0.5;
    const index = Math.min(CONE_PITCHES - 4, Math.max(0, Math.floor(place) - 1));
    lagrange(place - index, weights.subarray(4 * i, 4 * i + 4));
    return index;
  });
  const after = coneMoments(from, to, CONE_PITCHES);
  const solved = new Map<number, Float64Array[]>();
  return {
    starts: inside,
    beta: () => ({ first: 1, mean: 1 }),
    moments: ({ nu }, time, rate) => {
      const tau = rate * nu * time;
      let found = solved.get(tau);
      if (found === undefined) {
        found = after(tau).map((cells) => taken(cells, indices, weights));
        solved.set(tau, found);
      }
      return found;
    },
    doubt: () => 0,
    bouncing: false,
    error: GRID_ERROR,
  };
}

/** Bouncing in a mirror, lost at the throats or turned round there. */
export function inMirror(scenario: AnalysisScenario, plan: AnalysisPlan, speeds: readonly Speed[]): Ensemble | null {
  const { kind } = scenario.boundary;
  if (kind !== 'throat' && kind !== 'reflecting' && kind !== 'periodic') return null;
  const field = fieldOf(scenario, plan);
  const times = earlyTimes(plan);
  const end = times.at(-1);
  if (field === null) return null;
  if (end === undefined) {
    return {
      starts: [],
      beta: () => ({ first: NaN, mean: NaN }),
      moments: () => [],
      doubt: () => 0,
      bouncing: true,
      error: GRID_ERROR,
    };
  }
  const ray = rayLine(field, scenario);
  const course = ({ nu, speed }: Speed, rate: number): Course => ({ kappa: (rate * nu) / speed, path: speed * end });
  const { inside, places, points } = placed(starts(scenario, plan, field, edgesOf(scenario, plan, speeds)), ray, field);
  const rays = Rays.along(
    ray,
    places,
    speeds.flatMap((speed) => [course(speed, 1), course(speed, MORE)]),
    times.map((time) => time / end),
  );
  if (rays === null) return null;
  const width = rays.pitches.xi.length;
  const weights = new Float64Array(6 * points.length);
  const indices = Int32Array.from(
    points,
    ({ place, xi }, i) => place * width + rays.pitches.stencil(xi, weights.subarray(6 * i, 6 * i + 6)),
  );
  const line = lineOf(field, scenario);
  const orbits = inside.map(({ s, xi }) => orbitFrom(line, s, xi));
  const beta = inside.map(({ s }) => field.Bmin / field.strength(s));
  const m = inside.map(({ xi }, i) => (1 - xi * xi) * beta[i]);
  const leaves = ray.line.ends.includes('open');
  const near = m.map((x) => Math.exp(-(((x - field.Bmin / field.Bmax) / RIM) ** 2)));
  const leaving = orbits.flatMap(({ exit }, i) => (exit === undefined ? [] : [{ i, exit }]));
  return {
    starts: inside,
    beta: (i) => ({ first: beta[i], mean: orbits[i].mean ?? NaN }),
    moments: (speed, time, rate) => {
      const { rows, unscattered, path } = rays.moments(course(speed, rate), time / end);
      const found = rows.map((values) => taken(values, indices, weights));
      if (unscattered !== 0) {
        for (const { i, exit } of leaving)
          if (exit <= path)
            found.forEach((values, k) => {
              values[i] -= unscattered * m[i] ** k;
            });
      }
      return found;
    },
    doubt: (i, { speed, nu }, time) =>
      leaves && speed * time > SOONEST * field.length ? near[i] / (1 + (nu * time) / SMOOTHED) : 0,
    bouncing: true,
    error: Math.hypot(
      speeds.length > 1 ? BETWEEN_ERROR : GRID_ERROR,
      slownessOf(plan, speeds, times, { slowed: (speed) => rays.slowed(course(speed, 1)), leaves }),
    ),
  };
}

/** Starts of a ray's line with their places on it, those that are alike taken together: in an even line a start and its mirror image. */
function placed(
  all: readonly Start[],
  { folded }: { readonly folded: boolean },
  field: LineField,
): { inside: Start[]; places: number[]; points: { place: number; xi: number }[] } {
  const inside: { -readonly [key in keyof Start]: Start[key] }[] = [];
  const places: number[] = [];
  const points: { place: number; xi: number }[] = [];
  const seen = new Map<string, number>();
  for (const start of all) {
    const off = start.s - (folded ? field.sMid : field.sLeft);
    const s = Math.abs(off) < 1e-9 * field.length ? 0 : Math.abs(off);
    let place = places.findIndex((other) => Math.abs(other - s) < 1e-9 * field.length);
    if (place < 0) place = places.push(s) - 1;
    const xi = folded && s === 0 ? Math.abs(start.xi) : folded && off < 0 ? -start.xi : start.xi;
    const key = `${place} ${xi.toFixed(12)}`;
    const known = seen.get(key);
    if (known !== undefined) inside[known].weight += start.weight;
    else {
      seen.set(key, inside.push({ ...start }) - 1);
      points.push({ place, xi });
    }
  }
  return { inside, places, points };
}

/**
 * What bounces that were followed slowed down may do to the growth, as a part of it: a start in step moves it by up to a
 * sixth of a bounce, once, and slowed down by the wrong one; and losses reach as far from the rim of the cone as a bounce scatters.
 */
function slownessOf(
  { reference }: AnalysisPlan,
  speeds: readonly Speed[],
  times: readonly number[],
  { slowed, leaves }: { slowed(speed: Speed): number; readonly leaves: boolean },
): number {
  const rate = times.reduce((sum, t) => sum + 1 / t, 0) / times.length / (4 * Math.PI);
  const of = (speed: Speed): number => {
    const factor = slowed(speed);
    if (factor === 1) return 0;
    const reach = Math.sqrt((speed.nu * reference.length) / speed.speed);
    const swing = (rate * reference.bouncePeriod * reference.speed * factor) / speed.speed;
    return swing + (leaves ? (Math.sqrt(factor) - 1) * reach : 0);
  };
  const meanBy = (weight: (speed: Speed) => number) => {
    let [sum, whole] = [0, 0];
    for (const speed of speeds) {
      sum += weight(speed) * of(speed);
      whole += weight(speed);
    }
    return sum / whole;
  };
  // the pitch goes by particles, the spread of mu by their energies squared
  return Math.max(
    meanBy(({ share }) => share),
    meanBy(({ share, high }) => share * (high / speeds[speeds.length - 1].high) ** 4),
  );
}

/** Where bins of the start and the loss cone begin, by `m = (1 - xi^2) Bmin/B`: bins of the pitch, and of one speed those of mu. */
function edgesOf({ species }: AnalysisScenario, { axes, reference }: AnalysisPlan, speeds: readonly Speed[]): number[] {
  const xi = Array.from(axes.startXiEdges, (x) => 1 - x * x);
  const unit = 2 * species.mass * reference.Bmin;
  const mu = speeds.length === 1 ? Array.from(axes.muEdges, (edge) => (edge * unit) / speeds[0].high ** 2) : [];
  return [...xi, ...mu, 1 / reference.mirrorRatio].filter((m) => m <= 1);
}

/** The early snapshots, after the start [s]. */
export function earlyTimes({ axes, reference }: AnalysisPlan): number[] {
  return Array.from(axes.times)
    .slice(1)
    .filter((t, j) => reference.nu * t <= (j < EARLY_POINTS ? THEORY_UNTIL : EARLY) * (1 + 1e-9));
}

/** Values between those of a table: each from some of them in a row, by weights. */
function taken(values: Float64Array, indices: Int32Array, weights: Float64Array): Float64Array {
  const points = weights.length / indices.length;
  const found = new Float64Array(indices.length);
  for (let i = 0; i < found.length; i++) {
    let sum = 0;
    for (let k = 0; k < points; k++) sum += weights[points * i + k] * values[indices[i] + k];
    found[i] = sum;
  }
  return found;
}
