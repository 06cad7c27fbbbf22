import type { PitchGrid } from './kicks.js';
import { GHOSTS, type MotionLine, type Nodes, POINTS, slopeAt, strengthAt } from './nodes.js';

/** Steps of an orbit along the whole line at full speed, and the fewest in a step of the grid. */
const STEPS = 400;
const FEWEST_STEPS = 8;

/** Where the undisturbed motion takes every point (s, xi) of a grid in a step, as interpolation between the points. */
export class Motion {
  readonly #line: MotionLine;
  readonly #nodes: Nodes;
  readonly #pitches: number;
  /** Of every point: the first of the points it is taken from, -1 where it leaves; their weights by row and by pitch. */
  readonly #from: Int32Array;
  readonly #along: Float64Array;
  readonly #across: Float64Array;

  /**
   * @param line finely tabulated
   * @param step length of path [m]
   */
  constructor(line: MotionLine, nodes: Nodes, pitches: PitchGrid, step: number) {
    const { xi } = pitches;
    const size = nodes.count * xi.length;
    this.#line = line;
    this.#nodes = nodes;
    this.#pitches = xi.length;
    this.#from = new Int32Array(size);
    this.#along = new Float64Array(size * POINTS);
    this.#across = new Float64Array(size * POINTS);
    for (let c = 0; c < size; c++) {
      const there = follow(line, nodes.place(Math.floor(c / xi.length)), xi[c % xi.length], step);
      if (there === null) {
        this.#from[c] = -1;
        continue;
      }
      const row = nodes.stencil(there.s, this.#along.subarray(c * POINTS, (c + 1) * POINTS));
      const pitch = pitches.stencil(there.xi, this.#across.subarray(c * POINTS, (c + 1) * POINTS));
      this.#from[c] = (row + GHOSTS) * xi.length + pitch;
    }
  }

  /**
   * Moves functions of the start, on rows with `GHOSTS` more at either end.
   * @param gone what they are for those who leave
   */
  move(f: readonly Float64Array[], into: readonly Float64Array[], gone: readonly Float64Array[]): void {
    for (const one of f) this.extend(one);
    const pitches = this.#pitches;
    const offset = GHOSTS * pitches;
    const [from, along, across] = [this.#from, this.#along, this.#across];
    for (let c = 0, q = 0; c < from.length; c++, q += POINTS) {
      if (from[c] < 0) {
        for (let n = 0; n < f.length; n++) into[n][offset + c] = gone[n][c];
        continue;
      }
      const w0 = across[q];
      const w1 = across[q + 1];
      const w2 = across[q + 2];
      const w3 = across[q + 3];
      const w4 = across[q + 4];
      const w5 = across[q + 5];
      for (let n = 0; n < f.length; n++) {
        const v = f[n];
        let sum = 0;
        for (let r = q, at = from[c]; r < q + POINTS; r++, at += pitches)
          sum +=
            along[r] *
            (w0 * v[at] + w1 * v[at + 1] + w2 * v[at + 2] + w3 * v[at + 3] + w4 * v[at + 4] + w5 * v[at + 5]);
        into[n][offset + c] = sum;
      }
    }
  }

  /** Fills the rows beyond the ends: as in a mirror, from the other end, or as `Nodes` are about an open one. */
  extend(f: Float64Array): void {
    const pitches = this.#pitches;
    const last = this.#nodes.count - 1;
    this.#line.ends.forEach((kind, side) => {
      const [end, out] = side === 0 ? [0, -1] : [last, 1];
      for (let g = 1; g <= GHOSTS; g++) {
        const into = (end + out * g + GHOSTS) * pitches;
        const inside = (end - out * g + GHOSTS) * pitches;
        const around = (last - end + out * g + GHOSTS) * pitches;
        for (let i = 0; i < pitches; i++) {
          if (kind === 'periodic') f[into + i] = f[around + i];
          else if (kind === 'reflecting') f[into + i] = f[inside + pitches - 1 - i];
          else f[into + i] = f[inside + i];
        }
      }
    });
  }
}

/** An orbit over a length of path, kick-drift-kick; null where it leaves. */
function follow(line: MotionLine, from: number, start: number, path: number): { s: number; xi: number } | null {
  const { length, ends } = line;
  const steps = Math.max(FEWEST_STEPS, Math.ceil((STEPS * path) / length));
  const h = path / steps;
  const m = (1 - start * start) / strengthAt(line, from);
  let [s, xi] = [from, start];
  for (let k = 0; k < steps; k++) {
    xi -= (h / 4) * m * slopeAt(line, s);
    s += h * xi;
    if (s < 0 || s > length) {
      const side = s < 0 ? 0 : 1;
      if (ends[side] === 'open') return null;
      if (ends[side] === 'periodic') s += side === 0 ? length : -length;
      else {
        s = side === 0 ? -s : 2 * length - s;
        xi = -xi;
      }
    }
    xi -= (h / 4) * m * slopeAt(line, s);
  }
  // the moment is kept, and so the size of the pitch known
  return { s, xi: Math.sign(xi) * Math.sqrt(Math.max(0, 1 - m * strengthAt(line, s))) };
}
