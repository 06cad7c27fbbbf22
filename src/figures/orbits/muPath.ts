/** The magnetic moment along single paths: at the guiding centre and raw, with its jumps. */
import * as Plot from '@observablehq/plot';
import { NOT_ADIABATIC_ABOVE } from '../../physics/adiabaticity.js';
import { runLine, sentences } from '../figure.js';
import { axisFor, linearScale } from '../scales.js';
import { blue, lossConeInk, vermilion } from '../style.js';
import { envelope, pathFigure } from './paths.js';

/** Panels at most. */
const MOST_PANELS = 4;
/** Parts of the time axis, each with the lowest and the highest point. */
const PARTS = 600;

export const orbitMomentPath = pathFigure(
  'orbit-mu-path',
  'Magnetic moment along single paths',
  MOST_PANELS,
  ({ figure, result, paths: shown, centres, note }) => {
    const ends = shown.flatMap(({ time }) => [time[0], time[time.length - 1]]);
    const axis = axisFor(ends, 'time', 's');
    const [from, to] = [Math.min(...ends) / axis.factor, Math.max(...ends) / axis.factor];
    const panels = shown.map((path) => {
      const line = (values: Float64Array, shownAt: (i: number) => boolean) =>
        stretches(path.time.length, shownAt).flatMap(([from, to], stretch) =>
          envelope(
            Array.from(values.subarray(from, to), (value, i) => ({
              x: path.time[from + i] / axis.factor,
              y: value / path.mu[0],
              stretch,
            })),
            Math.ceil((PARTS / shown.length) * ((to - from) / path.time.length)),
          ),
        );
      const jumps = path.jumps.map(({ time, before, after }) => ({
        x: time / axis.factor,
        from: before / path.mu[0],
        to: after / path.mu[0],
      }));
      return {
        path,
        raw: centres ? [] : line(path.rawMu, () => true),
        centred: line(path.mu, (i) => path.epsilon[i] < NOT_ADIABATIC_ABOVE),
        jumps,
      };
    });
    const all = panels.flatMap(({ raw, centred }) => [...raw, ...centred].map(({ y }) => y));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const margin = Math.max(0.06 * (high - low), 1e-6 * Math.abs(high));
    const broken = shown.some(({ epsilon }) => epsilon.some((e) => e >= NOT_ADIABATIC_ABOVE));
    const jumped = panels.some(({ jumps }) => jumps.length > 0);
    const room = 0.02 * (to - from);
    return {
      kind: 'plot',
      title: figure.title,
      subtitle: runLine(result),
      columns: shown.length > 1 ? 2 : 1,
      xLabel: axis.label,
      yLabel: 'μ/μ₀',
      legend: {
        entries: [
          ...(centres ? [] : [{ label: 'raw', colour: vermilion }]),
          { label: 'at the guiding centre', colour: blue },
          ...(jumped ? [{ label: 'jump', colour: lossConeInk, dash: '5 3' }] : []),
        ],
      },
      footnote: sentences(
        'μ₀: at the start of the path, at the guiding centre. Raw: p⊥²/(2 m B) at the particle.',
        broken && 'At the guiding centre it is not drawn where ε ≥ 1: there is none.',
        jumped && 'Jumps: between stretches about the minima of ε.',
        note,
      ),
      panels: panels.map(({ path, raw, centred, jumps }) => ({
        title: `particle ${path.particle}`,
        options: ({ width }) => ({
          x: {
            ...linearScale(from, to, Math.max(3, Math.round(width / 80)), shown.length > 1),
            domain: [from - room, to + room],
          },
          y: linearScale(low - margin, high + margin, 5, shown.length > 1),
          marks: [
            Plot.line(raw, { x: 'x', y: 'y', z: 'stretch', stroke: vermilion, strokeWidth: 0.9, strokeOpacity: 0.8 }),
            Plot.line(centred, { x: 'x', y: 'y', z: 'stretch', stroke: blue, strokeWidth: 1.5 }),
            Plot.ruleX(jumps, { x: 'x', stroke: lossConeInk, strokeDasharray: '5 3', strokeWidth: 1.2 }),
          ],
        }),
      })),
    };
  },
);

/** The stretches of 0 .. length - 1 where something holds, each from its first point to the one after its last. */
function stretches(length: number, holds: (i: number) => boolean): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < length; i++) {
    if (!holds(i)) continue;
    const from = i;
    while (i < length && holds(i)) i++;
    found.push([from, i]);
  }
  return found;
}
