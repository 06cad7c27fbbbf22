/** Files that hold the state of a run: which run it is, and whether this build can go on with it. */
import { decodeState, type Header, headerSchema, planHash, type Shard, type StateFile } from '../checkpoints/index.js';
import { EngineError, type EnginePlan, sha256 } from '../engine/index.js';
import { kernelHash } from '../kernelHash.js';
import { planOrbits } from '../plan/orbits/plan.js';
import { planRun } from '../plan/plan.js';
import { nodeDisk } from '../platform/nodeDisk.js';
import { causeOf } from '../results/files.js';
import { planOfMost, type Until } from '../until.js';
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

const short = (hash: string) => hash.slice(0, 8);

/**
 * The run that a file holds a state of.
 *
 * @throws CommandError where this build would compute it otherwise: what was found, and what is needed
 */
export function runOf(header: Head, place: string): { run: Decided; plan: EnginePlan } {
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
  const { until, maxParticles, shard } = header;
  const run = { loaded, until, maxParticles, shard };
  const plan = planOf(run);
  if (planHash(plan) !== header.planHash)
    throw new CommandError(
      `${place}: losscone ${version} plans its scenario otherwise, as ${short(planHash(plan))} (must be ${short(header.planHash)}: ${writer})`,
    );
  return { run, plan };
}
