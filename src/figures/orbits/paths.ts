/** What the figures of single paths share: which are shown, and how many of their points. */
import type { Trajectory } from '../../analysis/fullOrbits/trajectories.js';
import type { OrbitData } from '../../results/data.js';
import { type Drawing, empty, type OrbitFigure } from '../figure.js';

/** What a figure of paths draws. */
export interface Shown {
  readonly figure: { readonly title: string };
  readonly result: OrbitData;
  /** The first paths of more than one point. */
  readonly paths: readonly Trajectory[];
  /** Whether they are those of guiding centres, without a gyration. */
  readonly centres: boolean;
  /** Says how many of the paths are shown where not all are; else empty. */
  readonly note: string;
}

/** A figure of the first paths, drawn of runs that kept some. */
export function pathFigure(name: string, title: string, most: number, draw: (shown: Shown) => Drawing): OrbitFigure {
  return {
    name,
    title,
    applies: ({ trajectories }) => trajectories.length > 0,
    describe(result) {
      const long = result.trajectories.filter(({ time }) => time.length > 1);
      if (long.length === 0)
        return empty(
          this,
          result,
          result.trajectories.length > 0
            ? 'No path has two points.'
            : 'No path was kept: the scenario asks for none (outputs.trajectories), or the run was ended before it.',
        );
      const paths = long.slice(0, most);
      const note = paths.length < long.length ? `The first ${paths.length} of ${long.length} paths.` : '';
      return draw({ figure: this, result, paths, centres: result.scenario.motion.kind === 'driftOrbit', note });
    },
  };
}

/** A point on a figure's axes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The points of a swinging line that reach farthest: of each of so many parts of the axis the lowest and the highest, in order.
 * @example
 * const points = [0, 1, 2, 3, 4, 5].map((x) => ({ x, y: [0, 9, 1, 2, -3, 0][x] }))
 * envelope(points, 1).map(({ x }) => x) // => [0,1,4,5]
 */
export function envelope<P extends Point>(points: readonly P[], parts: number): P[] {
  if (points.length <= 4 * parts) return [...points];
  const [from, to] = [points[0].x, points[points.length - 1].x];
  const kept: P[] = [points[0]];
  let at = 0;
  for (let part = 1; part <= parts; part++) {
    const end = from + ((to - from) * part) / parts;
    let [low, high] = [at, at];
    const begin = at;
    for (; at < points.length && (points[at].x <= end || part === parts); at++) {
      if (points[at].y < points[low].y) low = at;
      if (points[at].y > points[high].y) high = at;
    }
    if (at === begin) continue;
    for (const i of low < high ? [low, high] : high < low ? [high, low] : [low])
      if (points[i] !== kept[kept.length - 1]) kept.push(points[i]);
  }
  const last = points[points.length - 1];
  if (kept[kept.length - 1] !== last) kept.push(last);
  return kept;
}

/**
 * A line with the points left out that lie closer to the one before than a step; first and last stay.
 * @example
 * spacedOut([0, 0.1, 0.4, 1, 1.1].map((x) => ({ x, y: 0 })), 0.3).map(({ x }) => x) // => [0,0.4,1,1.1]
 */
export function spacedOut<P extends Point>(points: readonly P[], step: number): P[] {
  const kept: P[] = [];
  points.forEach((point, i) => {
    const before = kept[kept.length - 1];
    const far = before === undefined || Math.hypot(point.x - before.x, point.y - before.y) >= step;
    if (far || i === points.length - 1) kept.push(point);
  });
  return kept;
}
