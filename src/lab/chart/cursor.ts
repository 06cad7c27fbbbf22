/** Where the reader of a figure is: a point of a series, or a cell of a heat map; and what is said there. */
import type { FigureReading, PanelReading } from '../../figures/index.js';
import { measured } from '../../results/format.js';

export interface Cursor {
  readonly panel: number;
  /** Of a panel with cells: the column. */
  readonly series: number;
  /** Of a panel with cells: the row. */
  readonly point: number;
}

/** A reading in words: what is read, and a line for each number. */
export interface Words {
  readonly title: string;
  readonly colour?: string;
  readonly lines: readonly string[];
}

/** Pixels of the drawing beside a panel that still count as inside. */
const near = 12;

const columns = ({ cells }: PanelReading) => cells!.xEdges.length - 1;
const rows = ({ cells }: PanelReading) => cells!.yEdges.length - 1;
const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));

/** The bin of increasing edges that holds a value; the nearest one outside of them. */
function binOf(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What is nearest to a place of the drawing; undefined outside of the panels. */
export function nearest({ panels }: FigureReading, x: number, y: number): Cursor | undefined {
  const at = panels.findIndex(
    ({ box }) => x > box.x - near && x < box.x + box.width + near && y > box.y - near && y < box.y + box.height + near,
  );
  const panel = panels[at];
  if (!panel) return undefined;
  if (panel.cells) {
    const { box, cells } = panel;
    const along = (edges: Float64Array, part: number) =>
      binOf(edges, edges[0] + clamp(part, 1) * (edges[edges.length - 1] - edges[0]));
    return {
      panel: at,
      series: along(cells.xEdges, (x - box.x) / box.width),
      point: along(cells.yEdges, 1 - (y - box.y) / box.height),
    };
  }
  let best: Cursor | undefined;
  let least = Number.POSITIVE_INFINITY;
  panel.series.forEach(({ px, py }, series) => {
    for (let i = 0; i < px.length; i++) {
      const distance = (px[i] - x) ** 2 + (py[i] - y) ** 2;
      if (distance < least) [least, best] = [distance, { panel: at, series, point: i }];
    }
  });
  return best;
}

/** A cursor that a newer drawing has too; undefined where nothing is left. */
export function kept({ panels }: FigureReading, cursor: Cursor): Cursor | undefined {
  const panel = panels[cursor.panel];
  if (!panel) return undefined;
  if (panel.cells)
    return {
      ...cursor,
      series: clamp(cursor.series, columns(panel) - 1),
      point: clamp(cursor.point, rows(panel) - 1),
    };
  const series = panel.series[cursor.series];
  return series && { ...cursor, point: clamp(cursor.point, series.x.length - 1) };
}

/** Every series of a figure, panel after panel; a heat map is one. */
function stops({ panels }: FigureReading): Cursor[] {
  return panels.flatMap((panel, at) =>
    panel.cells
      ? [{ panel: at, series: 0, point: 0 }]
      : panel.series.map((_, series) => ({ panel: at, series, point: 0 })),
  );
}

/**
 * Where a key leads: along the points with left and right, to another series with up and down; in a heat map from cell to cell, and
 * with Page Up and Page Down to the next map.
 *
 * @returns undefined where the key means nothing here
 */
export function moved(reading: FigureReading, cursor: Cursor | undefined, key: string): Cursor | undefined {
  const all = stops(reading);
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  };
  const pages: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };
  if (all.length === 0 || !(key in steps || key in pages || key === 'Home' || key === 'End')) return undefined;
  if (!cursor) {
    const [first] = all;
    const panel = reading.panels[first.panel];
    return panel.cells ? { ...first, series: columns(panel) >> 1, point: rows(panel) >> 1 } : first;
  }
  const panel = reading.panels[cursor.panel];
  if (panel.cells && key in steps) {
    const [across, up] = steps[key];
    return kept(reading, { ...cursor, series: cursor.series + across, point: cursor.point + up });
  }
  if (key === 'Home' || key === 'End') {
    const last = key === 'End' ? Number.MAX_SAFE_INTEGER : 0;
    return kept(reading, panel.cells ? { ...cursor, series: last } : { ...cursor, point: last });
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return kept(reading, { ...cursor, point: cursor.point + steps[key][0] });
  const here = all.findIndex((one) => one.panel === cursor.panel && (panel.cells || one.series === cursor.series));
  const step = key in pages ? pages[key] : -steps[key][1];
  const to = all[(here + step + all.length) % all.length];
  const other = reading.panels[to.panel];
  if (other.cells) return kept(reading, { ...cursor, panel: to.panel });
  const from = panel.cells ? 0 : panel.series[cursor.series].px[cursor.point];
  const { px } = other.series[to.series];
  let point = 0;
  for (let i = 1; i < px.length; i++) if (Math.abs(px[i] - from) < Math.abs(px[point] - from)) point = i;
  return { ...to, point };
}

/** Where a cursor stands in the drawing. */
export function placeOf({ panels }: FigureReading, { panel: at, series, point }: Cursor): { x: number; y: number } {
  const panel = panels[at];
  if (!panel.cells) return { x: panel.series[series].px[point], y: panel.series[series].py[point] };
  const { box, cells } = panel;
  const part = (edges: Float64Array, i: number) =>
    ((edges[i] + edges[i + 1]) / 2 - edges[0]) / (edges[edges.length - 1] - edges[0]);
  return {
    x: box.x + part(cells.xEdges, series) * box.width,
    y: box.y + (1 - part(cells.yEdges, point)) * box.height,
  };
}

/**
 * A number in a figure's unit, which may be a power of ten.
 * @example
 * numberIn(1.2345, 0.021, 'µs') // => "1.234 ± 0.021 µs"
 * numberIn(1.2345, 0.021, '10⁻³ J/T') // => "(1.234 ± 0.021) × 10⁻³ J/T"
 */
export function numberIn(value: number, error: number, unit: string): string {
  const text = measured(value, error, '1', true, 4);
  if (!/^10\S/.test(unit)) return `${text} ${unit}`.trim();
  return `${/±/.test(text) && !text.startsWith('(') ? `(${text})` : text} × ${unit}`;
}

/** What is said where a cursor stands. */
export function wordsOf({ panels }: FigureReading, { panel: at, series: s, point: i }: Cursor): Words {
  const panel = panels[at];
  const said = (name: string, value: number, error: number, unit: string) =>
    `${name} = ${numberIn(value, error, unit)}`;
  if (panel.cells) {
    const { name, unit, xEdges, yEdges, values, errors } = panel.cells;
    const cell = s * rows(panel) + i;
    const middle = (edges: Float64Array, bin: number) => (edges[bin] + edges[bin + 1]) / 2;
    return {
      title: panel.title,
      lines: [
        said(panel.x.name, middle(xEdges, s), 0, panel.x.unit),
        said(panel.y.name, middle(yEdges, i), 0, panel.y.unit),
        values[cell] > 0 ? said(name, values[cell], errors[cell], unit) : `${name} = 0 (no particle)`,
      ],
    };
  }
  const one = panel.series[s];
  return {
    title: [panel.title, one.label].filter(Boolean).join(', '),
    colour: one.colour,
    lines: [
      ...(panel.x.name ? [said(panel.x.name, one.x[i], 0, panel.x.unit)] : []),
      ...(panel.y.name ? [said(panel.y.name, one.y[i], one.error[i], panel.y.unit)] : []),
      ...one.theory
        .filter(({ values }) => Number.isFinite(values[i]))
        .map(({ name, values }) => {
          const off = (one.y[i] - values[i]) / one.error[i];
          const how = Number.isFinite(off)
            ? `, ${Math.abs(off).toFixed(1)} σ ${off < 0 ? 'above' : 'below'} the point`
            : '';
          return `${name}: ${numberIn(values[i], 0, panel.y.unit)}${how}`;
        }),
      ...one.more
        .filter(({ values }) => Number.isFinite(values[i]))
        .map(({ name, values }) => {
          const [, plain, unit] = /^(.*?)(?: \(([^()]+)\))?$/.exec(name)!;
          return said(plain, values[i], 0, unit ?? '');
        }),
    ],
  };
}
