/** Where everything of a figure goes: titles above, panels, axis labels, legend or colour bar, footnote. */
import { colourBarWidth } from './colourBar.js';
import type { PlottedDrawing } from './figure.js';
import { type LegendBox, legendBox } from './legend.js';
import { fontSize, labelSize, titleSize } from './style.js';
import { wrapText } from './text.js';

export const margin = 12;
const line = fontSize + 4;
/** Room for ticks and their labels below the panels [px]. */
const tickRoom = 22;
const gap = { plain: 14, titled: 26 };
/** A legend beside the panels leaves them this much of the width. */
const leastShare = 0.55;

export type LegendPlace = 'inside' | 'side' | 'below';

export interface Head {
  readonly title: readonly string[];
  readonly subtitle: readonly string[];
  /** Where the head ends [px]. */
  readonly bottom: number;
}

/** Title and subtitle, broken where they are too long for one line. */
export function layOutHead(title: string, subtitle: string, width: number): Head {
  const lines = {
    title: wrapText(title, width - 2 * margin, titleSize, true, 2),
    subtitle: wrapText(subtitle, width - 2 * margin, fontSize, false, 2),
  };
  return { ...lines, bottom: 22 + (titleSize + 3) * lines.title.length + line * (lines.subtitle.length - 1) };
}

export interface Layout {
  readonly head: Head;
  readonly notes: readonly string[];
  readonly xLabel: readonly string[];
  readonly yLabel: readonly string[];
  /** Around all panels [px]. */
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly columns: number;
  readonly gap: { readonly x: number; readonly y: number };
  /** Of every panel [px]. */
  readonly inner: { readonly width: number; readonly height: number };
  readonly legend?: LegendBox;
  /** Upper left corner of a legend beside or below the panels, or of the colour bar. */
  readonly key: { readonly x: number; readonly y: number };
}

/**
 * Lays a figure out.
 *
 * @param drawing what to draw
 * @param width of the whole [px]
 * @param height of the whole [px]
 * @param place of the legend, where there is one
 * @param labelRoom width of the widest label of the y axis [px]
 */
export function layOut(
  drawing: PlottedDrawing,
  width: number,
  height: number,
  place: LegendPlace,
  labelRoom: number,
): Layout {
  const head = layOutHead(drawing.title, drawing.subtitle, width);
  const notes = drawing.footnote ? wrapText(drawing.footnote, width - 2 * margin, fontSize, false, 4) : [];
  const xLabel = wrapLabel(drawing.xLabel, width - 2 * margin, 2);
  const { legend, colourBar } = drawing;
  const key = legend ? legendBox(legend, place === 'below' ? width - 2 * margin : undefined) : undefined;
  const titled = drawing.panels.some((panel) => panel.title !== undefined);
  const top = head.bottom + 14 + (titled ? 18 : 0);
  const noteTop = height - 4 - line * notes.length;
  const keyTop = noteTop - (place === 'below' && key ? key.height + 4 : 0);
  const bottom = keyTop - tickRoom - (labelSize + 3) * xLabel.length - 4;
  const yLabel = wrapLabel(drawing.yLabel, bottom - head.bottom - 6, 3);
  const left = 2 + (labelSize + 3) * yLabel.length + 8 + Math.ceil(labelRoom) + 8;
  const side = colourBar ? colourBarWidth(colourBar, bottom - top) + 10 : key && place === 'side' ? key.width + 14 : 0;
  const box = { left, right: width - margin - 4 - side, top, bottom };
  const gaps = { x: gap.plain, y: titled ? gap.titled : gap.plain };
  const columns = chooseColumns(drawing, box, gaps);
  return {
    head,
    notes,
    xLabel,
    yLabel,
    box,
    columns,
    gap: gaps,
    inner: inner(drawing.panels.length, columns, box, gaps),
    legend: key,
    key:
      place === 'below'
        ? { x: Math.max(margin, (width - (key?.width ?? 0)) / 2), y: keyTop + 2 }
        : { x: box.right + (colourBar ? 10 : 14), y: top },
  };
}

/** A label in lines, its unit never broken. */
function wrapLabel(label: string, width: number, most: number): string[] {
  if (label === '') return [];
  const whole = label.replace(/\([^()]*\)/g, (unit) => unit.replaceAll(' ', '\u00a0'));
  return wrapText(whole, width, labelSize, false, most).map((line) => line.replaceAll('\u00a0', ' '));
}

/** Whether a legend beside the panels leaves them room, and has it itself. */
export function hasRoomBeside({ legend, inner, box }: Layout, width: number): boolean {
  return !legend || (inner.width >= leastShare * width && legend.height <= box.bottom - box.top);
}

function inner(panels: number, columns: number, box: Layout['box'], gaps: Layout['gap']): Layout['inner'] {
  const rows = Math.ceil(panels / columns);
  return {
    width: Math.max(10, (box.right - box.left - gaps.x * (columns - 1)) / columns),
    height: Math.max(10, (box.bottom - box.top - gaps.y * (rows - 1)) / rows),
  };
}

/** The wished number of columns where panels keep a readable size; else the one whose panels are nearest to it. */
function chooseColumns({ panels, columns: wish }: PlottedDrawing, box: Layout['box'], gaps: Layout['gap']): number {
  const size = (columns: number) => {
    const { width, height } = inner(panels.length, columns, box, gaps);
    return Math.min(width / 90, height / 60);
  };
  if (panels.length === 1 || size(wish) >= 1) return wish;
  const all = Array.from({ length: panels.length }, (_, i) => i + 1);
  return all.reduce((best, columns) => (size(columns) > size(best) ? columns : best), wish);
}
