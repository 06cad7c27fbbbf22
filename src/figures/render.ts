/**
 * Draws a figure: a frame of its own (titles, legend, colour bar) around panels that Observable Plot draws, in the
 * document of a page or in linkedom's.
 *
 * A figure is laid out at about 640 x 400 and magnified as a whole, text and lines with it: at 1920 x 1200 it is for the
 * back of a room, not for a magnifying glass. Where there is less room than that, legends go below the panels, labels are
 * thinned out, and text shrinks a little.
 */
import * as Plot from '@observablehq/plot';
import { drawColourBar } from './colourBar.js';
import type { Drawing, Panel, PlottedDrawing } from './figure.js';
import { hasRoomBeside, type Layout, type LegendPlace, layOut, layOutHead, margin } from './layout.js';
import { drawLegend } from './legend.js';
import { freeCorner } from './occupied.js';
import { panelReading } from './reading.js';
import type { FigureReading, PanelReading } from './readingTypes.js';
import { serialiseSvg } from './serialise.js';
import { faintInk, fontFamily, fontSize, ink, labelSize, titleSize } from './style.js';
import { type DrawingDocument, type Make, maker, round } from './svg.js';
import { textWidth, wrapText } from './text.js';
import { fineTicks, fitted, widestLabel } from './ticks.js';

export type { DrawingDocument } from './svg.js';

export interface RenderOptions {
  readonly document: DrawingDocument;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** The size that figures are made for [px]. */
export const standardSize = { width: 640, height: 400 } as const;
export const leastSize = { width: 240, height: 180 } as const;
/** 8K: a larger PNG would take gigabytes. */
export const largestSize = 7680;
/** Text is never drawn smaller than this part of its size. */
const leastScale = 5 / 6;
/** A legend in a corner is for panels that are wide enough to have one. */
const wide = 460;

/**
 * A figure's width and height from what was asked for: 8 to 5; narrow ones are taller, since their legends are below.
 *
 * @param width px, or undefined
 * @param height px, or undefined
 * @returns both in px
 * @throws RangeError where one is no size of a figure
 * @example figureSize(1920).height // 1200
 */
export function figureSize(width?: number, height?: number): { width: number; height: number } {
  for (const [name, value] of [
    ['width', width],
    ['height', height],
  ] as const)
    if (value !== undefined && !(Number.isInteger(value) && value >= leastSize[name] && value <= largestSize))
      throw new RangeError(
        `${name}: ${value} is not a ${name} of a figure (must be a whole number of pixels from ${leastSize[name]} to ${largestSize})`,
      );
  const across = width ?? (height === undefined ? standardSize.width : Math.round((height * 8) / 5));
  const narrow = across < 480;
  return { width: across, height: height ?? Math.max(leastSize.height, Math.round(across * (narrow ? 1 : 5 / 8))) };
}

/**
 * A figure as SVG text: self-contained, white background, no script, no style sheet.
 *
 * @param drawing what to draw
 * @param options document and size [px], 640 x 400 by default
 * @returns the file's content
 * @throws RangeError for a size that no figure has (240 x 180 to 7680 x 7680)
 */
export function renderFigure(drawing: Drawing, options: RenderOptions): string {
  return renderReadable(drawing, options).svg;
}

/** A figure as SVG text, and what it says at each of its points: for whoever shows it to someone with a pointer. */
export interface ReadableFigure {
  readonly svg: string;
  readonly reading: FigureReading;
}

/**
 * As `renderFigure`, with the numbers behind the drawing.
 *
 * @param drawing what to draw
 * @param options document and size [px], 640 x 400 by default
 * @throws RangeError for a size that no figure has (240 x 180 to 7680 x 7680)
 */
export function renderReadable(drawing: Drawing, options: RenderOptions): ReadableFigure {
  const size = figureSize(options.width, options.height);
  const scale = Math.max(leastScale, Math.min(size.width / standardSize.width, size.height / standardSize.height));
  const [width, height] = [round(size.width / scale), round(size.height / scale)];
  const make = maker(options.document);
  const svg = make('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width: size.width,
    height: size.height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': drawing.title,
    'font-family': fontFamily,
    'font-size': fontSize,
    fill: ink,
  });
  svg.appendChild(make('title', {}, drawing.title));
  svg.appendChild(make('rect', { width, height, fill: '#ffffff' }));
  const head = layOutHead(drawing.title, drawing.subtitle, width);
  head.title.forEach((line, i) => {
    const y = 22 + i * (titleSize + 3);
    svg.appendChild(make('text', { x: margin, y, 'font-size': titleSize, 'font-weight': 'bold' }, line));
  });
  head.subtitle.forEach((line, i) => {
    const y = head.bottom - (head.subtitle.length - 1 - i) * (fontSize + 4);
    svg.appendChild(make('text', { x: margin, y, fill: faintInk }, line));
  });
  let panels: readonly PanelReading[] = [];
  if (drawing.kind === 'empty') drawEmpty(svg, make, drawing.reason, head.bottom + 16, width, height);
  else panels = drawPlot(svg, make, drawing, options.document, width, height);
  return { svg: `${serialiseSvg(svg)}\n`, reading: { width, height, panels } };
}

function drawEmpty(svg: Element, make: Make, reason: string, top: number, width: number, height: number): void {
  const box = { x: margin, y: top, width: width - 2 * margin, height: Math.max(10, height - top - margin) };
  svg.appendChild(make('rect', { ...box, fill: '#f6f6f6', stroke: '#cccccc', 'stroke-dasharray': '4 4' }));
  const lines = wrapText(reason, box.width - 40, 14);
  lines.forEach((line, i) => {
    const y = top + box.height / 2 + 20 * (i - (lines.length - 1) / 2) + 5;
    svg.appendChild(make('text', { x: width / 2, y, 'text-anchor': 'middle', 'font-size': 14, fill: faintInk }, line));
  });
}

function drawPlot(
  svg: Element,
  make: Make,
  drawing: PlottedDrawing,
  document: DrawingDocument,
  width: number,
  height: number,
): readonly PanelReading[] {
  const labels = (layout: Layout) =>
    Math.max(
      0,
      ...drawing.panels
        .filter((_, i) => i % layout.columns === 0)
        .map((panel) => widestLabel(optionsOf(panel, layout.inner).y)),
    );
  const measured = (place: LegendPlace) =>
    layOut(drawing, width, height, place, labels(layOut(drawing, width, height, place, 30)));
  const { legend, colourBar } = drawing;
  if (legend?.place === 'inside' && width >= wide) {
    const layout = measured('inside');
    const { panels, readings } = plotPanels(make, drawing, layout, document);
    const { left: x, top: y } = layout.box;
    const corner = layout.legend && freeCorner(panels, { x, y, ...layout.inner }, layout.legend);
    if (corner) {
      drawFrame(svg, make, layout, panels, width, height);
      drawLegend(svg, make, legend, layout.legend!, corner.x, corner.y);
      return readings;
    }
  }
  const beside = measured('side');
  const layout = legend && !hasRoomBeside(beside, width) ? measured('below') : beside;
  const { panels, readings } = plotPanels(make, drawing, layout, document);
  drawFrame(svg, make, layout, panels, width, height);
  if (legend) drawLegend(svg, make, legend, layout.legend!, layout.key.x, layout.key.y);
  if (colourBar) drawColourBar(svg, make, colourBar, layout.key.x, layout.box.top, layout.box.bottom);
  return readings;
}

/** Panels, axis labels and footnote. */
function drawFrame(svg: Element, make: Make, layout: Layout, panels: Element, width: number, height: number): void {
  const { box, xLabel, yLabel, notes } = layout;
  svg.appendChild(panels);
  const middle = (box.left + box.right) / 2;
  xLabel.forEach((line, i) => {
    const half = textWidth(line, labelSize) / 2;
    const x = Math.max(margin + half, Math.min(width - margin - half, middle));
    const y = box.bottom + 36 + i * (labelSize + 3);
    svg.appendChild(make('text', { x, y, 'text-anchor': 'middle', 'font-size': labelSize, class: 'x-label' }, line));
  });
  yLabel.forEach((line, i) => {
    const x = 17 + i * (labelSize + 3);
    // Centred on the panels, but never up into the titles.
    const half = textWidth(line, labelSize) / 2;
    const y = Math.max(layout.head.bottom + 6 + half, (box.top + box.bottom) / 2);
    svg.appendChild(
      make(
        'text',
        {
          transform: `translate(${x},${round(y)}) rotate(-90)`,
          'text-anchor': 'middle',
          'font-size': labelSize,
          class: 'y-label',
        },
        line,
      ),
    );
  });
  notes.forEach((note, i) => {
    const y = height - 8 - (fontSize + 4) * (notes.length - 1 - i);
    svg.appendChild(make('text', { x: margin, y, fill: faintInk }, note));
  });
}

/** Plot draws a little outside of its frame (axes): margins of its own keep the inner areas of all panels equal. */
const around = { left: 60, right: 20, top: 10, bottom: 30 };

interface DrawnPanels {
  readonly panels: Element;
  readonly readings: readonly PanelReading[];
}

function plotPanels(make: Make, drawing: PlottedDrawing, layout: Layout, document: DrawingDocument): DrawnPanels {
  const { box, inner, gap, columns } = layout;
  const all = make('g', { class: 'panels' });
  const readings: PanelReading[] = [];
  const labels = { x: drawing.xLabel, y: drawing.yLabel, legend: drawing.legend };
  drawing.panels.forEach((panel, i) => {
    const x = box.left + (i % columns) * (inner.width + gap.x);
    const y = box.top + Math.floor(i / columns) * (inner.height + gap.y);
    // The lowest panel of a column carries the axis, also where the last row is short.
    const carries = { x: i + columns >= drawing.panels.length, y: i % columns === 0 };
    const { group, options, plot } = plotPanel(make, panel, inner, carries, columns, document);
    const corner = { x: x - around.left, y: y - around.top };
    readings.push(panelReading(panel, options, plot, corner, { x, y, ...inner }, labels));
    group.setAttribute('transform', `translate(${round(corner.x)},${round(corner.y)})`);
    all.appendChild(group);
    if (panel.title)
      all.appendChild(make('text', { x: x + inner.width / 2, y: y - 5, 'text-anchor': 'middle' }, panel.title));
  });
  return { panels: all, readings };
}

const optionsOf = (panel: Panel, inner: Layout['inner']) => panel.options(inner) as Plot.PlotOptions;

function plotPanel(
  make: Make,
  panel: Panel,
  inner: Layout['inner'],
  carries: { readonly x: boolean; readonly y: boolean },
  columns: number,
  document: DrawingDocument,
) {
  const options = optionsOf(panel, inner);
  // Labels may reach into half of the gap to a neighbour, or into the margin.
  const overhang = columns > 1 ? 5 : 16;
  const none = () => '';
  const x = carries.x
    ? fitted(options.x, 'x', inner.width, { before: overhang, after: overhang })
    : { ...options.x, tickFormat: none };
  const y = carries.y
    ? fitted(options.y, 'y', inner.height, { before: 7, after: 7 })
    : { ...options.y, tickFormat: none };
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
    x: { ...x, label: null },
    y: { ...y, label: null },
    marks: [...(options.marks ?? []), Plot.frame({ stroke: ink, strokeWidth: 1 })],
  });
  const group = make('g', { 'font-size': fontSize, 'text-anchor': 'middle', class: 'panel' });
  for (const child of Array.from(plot.childNodes)) group.appendChild(child);
  const fine = make('g', { class: 'fine-ticks', stroke: ink, 'stroke-width': 0.7 });
  for (const value of fineTicks(options.x)) {
    const at = plot.scale('x')!.apply(value) as number;
    const foot = around.top + inner.height;
    fine.appendChild(make('line', { x1: at, x2: at, y1: foot, y2: foot + 3 }));
  }
  for (const value of fineTicks(options.y)) {
    const at = plot.scale('y')!.apply(value) as number;
    fine.appendChild(make('line', { x1: around.left - 3, x2: around.left, y1: at, y2: at }));
  }
  group.appendChild(fine);
  return { group, options, plot };
}
