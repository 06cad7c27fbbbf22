/** A scan: one scenario over a grid of values, point by point. */
import { namedEstimates } from '../analysis/precision.js';
import { checkOptions } from '../calls.js';
import { EngineError, sha256 } from '../engine/index.js';
import { kernelHash } from '../kernelHash.js';
import { type OrbitResult, runOrbits } from '../orbits.js';
import type { RunResult } from '../result.js';
import type { ScanAxis, ScanData, ScanPoint } from '../results/scan.js';
import { type Progress, type RunOptions, run } from '../run.js';
import { orbitInput, type ParseOptions, ScenarioError, scenarioInput } from '../scenario/index.js';
import { faultList, readObject, readText } from '../scenario/read.js';
import { planUntil } from '../until.js';
import { version } from '../version.js';
import { type AxisInput, readAxis } from './axes.js';
import { type Adapt, type GridPoint, makeGrid, pointName } from './grid.js';
import { type AnyInput, type AnyScenario, isOrbitScenario } from './kinds.js';

/** Where points that are finished are kept, so that a scan goes on where it stopped. */
export interface ScanStore {
  /** A point that was kept; undefined where there is none, or one that cannot be read. */
  read(index: number): Promise<ScanPoint | undefined>;
  /** Keeps a point, whole or not at all. */
  write(point: ScanPoint): Promise<void>;
}

/** How a scan is carried out. */
export interface ScanOptions
  extends Pick<RunOptions, 'workers' | 'signal' | 'workerUrl' | 'memoryLimit' | 'until' | 'maxParticles'> {
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Keeps the points: those that it has, of this scan, are not run again. */
  readonly store?: ScanStore;
  /** The text of a CSV file that the scenario names. */
  readonly files?: ParseOptions['files'];
  /** Settings of each point that follow from its scenario, e.g. times that suit its lifetime. */
  readonly adapt?: Adapt;
  readonly description?: string;
}

/** How far a scan is. */
export interface ScanProgress {
  readonly pointsDone: number;
  readonly points: number;
  /** Share of all work that is done, 0 .. 1, by the particle-steps that are expected. */
  readonly share: number;
  /** Expected time to the end [s]; Infinity where nothing has been done yet. */
  readonly secondsLeft: number;
  /** The point that runs, in words, and how far it is. */
  readonly point: string;
  readonly running: Progress | undefined;
}

/** A scan under way. Iterating over it yields its points as they are finished. */
export interface Scanning extends AsyncIterable<ScanPoint> {
  /** The scan before anything has run: its axes, its hash. */
  readonly plan: Pick<ScanData, 'name' | 'axes' | 'hash' | 'total'>;
  /** What it ends with; after an abort the points that are finished, with `complete: false`. */
  readonly result: Promise<ScanData>;
  /** Ends the scan; the point that runs is given up. */
  abort(): void;
}

/**
 * Runs a scenario at every point of a grid.
 *
 * Points run one after the other, each in all workers; what a point gives is to the bit that of its scenario run alone.
 * Every fault of every point's scenario is reported before anything runs.
 *
 * @param scenario YAML or JSON text, an object, or what `parseScenario` or `parseOrbits` returned
 * @param axes the keys that are varied, each with its values: a list (`[2, 5, 10]`, `'1 keV, 10 keV'`) or a range of n
 *   (`'1..1e5 /s:log:25'`). A key that may not stand beside one of the scenario's takes its place. The last one runs fastest
 * @param options how
 * @returns the scan under way
 * @throws Refusal for values that are none, ScanError with every fault of the points, EngineError for a precision that is none
 * @example
 * const scanning = scan('field: { ratio: 5 }', { 'collisions.rate': '1..1e4:log:3', 'field.ratio': [2, 5] }, { signal: AbortSignal.abort() })
 * scanning.plan.total // => 6
 * scanning.plan.axes[0] // => { key: 'collisions.rate', values: [1, 100, 10000], unit: '1/s', spacing: 'log' }
 * (await scanning.result).complete // => false
 * scan('{}', { 'field.ratio': '0.5, 2' }) // throws field.ratio: 0.5 is not a mirror ratio
 */
export function scan(
  scenario: string | AnyInput | AnyScenario,
  axes: Readonly<Record<string, AxisInput>>,
  options: ScanOptions = {},
): Scanning {
  checkOptions(options);
  const list = Object.entries(axes).map(([key, input]) => readAxis(key, input));
  if (list.length === 0)
    throw new EngineError('BAD_OPTION', 'axes: there is none (must be e.g. field.ratio with 2,5,10)');
  const { until, maxParticles } = options;
  const document = documentOf(scenario);
  const salt = JSON.stringify({ until, maxParticles, version, kernel: kernelHash() });
  const grid = makeGrid(document, list, { files: options.files, adapt: options.adapt, salt });
  const [{ scenario: first }] = grid.points;
  if (until) {
    if (isOrbitScenario(first))
      throw new EngineError('BAD_OPTION', `until: is not offered for motion ${first.motion.kind} (must be left out)`);
    planUntil(first, until, maxParticles);
  }
  return new Scan(grid.axes, grid.points, options);
}

/** The scenario as plain data, before it is checked. */
function documentOf(scenario: string | AnyInput | AnyScenario): AnyInput {
  if (typeof scenario !== 'string' && typeof (scenario as AnyScenario)?.species?.mass === 'number') {
    const read = scenario as AnyScenario;
    return (isOrbitScenario(read) ? orbitInput(read) : scenarioInput(read)) as AnyInput;
  }
  const { faults, report } = faultList();
  const read = typeof scenario === 'string' ? readText(scenario, report) : readObject(scenario, report);
  if (faults.length > 0) throw new ScenarioError(faults);
  // An empty text is the default scenario.
  return { ...((read ?? {}) as object) } as AnyInput;
}

class Scan implements Scanning {
  readonly plan: Scanning['plan'];
  readonly result: Promise<ScanData>;
  readonly #points: readonly GridPoint[];
  readonly #options: ScanOptions;
  readonly #finished: ScanPoint[] = [];
  readonly #aborter = new AbortController();
  readonly #watchers = new Set<() => void>();
  #over = false;
  #failure: unknown;
  #stepsBefore = 0;
  #stepsKept = 0;
  readonly #started = performance.now();

  constructor(axes: readonly ScanAxis[], points: readonly GridPoint[], options: ScanOptions) {
    const hashes = points.map(({ hash }) => hash).join('\n');
    const { name } = points[0].scenario;
    const hash = sha256(new TextEncoder().encode(`${JSON.stringify(axes)}\n${hashes}`));
    this.plan = { name, axes, hash, total: points.length };
    this.#points = points;
    this.#options = options;
    this.result = this.#run().finally(() => {
      this.#over = true;
      this.#wake();
    });
    this.result.catch((error) => {
      this.#failure = error;
    });
  }

  abort(): void {
    this.#aborter.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ScanPoint, void, void> {
    for (let seen = 0; ; seen++) {
      while (seen >= this.#finished.length) {
        if (this.#over) {
          if (this.#failure) throw this.#failure;
          return;
        }
        await new Promise<void>((resolve) => this.#watchers.add(resolve));
      }
      yield this.#finished[seen];
    }
  }

  async #run(): Promise<ScanData> {
    const { signal, store } = this.#options;
    const abort = () => this.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      // Whoever called gets the scan in hand before its first point begins.
      await null;
      const kept = await Promise.all(this.#points.map(({ index }) => store?.read(index)));
      const left = this.#points.filter(({ index, hash, steps, values }) => {
        const point = kept[index];
        if (point?.scenario !== hash) return true;
        this.#stepsKept += steps;
        this.#add({ ...point, index, values });
        return false;
      });
      for (const point of left) {
        if (this.#aborter.signal.aborted) break;
        const done = await this.#runPoint(point);
        if (!done) break;
        await store?.write(done);
        this.#add(done);
        this.#stepsBefore += point.steps;
      }
    } finally {
      signal?.removeEventListener('abort', abort);
    }
    const points = this.#finished.toSorted((a, b) => a.index - b.index);
    const description = this.#options.description ?? this.#points[0].scenario.description;
    return { ...this.plan, description, points, complete: points.length === this.plan.total };
  }

  /** Runs a point; undefined where the scan was ended before it was done. */
  async #runPoint(point: GridPoint): Promise<ScanPoint | undefined> {
    const { workers, workerUrl, memoryLimit, until, maxParticles, onProgress } = this.#options;
    const { scenario } = point;
    const options: RunOptions = {
      workers,
      workerUrl,
      memoryLimit,
      signal: this.#aborter.signal,
      ...(onProgress && { onProgress: (progress) => onProgress(this.#progress(point, progress)) }),
      replay: (block) => `losscone run with ${pointName(this.plan.axes, point.values)} and --replay-block ${block}`,
    };
    const running = isOrbitScenario(scenario)
      ? runOrbits(scenario, options)
      : run(scenario, { ...options, until, maxParticles });
    const result = await running.result;
    return result.complete ? recordOf(point, result) : undefined;
  }

  #progress(point: GridPoint, running: Progress): ScanProgress {
    const total = this.#points.reduce((sum, { steps }) => sum + steps, 0);
    const part = running.particlesTotal > 0 ? running.particlesDone / running.particlesTotal : 0;
    const done = this.#stepsBefore + point.steps * part;
    const seconds = (performance.now() - this.#started) / 1000;
    return {
      pointsDone: this.#finished.length,
      points: this.plan.total,
      share: (this.#stepsKept + done) / total,
      secondsLeft: done > 0 ? ((total - this.#stepsKept - done) / done) * seconds : Number.POSITIVE_INFINITY,
      point: pointName(this.plan.axes, point.values),
      running,
    };
  }

  #add(point: ScanPoint): void {
    this.#finished.push(point);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#watchers) wake();
    this.#watchers.clear();
  }
}

/** What is kept of a point's run: its numbers, not its distributions. */
function recordOf({ index, values, hash: scenario }: GridPoint, result: RunResult | OrbitResult): ScanPoint {
  const estimates = Object.entries(namedEstimates(result.estimates)).map(([name, one]) => {
    const { value, standardError, unit, label, reference, note } = one;
    const known = { ...(reference !== undefined && { reference }), ...(note !== undefined && { note }) };
    return [name, { value, standardError, unit, label, ...known }];
  });
  const precision = 'precision' in result ? result.precision : undefined;
  return {
    index,
    values,
    scenario,
    hash: result.hash,
    particles: result.particles.done,
    seconds: result.seconds,
    ...whatWasRun(result),
    estimates: Object.fromEntries(estimates),
    ...(precision && { precision: { reached: precision.reached, why: precision.why } }),
    warnings: result.warnings,
  };
}

/** What of a point's plan and scenario its figures need. */
function whatWasRun(
  result: RunResult | OrbitResult,
): Pick<ScanPoint, 'reference' | 'field' | 'fieldNumbers' | 'boundary'> {
  const field = result.scenario.field.kind;
  if ('orbits' in result.plan) {
    const { speed, B, larmorRadius } = result.plan.reference;
    const { pitch } = (result as OrbitResult).scenario.particles;
    const xi: Record<string, number> = pitch.kind === 'cosine' ? { xi: pitch.xi } : {};
    const numbers = Object.entries(result.scenario.field).filter(([, value]) => typeof value === 'number');
    return { reference: { speed, B, larmorRadius, ...xi }, field, fieldNumbers: Object.fromEntries(numbers) };
  }
  const { nu, length, speed, mirrorRatio } = result.plan.reference;
  const { boundary } = result.scenario as { boundary: { kind?: string } };
  return { reference: { nu, length, speed, mirrorRatio }, field, boundary: boundary.kind };
}
