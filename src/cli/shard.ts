/** A share of a run, for one of several processes or machines to compute. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { encodeState } from '../checkpoints/index.js';
import { particlesIn } from '../engine/index.js';
import { nodeDisk } from '../platform/nodeDisk.js';
import { grouped } from '../results/format.js';
import { orExplain } from '../results/write.js';
import { CommandError } from './errors.js';
import { files, tryFolder } from './folder.js';
import { signalCode } from './signals.js';
import { type HowToRun, type Job, simulate } from './simulate.js';
import { headOf, planOf } from './stored.js';
import { legible } from './terminal.js';

/** A job that is a share of a run. */
export type ShareJob = Job & { readonly shard: NonNullable<Job['shard']> };

/**
 * Computes a share and writes it to `NAME-3-of-100.part`.
 *
 * @param claim makes sure that the checkpoint has a place beside what is written
 * @throws CommandError where there is such a file already, or none can be written: before the run
 */
export async function computeShare(
  job: ShareJob,
  { output = '.', force = false, ...how }: Omit<HowToRun, 'figures'> & { output?: string; force?: boolean },
  claim: (places: readonly string[]) => Promise<void>,
): Promise<void> {
  const { index, of } = job.shard;
  const file = path.join(output, `${job.loaded.scenario.name}-${index}-of-${of}.part`);
  await tryFolder(output);
  const there = statSync(file, { throwIfNoEntry: false });
  if (there && !there.isFile()) throw new CommandError(`${file}: is there already, and is no file (move it away)`);
  if (there && !force) throw new CommandError(`${file}: is there already (--force writes over it)`);
  await claim([file]);
  await simulate(job, { ...how, figures: false }, async ({ result, running, interruption, say, written }) => {
    if (interruption.received !== undefined) process.exitCode = signalCode(interruption.received);
    if (!result.complete) {
      if (!job.checkpoint) say('Nothing is kept of the share (--checkpoint FILE keeps what is finished).');
      return;
    }
    const plan = planOf(job);
    const state = running.state();
    const particles = { done: particlesIn(state.blocks, plan), total: plan.particles };
    const head = { ...headOf(job, plan, 'share'), written: new Date().toISOString(), particles };
    await orExplain(file, async () => {
      await files.writeBytes(file, await encodeState(head, state));
      await nodeDisk.syncFolder(file);
    });
    await written();
    process.stdout.write(
      `${legible(file)}: share ${index} of ${of}, ${grouped(particles.done)} of ${grouped(particles.total)} particles\n`,
    );
  });
}
