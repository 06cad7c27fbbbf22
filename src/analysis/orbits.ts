import type { LineField } from '../fields/index.js';
import type { AnalysisScenario } from './types.js';

/** Nodes of the line's table; steps of an orbit along the whole line at full speed, and the most until it closes. */
export const NODES = 4000;
const STEPS = 400;
const MOST_STEPS = 20000;
/** The grid of the backward equation: nodes for each length over which B changes. */
const NODES_A_SCALE = 7;
const [FEWEST_NODES, MOST_NODES] = [41, 161];

/** The line on evenly spaced nodes, and what happens at its ends. */
export interface Line {
  readonly sLeft: number;
  readonly ds: number;
  readonly length: number;
  /** B/Bmin. */
  readonly b: Float64Array;
  /** Its gradient [1/m]. */
  readonly slope: Float64Array;
  readonly ends: 'open' | 'reflecting' | 'periodic';
}

export function lineOf(field: LineField, scenario: AnalysisScenario, cells: number): Line {
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
export function meanAlong(line: Line, from: number, xi: number, speed: number): number {
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

/** Nodes that the finest structure of a line needs, by `sqrt(B/|B''|)`. */
export function gridNodes({ b, slope, ds, length }: Line): number {
  let finest = length;
  for (let k = 1; k < b.length; k++) {
    finest = Math.min(finest, Math.sqrt((b[k] * ds) / Math.abs(slope[k] - slope[k - 1])));
  }
  const nodes = Math.ceil((NODES_A_SCALE * length) / finest);
  return 2 * Math.floor(Math.min(MOST_NODES, Math.max(FEWEST_NODES, nodes)) / 2) + 1;
}
