import type { Header, StateFile } from '../checkpoints/index.js';
import { joined, type RunState, shareOf } from '../engine/index.js';
import { quotedName } from './checkpoint.js';
import { CommandError } from './errors.js';
import { outputFolder } from './folder.js';
import type { MergeFlags } from './program.js';
import { conclude } from './run.js';
import { simulate } from './simulate.js';
import { blamed, readStateFile, refuseLarge, runOf, type StoredRun, stateOf } from './stored.js';

/** A finished share. */
interface Part {
  readonly file: string;
  readonly header: Header & { readonly shard: NonNullable<Header['shard']> };
}

/** A file that must be a finished share. */
function partOf(file: string, header: Header): Part {
  const { shard, kind, name } = header;
  const resume = `go on with: losscone resume ${quotedName(file)}`;
  if (!shard) throw new CommandError(`${file}: is the checkpoint of a whole run of ${name} (${resume})`);
  if (kind !== 'share')
    throw new CommandError(`${file}: shard ${shard.index} of ${shard.of} of ${name} is not finished (${resume})`);
  return { file, header: { ...header, shard } };
}

/** What must be the same in all shares of a run. */
const same = [
  ['kernelHash', 'kernel'],
  ['scenarioHash', 'scenario'],
  ['planHash', 'plan'],
] as const;

/** Refuses a share of another run. */
function checkSame({ file, header }: Part, first: Part): void {
  const { name, shard } = first.header;
  for (const [key, what] of same)
    if (header[key] !== first.header[key])
      throw new CommandError(
        `${file}: is of another run: its ${what} is ${header[key].slice(0, 8)}, of ${header.name} (must be ${first.header[key].slice(0, 8)}, of ${name}, as in ${first.file})`,
      );
  if (header.shard.of !== shard.of)
    throw new CommandError(
      `${file}: is one of ${header.shard.of} shards (must be one of ${shard.of}, as ${first.file} is)`,
    );
}

/** Which numbers of 1 to `of` are not among these, as ranges. */
export function gaps(found: readonly number[], of: number): (readonly [from: number, to: number])[] {
  const edges = [0, ...found.toSorted((a, b) => a - b), of + 1];
  return edges.slice(1).flatMap((next, i) => (next - edges[i] > 1 ? [[edges[i] + 1, next - 1] as const] : []));
}

/** `2, 5 to 9` */
function inWords(ranges: readonly (readonly [from: number, to: number])[]): string {
  const words = ranges.slice(0, 10).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return `${words.join(', ')}${ranges.length > 10 ? ', ...' : ''}`;
}

/** Refuses shards that are there twice or not at all. */
function checkAll(parts: readonly Part[]): void {
  const { of } = parts[0].header.shard;
  const found = new Map<number, string>();
  for (const { file, header } of parts) {
    const { index } = header.shard;
    const other = found.get(index);
    if (other !== undefined)
      throw new CommandError(`${file}: is shard ${index} of ${of}, as ${other} is (must be given once)`);
    if (index < 1 || index > of)
      throw new CommandError(`${file}: shard ${index} of ${of} is none (must be 1 to ${of})`);
    found.set(index, file);
  }
  const missing = gaps([...found.keys()], of);
  if (missing.length === 0) return;
  const many = missing.length > 1 || missing[0][0] !== missing[0][1];
  throw new CommandError(
    `shard${many ? 's' : ''} ${inWords(missing)} of ${of} ${many ? 'are' : 'is'} missing (all must be given)`,
  );
}

/** Unpacks a share. @throws CommandError where it is not the whole of it */
async function shareIn({ file, header }: Part, content: StateFile, { run, plan }: StoredRun): Promise<RunState> {
  const { index, of } = header.shard;
  const state = await stateOf(content, { run: { ...run, shard: header.shard }, plan }, file);
  const { from, to } = shareOf(plan, index, of);
  if (state.blocks.count === to - from) return state;
  throw new CommandError(
    `${file}: it has ${state.blocks.count} blocks (must be the ${to - from} of shard ${index} of ${of})`,
  );
}

/** `losscone merge`. */
export async function merge(sources: readonly string[], flags: MergeFlags): Promise<void> {
  // The heads first: what is wrong is said before any tallies are unpacked, and these are never all in memory.
  const parts: Part[] = [];
  for (const file of sources) {
    const part = partOf(file, (await readStateFile(file)).header);
    checkSame(part, parts[0] ?? part);
    parts.push(part);
  }
  checkAll(parts);
  const stored = runOf(parts[0].header, parts[0].file);
  refuseLarge(stored.plan, flags);
  let from: RunState | undefined;
  for (const { file } of parts) {
    const content = await readStateFile(file);
    const part = partOf(file, content.header);
    checkSame(part, parts[0]); // it may have been changed meanwhile
    const state = await shareIn(part, content, stored);
    try {
      from = from ? joined(from, state) : state;
    } catch (error) {
      throw blamed(error, file);
    }
  }
  const { loaded } = stored.run;
  const folder = await outputFolder(loaded.scenario.name, flags.output, flags.force);
  const replay = (block: number) => `losscone run SCENARIO --replay-block ${block}`;
  try {
    await simulate({ loaded, from, replay }, flags, conclude(loaded, folder.path, flags));
  } finally {
    folder.discard(); // only where it is empty
  }
}
