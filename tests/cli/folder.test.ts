import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CommandError } from '../../src/cli/errors.js';
import { outputFolder } from '../../src/cli/folder.js';

let place: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'losscone-folder-'));
});
afterEach(() => rmSync(place, { recursive: true }));

it('refuses a folder that holds files, unless forced', async () => {
  const folder = path.join(place, 'a/b');
  expect((await outputFolder('x', folder)).path).toBe(folder);
  expect((await outputFolder('x', folder)).path).toBe(folder); // still empty
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(path.join(folder, 'x'), '1');
  await expect(outputFolder('x', folder)).rejects.toThrow(CommandError);
  await expect(outputFolder('x', folder)).rejects.toThrow(`${folder}: is not empty (`);
  expect((await outputFolder('x', folder, true)).path).toBe(folder);
  expect(readdirSync(folder)).toEqual(['x']);
});

it('says in words why a folder cannot be used', async () => {
  const file = path.join(place, 'file');
  writeFileSync(file, '');
  await expect(outputFolder('x', file)).rejects.toThrow(CommandError);
  await expect(outputFolder('x', '')).rejects.toThrow('--output: "" is not a folder');
  await expect(outputFolder('x', path.join(file, 'under'))).rejects.toThrow('a file, not a folder');
  await expect(outputFolder('x', path.join(place, 'n'.repeat(300)))).rejects.toThrow('the name is too long');
});

it('takes back the empty folders it made, and nothing else', async () => {
  const made = await outputFolder('x', path.join(place, 'new/deep'));
  made.discard();
  expect(existsSync(path.join(place, 'new'))).toBe(false);
  expect(existsSync(place)).toBe(true);
  const filled = await outputFolder('x', path.join(place, 'filled'));
  writeFileSync(path.join(filled.path, 'x'), '');
  filled.discard();
  expect(existsSync(filled.path)).toBe(true);
  mkdirSync(path.join(place, 'theirs'));
  (await outputFolder('x', path.join(place, 'theirs'))).discard();
  expect(existsSync(path.join(place, 'theirs'))).toBe(true);
});
