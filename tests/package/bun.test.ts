import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import golden from '../golden.json';
import { root } from './project.js';

const folder = mkdtempSync(path.join(tmpdir(), 'losscone-bun-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Another JavaScript engine (JavaScriptCore). It is no dependency: npm's takes 100 MB and a script after the installation. */
function bun(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((name) => name !== '');
  return [process.env.BUN_PATH ?? '', ...folders.map((name) => path.join(name, 'bun'))].find((file) =>
    existsSync(file),
  );
}

const program = `
import { parseScenario, presets, run } from ${JSON.stringify(path.join(root, 'dist/index.js'))};
import { varied } from './varied.mjs';
const hashes = {};
let runtime;
for (const scenario of varied({ parseScenario, presets })) {
  const result = await run(scenario, { workers: 2 }).result;
  hashes[scenario.name] = result.hash;
  runtime = result.provenance.runtime;
}
console.log(JSON.stringify({ hashes, runtime }));
`;

it('gives the bits of Node in Bun', async (context) => {
  const file = bun();
  if (file === undefined) {
    const reason = 'not run in Bun: there is none (BUN_PATH, or bun on the PATH)';
    console.log(reason);
    context.skip(reason);
  }
  await build({
    entryPoints: [path.join(root, 'tests/varied.ts')],
    bundle: true,
    format: 'esm',
    outfile: path.join(folder, 'varied.mjs'),
    logLevel: 'warning',
  });
  writeFileSync(path.join(folder, 'program.mjs'), program);
  const { stdout } = await promisify(execFile)(file as string, ['program.mjs'], { cwd: folder });
  const { hashes, runtime } = JSON.parse(stdout);
  expect(runtime).toMatch(/^Bun /);
  expect(hashes).toEqual(golden);
});
