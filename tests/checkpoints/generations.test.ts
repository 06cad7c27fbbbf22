import { expect, it } from 'vitest';
import { decodeState, encodeState } from '../../src/checkpoints/format.js';
import {
  isKept,
  olderName,
  readGeneration,
  removeGenerations,
  sweep,
  writeGeneration,
} from '../../src/checkpoints/generations.js';
import { expected } from '../engine/fakeRunner.js';
import { Crash, MemoryDisk } from './disk.js';
import { header } from './header.js';
import { finishedHash, smallPlan, stateOf } from './states.js';

const file = '/runs/run.ckpt';
const first = (n: number) => Array(n).keys();
/** Generation g holds the first 2 g blocks. */
const generations = await Promise.all(
  [0, 1, 2, 3, 4].map((g) => encodeState(header, stateOf(smallPlan, first(2 * g)))),
);
const whole = await expected(smallPlan).hash();

/** Writes generations up to the last one; says which of them was known to be safe when the disk stopped. */
async function writeAll(disk: MemoryDisk, from = 0, last = 4, { spoilt = false, id = '1' } = {}): Promise<number> {
  let safe = from - 1;
  for (let g = from; g <= last; g++) {
    try {
      await writeGeneration(disk, file, generations[g], `${id}.${g}`, spoilt && g === from ? 'spoilt' : 'whole');
    } catch (error) {
      if (error instanceof Crash) return safe;
      throw error;
    }
    safe = g;
  }
  return safe;
}

/** The generation that is read, checked to be one from which the run ends as it should. */
async function found(disk: MemoryDisk): Promise<number> {
  const { content } = await readGeneration(disk, file, decodeState);
  const state = await content.state(smallPlan);
  expect(await finishedHash(smallPlan, state)).toBe(whole);
  return state.blocks.count / 2;
}

const crashAt = (call: number) => (at: number) => {
  if (at === call) throw new Crash();
};

it('finds the newest or the one before it, wherever the machine was switched off', async () => {
  const calls = new MemoryDisk();
  await writeAll(calls);
  expect(calls.calls).toBe(5 * 5 - 1); // create, sync, rename twice (the first time once), sync of the folder
  let cases = 0;
  for (let call = 0; call < calls.calls; call++) {
    const disk = new MemoryDisk();
    disk.before = crashAt(call);
    const safe = await writeAll(disk);
    for (const after of disk.afterwards()) {
      cases++;
      if (safe < 0 && !(await isKept(after, file))) continue;
      const generation = await found(after).catch((error: Error) => {
        // Before the first one is safe nothing may be there, and says so.
        if (safe >= 0) throw error;
        return -1;
      });
      expect(generation, `call ${call}`).toBeGreaterThanOrEqual(safe);
      expect(generation, `call ${call}`).toBeLessThanOrEqual(safe + 1);
      // What was left behind is in nobody's way.
      if (generation >= 0 && generation < 4) await writeAll(after, generation + 1, 4, { id: '2' });
      if (generation >= 0) expect(await found(after)).toBe(4);
    }
  }
  expect(cases).toBeGreaterThan(100);
});

it('would notice a file that is written in place', async () => {
  const disk = new MemoryDisk();
  await writeAll(disk, 0, 3);
  // Without a sync the new name may stand for half of its content.
  await disk.create('/runs/.fresh', generations[4]);
  await disk.rename('/runs/.fresh', file);
  const outcomes = new Set<number>();
  for (const after of disk.afterwards()) outcomes.add(await found(after).catch(() => -1));
  // The third was safe.
  expect(outcomes.has(2)).toBe(true);
});

it.each(['ENOSPC', 'EROFS', 'EIO'])('loses nothing to %s at any call, and goes on when it is over', async (code) => {
  const reference = new MemoryDisk();
  await writeAll(reference, 0, 2);
  const before = reference.calls;
  await writeAll(reference, 3, 3);
  for (let call = before; call < reference.calls; call++) {
    const disk = new MemoryDisk();
    await writeAll(disk, 0, 2);
    disk.before = (at) => {
      if (at === call) throw Object.assign(new Error(code), { code });
    };
    await expect(writeAll(disk, 3, 3)).rejects.toThrow(code);
    expect(await found(disk)).toBeGreaterThanOrEqual(2);
    await writeAll(disk, 4, 4);
    expect(await found(disk)).toBe(4);
  }
});

it('reads the older one where the newest is damaged, and says why', async () => {
  const disk = new MemoryDisk();
  await writeAll(disk, 0, 3);
  disk.damage(file);
  const { place, fault } = await readGeneration(disk, file, decodeState);
  expect({ place, fault }).toEqual({
    place: olderName(file),
    fault: `${file}: it is damaged: its check sum is wrong`,
  });
  expect(await found(disk)).toBe(2);
  disk.damage(olderName(file));
  await expect(readGeneration(disk, file, decodeState)).rejects.toThrow(
    `${file}: it is damaged: its check sum is wrong; ${olderName(file)}: it is damaged: its check sum is wrong`,
  );
});

it('does not lose the older one to a newest that is damaged', async () => {
  const outcomes = { kept: 0, lost: 0 };
  for (const spoilt of [true, false])
    for (let call = 0; call < 5; call++) {
      const disk = new MemoryDisk();
      await writeAll(disk, 0, 3);
      disk.damage(file);
      const start = disk.calls;
      disk.before = crashAt(start + call);
      await writeAll(disk, 4, 4, { spoilt });
      for (const after of disk.afterwards()) {
        const generation = await found(after).catch(() => -1);
        if (spoilt) expect(generation).toBeGreaterThanOrEqual(2);
        outcomes[generation < 0 ? 'lost' : 'kept']++;
      }
    }
  // The control: a damaged one that becomes the older one can be all that is left.
  expect(outcomes.lost).toBeGreaterThan(0);
});

it('says that there is no such file', async () => {
  await expect(readGeneration(new MemoryDisk(), file, decodeState)).rejects.toThrow(`${file}: there is no such file`);
});

it('removes both, and what was left behind', async () => {
  const disk = new MemoryDisk();
  await writeAll(disk, 0, 2);
  await disk.create('/runs/.run.ckpt.7.0.tmp', generations[1]);
  await disk.create('/runs/.run.ckpt.7.0123abcd.0.tmp', generations[1]);
  // Of checkpoints and results whose names begin alike.
  const others = ['.run.ckpt.2.7.0123abcd.0.tmp', '.run.ckpt.h5.7.0.tmp', 'other'];
  for (const name of others) await disk.create(`/runs/${name}`, generations[1]);
  await sweep(disk, file);
  expect((await disk.beside()).sort()).toEqual([...others, 'run.ckpt', 'run.ckpt.old']);
  await removeGenerations(disk, file);
  expect((await disk.beside()).sort()).toEqual(others);
  expect(await isKept(disk, file)).toBe(false);
});
