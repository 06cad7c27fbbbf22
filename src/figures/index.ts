/** Figures of a run: described once, drawn in a page or to SVG and PNG files. */
import type { ResultData } from '../results/data.js';
import type { ScanData } from '../results/scan.js';
import type { DrawnFigure } from '../results/write.js';
import type { Drawing } from './figure.js';
import { figures } from './registry.js';
import { type DrawingDocument, renderFigure } from './render.js';
import { scanFigures } from './scan.js';
import { lossLimitsFigure } from './scanLosses.js';

export type { Drawing, EmptyDrawing, Figure, Legend, LegendEntry, Panel, PlottedDrawing } from './figure.js';
export { renderPng } from './png.js';
export { figures } from './registry.js';
export { type DrawingDocument, figureSize, type RenderOptions, renderFigure } from './render.js';

export interface DrawOptions {
  /** A page's document; by default linkedom's, loaded on first use. */
  readonly document?: DrawingDocument;
  /** Whether to draw PNG files too (Node only). */
  readonly png?: boolean;
  /** Pixels of the SVG. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * Draws every figure of a run, one at a time.
 *
 * @param result a run, finished or interrupted
 * @param options document, size, PNG
 * @returns name, SVG text and PNG bytes of each figure; one without data says so in words
 */
export async function* drawFigures(result: ResultData, options: DrawOptions = {}): AsyncGenerator<DrawnFigure> {
  yield* drawn(
    figures.map((figure) => ({ name: figure.name, drawing: () => figure.describe(result) })),
    options,
  );
}

type Drawable = { readonly name: string; readonly drawing: Drawing | (() => Drawing) };

async function* drawn(list: readonly Drawable[], options: DrawOptions): AsyncGenerator<DrawnFigure> {
  const { png = true, width, height } = options;
  const document = options.document ?? (await serverDocument());
  for (const { name, drawing } of list) {
    const svg = renderFigure(typeof drawing === 'function' ? drawing() : drawing, { document, width, height });
    yield png ? { name, svg, png: await pngOf(svg) } : { name, svg };
  }
}

/**
 * Draws every figure of a scan, one at a time.
 *
 * @param scan finished or not
 * @param options document, size, PNG
 * @returns name, SVG text and PNG bytes of each figure
 */
export async function* drawScanFigures(scan: ScanData, options: DrawOptions = {}): AsyncGenerator<DrawnFigure> {
  const losses = lossLimitsFigure(scan);
  yield* drawn([...(losses ? [losses] : []), ...scanFigures(scan)], options);
}

/** A document where there is no page. */
export async function serverDocument(): Promise<DrawingDocument> {
  const { parseHTML } = await import('linkedom');
  return parseHTML('<html><body></body></html>').document as unknown as DrawingDocument;
}

async function pngOf(svg: string): Promise<Uint8Array> {
  const { renderPng } = await import('./png.js');
  return renderPng(svg);
}
