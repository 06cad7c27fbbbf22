import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CommandError } from '../../src/cli/errors.js';
import { namedFolder, numberedFolder } from '../../src/cli/folder.js';

let place: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'losscone-folder-'));
});
afterEach(() => rmSync(place, { recursive: true }));

it('numbers the folders of one scenario on', () => {
  const parent = path.join(place, 'results');
  expect(numberedFolder('mirror', parent).path).toBe(path.join(parent, 'mirror-1'));
  expect(numberedFolder('mirror', parent).path).toBe(path.join(parent, 'mirror-2'));
  mkdirSync(path.join(parent, 'mirror-9'));
  writeFileSync(path.join(parent, 'mirror-x'), '');
  expect(numberedFolder('mirror', parent).path).toBe(path.join(parent, 'mirror-10'));
  expect(numberedFolder('mirror-machine', parent).path).toBe(path.join(parent, 'mirror-machine-1'));
  expect(readdirSync(path.join(parent, 'mirror-10'))).toEqual([]);
});

it('refuses a folder that holds files, unless forced', () => {
  const folder = path.join(place, 'a/b');
  expect(namedFolder(folder, false).path).toBe(folder);
  expect(namedFolder(folder, false).path).toBe(folder); // still empty
  writeFileSync(path.join(folder, 'x'), '1');
  expect(() => namedFolder(folder, false)).toThrow(
    new CommandError(`${folder}: is not empty (give another folder, or --force to write over its files)`),
  );
  expect(namedFolder(folder, true).path).toBe(folder);
  expect(readdirSync(folder)).toEqual(['x']);
});

it('says in words why a folder cannot be used', () => {
  const file = path.join(place, 'file');
  writeFileSync(file, '');
  expect(() => namedFolder(file, false)).toThrow(`${file}: is not a folder`);
  expect(() => namedFolder(path.join(file, 'under'), true)).toThrow('is not a folder');
  expect(() => numberedFolder('mirror', file)).toThrow(/is not a folder \(give a folder/);
  expect(() => namedFolder(path.join(place, 'n'.repeat(300)), false)).toThrow('the name is too long');
});

it('takes back an empty folder it made, and nothing else', () => {
  const made = namedFolder(path.join(place, 'new'), false);
  made.discard();
  expect(existsSync(made.path)).toBe(false);
  const filled = namedFolder(path.join(place, 'filled'), false);
  writeFileSync(path.join(filled.path, 'x'), '');
  filled.discard();
  expect(existsSync(filled.path)).toBe(true);
  mkdirSync(path.join(place, 'theirs'));
  namedFolder(path.join(place, 'theirs'), false).discard();
  expect(existsSync(path.join(place, 'theirs'))).toBe(true);
});
