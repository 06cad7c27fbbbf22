/**
 * Phase portrait: the momentum along B against the place along z, of guiding centres. Laps lie on one another, which would fill any
 * dashes: all lines are solid.
 */
import * as Plot from '@observablehq/plot';
import { SPEED_OF_LIGHT } from '../../physics/constants.js';
import { empty, onePanel, sentences } from '../figure.js';
import { unread } from '../reading.js';
import { axisFor, linearScale } from '../scales.js';
import { ink, orderedColours } from '../style.js';
import { pathFigure, spacedOut } from './paths.js';

const MOST_PATHS = 6;
const MOST_POINTS = 12_000;
/** Of what paths go along x and y: below it nothing moves along z but by rounding. */
const STILL = 1e-6;

export const orbitPhasePortrait = pathFigure(
  'orbit-phase-portrait',
  'Phase portrait of single paths',
  MOST_PATHS,
  ({ figure, result, paths: shown, note }) => {
    const { mass } = result.scenario.species;
    const places = shown.flatMap(({ centreZ }) => extent(centreZ));
    const axis = axisFor(places, 'z of the guiding centre', 'm');
    const [left, right] = [Math.min(...places) / axis.factor, Math.max(...places) / axis.factor];
    const width = right - left;
    const across = shown.flatMap(({ x, y }) => [extent(x), extent(y)].map(([low, high]) => high - low));
    if (!(width * axis.factor > STILL * Math.max(...across))) return empty(figure, result, 'No path moves along z.');
    const colours = orderedColours(shown.length);
    const lines = shown.map((path, k) => {
      const points = Array.from(path.centreZ, (z, i) => ({
        x: z / axis.factor / width,
        y: path.pParallel[i] / (mass * SPEED_OF_LIGHT * Math.sqrt(path.gamma[i] ** 2 - 1)),
      }));
      let step = 1 / 300;
      let kept = spacedOut(points, step);
      while (kept.length > MOST_POINTS / shown.length) {
        step *= 2;
        kept = spacedOut(points, step);
      }
      return {
        points: kept.map(({ x, y }) => ({ x: x * width, y })),
        colour: colours[k],
        label: `particle ${path.particle}`,
      };
    });
    return onePanel(figure, result, {
      xLabel: axis.label,
      yLabel: 'momentum along B over the whole, p∥/p',
      ...(shown.length > 1 && {
        legend: { entries: lines.map(({ label, colour }) => ({ label, colour })) },
      }),
      footnote: sentences('Both at the guiding centre. Dots: where paths start.', note),
      panel: () => ({
        x: linearScale(left - 0.03 * width, right + 0.03 * width),
        y: linearScale(-1.05, 1.05),
        marks: [
          Plot.ruleY([0], { stroke: ink, strokeOpacity: 0.3 }),
          ...lines.map(({ points, colour }) =>
            Plot.line(points, {
              x: 'x',
              y: 'y',
              stroke: colour,
              strokeWidth: 1.3,
            }),
          ),
          ...lines.map(({ points: [start], colour }) =>
            unread(Plot.dot([start], { x: 'x', y: 'y', r: 4, fill: colour, stroke: '#ffffff' })),
          ),
        ],
      }),
    });
  },
);

function extent(values: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}
