/** The key of a figure: how much room it takes, and drawing it. */
import type { Legend, LegendEntry } from './figure.js';
import { faintInk, fontSize } from './style.js';
import type { Make } from './svg.js';
import { textWidth } from './text.js';

const row = 19;
/** Length of the sample of a line, and where the text begins [px]. */
const sample = 28;
const textAt = 34;
const columnGap = 14;

/** A legend at a size: its columns and rows. */
export interface LegendBox {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
}

/** Room for a legend in one column, or in as many as fit a width. */
export function legendBox(legend: Legend, width?: number): LegendBox {
  const title = legend.title ? textWidth(legend.title, fontSize) : 0;
  const column = textAt + Math.max(...legend.entries.map(({ label }) => textWidth(label, fontSize)));
  const columns =
    width === undefined
      ? 1
      : Math.max(1, Math.min(legend.entries.length, Math.floor((width + columnGap) / (column + columnGap))));
  const rows = Math.ceil(legend.entries.length / columns) + (legend.title ? 1 : 0);
  return {
    width: Math.ceil(Math.max(title, columns * (column + columnGap) - columnGap)),
    height: rows * row,
    columns,
  };
}

/** Draws a legend with its upper left corner at (x, top). */
export function drawLegend(svg: Element, make: Make, legend: Legend, box: LegendBox, x: number, top: number): void {
  const group = make('g', { class: 'legend' });
  let y = top + row / 2;
  if (legend.title) {
    group.appendChild(make('text', { x, y: y + 4, fill: faintInk }, legend.title));
    y += row;
  }
  const column = (box.width + columnGap) / box.columns;
  legend.entries.forEach((entry, i) => {
    const at = { x: x + (i % box.columns) * column, y: y + row * Math.floor(i / box.columns) };
    drawKey(group, make, entry, at.x, at.y);
    group.appendChild(make('text', { x: at.x + textAt, y: at.y + 4 }, entry.label));
  });
  svg.appendChild(group);
}

function drawKey(group: Element, make: Make, entry: LegendEntry, x: number, y: number): void {
  if (entry.patch !== undefined) {
    group.appendChild(
      make('rect', { x, y: y - 6, width: sample, height: 12, fill: entry.colour, 'fill-opacity': entry.patch }),
    );
    if (entry.line === false) return;
  }
  if (entry.line !== false)
    group.appendChild(
      make('line', {
        x1: x,
        x2: x + sample,
        y1: y,
        y2: y,
        stroke: entry.colour,
        'stroke-width': 2,
        ...(entry.dash && entry.dash !== 'none' ? { 'stroke-dasharray': entry.dash } : {}),
      }),
    );
  const path = symbolPaths[entry.symbol ?? ''];
  if (path)
    group.appendChild(
      make('path', {
        d: path,
        transform: `translate(${x + sample / 2},${y})`,
        fill: entry.hollow ? '#ffffff' : entry.colour,
        stroke: entry.hollow ? entry.colour : '#ffffff',
        'stroke-width': entry.hollow ? 1.4 : 0.5,
      }),
    );
}

/** Markers, in the shapes and the size that Plot draws at `r: 3.5`. */
const symbolPaths: Readonly<Record<string, string>> = {
  circle: 'M-3.5,0a3.5,3.5,0,1,0,7,0a3.5,3.5,0,1,0,-7,0Z',
  square: 'M-3.1,-3.1h6.2v6.2h-6.2Z',
  triangle: 'M0,-4.7L4.1,2.4L-4.1,2.4Z',
  diamond: 'M0,-5L3,0L0,5L-3,0Z',
  cross: 'M-4.7,-1.6h3.1v-3.1h3.2v3.1h3.1v3.2h-3.1v3.1h-3.2v-3.1h-3.1Z',
  star: 'M0,-5L1.1,-1.5L4.8,-1.5L1.8,0.6L2.9,4L0,1.9L-2.9,4L-1.8,0.6L-4.8,-1.5L-1.1,-1.5Z',
  noise: 'M-1.4,0a1.4,1.4,0,1,0,2.8,0a1.4,1.4,0,1,0,-2.8,0Z',
};
