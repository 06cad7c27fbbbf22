/** Figures of a run: described once, drawn in a page or to SVG and PNG files. */
import type { ResultData } from '../results/data.js';
import type { DrawnFigure } from '../results/write.js';
import { figures } from './registry.js';
import { type DrawingDocument, renderFigure } from './render.js';

export type { Drawing, EmptyDrawing, Figure, Legend, LegendEntry, Panel, PlottedDrawing } from './figure.js';
export { renderPng } from './png.js';
export { figures } from './registry.js';
export { type DrawingDocument, figureSize, type RenderOptions, renderFigure } from './render.js';
export { type DrawnCase, describeCase, drawCase } from './validation.js';

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
  const { png = true, width, height } = options;
  const document = options.document ?? (await serverDocument());
  for (const figure of figures) {
    const svg = renderFigure(figure.describe(result), { document, width, height });
    yield png ? { name: figure.name, svg, png: await pngOf(svg) } : { name: figure.name, svg };
  }
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
