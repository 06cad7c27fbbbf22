import { type AnyResult, isOrbits, type OrbitData, type ResultData } from '../results/data.js';
import { grouped } from '../results/format.js';
import { plural } from '../results/tableContent.js';
import type { CellsReading } from './readingTypes.js';

/** A figure: what a result is turned into before anything is drawn. One file each, listed in registry.ts. */
export interface Figure<R extends AnyResult = ResultData> {
  /** Basename of its files. */
  readonly name: string;
  readonly title: string;
  /** Whether a result is of the kind that this figure is about; all are if left out. */
  applies?(result: R): boolean;
  /** What the result says in this figure. Nothing to draw: `empty`. */
  describe(result: R): Drawing;
}

/** A figure of orbits in space. */
export type OrbitFigure = Figure<OrbitData>;

/** A figure with its data, ready to be drawn at any size. */
export type Drawing = PlottedDrawing | EmptyDrawing;

export interface PlottedDrawing {
  readonly kind: 'plot';
  readonly title: string;
  /** One line below the title: what was run. */
  readonly subtitle: string;
  /** One panel, or small multiples on the same axes. */
  readonly panels: readonly Panel[];
  /** Panels in a row. */
  readonly columns: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly legend?: Legend;
  readonly colourBar?: ColourBar;
  /** One line below the axes: how to read it. */
  readonly footnote?: string;
}

export interface Panel {
  readonly title?: string;
  /**
   * Observable Plot's `PlotOptions` but for sizes, margins and labels, which the frame sets. Not typed so: Plot's types
   * want those of d3, which it does not bring to whoever compiles against ours.
   */
  readonly options: (size: { readonly width: number; readonly height: number }) => object;
  /** What a heat map holds: its picture cannot be read. */
  readonly cells?: CellsReading;
}

export interface Legend {
  readonly title?: string;
  /** Beside the panels (below them where they are narrow), or in a corner of them that holds no data, if there is one. */
  readonly place?: 'side' | 'inside';
  readonly entries: readonly LegendEntry[];
}

/** A line, a marker, or both, and what they stand for. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly dash?: string;
  readonly symbol?: string;
  /** A filled patch in place of a line. */
  readonly patch?: number;
  readonly line?: boolean;
  /** A marker that is an outline. */
  readonly hollow?: boolean;
}

export interface ColourBar {
  readonly label: string;
  /** Positions 0 (bottom) .. 1 (top) and texts. */
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** A figure that has nothing to show and says so. */
export interface EmptyDrawing {
  readonly kind: 'empty';
  readonly title: string;
  readonly subtitle: string;
  readonly reason: string;
}

/**
 * What was run, in one line.
 *
 * @param result a run
 * @returns e.g. `scattering-mirror: 1,000,000 protons, mirror ratio 5, ν length/v = 0.1`
 */
export function runLine(result: AnyResult): string {
  const { scenario, particles } = result;
  const parts = [
    `${grouped(particles.done)} ${plural(scenario.species.name, particles.done)}`,
    ...(isOrbits(result) ? [`${scenario.field.kind} field`] : lineParts(result)),
    ...(result.complete ? [] : ['interrupted']),
  ];
  return `${scenario.name}: ${parts.join(', ')}`;
}

function lineParts({ scenario, plan }: ResultData): string[] {
  const { nu, length, speed, mirrorRatio } = plan.reference;
  const strength = (nu * length) / speed;
  return [
    ...(mirrorRatio > 1 && Number.isFinite(mirrorRatio) ? [`mirror ratio ${Number(mirrorRatio.toPrecision(3))}`] : []),
    ...(scenario.motion.kind !== 'homogeneous' && strength > 0 && Number.isFinite(strength)
      ? [`ν length/v = ${Number(strength.toPrecision(3))}`]
      : []),
  ];
}

/** A drawing that says why there is nothing to draw. */
export function empty(figure: { readonly title: string }, result: AnyResult, reason: string): EmptyDrawing {
  return { kind: 'empty', title: figure.title, subtitle: runLine(result), reason };
}

/** What a drawing of one panel says. */
export interface OnePanel extends Pick<PlottedDrawing, 'xLabel' | 'yLabel' | 'legend' | 'footnote'> {
  readonly panel: Panel['options'];
}

/** A drawing of one panel. @param about the run, or another subtitle */
export function onePanel(
  figure: { readonly title: string },
  about: AnyResult | string,
  { panel, ...labels }: OnePanel,
): PlottedDrawing {
  const subtitle = typeof about === 'string' ? about : runLine(about);
  return { kind: 'plot', title: figure.title, subtitle, columns: 1, ...labels, panels: [{ options: panel }] };
}

/** Those sentences of a footnote that there are. */
export const sentences = (...all: readonly (string | false)[]): string => all.filter((text) => text).join(' ');
