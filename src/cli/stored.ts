/** Files that hold the state of a run: which run it is, and whether this build can go on with it. */
import {
  checkCounts,
  decodeState,
  type Header,
  headerSchema,
  type Shard,
  type StateFile,
} from '../checkpoints/index.js';
import {
  checkMemory,
  checkState,
  EngineError,
  type EnginePlan,
  planHash,
  type RunState,
  type Share,
  sha256,
  shareOf,
} from '../engine/index.js';
import { kernelHash } from '../kernelHash.js';
import { planOrbits } from '../plan/orbits/plan.js';
import { planRun } from '../plan/plan.js';
import { PlanError } from '../plan/times.js';
import { nodePlatform } from '../platform/index.js';
import { nodeDisk } from '../platform/nodeDisk.js';
import { causeOf } from '../results/files.js';
import { planOfMost, planUntil, type Until } from '../until.js';
import { version } from '../version.js';
import { CommandError } from './errors.js';
import { type Loaded, loadStored } from './load.js';

/** All that decides the bits of a run. */
export interface Decided {
  readonly loaded: Loaded;
  readonly until?: Until;
  readonly maxParticles?: number;
  readonly shard?: Shard;
}

/** The plan of a run. @throws PlanError, EngineError as `run` does */
export function planOf({ loaded, until, maxParticles }: Decided): EnginePlan {
  if (loaded.orbits) return planOrbits(loaded.scenario);
  return until ? planOfMost(loaded.scenario, maxParticles) : planRun(loaded.scenario);
}

/** Refuses what does not fit into the memory that is there, or that was asked for, before any of it is taken. @throws MemoryError */
export function refuseLarge(plan: EnginePlan, { workers = 1, memory }: { workers?: number; memory?: number }): void {
  checkMemory(plan, workers, memory ?? nodePlatform.memoryAtHand() / 2);
}

const scenarioHash = (loaded: Loaded) => sha256(new TextEncoder().encode(loaded.full()));

/** What stands at the head of a file whatever its state. */
export type Head = Omit<Header, 'state' | 'written' | 'particles'>;

/** The head of a file of this run's state. */
export function headOf(run: Decided, plan: EnginePlan, kind: Header['kind']): Head {
  const { loaded, until, maxParticles, shard } = run;
  return {
    schema: headerSchema,
    kind,
    name: loaded.scenario.name,
    scenarioHash: scenarioHash(loaded),
    kernelHash: kernelHash(),
    planHash: planHash(plan),
    version,
    scenario: loaded.yaml(),
    tables: Object.fromEntries(loaded.tables()),
    ...(shard && { shard }),
    ...(until && { until }),
    ...(maxParticles !== undefined && { maxParticles }),
  };
}

/** What is wrong with a file or its content, in words. */
export function faultOf(error: unknown): string {
  if (error instanceof EngineError) return error.message;
  if (error instanceof CommandError) return error.message;
  return (error as { code?: unknown } | null)?.code === 'ENOENT' ? 'there is no such folder' : causeOf(error);
}

/** Reads a file of a state whole. @throws CommandError where there is none, or it is damaged */
export async function readStateFile(file: string): Promise<StateFile> {
  try {
    const bytes = await nodeDisk.read(file);
    if (bytes) return decodeState(bytes);
  } catch (error) {
    throw new CommandError(`${file}: ${faultOf(error)}`);
  }
  throw new CommandError(`${file}: there is no such file`);
}

/** What is thrown where a file is at fault: it names the file. Faults of this code stay what they are. */
export function blamed(error: unknown, place: string): unknown {
  if (!(error instanceof EngineError || error instanceof PlanError || error instanceof CommandError)) return error;
  return new CommandError(`${place}: ${faultOf(error)}`);
}

const short = (hash: string) => hash.slice(0, 8);

/** A run, and what the planner makes of it. */
export interface StoredRun {
  readonly run: Decided;
  readonly plan: EnginePlan;
}

/**
 * The run that a file holds a state of.
 *
 * @throws CommandError where this build would compute it otherwise: what was found, and what is needed
 */
export function runOf(header: Head, place: string): StoredRun {
  const own = kernelHash();
  const writer = `go on with losscone ${header.version}, which wrote it`;
  if (header.kernelHash !== own)
    throw new CommandError(
      `${place}: was computed by the kernel ${short(header.kernelHash)} of losscone ${header.version} (must be ${short(own)}, of this losscone ${version}: ${writer})`,
    );
  const loaded = loadStored(header.scenario, header.tables, place);
  const found = scenarioHash(loaded);
  if (found !== header.scenarioHash)
    throw new CommandError(
      `${place}: its scenario is ${short(found)} here, but its particles are of ${short(header.scenarioHash)} (must be the same: ${writer})`,
    );
  const { name } = loaded.scenario;
  if (header.name !== name)
    throw new CommandError(`${place}: says it is of ${header.name} (must be ${name}, the name of its scenario)`);
  const { until, maxParticles, shard } = header;
  if (until && (loaded.orbits || shard))
    throw new CommandError(`${place}: is of a run to a precision (must be a whole one along a line for that)`);
  const run = { loaded, until, maxParticles, shard };
  let plan: EnginePlan;
  try {
    plan = planOf(run);
  } catch (error) {
    throw blamed(error, place);
  }
  if (planHash(plan) !== header.planHash)
    throw new CommandError(
      `${place}: losscone ${version} plans its scenario otherwise, as ${short(planHash(plan))} (must be ${short(header.planHash)}: ${writer})`,
    );
  return { run, plan };
}

/** The blocks that a state may have. */
function stretchOf({ state: { judged } }: Header, { run, plan }: StoredRun): Share {
  const { loaded, until, maxParticles, shard } = run;
  if (shard) return shareOf(plan, shard.index, shard.of);
  if (!until || loaded.orbits) return { from: 0, to: plan.blocks };
  const { judge, prefixes } = planUntil(loaded.scenario, until, maxParticles);
  judge.recall(judged?.memory);
  const { prefix = 0 } = judged ?? {};
  if (prefix >= prefixes.length)
    throw new EngineError('BAD_STATE', `its prefix ${prefix} is none (must be below ${prefixes.length})`);
  return { from: 0, to: prefixes[prefix] };
}

/**
 * Unpacks the state that a file holds, once its run is known and fits in the memory.
 *
 * @throws CommandError where it cannot be a state of this run: blocks that it does not have, tallies that are not those of its blocks
 */
export async function stateOf({ header, state }: StateFile, stored: StoredRun, place: string): Promise<RunState> {
  try {
    const stretch = stretchOf(header, stored);
    const found = await state(stored.plan);
    checkState(found, stored.plan, stretch);
    checkCounts(header, found, stored.plan);
    return found;
  } catch (error) {
    throw blamed(error, place);
  }
}
