/** A run under way, and what the page is told of it. */
import {
  type OrbitResult,
  type OrbitScenario,
  type PartialOrbitResult,
  type PartialResult,
  type Progress,
  run,
  runOrbits,
  type Scenario,
} from '../../index.js';
import type { FromSession, MapName, ToSession } from '../messages.js';
import { drawable, drawOne, figureList } from './figures.js';
import { heatOf, mapsOf } from './heat.js';
import { followMirror } from './mirror.js';
import { numberRows } from './numbers.js';
import { sceneOf } from './space.js';
import { tablesOfRun } from './tables.js';
import { lineFigures, orbitFigures } from './telling.js';
import { Turns } from './turns.js';

export type Parsed =
  | { readonly kind: 'line'; readonly scenario: Scenario }
  | { readonly kind: 'orbits'; readonly scenario: OrbitScenario };

/** A run of either kind, finished or not. */
type AnyPart = PartialResult | PartialOrbitResult;
type Running = ReturnType<typeof run> | ReturnType<typeof runOrbits>;
type Tell = (message: FromSession, transfer?: Transferable[]) => void;
type Shown = Extract<ToSession, { type: 'show' }>;
type Asked = Extract<ToSession, { type: 'run' }>;

/** Estimates and figures take at most this part of the time: the rest is the workers', who are served by this thread too. */
const share = 0.4;
/** A picture more often than this [ms] is more than anyone sees. */
const leastPause = 250;
/** Of one partial result figures are drawn for this long [ms], one at least; the others have their turn with the next one. */
const figureTime = 200;

/** Lets messages in. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

export class LiveRun {
  readonly #running: Running;
  readonly #text: string;
  readonly #tables: boolean;
  readonly #name: string;
  readonly #tell: Tell;
  #latest?: AnyPart;
  #shown?: Shown;
  readonly #turns = new Turns<AnyPart>();
  #ended = false;
  #listed = false;
  /** The scenario whose orbits in space are still to be followed. */
  #orbits?: OrbitScenario;
  #spaceWanted = false;
  #numbersTold = false;
  readonly #over: Promise<void>;
  readonly #aside = new AbortController();
  /** Drawing goes on one after the other. */
  #drawing: Promise<void> = Promise.resolve();

  constructor(parsed: Parsed, { text, workers, tables = false }: Asked, tell: Tell) {
    this.#text = text;
    this.#tables = tables;
    this.#name = parsed.scenario.name;
    this.#tell = tell;
    const options = { workers, onProgress: (progress: Progress) => this.#report(progress) };
    if (parsed.kind === 'line') {
      const running = run(parsed.scenario, options);
      this.#running = running;
      const maps = mapsOf(parsed.scenario);
      tell({ type: 'started', kind: 'line', maps, figures: lineFigures(parsed.scenario) });
    } else {
      const running = runOrbits(parsed.scenario, options);
      this.#running = running;
      tell({ type: 'started', kind: 'orbits', maps: [], figures: orbitFigures(parsed.scenario) });
      this.#orbits = parsed.scenario;
    }
    this.#over = this.#follow(this.#running);
  }

  async pause(): Promise<void> {
    if (this.#ended) return;
    await this.#running.pause();
    // How far it is stands there before it is said to be paused.
    this.#report(this.#running.progress);
    this.#tell({ type: 'paused', paused: true });
  }

  resume(): void {
    this.#running.resume();
    this.#tell({ type: 'paused', paused: false });
  }

  stop(): void {
    this.#running.abort();
  }

  setWorkers(workers: number): void {
    this.#running.setWorkers(workers);
  }

  /** Ends the run and waits until it has. */
  async end(): Promise<void> {
    this.#aside.abort();
    if (!this.#ended) this.stop();
    await this.#over;
  }

  /** What the page looks at from now on. */
  show(shown: Shown): void {
    const mapChanged = shown.map !== this.#shown?.map;
    this.#shown = shown;
    const latest = this.#latest;
    if (!latest) return;
    if (mapChanged) void this.#queue(async () => this.#map(latest));
    void this.#figures();
  }

  async csv(names: readonly string[]): Promise<void> {
    const { resultTables, tableCsv } = await import('../../results/index.js');
    const found = [...resultTables(this.#result())].filter(({ name }) => names.includes(name));
    if (found.length === 0) throw new Error('csv: the run has no table for this figure (results.h5 holds everything)');
    for (const table of found) this.#file(`${this.#name}-${table.name}.csv`, 'text/csv', tableCsv(table));
  }

  async hdf5(): Promise<void> {
    const { encodeResults } = await import('../../results/index.js');
    this.#file('results.h5', 'application/x-hdf5', await encodeResults(this.#result(), { yaml: this.#text }));
  }

  #result() {
    if (!this.#latest) throw new Error('export: there is no result yet (must have run)');
    return drawable(this.#latest);
  }

  #file(name: string, mime: string, bytes: Uint8Array): void {
    this.#tell({ type: 'file', name, mime, bytes }, [bytes.buffer as ArrayBuffer]);
  }

  #report({ particlesDone, particlesTotal, steps, stepsPerSecond, secondsLeft, workersAlive }: Progress): void {
    const progress = { particlesDone, particlesTotal, steps, stepsPerSecond, secondsLeft, workers: workersAlive };
    this.#tell({ type: 'progress', progress });
  }

  /** Shows partial results as they come, so that the workers are never kept waiting. */
  async #follow(running: Running): Promise<void> {
    try {
      let first = true;
      const whole = running.result.catch(() => undefined);
      for await (const part of running) {
        if (this.#ended) break;
        // Paths that are kept come before any particle is done.
        if (part.particles.done === 0) continue;
        this.#latest = part;
        const started = performance.now();
        await this.#queue(async () => {
          this.#map(part);
          await breathe();
          // The first picture of a distribution is the map alone.
          if (first && 'distributions' in part) {
            if (!this.#tables) void this.#mirror(part);
            return;
          }
          this.#numbers(part);
        });
        if (!first || !('distributions' in part)) await this.#figures(figureTime);
        const spent = performance.now() - started;
        const pause = Math.max(first ? 0 : leastPause, spent * (1 / share - 1));
        // Who has the whole result does not wait for it.
        await Promise.race([new Promise((resolve) => setTimeout(resolve, pause)), whole]);
        first = false;
      }
    } catch {
      // The result says it.
    }
    await this.#finish(running.result);
  }

  async #finish(result: Promise<AnyPart>): Promise<void> {
    try {
      const whole = (await result) as OrbitResult;
      this.#latest = whole;
      this.#ended = true;
      await this.#queue(async () => {
        if ('distributions' in whole) this.#map(whole);
        this.#numbers(whole);
        this.#listed = false;
        const { complete, hash, seconds, warnings } = whole;
        this.#tell({ type: 'ended', complete, hash, seconds, warnings });
      });
      await this.#figures();
    } catch (error) {
      this.#ended = true;
      this.#tell({ type: 'failed', message: words(error) });
    }
  }

  #queue(work: () => Promise<void>): Promise<void> {
    this.#drawing = this.#drawing.then(work).catch((error: unknown) => {
      this.#tell({ type: 'notice', message: words(error) });
    });
    return this.#drawing;
  }

  #map(result: AnyPart): void {
    if (!('distributions' in result)) return;
    const names = mapsOf(result.scenario);
    const wanted = this.#shown?.map as MapName;
    const map = heatOf(result, names.includes(wanted) ? wanted : names[0]);
    this.#tell({ type: 'map', map }, [map.f.buffer, map.standardError.buffer] as ArrayBuffer[]);
  }

  /** Paths for the eye; without them the run is as good. */
  async #mirror(part: PartialResult): Promise<void> {
    const paths = await followMirror(part, this.#aside.signal).catch(() => undefined);
    if (paths && !this.#aside.signal.aborted)
      this.#tell({ type: 'mirror', paths }, [paths.z.buffer, paths.x.buffer, paths.xi.buffer] as ArrayBuffer[]);
  }

  /** The page has a place for orbits in space. */
  wantSpace(): void {
    this.#spaceWanted = true;
    void this.#space();
  }

  /** Orbits in space, once, when they are wanted and the first numbers are there. */
  async #space(): Promise<void> {
    const scenario = this.#orbits;
    if (!scenario || !this.#spaceWanted || !this.#numbersTold || this.#aside.signal.aborted) return;
    this.#orbits = undefined;
    const scene = await sceneOf(scenario, this.#aside.signal).catch(() => undefined);
    if (!scene || this.#aside.signal.aborted) return;
    const { x, y, z, xi, mu, guides } = scene;
    const arrays = [x, y, z, xi, mu, ...guides.map(({ points }) => points)];
    this.#tell({ type: 'space', scene }, arrays.map(({ buffer }) => buffer) as ArrayBuffer[]);
  }

  #numbers(result: AnyPart): void {
    const { estimates } = result;
    const verdict = 'equilibrium' in estimates ? estimates.equilibrium?.words : undefined;
    this.#tell({ type: 'numbers', rows: numberRows(estimates), ...(verdict && { verdict }) });
    if (this.#tables) this.#tell({ type: 'tables', tables: tablesOfRun(estimates) });
    this.#numbersTold = true;
    void this.#space();
  }

  /**
   * Draws what is behind of the figures that are looked at, one after the other: between two of them a newer distribution and
   * its numbers are shown.
   *
   * @param most time after which the others wait for the next result [ms]
   */
  async #figures(most = Number.POSITIVE_INFINITY): Promise<void> {
    const started = performance.now();
    let left = this.#behind().length;
    do {
      await this.#queue(() => this.#figure());
      await breathe();
      left--;
    } while (left > 0 && performance.now() - started < most && !this.#aside.signal.aborted);
  }

  #behind(): string[] {
    const { figures, width } = this.#shown ?? { figures: [], width: 0 };
    return this.#latest ? this.#turns.behind(figures, this.#latest, width) : [];
  }

  /** The figure whose turn it is. */
  async #figure(): Promise<void> {
    const latest = this.#latest;
    if (!latest || this.#aside.signal.aborted) return;
    const drawn = drawable(latest);
    if (!this.#listed) {
      this.#tell({ type: 'figures', figures: await figureList(drawn) });
      this.#listed = true;
    }
    const [name] = this.#behind();
    if (name === undefined || !this.#shown) return;
    const { width } = this.#shown;
    // One that fails has had its turn too.
    this.#turns.drawn(name, latest, width);
    const one = await drawOne(drawn, name, width);
    if (one) this.#tell({ type: 'figure', name, ...one });
  }
}
