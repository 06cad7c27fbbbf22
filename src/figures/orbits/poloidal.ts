/**
 * Paths in a torus seen along the torus: height against distance from the axis of symmetry, of guiding centres. Bananas are seen here.
 * Laps lie on one another, which would fill any dashes: all lines are solid.
 */
import * as Plot from '@observablehq/plot';
import type { OrbitData } from '../../results/data.js';
import { type OrbitFigure, onePanel, sentences } from '../figure.js';
import { unread } from '../reading.js';
import { linearScale } from '../scales.js';
import { ink, orderedColours } from '../style.js';
import { type Point, pathFigure, spacedOut } from './paths.js';

const MOST_PATHS = 6;
const MOST_POINTS = 12_000;
/** Kinds of fields that are the same all around the z axis and close upon a ring. */
const TORI = ['tokamak', 'eqdsk'];

/** The ring and the last surface of a tokamak, where the scenario tells them [m]. */
function torusOf({ scenario }: OrbitData): { readonly R: number; readonly a: number } | null {
  const { majorRadius: R, minorRadius: a } = scenario.field as { majorRadius?: unknown; minorRadius?: unknown };
  return typeof R === 'number' && typeof a === 'number' ? { R, a } : null;
}

/** Limits of both axes for which a metre is as long along the one as along the other. */
function evenLimits(points: readonly Point[], width: number, height: number) {
  const range = (of: (point: Point) => number) => {
    let [low, high] = [Infinity, -Infinity];
    for (const point of points) [low, high] = [Math.min(low, of(point)), Math.max(high, of(point))];
    return { middle: (low + high) / 2, size: high - low };
  };
  const [x, y] = [range((point) => point.x), range((point) => point.y)];
  const metre = 0.92 * Math.min(width / (x.size || 1), height / (y.size || 1));
  const about = ({ middle }: { middle: number }, length: number) =>
    [middle - length / metre / 2, middle + length / metre / 2] as const;
  return { x: about(x, width), y: about(y, height) };
}

const circle = (R: number, a: number): Point[] =>
  Array.from({ length: 181 }, (_, i) => {
    const angle = (i / 90) * Math.PI;
    return { x: R + a * Math.cos(angle), y: a * Math.sin(angle) };
  });

export const orbitPoloidal: OrbitFigure = {
  ...pathFigure('orbit-poloidal', 'Paths along the torus', MOST_PATHS, ({ figure, result, paths, note }) => {
    const torus = torusOf(result);
    const colours = orderedColours(paths.length);
    const lines = paths.map((path, k) => {
      const points = Array.from(path.centreX, (x, i) => ({ x: Math.hypot(x, path.centreY[i]), y: path.centreZ[i] }));
      let step = (torus?.a ?? 1) / 500;
      let kept = spacedOut(points, step);
      while (kept.length > MOST_POINTS / paths.length) {
        step *= 2;
        kept = spacedOut(points, step);
      }
      return { points: kept, colour: colours[k], label: `particle ${path.particle}` };
    });
    const surface = torus ? circle(torus.R, torus.a) : [];
    const all = [...surface, ...lines.flatMap(({ points }) => points)];
    return onePanel(figure, result, {
      xLabel: 'distance from the axis of symmetry, R (m)',
      yLabel: 'z (m)',
      ...(lines.length > 1 && {
        legend: { entries: lines.map(({ label, colour }) => ({ label, colour })) },
      }),
      footnote: sentences(
        'Guiding centres, to one scale. Dots: where paths start.',
        torus !== null && 'Grey: magnetic axis and last surface.',
        note,
      ),
      panel: ({ width, height }) => {
        const { x, y } = evenLimits(all, width, height);
        return {
          x: linearScale(...x),
          y: linearScale(...y),
          marks: [
            unread(Plot.line(surface, { x: 'x', y: 'y', stroke: ink, strokeOpacity: 0.3 })),
            ...(torus
              ? [
                  unread(
                    Plot.dot([{ x: torus.R, y: 0 }], {
                      x: 'x',
                      y: 'y',
                      symbol: 'times',
                      stroke: ink,
                      strokeOpacity: 0.5,
                    }),
                  ),
                ]
              : []),
            ...lines.map(({ points, colour }) =>
              Plot.line(points, {
                x: 'x',
                y: 'y',
                stroke: colour,
                strokeWidth: 1.4,
              }),
            ),
            ...lines.map(({ points: [start], colour }) =>
              unread(Plot.dot([start], { x: 'x', y: 'y', r: 4, fill: colour, stroke: '#ffffff' })),
            ),
          ],
        };
      },
    });
  }),
  applies: ({ trajectories, scenario }) => trajectories.length > 0 && TORI.includes(scenario.field.kind),
};
