import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../src/platform/node.js';
import { ResultsWriteError } from '../../src/results/errors.js';
import { type Files, nodeFiles } from '../../src/results/files.js';
import { decodeResults } from '../../src/results/read.js';
import { claimFolder, writeResults } from '../../src/results/write.js';
import { smallRun } from './fixture.js';

/** Files in memory, with whatever goes wrong. */
class MemoryFiles implements Files {
  readonly written = new Map<string, Uint8Array>();
  readonly folders = new Set<string>();
  failure: (path: string) => string | undefined = () => undefined;

  async list(folder: string) {
    const inside = [...this.written.keys(), ...this.folders].filter((path) => path.startsWith(`${folder}/`));
    if (!this.folders.has(folder) && inside.length === 0) return undefined;
    return [...new Set(inside.map((path) => path.slice(folder.length + 1).split('/')[0]))];
  }
  async makeFolder(folder: string) {
    this.fail(folder);
    const fresh = !this.folders.has(folder);
    this.folders.add(folder);
    return fresh;
  }
  async writeBytes(path: string, bytes: Uint8Array) {
    this.fail(path);
    this.written.set(path, bytes);
  }
  private fail(path: string) {
    const code = this.failure(path);
    if (code) throw Object.assign(new Error(`${code}: no such luck, open '${path}'`), { code });
  }
}

const scenarioYaml = 'name: small\n';

describe('claimFolder', () => {
  it('takes the next free number', async () => {
    const files = new MemoryFiles();
    expect(await claimFolder('mirror', { files })).toBe('results/mirror-1');
    expect(await claimFolder('mirror', { files })).toBe('results/mirror-2');
    files.folders.add('results/mirror-41');
    files.folders.add('results/mirror-old');
    files.folders.add('results/mirror-machine-99');
    expect(await claimFolder('mirror', { files })).toBe('results/mirror-42');
    expect(await claimFolder('mirror-machine', { files })).toBe('results/mirror-machine-100');
  });

  it('goes on where another run has just taken the number', async () => {
    const files = new MemoryFiles();
    files.folders.add('results/mirror-1');
    files.list = async () => [];
    expect(await claimFolder('mirror', { files })).toBe('results/mirror-2');
  });

  it('refuses a folder that is not empty, unless forced', async () => {
    const files = new MemoryFiles();
    files.folders.add('out');
    expect(await claimFolder('mirror', { files, folder: 'out' })).toBe('out');
    files.written.set('out/thesis.tex', new Uint8Array(1));
    await expect(claimFolder('mirror', { files, folder: 'out' })).rejects.toThrow(
      'out: is not empty (give another folder, or --force to write over its files)',
    );
    expect(await claimFolder('mirror', { files, folder: 'out', force: true })).toBe('out');
  });

  it('never leaves its folder', async () => {
    const files = new MemoryFiles();
    for (const name of ['..', '.', '../up', 'a/b', 'a\\b', '', 'x'.repeat(65), 'a\u0000b'])
      await expect(claimFolder(name, { files }), JSON.stringify(name)).rejects.toThrow(ResultsWriteError);
    expect(files.folders.size).toBe(0);
  });
});

describe('writeResults', () => {
  it('writes scenario, data, summary, then figures', async () => {
    const files = new MemoryFiles();
    const figures = async function* () {
      yield { name: 'survival', svg: '<svg/>', png: Uint8Array.of(1, 2) };
      yield { name: 'legendre', svg: '<svg/>' };
    };
    const { folder, files: names } = await writeResults(smallRun(), { files, scenarioYaml, figures });
    expect(folder).toBe('results/scattering-mirror-1');
    expect(names).toEqual([
      'scenario.yaml',
      'results.h5',
      'summary.json',
      'figures/survival.svg',
      'figures/survival.png',
      'figures/legendre.svg',
    ]);
    expect([...files.written.keys()]).toEqual(names.map((name) => `${folder}/${name}`));
    const back = await decodeResults(files.written.get(`${folder}/results.h5`)!);
    expect(back.scenarioYaml).toBe(scenarioYaml);
    expect(back.hash).toBe(smallRun().hash);
    expect(new TextDecoder().decode(files.written.get(`${folder}/scenario.yaml`))).toBe(scenarioYaml);
  });

  it('explains a full disk and a read-only folder in one line, and keeps what was whole', async () => {
    const wanted = {
      ENOSPC: 'no space is left on the disk',
      EROFS: 'the disk is read-only',
      EACCES: 'permission denied',
      EDQUOT: 'the disk quota is used up',
    };
    for (const [code, words] of Object.entries(wanted)) {
      const files = new MemoryFiles();
      files.failure = (path) => (path.endsWith('.h5') ? code : undefined);
      const error = await writeResults(smallRun(), { files, scenarioYaml, folder: 'out' }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ResultsWriteError);
      expect((error as Error).message).toBe(
        `out/results.h5: cannot be written: ${words} (free it, or give another folder)`,
      );
      expect([...files.written.keys()]).toEqual(['out/scenario.yaml']);
    }
  });

  it('refuses a figure whose name is no basename', async () => {
    const files = new MemoryFiles();
    const figures = async function* () {
      yield { name: '../../evil', svg: '<svg/>' };
    };
    await expect(writeResults(smallRun(), { files, scenarioYaml, figures })).rejects.toThrow('cannot name a file');
    expect([...files.written.keys()].some((path) => path.includes('evil'))).toBe(false);
  });
});

describe('on a real disk', () => {
  let root: string;
  const files = nodeFiles(nodePlatform.writeBytes);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'losscone-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('leaves whole files under their names and nothing else', async () => {
    const folder = join(root, 'deep', 'run');
    await writeResults(smallRun(), { files, folder, scenarioYaml });
    expect(readdirSync(folder).sort()).toEqual(['results.h5', 'scenario.yaml', 'summary.json']);
    expect((await decodeResults(readFileSync(join(folder, 'results.h5')))).hash).toBe(smallRun().hash);
  });

  it('makes the folders above, says whether it made one, and gives up where the system makes none', async () => {
    const inner = join(root, 'a', 'b', 'c');
    expect(await files.makeFolder(inner)).toBe(true);
    expect(await files.makeFolder(inner)).toBe(false);
    expect(await files.makeFolder(`${join(root, 'd', 'e')}/`)).toBe(true);
    // Node's recursive mkdir never comes back from here.
    if (process.platform === 'linux')
      await expect(claimFolder('x', { files, folder: '/proc/losscone/x' })).rejects.toThrow(
        '/proc/losscone/x: cannot be written: no folder can be made there',
      );
  });

  it('says that a file is in the way of a folder', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(writeResults(smallRun(), { files, folder: join(root, 'file', 'run'), scenarioYaml })).rejects.toThrow(
      /cannot be written: a part of the path is a file, not a folder/,
    );
  });
});
