/**
 * The levels of rare-event splitting. The importance of a state is the chance that a Brownian path of variance `2 nu t` reaches
 * the rim of the loss cone in the time that is left:
 *   I = erfc(depth), depth = distance / (2 sqrt(nu * time left)).
 * The distance is one of midplane polar angles, in units of what scattering moves them; along a line that is the bounce average.
 * With P the mean of I over the starts, level k lies at I = 2^k P. I falls on average along a path (the drift of the angle points
 * away from the rim), so 2^k P is passed by at most 2^-k of the particles (Ville), and of their branches there is at most one
 * for each particle at each level: the cost is bounded by the number of levels, whatever the truth about P is.
 */
import type { LineField } from '../fields/index.js';
import { acos, cos, erfc, exp, log } from '../physics/elementary.js';
import type { Scenario } from '../scenario/index.js';
import { cellsOf, type QuantileTable, shareBelow } from './quantileTable.js';

/** Bits of the replica word, one for each level. */
const MOST_LEVELS = 32;
/** Equal parts by which a distribution of starts is represented; the outermost are halved so many times towards the ends. */
const PARTS = 64;
const HALVINGS = 8;
/** Places and half of the angles of a bounce average. */
const PLACES = 2000;
const CELLS = 8;

export interface Splitting {
  /** 0: no splitting. */
  readonly levels: number;
  /** Depth of each level, falling; one more, -infinity, that nothing passes. */
  readonly depths: Float64Array;
  /** Midplane polar angle of the loss cone's edge. */
  readonly rim: number;
  /** Distance by the angle x beyond the rim: `linear x + square x^2`. */
  readonly linear: number;
  readonly square: number;
  readonly warnings: readonly string[];
}

/** What a scenario's starts are, as quantile tables. */
export interface Starts {
  readonly field: LineField;
  readonly xiLossCone: number;
  readonly pitches: QuantileTable;
  readonly places: QuantileTable;
  readonly momenta: QuantileTable;
  /** `nu t` of a momentum until the last particle has to be in the loss cone. */
  readonly kicks: (momentum: number) => number;
  /** How often particles can be looked at: after four kicks, and at the snapshots. */
  readonly looks: number;
}

/** The splitting that a scenario asks for. */
export function splittingOf(scenario: Scenario, starts: Starts): Splitting {
  const rim = acos(starts.xiLossCone);
  const none = { levels: 0, depths: Float64Array.of(-Infinity), rim, linear: 1, square: 0, warnings: [] };
  if (scenario.rare === null) return none;
  const homogeneous = scenario.motion.kind === 'homogeneous';
  const { levels } = scenario.rare;
  const { linear, square } = homogeneous ? none : metricOf(starts.field, rim);
  const chanceOf = (depth: number) => (homogeneous ? erfc(Math.min(26, depth)) : exp(-Math.min(700, depth * depth)));
  const distance = (angle: number) => Math.max(0, (angle - rim) * (linear + square * (angle - rim)));
  const chance = levels === 'auto' ? meanImportance(scenario, starts, distance, chanceOf) : half(levels);
  const count = Math.min(MOST_LEVELS, Math.floor(-log(chance) / log(2) + 1e-9));
  if (!(count >= 1)) {
    const warning = `rare: losses are not rare here (some ${(100 * chance).toPrecision(2)} %): nothing is split`;
    return { ...none, warnings: [warning] };
  }
  const depths = Float64Array.from({ length: count + 1 }, (_, k) =>
    k < count ? depthOf(chanceOf, chance / half(k + 1)) : -Infinity,
  );
  const warnings =
    starts.looks < count
      ? [
          `rare: ${count} levels, but only ${starts.looks} looks at the particles on their way: splitting gains little (ask for more times, e.g. times.count: ${2 * count})`,
        ]
      : [];
  return { levels: count, depths, rim, linear, square, warnings };
}

/**
 * The mean of I over the starts, never below what 32 levels can resolve. It must not miss the few that start beside the cone: with
 * P too small each of these would split into as many branches as there are levels above it.
 */
function meanImportance(
  scenario: Scenario,
  { field, xiLossCone, pitches, places, momenta, kicks }: Starts,
  distance: (angle: number) => number,
  chanceOf: (depth: number) => number,
): number {
  const sides =
    scenario.boundary.kind === 'cone' && scenario.motion.kind === 'homogeneous' ? scenario.boundary.sides : 'both';
  const trapped = scenario.particles.pitch.only === 'trapped';
  let sum = 0;
  const widths = samplesOf(momenta).map(({ value, weight }) => ({ width: 2 * Math.sqrt(kicks(value)), weight }));
  for (const place of samplesOf(places)) {
    const b = field.strength(place.value) / field.Bmin;
    const limit = trapped ? Math.sqrt(Math.max(0, 1 - b * (1 - xiLossCone * xiLossCone))) : 1;
    for (const pitch of samplesOf(pitches, shareBelow(pitches, -limit), shareBelow(pitches, limit))) {
      const xi = pitch.value;
      const cosine = Math.sqrt(Math.max(0, 1 - (1 - xi * xi) / b));
      const towards = sides === 'both' ? cosine : (sides === 'left') === xi < 0 ? cosine : -cosine;
      const d = distance(acos(towards));
      for (const { width, weight } of widths)
        sum += place.weight * pitch.weight * weight * (d === 0 ? 1 : chanceOf(d / width));
    }
  }
  return Math.max(sum, half(MOST_LEVELS + 1));
}

/**
 * Scattering at a place where the field is `b Bmin` moves the midplane angle `theta0` by `cos(theta)/(cos(theta0) sqrt(b))` times
 * as much as the local one, so that it diffuses at nu times the bounce average of the square of that, `a(theta0)`, and `dy = dtheta0/sqrt(a)`
 * diffuses at nu. y is fitted by a parabola through the rim, the middle and 90 degrees.
 */
function metricOf(field: LineField, rim: number): { linear: number; square: number } {
  const ds = field.length / PLACES;
  const average = (angle: number) => {
    const xi2 = cos(angle) * cos(angle);
    let time = 0;
    let sum = 0;
    for (let i = 0; i < PLACES; i++) {
      const b = field.strength(field.sLeft + (i + 0.5) * ds) / field.Bmin;
      const cosine2 = 1 - (1 - xi2) * b;
      if (cosine2 <= 0) continue;
      const cosine = Math.sqrt(cosine2);
      time += 1 / cosine;
      sum += cosine / (b * xi2);
    }
    return time > 0 ? sum / time : 1;
  };
  const whole = Math.PI / 2 - rim;
  const cell = whole / (2 * CELLS);
  let y = 0;
  let middle = 0;
  for (let i = 0; i < 2 * CELLS; i++) {
    if (i === CELLS) middle = y;
    y += cell / Math.sqrt(average(rim + (i + 0.5) * cell));
  }
  return { linear: (4 * middle - y) / whole, square: (2 * y - 4 * middle) / (whole * whole) };
}

/** 2^-k, exactly. */
function half(k: number): number {
  let x = 1;
  for (let i = 0; i < k; i++) x /= 2;
  return x;
}

/** A value that stands for a part of a distribution, and that part's share. */
interface Sample {
  readonly value: number;
  readonly weight: number;
}

/** The parts of a distribution by shares: the middle of each and its width, but the ends themselves for the outermost. */
const parts = partsOf();

function partsOf(): { readonly at: number; readonly weight: number }[] {
  const lower = [0];
  for (let k = HALVINGS; k > 0; k--) lower.push(half(k) / PARTS);
  const inner = Array.from({ length: PARTS - 1 }, (_, i) => (i + 1) / PARTS);
  const edges = [...lower, ...inner, ...lower.map((x) => 1 - x).reverse()];
  const last = edges.length - 2;
  return edges.slice(1).map((high, i) => {
    const at = i === 0 ? 0 : i === last ? 1 : (edges[i] + high) / 2;
    return { at, weight: high - edges[i] };
  });
}

/** Values that stand for a distribution between two shares of it. */
function samplesOf(table: QuantileTable, low = 0, high = 1): Sample[] {
  const cells = cellsOf(table);
  if (cells === 0) return [{ value: table[1], weight: 1 }];
  let cell = 0;
  return parts.map(({ at, weight }) => {
    const share = low + (high - low) * at;
    while (cell < cells - 1 && table[2 * cell + 2] <= share) cell++;
    const width = table[2 * cell + 2] - table[2 * cell];
    const part = width > 0 ? (share - table[2 * cell]) / width : 0;
    return { value: table[2 * cell + 1] + part * (table[2 * cell + 3] - table[2 * cell + 1]), weight };
  });
}

/** The depth whose chance is given, by bisection. */
function depthOf(chanceOf: (depth: number) => number, chance: number): number {
  let low = 0;
  let high = 26;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chanceOf(middle) > chance) low = middle;
    else high = middle;
  }
  return low;
}
