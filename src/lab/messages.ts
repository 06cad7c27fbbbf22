/** What the page and its session worker say to each other. Runs, estimates and figures live in the worker: the page only shows them. */
import type { FigureReading } from '../figures/index.js';
import type { Fault } from '../index.js';

/** JSON Schema as the form reads it. */
export type Json = { readonly [key: string]: unknown };

export interface PresetItem {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly yaml: string;
}

/** Files dropped into the page, by name. */
export type Files = Readonly<Record<string, string>>;

export type MapName = 'place' | 'midplane' | 'local';

export type ToSession =
  | { readonly type: 'check'; readonly ticket: number; readonly text: string; readonly files: Files }
  | {
      readonly type: 'run';
      readonly text: string;
      readonly files: Files;
      readonly workers: number;
      /** Whether the page wants the numbers and curves themselves, as `tables`. */
      readonly tables?: boolean;
    }
  | { readonly type: 'pause' | 'resume' | 'stop' }
  | { readonly type: 'workers'; readonly workers: number }
  | { readonly type: 'show'; readonly figures: readonly string[]; readonly width: number; readonly map: MapName }
  | { readonly type: 'overlay'; readonly overlay: Overlay; readonly width: number }
  /** Whether orbits in space are looked at: they cost a small run of their own. */
  | { readonly type: 'space'; readonly wanted: boolean }
  | { readonly type: 'csv'; readonly tables: readonly string[] }
  | { readonly type: 'hdf5' };

export interface ProgressReport {
  readonly particlesDone: number;
  readonly particlesTotal: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
  readonly workers: number;
}

/** One number of a run. NaN where the data do not allow it; `note` then says what is missing. */
export interface NumberRow {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly standardError: number;
  readonly unit: string;
  readonly reference?: number;
  readonly note?: string;
  /** Of Student's t, where the error is a jackknife's; absent: a normal distribution. */
  readonly degreesOfFreedom?: number;
}

/** One curve of a run, in SI. */
export interface CurveRow {
  /** Where it stands among the estimates: `survival`, `legendre.2`. */
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly xLabel: string;
  readonly xUnit: string;
  readonly x: Float64Array;
  readonly value: Float64Array;
  readonly standardError: Float64Array;
  /** What exact theory gives, where there is exact theory. */
  readonly reference?: Float64Array;
}

/** Every number and every curve of a run. */
export interface RunTables {
  readonly numbers: readonly NumberRow[];
  readonly curves: readonly CurveRow[];
}

/** Curves of several runs in one figure. */
export interface Overlay {
  readonly title: string;
  readonly subtitle: string;
  readonly log: boolean;
  readonly series: readonly { readonly label: string; readonly curve: CurveRow }[];
}

/** A distribution over time, ready to be painted: `f` and its errors are [time, column, xi]. */
export interface HeatData {
  readonly name: MapName;
  readonly label: string;
  readonly unit: string;
  readonly f: Float32Array;
  readonly standardError: Float32Array;
  readonly shape: readonly number[];
  /** Snapshot times [s]. */
  readonly times: Float64Array;
  /** Edges of the second axis (a place [m] or a momentum), and of xi. */
  readonly edges: Float64Array;
  readonly axis: { readonly name: string; readonly unit: string };
  readonly xiEdges: Float64Array;
  /** |xi| of the edge of the loss cone: one number, or along the second axis; absent where nothing is lost. */
  readonly cone?: Float64Array;
}

/** Paths of particles in a mirror: [particle, frame], NaN once they are lost. */
export interface MirrorPaths {
  readonly particles: number;
  readonly frames: number;
  /** Time of the last frame [s]. */
  readonly until: number;
  /** Throat to throat [m]. */
  readonly length: number;
  readonly ratio: number;
  /** Place along the axis and aside of it [m], and the cosine of the pitch angle. */
  readonly z: Float32Array;
  readonly x: Float32Array;
  readonly xi: Float32Array;
}

/** A line that is drawn beneath the paths: x, y, z [m], point by point. */
export interface Guide {
  readonly kind: 'field' | 'edge' | 'axis' | 'plane';
  readonly points: Float32Array;
}

/** Paths of a few particles in space: [particle, frame], NaN once they are lost. */
export interface SpaceScene {
  /** Their numbers in the run. */
  readonly numbers: readonly number[];
  readonly frames: number;
  /** Times of the first and the last frame [s]. */
  readonly from: number;
  readonly until: number;
  /** Frames that stay on the screen behind a particle. */
  readonly trail: number;
  /** Places [m]: of the particles, or of their guiding centres where gyrations are too many and too small to be seen. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array;
  readonly centres: boolean;
  /** Cosine of the pitch angle, and the magnetic moment over that of the start. */
  readonly xi: Float32Array;
  readonly mu: Float32Array;
  readonly guides: readonly Guide[];
  /** Of a sphere at the origin that ends paths [m]; 0: none. */
  readonly planet: number;
  /** Corners of what is shown [m]. */
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
  /** What lengths along x, y and z are multiplied by on the screen: one direction may be too long beside the others. */
  readonly squeeze: readonly [number, number, number];
  /** What is to be known of the picture, in words. */
  readonly about: string;
}

export interface FigureItem {
  readonly name: string;
  readonly title: string;
  /** Tables of the results that hold the same numbers. */
  readonly tables: readonly string[];
}

export type FromSession =
  | { readonly type: 'ready'; readonly line: Json; readonly orbits: Json; readonly presets: readonly PresetItem[] }
  | { readonly type: 'checked'; readonly ticket: number; readonly faults: readonly Fault[] }
  /** The run goes; `figures` say most of a run of its kind, the first one most of all. */
  | {
      readonly type: 'started';
      readonly kind: 'line' | 'orbits';
      readonly maps: readonly MapName[];
      readonly figures: readonly string[];
    }
  | { readonly type: 'progress'; readonly progress: ProgressReport }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'numbers'; readonly rows: readonly NumberRow[]; readonly verdict?: string }
  | { readonly type: 'tables'; readonly tables: RunTables }
  | { readonly type: 'map'; readonly map: HeatData }
  | { readonly type: 'mirror'; readonly paths: MirrorPaths }
  | { readonly type: 'space'; readonly scene: SpaceScene }
  | { readonly type: 'figures'; readonly figures: readonly FigureItem[] }
  | { readonly type: 'figure'; readonly name: string; readonly svg: string; readonly reading?: FigureReading }
  | {
      readonly type: 'ended';
      readonly complete: boolean;
      readonly hash: string;
      readonly seconds: number;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'file'; readonly name: string; readonly mime: string; readonly bytes: Uint8Array }
  | { readonly type: 'notice'; readonly message: string };
