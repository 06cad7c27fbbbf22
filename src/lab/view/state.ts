/** What the page shows of the session, as a function of the messages so far. */
import type { FigureReading } from '../../figures/index.js';
import type { Fault } from '../../index.js';
import type {
  FigureItem,
  FromSession,
  HeatData,
  Json,
  MapName,
  MirrorPaths,
  NumberRow,
  PresetItem,
  ProgressReport,
  RunTables,
  SpaceScene,
} from '../messages.js';
import type { Phase } from './RunBar.js';

export interface Shown {
  readonly phase: Phase;
  /** From the order to run until that run goes: what still comes is of the run before. */
  readonly awaiting: boolean;
  readonly line?: Json;
  readonly orbits?: Json;
  readonly presets: readonly PresetItem[];
  readonly faults: readonly Fault[];
  /** The check that the faults are of. */
  readonly ticket: number;
  readonly kind: 'line' | 'orbits';
  readonly maps: readonly MapName[];
  /** The figures that are drawn where nobody chose any. */
  readonly telling: readonly string[];
  readonly progress?: ProgressReport;
  readonly map?: HeatData;
  readonly mirror?: MirrorPaths;
  readonly space?: SpaceScene;
  readonly rows: readonly NumberRow[];
  readonly verdict?: string;
  /** Numbers and curves themselves, where the page asked for them. */
  readonly tables?: RunTables;
  readonly figures: readonly FigureItem[];
  readonly svgs: Readonly<Record<string, string>>;
  /** What they say at their points. */
  readonly readings: Readonly<Record<string, FigureReading | undefined>>;
  readonly outcome?: { readonly hash: string; readonly seconds: number; readonly complete: boolean };
  readonly warnings: readonly string[];
  readonly notice: string;
}

export const nothing: Shown = {
  phase: 'loading',
  awaiting: false,
  presets: [],
  faults: [],
  ticket: 0,
  kind: 'line',
  maps: [],
  telling: [],
  rows: [],
  figures: [],
  svgs: {},
  readings: {},
  warnings: [],
  notice: '',
};

/** What the page itself adds to the session's messages. */
export type Event =
  | FromSession
  | { readonly type: 'starting' }
  | { readonly type: 'quiet' }
  /** What was shown of a run before goes, and no other one begins yet. */
  | { readonly type: 'cleared' };

const ofARun = new Set<Event['type']>([
  'progress',
  'paused',
  'numbers',
  'map',
  'mirror',
  'space',
  'figures',
  'figure',
  'ended',
]);

export function next(shown: Shown, event: Event): Shown {
  if (shown.awaiting && ofARun.has(event.type)) return shown;
  switch (event.type) {
    case 'ready':
      return { ...shown, phase: 'idle', line: event.line, orbits: event.orbits, presets: event.presets };
    case 'checked':
      // An older answer may come after a newer one was asked for; the newest is the last to come.
      return event.ticket < shown.ticket ? shown : { ...shown, ticket: event.ticket, faults: event.faults };
    case 'starting': {
      const { phase: _, progress, map, mirror, space, rows, verdict, tables, svgs, outcome, ...kept } = shown;
      return {
        ...kept,
        phase: 'running',
        awaiting: true,
        rows: [],
        svgs: {},
        readings: {},
        warnings: [],
        notice: '',
      };
    }
    case 'started':
      return {
        ...shown,
        phase: 'running',
        awaiting: false,
        kind: event.kind,
        maps: event.maps,
        telling: event.figures,
        figures: event.kind === shown.kind ? shown.figures : [],
      };
    case 'progress':
      return { ...shown, progress: event.progress };
    case 'paused':
      return { ...shown, phase: event.paused ? 'paused' : 'running' };
    case 'numbers':
      return { ...shown, rows: event.rows, verdict: event.verdict };
    case 'tables':
      return { ...shown, tables: event.tables };
    case 'map':
      return { ...shown, map: event.map };
    case 'mirror':
      return { ...shown, mirror: event.paths };
    case 'space':
      return { ...shown, space: event.scene };
    case 'figures':
      return { ...shown, figures: event.figures };
    case 'figure':
      return {
        ...shown,
        svgs: { ...shown.svgs, [event.name]: event.svg },
        readings: { ...shown.readings, [event.name]: event.reading },
      };
    case 'ended': {
      const { hash, seconds, complete, warnings } = event;
      return { ...shown, phase: complete ? 'done' : 'stopped', outcome: { hash, seconds, complete }, warnings };
    }
    case 'failed':
      return { ...shown, phase: 'failed', awaiting: false, notice: event.message };
    case 'notice':
      return { ...shown, notice: event.message };
    case 'cleared': {
      const { progress, map, mirror, space, verdict, tables, outcome, ...kept } = shown;
      return { ...kept, phase: shown.phase === 'loading' ? 'loading' : 'idle', rows: [], warnings: [], notice: '' };
    }
    case 'quiet':
      return { ...shown, notice: '' };
    case 'file':
      return shown;
  }
}
