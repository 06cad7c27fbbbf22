/** A run that is killed at seeded moments, again and again, and goes on from its checkpoint. Needs no test runner. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { signalled } from './fromWithin.js';

/** A run of a second or two whose checkpoints are small: many of them fit in it. */
export const killable = `
name: killable
species: proton
particles: { count: 200000, energy: 10 keV, pitch: isotropic, place: midplane }
field: { kind: parabolic, B: 0.5 T, ratio: 5, length: 2 m }
collisions: { operator: exact, strength: 0.5 }
boundary: throat
times: { count: 24, collisionTimes: 4 }
tallies: { speed: { bins: 4 }, xi: { bins: 8 }, s: { bins: 4 }, mu: { bins: 2 }, lossTime: { bins: 4 } }
seed: 7
`;

/** Numbers from 0 to 1 that follow from a seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** When to kill: after so many new checkpoints, and then this much later [ms]. */
export interface Moment {
  readonly checkpoints: number;
  readonly later: number;
}

const never: Moment = { checkpoints: Number.POSITIVE_INFINITY, later: Number.POSITIVE_INFINITY };

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Checkpoints that were seen to be written, and the time that they took [ms]. */
  readonly checkpoints: number;
  readonly took: number;
}

/** Where a run is carried out, and by which command. */
export interface Place {
  readonly cwd: string;
  /** dist/cli.js, its whole path. */
  readonly command: string;
}

/** Runs the command, and kills it at a moment that it counts by its checkpoints: a machine may be slow. */
async function carried({ cwd, command }: Place, args: readonly string[], file: string, at: Moment): Promise<Outcome> {
  // At the very moment of a checkpoint: from within, so that it comes before the end however late one here would see it.
  const within = at.later === 0 ? signalled({ file, times: at.checkpoints, signal: 'SIGKILL' }) : {};
  const child = spawn(process.execPath, [command, ...args], { cwd, env: { ...process.env, ...within } });
  const outcome = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    outcome.stderr += text;
  });
  const inode = () => statSync(path.join(cwd, file), { throwIfNoEntry: false })?.ino;
  let last = inode();
  const written: number[] = [];
  const watch = setInterval(() => {
    const now = inode();
    if (now !== undefined && now !== last) written.push(performance.now());
    last = now ?? last;
    const since = written.length < at.checkpoints ? Number.NaN : written[at.checkpoints - 1];
    if (at.later > 0 && performance.now() - since >= at.later) child.kill('SIGKILL');
  }, 1);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const checkpoints = written.length;
  return { code, ...outcome, checkpoints, took: written[checkpoints - 1] - written[0] };
}

const hashOf = (stdout: string): string => JSON.parse(stdout).hash;
const quiet = ['--json', '--no-figures', '--checkpoint-every', '0.01s'];

/** What became of a run that was killed. */
export interface Killed {
  /** How often. */
  readonly kills: number;
  /** Particles that were safe when it went on, each time. */
  readonly safe: readonly number[];
  readonly hash: string;
}

/** The run that nobody stops: its hash, how many checkpoints it writes, and the time between two [ms]. */
export async function unkilled(place: Place, scenario: string) {
  const args = ['run', scenario, ...quiet, '--checkpoint', 'whole.ckpt', '-o', 'whole'];
  const { stdout, checkpoints, took } = await carried(place, args, 'whole.ckpt', never);
  return { hash: hashOf(stdout), checkpoints, gap: took / Math.max(1, checkpoints - 1) };
}

/**
 * Kills a run and what goes on from it, and lets the last one end.
 *
 * @param moments when to kill; those that come after the end of a run are left out
 */
export async function killedAt(
  place: Place,
  scenario: string,
  id: string,
  moments: readonly Moment[],
): Promise<Killed> {
  const { cwd } = place;
  const file = `${id}.ckpt`;
  const safe: number[] = [];
  let kills = 0;
  let args = ['run', scenario, ...quiet, '--checkpoint', file, '-o', id];
  for (const moment of [...moments, never]) {
    const { code, stdout, stderr } = await carried(place, args, file, moment);
    const from = /goes on from ([\d,]+) /.exec(stderr)?.[1].replaceAll(',', '');
    if (from !== undefined) safe.push(Number(from));
    if (code === 0) return { kills, safe, hash: hashOf(stdout) };
    if (code !== null) throw new Error(`ended with ${code}: ${stderr}`);
    kills++;
    // Killed when its results were written and its checkpoint was gone.
    if (!existsSync(path.join(cwd, file)) && !existsSync(path.join(cwd, `${file}.old`)))
      return { kills, safe, hash: hashOf(readFileSync(path.join(cwd, id, 'summary.json'), 'utf8')) };
    args = ['resume', file, ...quiet, '-o', id, '--force'];
  }
  throw new Error('the last one did not end');
}
