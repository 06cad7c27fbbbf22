import type { LineField } from '../../fields/index.js';
import { gaussLegendre } from '../../plan/quadrature.js';
import { short } from '../estimates.js';
import { isEven } from '../field.js';
import { piecewise } from './piecewise.js';

/** Cells on which the field is searched for further wells and for steps. */
const CELLS = 2048;
/** Relative fall of B on the way out from the midplane that counts as another well: above a table's rounding. */
const FALL = 1e-9;
/** Slope, as a part of the mean one, below which the field stands still: there W has a kink. */
const STANDSTILL = 0.02;
/** Panels towards the turning point and towards the midplane, each a quarter of the last, and points on each. */
const TURN_PANELS = 13;
const MIDPLANE_PANELS = 6;
const POINTS = 14;
/** Rows of a table at which the integral is cut; of more rows than that the cubics differ too little to matter. */
const MOST_ROWS = 100;

/** The volume below a cosine, and the cosines where it has kinks. */
export interface BounceWeight {
  /** W by xi0 in 0 .. xiLC, dimensionless. */
  cumulative(xi0: number): number;
  readonly kinks: readonly number[];
}

/**
 * The phase-space volume of a field line below a midplane cosine,
 * `W(xi0) = ∫ sqrt(1 - (1 - xi0^2) B/Bmin) Bmin/B ds/length` over where the root is real. Its slope is
 * `|xi0| v tau_b/(2 length)`, which diverges at a smooth throat; W does not.
 * @param field a line with throats
 * @throws RangeError for a line without throats, or with several wells
 * @example
 * import { buildField } from '../../fields/index.js'
 * const W = bounceWeight(buildField({ kind: 'parabolic', B: 0.5, ratio: 5, length: 2 })).cumulative
 * W(0.8) // ≈ 0.314159265
 */
export function bounceWeight(field: LineField): BounceWeight {
  if (!(field.Bmax > field.Bmin)) {
    throw new RangeError(`field: ${field.kind} has no throats (must have a mirror ratio > 1 to bounce in)`);
  }
  const right = side(field, field.sRight);
  const left = side(field, field.sLeft);
  const even = isEven(field);
  return {
    cumulative: (xi0) => {
      const m = (1 - xi0) * (1 + xi0);
      return (right.part(m) + (even ? right : left).part(m)) / field.length;
    },
    kinks: apart([...right.kinks, ...left.kinks]),
  };
}

/** Numbers without those that stand next to a smaller one. */
function apart(values: number[]): number[] {
  return values.sort((a, b) => a - b).filter((x, i) => i === 0 || x - values[i - 1] > 1e-3);
}

/** One side of the midplane: its part of W by `m = 1 - xi0^2`, in metres, and its kinks by xi0. */
function side(field: LineField, throat: number): { part: (m: number) => number; kinks: number[] } {
  const reach = Math.abs(throat - field.sMid);
  const direction = Math.sign(throat - field.sMid);
  const exact = (x: number) => field.strength(field.sMid + direction * x) / field.Bmin;
  const rows = rowsOf(field, direction);
  // closed forms and short tables are quick; other fields solve for their place on the line at every call
  const b = rows.length > 0 || field.kernel.kind !== 'tabulated' ? exact : piecewise(exact, reach);
  const { nodes, weights } = gaussLegendre(POINTS);
  const part = (m: number): number => {
    if (m >= 1) return 0;
    // by the distance d from the turning point, whose root is taken out by d = y^2; 1/B has poles near the midplane
    const turn = turningPoint(b, 1 / m, reach);
    const cuts = rows.filter((x) => x < turn).map((x) => 1 - x / turn);
    const ends = cuts.length > 0 ? [...PANEL_ENDS, ...cuts].sort((p, q) => p - q) : PANEL_ENDS;
    let sum = 0;
    for (let panel = 0; panel + 1 < ends.length; panel++) {
      const [low, high] = [Math.sqrt(ends[panel] * turn), Math.sqrt(ends[panel + 1] * turn)];
      const half = (high - low) / 2;
      for (let q = 0; q < POINTS; q++) {
        const y = (low + high) / 2 + half * nodes[q];
        const here = b(turn - y * y);
        sum += half * weights[q] * 2 * y * (Math.sqrt(Math.max(0, 1 - m * here)) / here);
      }
    }
    return sum;
  };
  return { part, kinks: search(b, reach, field.sMid, direction) };
}

/** Ends of the panels as parts of the way from the turning point to the midplane. */
const PANEL_ENDS = [
  0,
  ...Array.from({ length: TURN_PANELS }, (_, k) => 0.5 * 0.25 ** (TURN_PANELS - 1 - k)),
  ...Array.from({ length: MIDPLANE_PANELS }, (_, k) => 1 - 0.5 * 0.25 ** (k + 1)),
  1,
];

/** Cosines of those who turn where the field stands still; refuses a field that falls on the way out. */
function search(b: (x: number) => number, reach: number, sMid: number, direction: number): number[] {
  const kinks: number[] = [];
  const step = reach / CELLS;
  const height = b(reach) - 1;
  const mean = height / CELLS;
  // the midplane and the throat themselves are dealt with anyway
  const between = (value: number) => value - 1 > 0.01 * height && value - 1 < 0.99 * height;
  let [before, rise] = [b(0), 0];
  for (let i = 1; i <= CELLS; i++) {
    const here = b(i * step);
    if (here < before * (1 - FALL)) {
      throw new RangeError(
        `field: B falls again on the way to the throat, at s = ${short(sMid + direction * i * step)} m (must be a single well to average over bounces)`,
      );
    }
    const next = here - before;
    const still = next < STANDSTILL * mean;
    if (i > 1 && still !== rise < STANDSTILL * mean && between(before)) kinks.push(Math.sqrt(1 - 1 / before));
    [before, rise] = [here, next];
  }
  return kinks;
}

/** Distances from the midplane of the rows of a short table: between them the field is a cubic. */
function rowsOf({ kernel, sMid, sLeft, sRight }: LineField, direction: number): number[] {
  if (kernel.kind !== 'tabulated' || kernel.B.length > MOST_ROWS) return [];
  const reach = direction > 0 ? sRight - sMid : sMid - sLeft;
  return Array.from(kernel.B, (_, i) => direction * (kernel.s0 + i * kernel.ds - sMid)).filter(
    (x) => x > 1e-9 * reach && x < reach,
  );
}

/** Distance at which b reaches a value, the throat at the furthest. */
function turningPoint(b: (x: number) => number, value: number, reach: number): number {
  if (b(reach) <= value) return reach;
  let [low, high] = [0, reach];
  for (let i = 0; i < 60 && high - low > 1e-16 * high; i++) {
    const middle = (low + high) / 2;
    if (b(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
