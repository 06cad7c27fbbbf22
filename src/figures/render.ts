/**
 * Draws a figure: a frame of its own (titles, legend, colour bar) around panels that Observable Plot draws, in the
 * document of a page or in linkedom's.
 */
import * as Plot from '@observablehq/plot';
import type { ColourBar, Drawing, Legend, LegendEntry, PlottedDrawing } from './figure.js';
import { dataUrl, indexedPng } from './image.js';
import { serialiseSvg } from './serialise.js';
import { faintInk, fontFamily, fontSize, heatPalette, ink, titleSize } from './style.js';

/** What drawing needs of a document; a browser's and linkedom's both have it. */
export type DrawingDocument = Pick<Document, 'createElementNS' | 'createTextNode'>;

export interface RenderOptions {
  readonly document: DrawingDocument;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

const namespace = 'http://www.w3.org/2000/svg';
/** Mean width of a character of DejaVu Sans, in font sizes: for room, not for alignment. */
const characterWidth = 0.58;
const margin = 12;

/**
 * A figure as SVG text: self-contained, white background, no script, no style sheet.
 *
 * @param drawing what to draw
 * @param options document and size [px], 640 x 400 by default
 * @returns the file's content
 */
export function renderFigure(drawing: Drawing, { document, width = 640, height = 400 }: RenderOptions): string {
  const make = (name: string, attributes: Record<string, string | number>, text?: string): Element => {
    const element = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    if (text !== undefined) element.appendChild(document.createTextNode(text));
    return element;
  };
  const svg = make('svg', {
    xmlns: namespace,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': drawing.title,
    'font-family': fontFamily,
    'font-size': fontSize,
    fill: ink,
  });
  svg.appendChild(make('title', {}, drawing.title));
  svg.appendChild(make('rect', { width, height, fill: '#ffffff' }));
  svg.appendChild(
    make(
      'text',
      { x: margin, y: 22, 'font-size': titleSize, 'font-weight': 'bold' },
      shorten(drawing.title, width, titleSize),
    ),
  );
  svg.appendChild(make('text', { x: margin, y: 40, fill: faintInk }, shorten(drawing.subtitle, width, fontSize)));
  if (drawing.kind === 'empty') drawEmpty(svg, make, drawing.reason, width, height);
  else drawPanels(svg, make, drawing, document, width, height);
  return `${serialiseSvg(svg)}\n`;
}

type Make = (name: string, attributes: Record<string, string | number>, text?: string) => Element;

/** Text that fits a line, shortened where it does not. */
function shorten(text: string, width: number, size: number): string {
  const most = Math.floor((width - 2 * margin) / (size * characterWidth));
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function drawEmpty(svg: Element, make: Make, reason: string, width: number, height: number): void {
  svg.appendChild(
    make('rect', {
      x: margin,
      y: 56,
      width: width - 2 * margin,
      height: height - 56 - margin,
      fill: '#f6f6f6',
      stroke: '#cccccc',
      'stroke-dasharray': '4 4',
    }),
  );
  const lines = wrap(reason, Math.floor((width - 80) / (14 * characterWidth)));
  lines.forEach((line, i) => {
    svg.appendChild(
      make(
        'text',
        {
          x: width / 2,
          y: 56 + (height - 56 - margin) / 2 + 20 * (i - (lines.length - 1) / 2) + 5,
          'text-anchor': 'middle',
          'font-size': 14,
          fill: faintInk,
        },
        line,
      ),
    );
  });
}

function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function drawPanels(
  svg: Element,
  make: Make,
  drawing: PlottedDrawing,
  document: DrawingDocument,
  width: number,
  height: number,
): void {
  const { panels, columns, legend, colourBar, footnote } = drawing;
  const notes = footnote ? wrap(footnote, Math.floor((width - 2 * margin) / (fontSize * characterWidth))) : [];
  const rows = Math.ceil(panels.length / columns);
  const side = legend ? (legend.place === 'inside' ? 0 : legendWidth(legend)) : colourBar ? 74 : 0;
  const hasTitles = panels.some((panel) => panel.title !== undefined);
  const box = {
    left: 70,
    right: width - margin - 4 - (side > 0 ? side + 12 : 0),
    top: 54,
    bottom: height - 46 - (notes.length > 0 ? 2 + 16 * notes.length : 0),
  };
  const gap = { x: 14, y: hasTitles ? 26 : 14 };
  const titleRoom = hasTitles ? 18 : 0;
  const inner = {
    width: (box.right - box.left - gap.x * (columns - 1)) / columns,
    height: (box.bottom - box.top - titleRoom - gap.y * (rows - 1)) / rows,
  };
  panels.forEach((panel, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const x = box.left + column * (inner.width + gap.x);
    const y = box.top + titleRoom + row * (inner.height + gap.y);
    const options = panel.options(inner);
    // The lowest panel of a column carries the axis, also where the last row is short.
    const lowest = i + columns >= panels.length;
    // Plot draws a little outside of its frame (axes): margins of its own keep the inner areas of all panels equal.
    const around = { left: 60, right: 20, top: 10, bottom: 30 };
    const plot = Plot.plot({
      ...options,
      // Axes as the panel asks, labels as the frame does.
      document: document as Document,
      width: inner.width + around.left + around.right,
      height: inner.height + around.top + around.bottom,
      marginLeft: around.left,
      marginRight: around.right,
      marginTop: around.top,
      marginBottom: around.bottom,
      x: { ...options.x, label: null, ...(lowest ? {} : { tickFormat: () => '' }) },
      y: { ...options.y, label: null, ...(column === 0 ? {} : { tickFormat: () => '' }) },
      marks: [...(options.marks ?? []), Plot.frame({ stroke: ink, strokeWidth: 1 })],
    });
    const group = make('g', {
      transform: `translate(${round(x - around.left)},${round(y - around.top)})`,
      'font-size': fontSize,
      'text-anchor': 'middle',
      class: 'panel',
    });
    for (const child of Array.from(plot.childNodes)) group.appendChild(child);
    svg.appendChild(group);
    if (panel.title)
      svg.appendChild(
        make('text', { x: round(x + inner.width / 2), y: round(y - 5), 'text-anchor': 'middle' }, panel.title),
      );
  });
  const middle = { x: (box.left + box.right) / 2, y: (box.top + titleRoom + box.bottom) / 2 };
  svg.appendChild(
    make(
      'text',
      { x: round(middle.x), y: box.bottom + 36, 'text-anchor': 'middle', 'font-size': 13, class: 'x-label' },
      drawing.xLabel,
    ),
  );
  svg.appendChild(
    make(
      'text',
      {
        transform: `translate(17,${round(middle.y)}) rotate(-90)`,
        'text-anchor': 'middle',
        'font-size': 13,
        class: 'y-label',
      },
      drawing.yLabel,
    ),
  );
  notes.forEach((note, i) => {
    svg.appendChild(make('text', { x: margin, y: height - 8 - 16 * (notes.length - 1 - i), fill: faintInk }, note));
  });
  if (legend?.place === 'inside')
    drawLegend(svg, make, legend, box.right - legendWidth(legend) - 6, box.top + titleRoom + 18);
  else if (legend) drawLegend(svg, make, legend, box.right + 14, box.top + titleRoom + 10);
  else if (colourBar) drawColourBar(svg, make, colourBar, box.right + 14, box.top + titleRoom, box.bottom);
}

const round = (value: number) => Math.round(value * 100) / 100;

function legendWidth({ entries, title }: Legend): number {
  const longest = Math.max([...(title ?? '')].length - 5, ...entries.map(({ label }) => [...label].length));
  return 34 + Math.ceil(longest * fontSize * characterWidth);
}

function drawLegend(svg: Element, make: Make, legend: Legend, x: number, top: number): void {
  const group = make('g', { class: 'legend' });
  let y = top;
  if (legend.title) {
    group.appendChild(make('text', { x, y: y + 4, fill: faintInk }, legend.title));
    y += 19;
  }
  for (const entry of legend.entries) {
    drawKey(group, make, entry, x, y);
    group.appendChild(make('text', { x: x + 34, y: y + 4 }, entry.label));
    y += 19;
  }
  svg.appendChild(group);
}

function drawKey(group: Element, make: Make, entry: LegendEntry, x: number, y: number): void {
  if (entry.patch !== undefined) {
    group.appendChild(
      make('rect', { x, y: y - 6, width: 28, height: 12, fill: entry.colour, 'fill-opacity': entry.patch }),
    );
    if (entry.line === false) return;
  }
  if (entry.line !== false)
    group.appendChild(
      make('line', {
        x1: x,
        x2: x + 28,
        y1: y,
        y2: y,
        stroke: entry.colour,
        'stroke-width': 2,
        ...(entry.dash && entry.dash !== 'none' ? { 'stroke-dasharray': entry.dash } : {}),
      }),
    );
  if (entry.symbol) {
    const path = symbolPath(entry.symbol);
    if (path)
      group.appendChild(
        make('path', {
          d: path,
          transform: `translate(${x + 14},${y})`,
          fill: entry.colour,
          stroke: '#fff',
          'stroke-width': 0.5,
        }),
      );
  }
}

/** Markers of the legend, in the shapes and the size that Plot draws at `r: 3.5`. */
function symbolPath(symbol: string): string | undefined {
  const paths: Record<string, string> = {
    circle: 'M-3.5,0a3.5,3.5,0,1,0,7,0a3.5,3.5,0,1,0,-7,0Z',
    square: 'M-3.1,-3.1h6.2v6.2h-6.2Z',
    triangle: 'M0,-4.7L4.1,2.4L-4.1,2.4Z',
    diamond: 'M0,-5L3,0L0,5L-3,0Z',
    noise: 'M-1.4,0a1.4,1.4,0,1,0,2.8,0a1.4,1.4,0,1,0,-2.8,0Z',
  };
  return paths[symbol];
}

function drawColourBar(svg: Element, make: Make, bar: ColourBar, x: number, top: number, bottom: number): void {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
  const group = make('g', { class: 'colour-bar' });
  group.appendChild(
    make('image', {
      x,
      y: round(top),
      width: 14,
      height: round(bottom - top),
      preserveAspectRatio: 'none',
      href: dataUrl(indexedPng(levels, 1, 256, heatPalette())),
    }),
  );
  group.appendChild(
    make('rect', { x, y: round(top), width: 14, height: round(bottom - top), fill: 'none', stroke: ink }),
  );
  for (const { at, label } of bar.ticks) {
    const y = round(bottom - at * (bottom - top));
    group.appendChild(make('line', { x1: x + 14, x2: x + 18, y1: y, y2: y, stroke: ink }));
    group.appendChild(make('text', { x: x + 21, y: y + 4 }, label));
  }
  group.appendChild(
    make(
      'text',
      {
        transform: `translate(${x + 66},${round((top + bottom) / 2)}) rotate(-90)`,
        'text-anchor': 'middle',
        'font-size': 13,
      },
      bar.label,
    ),
  );
  svg.appendChild(group);
}
