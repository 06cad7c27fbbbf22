import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { decodeState, encodeState } from '../../src/checkpoints/format.js';
import { readGeneration } from '../../src/checkpoints/generations.js';
import { Keeper, type KeeperOptions, type Kept } from '../../src/checkpoints/keeper.js';
import { BlockSet } from '../../src/engine/index.js';
import { MemoryDisk } from './disk.js';
import { header } from './header.js';
import { smallPlan, stateOf } from './states.js';

const file = '/runs/run.ckpt';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A keeper of a run that has as many blocks as it is told to have. */
function keeping(disk: MemoryDisk, changes: Partial<KeeperOptions> = {}) {
  const run = { blocks: 0 };
  const told: (string | undefined)[] = [];
  const keeper = new Keeper({
    disk,
    file,
    seconds: 30,
    id: '1',
    // (the tallies do not matter here)
    state: () => ({ ...stateOf(smallPlan, []), blocks: stateOf(smallPlan, Array(run.blocks).keys()).blocks }),
    encode: async ({ blocks }) => Uint8Array.of(blocks.count),
    onFailure: (error, last) => told.push(`${(error as Error).message} ${last?.blocks.count}`),
    onRecovery: () => told.push('recovered'),
    ...changes,
  });
  return { keeper, run, told };
}

const kept = async (disk: MemoryDisk) => (await disk.read(file))?.[0];

it('writes by the interval, where there is something new', async () => {
  const disk = new MemoryDisk();
  const { keeper, run } = keeping(disk);
  run.blocks = 2;
  await vi.advanceTimersByTimeAsync(29_900);
  expect(await kept(disk)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect(await kept(disk)).toBe(2);
  const { calls } = disk;
  await vi.advanceTimersByTimeAsync(90_000);
  expect(disk.calls).toBe(calls);
  run.blocks = 5;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await kept(disk)).toBe(5);
  run.blocks = 7;
  await keeper.end();
  await vi.advanceTimersByTimeAsync(90_000);
  expect(await kept(disk)).toBe(5);
  // The last word is the caller's.
  await keeper.write();
  expect(await kept(disk)).toBe(7);
  expect(keeper.last?.blocks.count).toBe(7);
});

it('takes at most a twentieth of the time', async () => {
  const disk = new MemoryDisk();
  let writes = 0;
  const { run } = keeping(disk, {
    seconds: 1,
    encode: async () => {
      writes++;
      run.blocks++;
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      return Uint8Array.of(1);
    },
  });
  await vi.advanceTimersByTimeAsync(2_000_000);
  // of 10 s each
  expect(writes).toBeGreaterThan(8);
  expect(writes).toBeLessThanOrEqual(11);
});

it('goes on where the disk is full, and says once what is safe', async () => {
  const disk = new MemoryDisk();
  const { run, told } = keeping(disk);
  run.blocks = 3;
  await vi.advanceTimersByTimeAsync(30_000);
  disk.before = () => {
    throw new Error('ENOSPC');
  };
  for (run.blocks = 4; run.blocks < 7; run.blocks++) await vi.advanceTimersByTimeAsync(30_000);
  expect(told).toEqual(['ENOSPC 3']);
  expect(await kept(disk)).toBe(3);
  disk.before = () => {};
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await kept(disk)).toBe(7);
  expect(told).toEqual(['ENOSPC 3', 'recovered']);
});

it('goes on from what a file has, and keeps a damaged newest from becoming the older one', async () => {
  const disk = new MemoryDisk();
  const encode: KeeperOptions['encode'] = (state) => encodeState(header, state);
  const before = keeping(disk, { encode });
  for (before.run.blocks = 1; before.run.blocks < 4; before.run.blocks++) await before.keeper.write();
  await before.keeper.end();
  disk.damage(file);
  const last: Kept = { blocks: new BlockSet(smallPlan.blocks), at: new Date() };
  const { keeper, run } = keeping(disk, { encode, last, newest: 'spoilt', id: '2' });
  await keeper.write();
  // Nothing new: nothing is written.
  await expect(readGeneration(disk, file, decodeState)).resolves.toMatchObject({ place: `${file}.old` });
  run.blocks = 5;
  await keeper.write();
  expect((await readGeneration(disk, file, decodeState)).place).toBe(file);
  disk.damage(file);
  const { content } = await readGeneration(disk, file, decodeState);
  expect((await content.state(smallPlan)).blocks.count).toBe(2);
  await keeper.end();
});

it('writes what is safe once more where somebody removed it', async () => {
  const disk = new MemoryDisk();
  const { keeper, run, told } = keeping(disk);
  run.blocks = 2;
  await keeper.write();
  await disk.remove(file);
  expect(await kept(disk)).toBeUndefined();
  await keeper.write();
  expect(await kept(disk)).toBe(2);
  expect(told).toEqual([]);
  await keeper.end();
});

it('begins where there is none, and is refused where another run was first', async () => {
  const disk = new MemoryDisk();
  const first = keeping(disk, { newest: 'none' });
  const second = keeping(disk, { newest: 'none', id: '2' });
  [first.run.blocks, second.run.blocks] = [2, 3];
  await Promise.all([first.keeper.write(), second.keeper.write()]);
  expect(await kept(disk)).toBe(2);
  expect(first.told).toEqual([]);
  expect(second.told).toHaveLength(1);
  expect(second.keeper.last).toBeUndefined();
  first.run.blocks = 5;
  await first.keeper.write();
  expect(await kept(disk)).toBe(5);
  // Nothing of the one that was refused is left.
  expect((await disk.beside()).sort()).toEqual(['run.ckpt', 'run.ckpt.old']);
  await Promise.all([first.keeper.end(), second.keeper.end()]);
});

it('lets what is there of another run go when there is one of its own, and not where that cannot be written', async () => {
  const disk = new MemoryDisk();
  const before = keeping(disk);
  for (before.run.blocks = 1; before.run.blocks < 4; before.run.blocks++) await before.keeper.write();
  await before.keeper.end();
  const { keeper, run, told } = keeping(disk, { newest: 'foreign', id: '2' });
  run.blocks = 1;
  for (const failing of ['create', 'sync', 'rename']) {
    disk.before = (_, name) => {
      if (name === failing) throw new Error('no room');
    };
    await keeper.write();
    expect(await kept(disk), failing).toBe(3);
  }
  expect(told).toEqual(['no room undefined']);
  disk.before = () => {};
  await keeper.write();
  expect(await kept(disk)).toBe(1);
  expect(await disk.beside()).toEqual(['run.ckpt']);
  await keeper.end();
});
