/** Paths in space: of particles, and of their guiding centres, in boxes along the axes. */
import * as Plot from '@observablehq/plot';
import type { Trajectory } from '../../analysis/fullOrbits/trajectories.js';
import { scaleFor } from '../../results/format.js';
import { type LegendEntry, type Panel, runLine, sentences } from '../figure.js';
import { unread } from '../reading.js';
import { linearFormat, linearTicks } from '../scales.js';
import { blue, faintInk, fontSize, gridInk, ink, lossConeInk, vermilion } from '../style.js';
import { type Point, pathFigure, spacedOut } from './paths.js';
import { type Box, boxAround, edgesOf, type Place, project, type View, viewOf } from './projection.js';

/** Boxes that still show a gyration at the size of a figure. */
const MOST_BOXES = 2;
/** Points of all lines of a figure, about: more make files of megabytes. */
const MOST_POINTS = 12_000;
/** Lengths of its box that a line goes before it is drawn thin. */
const MANY = 4;
/** Room for labels inside of a panel [px]. */
const room = { left: 46, right: 62, top: 24, bottom: 32 };
/** Of ticks to the ends of an axis that runs into the page [px]. */
const CLEAR = 18;
const axisNames = ['x', 'y', 'z'] as const;

export const orbitPath = pathFigure(
  'orbit-path',
  'Paths in space',
  MOST_BOXES,
  ({ figure, result, paths: shown, centres, note }) => {
    const drawn = shown.map((path) => drawingOf(path, centres, MOST_POINTS / shown.length));
    const part = drawn.some(({ whole }) => !whole);
    const jumps = shown.some((path) => path.jumps.length > 0);
    const entries: LegendEntry[] = [
      ...(centres ? [] : [{ label: part ? 'particle, first part' : 'particle', colour: blue }]),
      { label: 'guiding centre', colour: vermilion },
      { label: 'start', colour: ink, symbol: 'circle', line: false },
      ...(jumps ? [{ label: 'jump of μ', colour: lossConeInk, symbol: 'diamond', line: false }] : []),
    ];
    return {
      kind: 'plot',
      title: figure.title,
      subtitle: runLine(result),
      // long boxes lie below each other
      columns: shown.length > 1 && !drawn.every(({ long }) => long) ? 2 : 1,
      panels: drawn.map(({ panel }) => panel),
      xLabel: '',
      yLabel: '',
      legend: { entries },
      footnote: sentences(
        'Drawn without perspective, all three axes to one scale. Grey: the guiding centre on the floor of the box.',
        note,
      ),
    };
  },
);

const linesOf = (path: Trajectory) => ({
  particle: [path.x, path.y, path.z] as const,
  centre: [path.centreX, path.centreY, path.centreZ] as const,
});

/** A path in its box; `whole`: all of the particle's points are there; `long`: the box is longest along z, to the right. */
function drawingOf(path: Trajectory, centres: boolean, most: number) {
  const { particle, centre } = linesOf(path);
  const box = boxAround(centres ? [[...centre]] : [[...particle], [...centre]]);
  const view = viewOf(box);
  const size = Math.max(...box.high.map((value, axis) => value - box.low[axis]));
  const on = (axes: typeof centre, floor = false) => {
    const points = Array.from(axes[0], (_, i) => {
      const place: [number, number, number] = [axes[0][i], axes[1][i], axes[2][i]];
      if (floor) place[view[2]] = box.low[view[2]];
      return { ...project(place, view), place, time: path.time[i] };
    });
    return spacedOut(points, size / 400);
  };
  const orbit = centres ? [] : on(particle);
  const whole = orbit.length <= most;
  const centreLine = on(centre);
  // many bounces lie side by side
  const width = lengthOf(centreLine) > MANY * size ? 0.7 : 1.5;
  const jumps = path.jumps.map(({ centre: place, time }) => ({ ...project(place, view), place, time }));
  const channels = placesOf(box, path.time);
  const start = project([particle[0][0], particle[1][0], particle[2][0]], view);
  const marks = [
    unread(Plot.line(thin(on(centre, true), most / 8), { x: 'x', y: 'y', stroke: '#b5b5b5', strokeWidth: width / 2 })),
    Plot.line(whole ? orbit : orbit.slice(0, most), { x: 'x', y: 'y', stroke: blue, strokeWidth: 0.7, channels }),
    Plot.line(thin(centreLine, most / 4), { x: 'x', y: 'y', stroke: vermilion, strokeWidth: width, channels }),
    Plot.dot(jumps, { x: 'x', y: 'y', r: 4, symbol: 'diamond', fill: lossConeInk, stroke: '#ffffff', channels }),
    unread(Plot.dot([start], { x: 'x', y: 'y', r: 3.5, fill: ink, stroke: '#ffffff' })),
  ];
  const end = path.fate.startsWith('lost') ? ', lost' : '';
  const panel: Panel = {
    title: `particle ${path.particle}${end}`,
    options: ({ width, height }) => boxed(box, view, marks, width, height),
  };
  return { panel, whole, long: view[0] === 2 };
}

interface Known {
  readonly place: Place;
  readonly time: number;
}

/** What can be read of a point: when and where it is, which the drawing itself does not say. */
function placesOf({ low, high }: Box, times: Float64Array) {
  const [metre, second] = [
    scaleFor(Math.max(...[...low, ...high].map(Math.abs)), 'm'),
    scaleFor(times[times.length - 1], 's'),
  ];
  return Object.fromEntries([
    [`t (${second.label})`, ({ time }: Known) => time / second.factor],
    ...axisNames.map((name, axis) => [`${name} (${metre.label})`, ({ place }: Known) => place[axis] / metre.factor]),
  ]);
}

const lengthOf = (points: readonly Point[]) =>
  points.slice(1).reduce((sum, { x, y }, i) => sum + Math.hypot(x - points[i].x, y - points[i].y), 0);

/** Every second, third, ... point where there are more than so many. */
const thin = <P extends Point>(points: readonly P[], most: number) => {
  const step = Math.ceil(points.length / most);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
};

/** Plot's options of a panel: the box with its axes, and what is in it, to one scale. */
function boxed(box: Box, view: View, marks: Plot.Markish[], width: number, height: number): Plot.PlotOptions {
  const edges = edgesOf(box, view).map((edge) => edge.map((corner) => project(corner, view)));
  const corners = edges.flat();
  const span = (of: (point: Point) => number) => [Math.min(...corners.map(of)), Math.max(...corners.map(of))] as const;
  const [xs, ys] = [span(({ x }) => x), span(({ y }) => y)];
  const pixel = Math.max(
    (xs[1] - xs[0]) / Math.max(20, width - room.left - room.right),
    (ys[1] - ys[0]) / Math.max(20, height - room.top - room.bottom),
  );
  const domain = ([from, to]: readonly [number, number], before: number, after: number, pixels: number) => {
    const spare = (pixels - before - after) * pixel - (to - from);
    return [from - spare / 2 - before * pixel, to + spare / 2 + after * pixel];
  };
  const x = domain(xs, room.left, room.right, width);
  const y = domain(ys, room.bottom, room.top, height);
  return {
    x: { domain: x, axis: null },
    y: { domain: y, axis: null },
    marks: [
      unread(
        Plot.link(edges, {
          x1: ([from]: Point[]) => from.x,
          y1: ([from]: Point[]) => from.y,
          x2: ([, to]: Point[]) => to.x,
          y2: ([, to]: Point[]) => to.y,
          stroke: gridInk,
          strokeWidth: 1,
        }),
      ),
      ...marks,
      ...axesOf(box, view, pixel),
    ],
  };
}

/** Ticks along three edges of the box, and the names of the axes. */
function axesOf({ low, high }: Box, view: View, pixel: number): Plot.Markish[] {
  const [right, into, up] = view;
  const { factor, label: unit } = scaleFor(Math.max(...[...low, ...high].map(Math.abs)), 'm');
  return [right, into, up].flatMap((axis, k) => {
    const length = (high[axis] - low[axis]) / pixel;
    const at = (value: number): Place => {
      const place: [number, number, number] = [low[0], low[1], low[2]];
      if (k === 1) place[right] = high[right];
      place[axis] = value;
      return place;
    };
    const [dx, dy, anchor] = [
      [0, 13, 'middle'],
      [7, 6, 'start'],
      [-6, 0, 'end'],
    ][k] as [number, number, 'start' | 'middle' | 'end'];
    const ticks =
      length < 26 ? [] : linearTicks(low[axis] / factor, high[axis] / factor, Math.max(1, Math.min(4, length / 55)));
    const format = linearFormat(ticks);
    const text = { x: 'x', y: 'y', text: 'text', dx, dy, textAnchor: anchor, fontSize } as const;
    // into the page: clear of the name at the far end, and of the other axis at the near one
    const clear = (value: number) => k !== 1 || Math.min(value - low[axis], high[axis] - value) / pixel > CLEAR;
    const shown = ticks.map((value) => value * factor).filter(clear);
    const marks = shown.map((value) => ({ ...project(at(value), view), text: format(value / factor) }));
    // the name goes to the end of the edge, farther out than the ticks
    const name = `${axisNames[axis]} (${unit})`;
    const end = { ...project(at(high[axis]), view), text: name };
    const middle = { ...project(at((low[axis] + high[axis]) / 2), view), text: name };
    return [
      unread(Plot.dot(marks, { x: 'x', y: 'y', r: 1.4, fill: ink })),
      Plot.text(marks, { ...text, fill: faintInk }),
      k === 0
        ? Plot.text([middle], { ...text, dy: 27 })
        : k === 1
          ? Plot.text([end], { ...text, dy: -4 })
          : Plot.text([end], { ...text, dx: -6, dy: -12, textAnchor: 'start' }),
    ];
  });
}
