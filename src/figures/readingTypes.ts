/** What a drawn figure says at each of its points, as plain data: no type of a library that draws. */

/** A figure's points and cells; places are in units of the SVG's `viewBox`. */
export interface FigureReading {
  readonly width: number;
  readonly height: number;
  readonly panels: readonly PanelReading[];
}

export interface PanelReading {
  /** Empty where a figure has one panel. */
  readonly title: string;
  readonly box: Box;
  readonly x: AxisReading;
  readonly y: AxisReading;
  readonly series: readonly SeriesReading[];
  readonly cells?: CellsReading;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An axis as its label has it: `time (µs)` is a time, in µs. */
export interface AxisReading {
  /** Empty where an axis is no quantity (a path drawn in perspective). */
  readonly name: string;
  readonly unit: string;
}

/** Points of one colour, from left to right or along a path. */
export interface SeriesReading {
  /** As the legend has it; empty where the figure needs none. */
  readonly label: string;
  readonly colour: string;
  /** Places in the drawing. */
  readonly px: Float32Array;
  readonly py: Float32Array;
  /** In the units of the axes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Standard error of y; NaN where there is none. */
  readonly error: Float64Array;
  /** What stands beside the points: theory at the same places, NaN where it says nothing. */
  readonly theory: readonly Aside[];
  /** What else is known of each point, with its unit in the name. */
  readonly more: readonly Aside[];
}

export interface Aside {
  readonly name: string;
  readonly values: Float64Array;
}

/** A heat map: values are [column along x, row along y]. */
export interface CellsReading {
  readonly name: string;
  readonly unit: string;
  readonly xEdges: Float64Array;
  readonly yEdges: Float64Array;
  readonly values: Float64Array;
  /** NaN where it is not known. */
  readonly errors: Float64Array;
}
