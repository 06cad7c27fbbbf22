/** A run that is kept in a file while it goes on. */
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import {
  decodeState,
  encodeState,
  isKept,
  Keeper,
  type Kept,
  magic,
  type Newest,
  olderName,
  removeGenerations,
  sweep,
} from '../checkpoints/index.js';
import { particlesIn, type RunState } from '../engine/index.js';
import { nodeDisk } from '../platform/nodeDisk.js';
import { grouped } from '../results/format.js';
import { CommandError } from './errors.js';
import { type Decided, faultOf, headOf, planOf, runOf } from './stored.js';

/** Where and how often a run is kept. */
export interface CheckpointFile {
  readonly file: string;
  /** How often [s], where the user says so: then up to half of the time may go into it. */
  readonly seconds?: number;
  /** What the file held where the run goes on from it, and whether its newest generation is damaged. */
  readonly before?: { readonly last: Kept; readonly newest: Newest };
  /** Whether one that is there goes as soon as there is one of this run. */
  readonly force?: boolean;
  /** The command that goes on with it. */
  readonly resume: string;
}

/** How often where the user does not say so [s]. */
const SECONDS = 30;

/** A run that is being kept. */
export interface Keeping {
  /** Why nothing could be kept, not even at the start: then the run is to be ended. */
  readonly refusal: CommandError | undefined;
  /** Keeps the last state, and says what is safe and how to go on. */
  hold(): Promise<void>;
  /** Removes what was kept: the run's results are safe. */
  release(): Promise<void>;
}

/** A word of a command as a shell takes it. */
export const quoted = (text: string) => (/^[\w./=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** A name of a file as a word of a command, which takes one with a dash in front for an option. */
export const quotedName = (name: string) => quoted(name.startsWith('-') ? `./${name}` : name);

/** Refuses the name that the older generation of another checkpoint has. */
export function refuseOlder(file: string): void {
  const newer = file.slice(0, -olderName('').length);
  if (file === olderName(newer) && path.basename(newer) !== '')
    throw new CommandError(`${file}: is the name of the older generation of ${newer} (give ${newer}, or another name)`);
}

/**
 * Refuses a checkpoint of the name of what the run writes, or of a folder on the way there.
 *
 * @param files what the run writes: files, and folders with all that is in them
 * @throws CommandError there, and for what is no name of a file
 */
export function keepApart(file: string, files: readonly string[]): void {
  if (/(^|[\\/])\.{0,2}$/.test(file))
    throw new CommandError(`--checkpoint: ${JSON.stringify(file)} is no file (must be the name of one)`);
  refuseOlder(file);
  const within = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + path.sep);
  for (const place of [file, olderName(file)].map(real))
    for (const other of files)
      if (within(place, real(other)) || within(real(other), place))
        throw new CommandError(
          `${file}: is in the way of ${other}, which the run writes (give the checkpoint another name)`,
        );
}

/** A path without links on the way, as far as it is there. */
function real(place: string): string {
  const whole = path.resolve(place);
  try {
    return path.join(realpathSync(path.dirname(whole)), path.basename(whole));
  } catch {
    return whole;
  }
}

/**
 * Makes sure that a checkpoint may have this name. One that is there, and may go, stays until the run has one of its own.
 *
 * @param force whether one that is there may go
 * @throws CommandError for a name that is taken
 */
export async function claimCheckpoint(file: string, force = false): Promise<void> {
  try {
    const names = await nodeDisk.beside(file);
    for (const place of [file, olderName(file)]) {
      if (!names.includes(path.basename(place))) continue;
      const start = await nodeDisk.read(place).catch(() => undefined);
      if (!start || new TextDecoder().decode(start.subarray(0, magic.length)) !== magic)
        throw new CommandError(`${place}: is there already, and is no checkpoint (give another name)`);
      if (isShare(start))
        throw new CommandError(`${place}: is there already, and is a share that is finished (give another name)`);
    }
    if (!(await isKept(nodeDisk, file))) return await sweep(nodeDisk, file);
    if (force) return;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file}: cannot be written: ${faultOf(error)} (give another name)`);
  }
  throw new CommandError(
    `${file}: is a checkpoint already (go on with: losscone resume ${quotedName(file)}; or --force writes over it)`,
  );
}

/** Whether a file is a share that is finished, and whole. */
function isShare(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    return decodeState(bytes).header.kind === 'share';
  } catch {
    return false;
  }
}

const clock = (at: Date) => at.toTimeString().slice(0, 8);

/**
 * Keeps a run from now on.
 *
 * @param running the run
 * @param run what decides its bits
 * @param say tells the user something
 */
export function keep(
  running: { state(): RunState; abort(): void },
  run: Decided,
  { file, seconds, before, force, resume }: CheckpointFile,
  say: (text: string) => void,
): Keeping {
  const plan = planOf(run);
  const head = headOf(run, plan, 'checkpoint');
  // What cannot be read back is no checkpoint: better said now than when it is needed.
  if (!before) runOf(head, file);
  const holds = ({ blocks }: Kept) => {
    const done = grouped(particlesIn(blocks, plan));
    return run.until || run.shard ? `${done} particles` : `${done} of ${grouped(plan.particles)} particles`;
  };
  /** It may come back, as a disk that was taken out. */
  const gone = (last: Kept) => `It held ${holds(last)}, kept at ${clock(last.at)}, and is not there now.`;
  let refusal: CommandError | undefined;
  let failure: string | undefined;
  const keeper = new Keeper({
    disk: nodeDisk,
    file,
    seconds: seconds ?? SECONDS,
    share: seconds === undefined ? 0.05 : 0.5,
    ...(before ?? { newest: force ? 'foreign' : 'none' }),
    id: `${process.pid}.${randomBytes(4).toString('hex')}`,
    state: () => running.state(),
    encode: (state) =>
      encodeState(
        {
          ...head,
          written: new Date().toISOString(),
          particles: { done: particlesIn(state.blocks, plan), total: plan.particles },
        },
        state,
      ),
    onFailure: (error, last, isThere) => {
      const taken = !before && !last && (error as NodeJS.ErrnoException).code === 'EEXIST';
      failure = taken ? 'another run has begun to write it' : faultOf(error);
      if (last) {
        const what = isThere ? `Safe: ${holds(last)}, kept at ${clock(last.at)}.` : gone(last);
        say(`${file}: cannot be written: ${failure}; the run goes on. ${what}`);
        return;
      }
      refusal = new CommandError(`${file}: cannot be written: ${failure} (give --checkpoint another file)`);
      running.abort();
    },
    onRecovery: () => {
      failure = undefined;
      say(`${file}: is written again.`);
    },
  });
  if (!before) void keeper.write();
  let over = false;
  return {
    get refusal() {
      return refusal;
    },
    async hold() {
      if (over) return;
      over = true;
      await keeper.end();
      if (refusal) return;
      await keeper.write();
      const { last } = keeper;
      if (!last) return;
      if (!(await keeper.isThere())) {
        say(`${file}: cannot be written: ${failure}. ${gone(last)}`);
        return;
      }
      const old =
        failure === undefined ? '' : `, kept at ${clock(last.at)} (later it could not be written: ${failure})`;
      say(`${file}: ${holds(last)} are safe${old}. Go on with: ${resume}`);
    },
    async release() {
      if (over) return;
      over = true;
      await keeper.end();
      await removeGenerations(nodeDisk, file).catch((error) =>
        say(`${file}: is of no more use, and cannot be removed: ${faultOf(error)}`),
      );
    },
  };
}
