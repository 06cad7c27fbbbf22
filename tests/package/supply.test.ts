import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from './project.js';

const read = (name: string) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
const { packages } = read('package-lock.json') as {
  packages: Record<string, { integrity?: string; hasInstallScript?: boolean; dev?: boolean }>;
};
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const EXACT = /^\d+\.\d+\.\d+$/;

it('asks for exact versions, and for few packages to run', () => {
  const { dependencies, devDependencies } = read('package.json');
  const inexact = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !EXACT.test(String(version)),
  );
  expect(inexact).toEqual([]);
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(12);
  for (const loose of ['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1.2.3']) expect(loose).not.toMatch(EXACT);
});

it('knows the content of every package by SHA-512', () => {
  const unknown = Object.entries(packages).filter(([name, { integrity }]) => name && !/^sha512-/.test(integrity ?? ''));
  expect(unknown.map(([name]) => name)).toEqual([]);
});

it('needs no script of a package to be installed', () => {
  const scripts = Object.entries(packages).filter(([, { hasInstallScript, dev }]) => hasInstallScript && !dev);
  expect(scripts.map(([name]) => name)).toEqual([]);
});

it('compiles the kernel to the bytes that are there, whose hash is in every result', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'losscone-kernel-'));
  try {
    const compile = async (name: string, ...more: string[]) => {
      const file = path.join(folder, name);
      const compiler = path.join(root, 'node_modules/assemblyscript/bin/asc.js');
      const options = ['--target', 'release', '--outFile', file, ...more];
      await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root });
      return sha256(file);
    };
    const kernel = sha256(path.join(root, 'dist/losscone.wasm'));
    expect(await compile('again.wasm')).toBe(kernel);
    expect(await compile('other.wasm', '--optimizeLevel', '0'), 'negative control').not.toBe(kernel);
    const { parseScenario, run } = await import(pathToFileURL(path.join(root, 'dist/index.js')).href);
    const result = await run(parseScenario({ particles: { count: 64 }, times: { count: 1, until: '1 ns' } }), {
      workers: 1,
    }).result;
    expect(result.provenance.kernelHash).toBe(kernel);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
