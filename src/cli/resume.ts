import { decodeState, readGeneration, sweep } from '../checkpoints/index.js';
import { nodeDisk } from '../platform/nodeDisk.js';
import { grouped } from '../results/format.js';
import { keepApart, quotedName, refuseOlder } from './checkpoint.js';
import { CommandError } from './errors.js';
import { outputFolder } from './folder.js';
import type { ResumeFlags } from './program.js';
import { conclude, placesIn } from './run.js';
import { computeShare } from './shard.js';
import { type Job, simulate } from './simulate.js';
import { faultOf, refuseLarge, runOf, stateOf } from './stored.js';
import { teller } from './terminal.js';

/** `losscone resume`. */
export async function resume(file: string, flags: ResumeFlags): Promise<void> {
  const say = teller(flags.quiet);
  refuseOlder(file);
  const { content, place, fault } = await readGeneration(nodeDisk, file, decodeState, faultOf).catch((error) => {
    throw new CommandError((error as Error).message);
  });
  const { header } = content;
  if (header.kind === 'share')
    throw new CommandError(`${place}: is a share that is finished (losscone merge puts it together with the others)`);
  const stored = runOf(header, place);
  const { run, plan } = stored;
  refuseLarge(plan, flags);
  const from = await stateOf(content, stored, place);
  const { done, total } = header.particles;
  const older = fault === undefined ? '' : `${fault}; the one before it is whole.\n`;
  const all = run.until || run.shard ? '' : ` of ${grouped(total)}`;
  const goesOn = `goes on from ${grouped(done)}${all} particles, kept ${header.written}`;
  const block = `its block ${flags.replayBlock} runs again, alone`;
  say(`${older}${place}: ${flags.replayBlock === undefined ? goesOn : block}`);
  await sweep(nodeDisk, file).catch(() => {}); // where it cannot be written it cannot be swept
  const again = `losscone resume ${quotedName(file)}`;
  const { output, force, checkpointEvery: seconds, replayBlock } = flags;
  const before = {
    last: { blocks: from.blocks, at: new Date(header.written) },
    newest: fault === undefined ? ('whole' as const) : ('spoilt' as const),
  };
  const job: Job = {
    ...run,
    replay: (block) => `${again} --replay-block ${block}`,
    ...(replayBlock === undefined
      ? {
          from,
          checkpoint: {
            file,
            seconds,
            before,
            resume: output === undefined ? again : `${again} -o ${quotedName(output)}${run.shard ? '' : ' --force'}`,
          },
        }
      : { onlyBlock: replayBlock, until: undefined, shard: undefined }),
  };
  const claim = async (places: readonly string[]) => keepApart(file, places);
  if (job.shard) return computeShare({ ...job, shard: job.shard }, flags, claim);
  const folder = await outputFolder(run.loaded.scenario.name, output, force);
  try {
    await claim(placesIn(folder.path, run.loaded));
    await simulate(job, flags, conclude(run.loaded, folder.path, flags));
  } finally {
    folder.discard(); // only where it is empty
  }
}
