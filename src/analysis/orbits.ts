import type { LineField } from '../fields/index.js';
import { isEven } from './field.js';
import { type LineEnd, type MotionLine, slopeAt, strengthAt } from './nodes.js';
import type { RayLine } from './rays.js';
import type { AnalysisScenario } from './types.js';

/** Nodes of the line's table; steps of an orbit along the whole line at full speed, and the most until it closes. */
const NODES = 4000;
const STEPS = 400;
const MOST_STEPS = 20000;
/** The grid of the backward equation: nodes of the whole line for each length over which B changes. */
const NODES_A_SCALE = 3;
const [FEWEST_NODES, MOST_NODES] = [61, 121];

/** A line on evenly spaced nodes. */
export interface Line extends MotionLine {
  readonly sLeft: number;
  readonly ds: number;
}

/** The line from end to end. */
export function lineOf(field: LineField, scenario: AnalysisScenario): Line {
  const end = endOf(scenario);
  return tabulated(field, field.sLeft, field.length, [end, end]);
}

/**
 * The line to follow moments on: of one that is even about its midplane the right half, at whose first end a particle that
 * comes from the left and its mirror image meet.
 */
export function rayLine(field: LineField, scenario: AnalysisScenario): RayLine & { readonly folded: boolean } {
  const whole = lineOf(field, scenario);
  const folded = isEven(field);
  const nodes = gridNodes(whole);
  const scales = { length: field.length, quickest: quickestBounce(whole), folded };
  if (!folded) return { line: whole, nodes, ...scales };
  // who comes in at the other end of an even line comes back to its right half with the pitch turned
  const end = endOf(scenario) === 'open' ? 'open' : 'reflecting';
  const line = tabulated(field, field.sMid, field.length / 2, ['reflecting', end]);
  return { line, nodes: (nodes + 1) / 2, ...scales };
}

function endOf({ boundary: { kind } }: AnalysisScenario): LineEnd {
  return kind === 'reflecting' || kind === 'periodic' ? kind : 'open';
}

function tabulated(field: LineField, sLeft: number, length: number, ends: MotionLine['ends']): Line {
  const ds = length / NODES;
  const nodes = Array.from({ length: NODES + 1 }, (_, i) => sLeft + i * ds);
  return {
    sLeft,
    ds,
    length,
    b: Float64Array.from(nodes, (s) => field.strength(s) / field.Bmin),
    slope: Float64Array.from(nodes, (s) => field.gradient(s) / field.Bmin),
    ends,
  };
}

/** Path of a small bounce about the sharpest of the line's wells, `2 pi/sqrt(b''/(2 b))` [m]; infinite where there is none. */
function quickestBounce({ b, slope, ds }: Line): number {
  let sharpest = 0;
  for (let k = 1; k < b.length; k++)
    if (slope[k - 1] <= 0 && slope[k] > 0) sharpest = Math.max(sharpest, (slope[k] - slope[k - 1]) / ds / (2 * b[k]));
  return (2 * Math.PI) / Math.sqrt(sharpest);
}

/** An undisturbed orbit: of one that is trapped the mean of Bmin/B, else the path after which it leaves [m]. */
export type Orbit = { readonly mean: number; readonly exit?: never } | { readonly mean?: never; readonly exit: number };

/**
 * Follows an undisturbed orbit, kick-drift-kick: from its first turn to its third, or over as many passages of a closed line. Where
 * it neither turns nor leaves within fifty passages it is taken to be about to leave.
 */
export function orbitFrom(line: Line, from: number, xi: number): Orbit {
  const h = line.length / STEPS;
  const strength = (place: number) => strengthAt(line, place - line.sLeft);
  const slope = (place: number) => slopeAt(line, place - line.sLeft);
  let s = from;
  let v = xi;
  const pull = (1 - xi * xi) / strength(s) / 2;
  if (v === 0 && slope(s) === 0) return { mean: 1 / strength(s) };
  let turns = 0;
  let sum = 0;
  let time = 0;
  for (let k = 0; turns < 3; k++) {
    if (k >= MOST_STEPS) return { exit: k * h };
    const before = v;
    v -= (h / 2) * pull * slope(s);
    const half = 1 / strength(s + (h / 2) * v);
    const start = s;
    s += h * v;
    const beyond = s < line.sLeft ? -1 : s > line.sLeft + line.length ? 1 : 0;
    let met = 0;
    if (beyond !== 0) {
      const end = line.ends[beyond > 0 ? 1 : 0];
      const edge = beyond > 0 ? line.sLeft + line.length : line.sLeft;
      if (end === 'open') return { exit: (k + (edge - start) / (s - start)) * h };
      if (end === 'reflecting') {
        s = 2 * edge - s;
        v = -v;
        met = 1;
      } else {
        s -= beyond * line.length;
        // once round is a period: the first end met starts it, the next closes it
        met = turns === 0 ? 1 : 2;
      }
    }
    v -= (h / 2) * pull * slope(s);
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
  return { mean: sum / time };
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
