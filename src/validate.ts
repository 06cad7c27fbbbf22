import { EngineError, type Progress, type Provenance } from './engine/index.js';
import { type OrbitResult, runOrbits } from './orbits.js';
import type { RunResult } from './result.js';
import { run } from './run.js';
import type {
  CaseResult,
  ControlResult,
  Finding,
  JudgedFinding,
  Laboratory,
  Runners,
  Size,
  ValidationCase,
} from './validation/index.js';

/** What of the reference cases is run, and how. */
export interface ValidateOptions {
  /** Cases by their id in upper or lower case, e.g. `['B1', 'B2']`; absent: all. */
  readonly only?: readonly string[];
  /** Fewer particles, for under a minute on two cores; with `control` enough for every control. Absent: about 2^20 a run. */
  readonly quick?: boolean;
  /** Of the first run of every case, 0 .. 2^64 - 1, a number or its decimal digits; 1 where it is absent. */
  readonly seed?: number | string;
  /** Runs the negative controls as well: what is wrong on purpose must fail. */
  readonly control?: boolean;
  /** As of `run`. */
  readonly workers?: number | 'auto';
  readonly workerUrl?: string | URL;
  readonly memoryLimit?: number;
  /** Ends the validation; what a case under way has found by then is left out. */
  readonly signal?: AbortSignal;
  /** Called some ten times a second: the case, and how far its present run is. */
  readonly onProgress?: (id: string, progress: Progress) => void;
}

/** A case that can be run. */
export type CaseName = Pick<ValidationCase, 'id' | 'title' | 'source'>;

/**
 * The reference cases that `validate` runs.
 * @returns id, title and source of each, in the order in which they are run
 * @example
 * (await validationCases())[0].id // 'A1'
 */
export async function validationCases(): Promise<readonly CaseName[]> {
  const { cases } = await import('./validation/index.js');
  return cases.map(({ id, title, source }) => ({ id, title, source }));
}

/**
 * Runs the reference cases of this build against exact theory, one after the other, each of its ensembles in parallel workers. A finding
 * passes where `|z| < 5`, `z = (estimate - reference)/standardError`; a whole law where `sqrt(N) D < 2.75` (Kolmogorov-Smirnov).
 *
 * @param options which cases, how many particles, seed, workers
 * @returns the results as they are found; it ends early, without the case under way, where `signal` says so
 * @throws EngineError for a case that does not exist or a seed out of range, and as `run` does, with what was found until then already given
 * @example
 * (await validate({ only: ['B9'] }).next()) // throws 'B9' is not a reference case
 * (await validate({ seed: -1 }).next()) // throws seed: -1 is no seed
 */
export async function* validate(options: ValidateOptions = {}): AsyncGenerator<CaseResult> {
  const { cases, falseAlarm, judge, Laboratory: Bench } = await import('./validation/index.js');
  const seed = seedOf(options.seed ?? 1);
  const chosen = choose(cases, options.only);
  for (const one of chosen) {
    const began = performance.now();
    const log: Log = { hashes: [], particles: 0, provenance: undefined };
    const laboratory = () => new Bench(runnersOf(one.id, options, log), sizeOf(options), seed);
    try {
      const { findings, figure } = await one.measure(laboratory());
      const judged = findings.map((finding) => withVerdict(finding, judge));
      const { hashes, particles, provenance } = { ...log, hashes: [...log.hashes] };
      const refuted = options.control ? await controls(one, findings, laboratory) : [];
      yield {
        id: one.id,
        title: one.title,
        source: one.source,
        findings: judged,
        passed: judged.every(({ passed }) => passed),
        controls: refuted,
        falseAlarm: falseAlarm(findings),
        hashes,
        particles,
        seconds: (performance.now() - began) / 1000,
        provenance: provenance as Provenance,
        figure,
      };
    } catch (error) {
      if (error instanceof Interrupted) return;
      throw error;
    }
  }
}

const sizeOf = ({ quick, control }: ValidateOptions): Size => (quick ? (control ? 'sharp' : 'quick') : 'full');

interface Log {
  hashes: string[];
  particles: number;
  provenance: Provenance | undefined;
}

/** What of a result of either kind is read. */
type Whole = Pick<RunResult | OrbitResult, 'complete' | 'hash' | 'particles' | 'provenance' | 'tallies' | 'plan'>;

/** A run that a signal ended: no case can be judged by it. */
class Interrupted extends Error {}

/** Carries a case's scenarios out in workers, and keeps their hashes. */
function runnersOf(id: string, options: ValidateOptions, log: Log): Runners {
  const { workers, workerUrl, memoryLimit, signal, onProgress } = options;
  const how = {
    workers,
    workerUrl,
    memoryLimit,
    signal,
    onProgress: onProgress && ((progress: Progress) => onProgress(id, progress)),
  };
  const kept = async <R extends Whole>(start: () => { readonly result: Promise<R> }) => {
    if (signal?.aborted) throw new Interrupted();
    const result = await start().result;
    if (!result.complete) throw new Interrupted();
    log.hashes.push(result.hash);
    log.particles += result.particles.total;
    log.provenance = result.provenance;
    return { plan: result.plan as R['plan'], tallies: result.tallies, particles: result.particles.total };
  };
  return {
    line: (scenario) => kept(() => run(scenario, how)),
    orbits: (scenario) => kept(() => runOrbits(scenario, how)),
  };
}

type Judge = (finding: Finding) => { readonly score: number; readonly passed: boolean };

function withVerdict(finding: Finding, judge: Judge): JudgedFinding {
  const { score, passed } = judge(finding);
  return { ...finding, score, passed };
}

/** Every wrong reference and every wrong scenario of a case. */
async function controls(
  { faults }: ValidationCase,
  findings: readonly Finding[],
  laboratory: () => Laboratory,
): Promise<ControlResult[]> {
  const { asControl, judge } = await import('./validation/index.js');
  const results: ControlResult[] = findings.flatMap((finding) =>
    finding.controls.map((control) => {
      const judged = withVerdict(asControl(finding, control), judge);
      return { what: control.what, finding: judged, refuted: !judged.passed };
    }),
  );
  for (const fault of faults) {
    const judged = (await fault.measure(laboratory())).map((finding) => withVerdict(finding, judge));
    const worst = judged.find(({ passed }) => !passed) ?? judged[0];
    results.push({ what: `${fault.what} (run)`, finding: worst, refuted: !worst.passed });
  }
  return results;
}

/** The cases of these ids, in upper or lower case, in their own order; all without any. @throws EngineError for one that there is not */
export function choose<T extends { readonly id: string }>(cases: readonly T[], only?: readonly string[]): readonly T[] {
  const wanted = only?.map((id) => id.toLowerCase());
  const known = new Set(cases.map(({ id }) => id.toLowerCase()));
  const stray = wanted?.findIndex((id) => !known.has(id)) ?? -1;
  if (stray >= 0) {
    const ids = cases.map(({ id }) => id).join(', ');
    throw new EngineError('BAD_OPTION', `only: '${only?.[stray]}' is not a reference case (must be of ${ids})`);
  }
  return cases.filter(({ id }) => wanted === undefined || wanted.includes(id.toLowerCase()));
}

function seedOf(seed: number | string): bigint {
  const text = String(seed);
  const value = /^\d{1,20}$/.test(text) ? BigInt(text) : -1n;
  if (value < 0n || value >= 2n ** 64n || (typeof seed === 'number' && !Number.isSafeInteger(seed)))
    throw new EngineError('BAD_OPTION', `seed: ${text} is no seed (must be a whole number, 0 to 2^64 - 1)`);
  return value;
}
