/** Figures of a run: described once, drawn in a page or to SVG and PNG files. */
import { type AnyResult, isOrbits } from '../results/data.js';
import { blaming } from '../results/errors.js';
import type { ScanData } from '../results/scan.js';
import type { DrawnFigure } from '../results/write.js';
import type { Drawing, Figure } from './figure.js';
import { figures, orbitFigures } from './registry.js';
import { type DrawingDocument, figureSize, renderFigure } from './render.js';
import { scanFigures } from './scan.js';
import { sheetKickFigure } from './scanKicks.js';
import { lossLimitsFigure } from './scanLosses.js';

export type {
  Drawing,
  EmptyDrawing,
  Figure,
  Legend,
  LegendEntry,
  OrbitFigure,
  Panel,
  PlottedDrawing,
} from './figure.js';
export { type OverlayOptions, overlayDrawing } from './overlay.js';
export { renderPng } from './png.js';
export type { AxisReading, CellsReading, FigureReading, PanelReading, SeriesReading } from './readingTypes.js';
export { figures, orbitFigures } from './registry.js';
export {
  type DrawingDocument,
  figureSize,
  type ReadableFigure,
  type RenderOptions,
  renderFigure,
  renderReadable,
} from './render.js';
export { type DrawnCase, describeCase, drawCase } from './validation.js';

export interface DrawOptions {
  /** A page's document; by default linkedom's, loaded on first use. */
  readonly document?: DrawingDocument;
  /** Names of the figures to draw; by default those that a run of this kind has something for. */
  readonly only?: readonly string[];
  /** Whether to draw PNG files too (Node only). */
  readonly png?: boolean;
  /** Pixels, of the PNG as well; where neither is given it has twice those of the SVG. */
  readonly width?: number;
  readonly height?: number;
  /** The file that the result was read from: what cannot be drawn is then the file's fault. */
  readonly source?: string;
}

/**
 * Draws the figures of a run, one at a time.
 *
 * @param result a run, finished or interrupted, or one read back from a file
 * @param options which, document, size, PNG
 * @returns name, SVG text and PNG bytes of each figure; one without data says so in words
 * @throws RangeError for a size that no figure has, ResultsFileError where a result does not hold what a figure needs
 */
export async function* drawFigures(result: AnyResult, options: DrawOptions = {}): AsyncGenerator<DrawnFigure> {
  const { only, source } = options;
  const wanted = figuresOf(result).filter(
    // what is asked for by its name says itself that it has nothing to show
    (figure) => (only ? only.includes(figure.name) : figure.applies?.(result) !== false),
  );
  yield* drawn(
    wanted.map((figure) => ({
      name: figure.name,
      drawing: (render) => {
        const draw = () => render(figure.describe(result));
        return source === undefined ? draw() : orBlame(source, figure, draw);
      },
    })),
    options,
  );
}

/** The figures of runs of the kind that a result is of. */
export function figuresOf(result: AnyResult): readonly Figure<AnyResult>[] {
  return (isOrbits(result) ? orbitFigures : figures) as readonly Figure<AnyResult>[];
}

type Drawable = { readonly name: string; readonly drawing: (render: (drawing: Drawing) => string) => string };

async function* drawn(list: readonly Drawable[], options: DrawOptions): AsyncGenerator<DrawnFigure> {
  const { png = true, width, height } = options;
  figureSize(width, height);
  const document = options.document ?? (await serverDocument());
  const scale = width === undefined && height === undefined ? 2 : 1;
  // A figure's PNG is made in a thread of its own while the next is described.
  let before: { name: string; svg: string; image: Promise<Uint8Array> } | undefined;
  for (const { name, drawing } of list) {
    const svg = drawing((described) => renderFigure(described, { document, width, height }));
    if (!png) yield { name, svg };
    else {
      const image = pngOf(svg, scale);
      image.catch(() => {}); // met where it is awaited
      if (before) yield { name: before.name, svg: before.svg, png: await before.image };
      before = { name, svg, image };
    }
  }
  if (before) yield { name: before.name, svg: before.svg, png: await before.image };
}

/** Draws from a file of which nobody knows who wrote it: what fails is the file's fault. */
export function orBlame<R>(source: string, figure: { readonly name: string }, draw: () => R): R {
  return blaming(source, `figure ${figure.name} cannot be drawn`, draw);
}

/**
 * Draws every figure of a scan, one at a time.
 *
 * @param scan finished or not
 * @param options document, size, PNG
 * @returns name, SVG text and PNG bytes of each figure
 */
export async function* drawScanFigures(scan: ScanData, options: DrawOptions = {}): AsyncGenerator<DrawnFigure> {
  const special = [lossLimitsFigure(scan), sheetKickFigure(scan)].filter((figure) => figure !== undefined);
  const drawings = [...special, ...scanFigures(scan)];
  yield* drawn(
    drawings.map(({ name, drawing }) => ({ name, drawing: (render) => render(drawing) })),
    options,
  );
}

/** A document where there is no page. */
export async function serverDocument(): Promise<DrawingDocument> {
  const { parseHTML } = await import('linkedom');
  return parseHTML('<html><body></body></html>').document as unknown as DrawingDocument;
}

async function pngOf(svg: string, scale: number): Promise<Uint8Array> {
  const { renderPng } = await import('./png.js');
  return renderPng(svg, scale);
}
