/** Paints a distribution: one rectangle a cell, the edge of the loss cone over it, axes about it. */

import { scaleFor } from '../../results/format.js';
import { ticks } from '../format.js';
import type { HeatData } from '../messages.js';
import { penOf } from './pen.js';

/** Decades of f that are told apart. */
const decades = 3;

/** Viridis (Smith and van der Walt, 2015) in nine steps, from few to many. */
const viridis = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
] as const;

export type Rgb = readonly [number, number, number];

/** The colour of a part 0..1 of the scale. */
export function colour(part: number): Rgb {
  const at = Math.max(0, Math.min(1, part)) * (viridis.length - 1);
  const i = Math.min(viridis.length - 2, Math.floor(at));
  const mix = (k: 0 | 1 | 2) => Math.round(viridis[i][k] + (at - i) * (viridis[i + 1][k] - viridis[i][k]));
  return [mix(0), mix(1), mix(2)];
}

const margin = { left: 52, right: 12, top: 10, bottom: 40 };

/** Where things are in a painted map. */
export interface Geometry {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const geometryOf = (width: number, height: number): Geometry => ({
  left: margin.left,
  top: margin.top,
  width: width - margin.left - margin.right,
  height: height - margin.top - margin.bottom,
});

/** Whether the columns are times: a second axis of one bin says nothing. */
export const overTime = ({ shape }: HeatData) => shape[1] === 1;

/** The largest f of a moment (over time: of all) that is more than single particles. */
export function largestOf({ f, standardError, shape }: HeatData, time: number): number {
  const size = shape[1] * shape[2];
  const [from, to] = shape[1] === 1 ? [0, f.length] : [time * size, (time + 1) * size];
  let most = 0;
  let any = 0;
  for (let i = from; i < to; i++) {
    if (f[i] > any) any = f[i];
    if (f[i] > most && standardError[i] < f[i] / 2) most = f[i];
  }
  return most || any || 1;
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly factor: number;
}

const names: Readonly<Record<string, string>> = { s: 'place along the line s', v: 'speed v' };

export function columnAxis(map: HeatData): Axis {
  const edges = overTime(map) ? map.times : map.edges;
  const [from, to] = [edges[0], edges[edges.length - 1]];
  const { name, unit } = overTime(map) ? { name: 'time t', unit: 's' } : map.axis;
  const { factor, label } = scaleFor(Math.max(Math.abs(from), Math.abs(to)), unit);
  return { from, to, factor, label: `${names[name] ?? name} [${label}]` };
}

/** The cell under a point; undefined outside. */
export function cellAt(map: HeatData, time: number, x: number, y: number, place: Geometry) {
  const across = (x - place.left) / place.width;
  const up = 1 - (y - place.top) / place.height;
  if (!(across >= 0 && across < 1 && up >= 0 && up < 1)) return undefined;
  const [times, columns, rows] = map.shape;
  const row = Math.floor(up * rows);
  const t = overTime(map) ? Math.floor(across * times) : time;
  const column = overTime(map) ? 0 : Math.floor(across * columns);
  return { t, column, row, index: (t * columns + column) * rows + row };
}

/** How cells are coloured. */
export interface Look {
  /** The value of the brightest colour, where several maps share their colours. */
  readonly largest?: number;
  /** Whether the map is a difference in standard errors: colours diverge from 0. */
  readonly difference?: boolean;
}

/** Differences beyond this many standard errors have the strongest colour. */
export const strongest = 5;

/** Blue below, orange above, pale where nothing differs. */
function diverging(z: number): Rgb {
  const part = Math.min(1, Math.abs(z) / strongest);
  const [pale, end] = [[244, 244, 240] as const, z < 0 ? ([0, 88, 160] as const) : ([200, 70, 0] as const)];
  return pale.map((from, i) => Math.round(from + part * (end[i] - from))) as unknown as Rgb;
}

/** The cells as a picture of one pixel each. */
function cellsOf(map: HeatData, time: number, { largest, difference = false }: Look): ImageData {
  const [times, columns, rows] = map.shape;
  const width = overTime(map) ? times : columns;
  const image = new ImageData(width, rows);
  const top = Math.log10(largest ?? largestOf(map, time));
  for (let i = 0; i < width; i++) {
    const start = overTime(map) ? i * rows : (time * columns + i) * rows;
    for (let j = 0; j < rows; j++) {
      const value = map.f[start + j];
      if (difference ? value === 0 : !(value > 0)) continue; // empty cells stay clear
      const rgb = difference ? diverging(value) : colour((Math.log10(value) - top) / decades + 1);
      image.data.set([...rgb, 255], 4 * ((rows - 1 - j) * width + i));
    }
  }
  return image;
}

/** @param look how colours are chosen, where it is not by the map alone */
export function paint(canvas: HTMLCanvasElement, map: HeatData, time: number, look: Look = {}): void {
  const ready = penOf(canvas);
  if (!ready) return;
  const { pen, width, height, style } = ready;
  const ink = style.color;
  pen.clearRect(0, 0, width, height);
  const place = geometryOf(width, height);
  const image = cellsOf(map, time, look);
  const cells = new OffscreenCanvas(image.width, image.height);
  cells.getContext('2d')!.putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.fillStyle = style.getPropertyValue('--plot');
  pen.fillRect(place.left, place.top, place.width, place.height);
  pen.drawImage(cells, place.left, place.top, place.width, place.height);
  drawCone(pen, map, place);
  drawAxes(pen, map, place, ink, width, height);
  if (overTime(map)) {
    const x = place.left + ((time + 0.5) / map.shape[0]) * place.width;
    line(
      pen,
      [
        [x, place.top],
        [x, place.top + place.height],
      ],
      ink,
      1.5,
      [3, 3],
    );
  }
}

function line(
  pen: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
  ink: string,
  width: number,
  dash: number[] = [],
): void {
  pen.beginPath();
  points.forEach(([x, y], i) => {
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.strokeStyle = ink;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.stroke();
  pen.setLineDash([]);
}

function drawCone(pen: CanvasRenderingContext2D, { cone, xiEdges }: HeatData, place: Geometry): void {
  if (!cone) return;
  const [low, high] = [xiEdges[0], xiEdges[xiEdges.length - 1]];
  const y = (xi: number) => place.top + place.height * (1 - (xi - low) / (high - low));
  const values = cone.length === 1 ? [cone[0], cone[0]] : [...cone];
  for (const sign of low < 0 ? [1, -1] : [1]) {
    const points = values.map((xi, i) => [place.left + (i / (values.length - 1)) * place.width, y(sign * xi)] as const);
    line(pen, points, '#ffffff', 3.5);
    line(pen, points, '#d4003c', 2);
  }
}

function drawAxes(
  pen: CanvasRenderingContext2D,
  map: HeatData,
  place: Geometry,
  ink: string,
  width: number,
  height: number,
): void {
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.strokeRect(place.left + 0.5, place.top + 0.5, place.width - 1, place.height - 1);
  pen.fillStyle = ink;
  pen.font = '12px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  const axis = columnAxis(map);
  const [from, to] = [axis.from / axis.factor, axis.to / axis.factor];
  for (const value of ticks(from, to, Math.max(3, place.width / 90))) {
    const x = place.left + ((value - from) / (to - from)) * place.width;
    line(
      pen,
      [
        [x, place.top + place.height],
        [x, place.top + place.height + 4],
      ],
      ink,
      1,
    );
    pen.fillText(String(value).replace('-', '−'), Math.min(x, width - 16), place.top + place.height + 6);
  }
  pen.fillText(axis.label, place.left + place.width / 2, height - 16);
  const { xiEdges } = map;
  const [low, high] = [xiEdges[0], xiEdges[xiEdges.length - 1]];
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const value of ticks(low, high, 4)) {
    const y = place.top + place.height * (1 - (value - low) / (high - low));
    line(
      pen,
      [
        [place.left - 4, y],
        [place.left, y],
      ],
      ink,
      1,
    );
    pen.fillText(
      String(value).replace('-', '−'),
      place.left - 7,
      Math.max(place.top + 5, Math.min(y, place.top + place.height - 4)),
    );
  }
  pen.save();
  pen.translate(13, place.top + place.height / 2);
  pen.rotate(-Math.PI / 2);
  pen.textAlign = 'center';
  pen.fillText(`pitch cosine ${map.name === 'midplane' ? 'ξ₀' : 'ξ'}`, 0, 0);
  pen.restore();
}
