import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import golden from '../golden.json';
import orbitGolden from '../orbits/golden.json';
import { root } from './project.js';

const folder = mkdtempSync(path.join(tmpdir(), 'losscone-bun-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Another JavaScript engine (JavaScriptCore): `BUN_PATH`, else npm's for this machine, else one on the PATH. */
function bun(): string | undefined {
  const npm = path.join(root, 'node_modules/@oven');
  const packages = existsSync(npm) ? readdirSync(npm).map((name) => path.join(npm, name, 'bin')) : [];
  const folders = [...packages, ...(process.env.PATH ?? '').split(path.delimiter).filter((name) => name !== '')];
  return [process.env.BUN_PATH ?? '', ...folders.map((name) => path.join(name, 'bun'))].find((file) =>
    existsSync(file),
  );
}

const program = `
import * as library from ${JSON.stringify(path.join(root, 'dist/index.js'))};
import { everyHash } from './everyHash.mjs';
console.log(JSON.stringify(await everyHash(library)));
`;

it('gives the bits of Node in Bun', async (context) => {
  const file = bun();
  if (file === undefined) {
    const reason = 'not run in Bun: there is none (BUN_PATH, or bun on the PATH)';
    console.log(reason);
    context.skip(reason);
  }
  await build({
    entryPoints: [path.join(root, 'tests/everyHash.ts')],
    bundle: true,
    format: 'esm',
    outfile: path.join(folder, 'everyHash.mjs'),
    logLevel: 'warning',
  });
  writeFileSync(path.join(folder, 'program.mjs'), program);
  const { stdout } = await promisify(execFile)(file as string, ['program.mjs'], { cwd: folder });
  const { line, orbits, runtime } = JSON.parse(stdout);
  expect(runtime).toMatch(/^Bun /);
  expect(line).toEqual(golden);
  expect(orbits).toEqual(orbitGolden);
}, 300_000);
