/** Symbolic links that somebody put where checkpoints are written, in a folder that others may write to. */
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isKept, writeGeneration } from '../../src/checkpoints/generations.js';
import { nodeDisk } from '../../src/platform/nodeDisk.js';

const bytes = new TextEncoder().encode('particles');
let folder: string;
let [file, victim] = ['', ''];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'losscone-links-'));
  [file, victim] = [path.join(folder, 'run.ckpt'), path.join(folder, 'victim')];
  writeFileSync(victim, 'precious');
});
afterEach(() => rmSync(folder, { recursive: true }));

it.runIf(process.platform !== 'win32')('are not followed from the name of what is being written', async () => {
  symlinkSync(victim, path.join(folder, '.run.ckpt.7.tmp'));
  await expect(writeGeneration(nodeDisk, file, bytes, '7')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  // The next one is written.
  await writeGeneration(nodeDisk, file, bytes, '8');
  expect(readFileSync(file, 'utf8')).toBe('particles');
});

it.runIf(process.platform !== 'win32')('are not followed from the names of the two generations', async () => {
  for (const name of [file, `${file}.old`]) symlinkSync(victim, name);
  await writeGeneration(nodeDisk, file, bytes, '7');
  await writeGeneration(nodeDisk, file, bytes, '8');
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  for (const name of [file, `${file}.old`]) {
    expect(lstatSync(name).isSymbolicLink()).toBe(false);
    expect(readFileSync(name, 'utf8')).toBe('particles');
  }
  expect(readdirSync(folder).sort()).toEqual(['run.ckpt', 'run.ckpt.old', 'victim']);
});

it.runIf(process.platform !== 'win32')(
  'are no matter to a name with a backslash, which has two generations too',
  async () => {
    const odd = path.join(folder, 'a\\b.ckpt');
    await writeGeneration(nodeDisk, odd, bytes, '7', 'none');
    await writeGeneration(nodeDisk, odd, bytes, '8');
    expect(readdirSync(folder).sort()).toEqual(['a\\b.ckpt', 'a\\b.ckpt.old', 'victim']);
    await expect(writeGeneration(nodeDisk, odd, bytes, '9', 'none')).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await isKept(nodeDisk, odd)).toBe(true);
  },
);
