import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium as browsers } from 'playwright';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../src/version.js';
import { chromium } from '../browser/chromium.js';
import { serve } from '../serve.js';
import { small } from '../small.js';
import { emptyProject, type Project, root } from './project.js';

let project: Project;
beforeAll(async () => {
  project = await emptyProject();
});
afterAll(() => project?.remove());

const program = `
import { parseScenario, run } from 'losscone';
const result = await run(parseScenario(process.argv[2])).result;
console.log(JSON.stringify({ hash: result.hash, lossRate: result.lossRate, shape: result.distribution.shape }));
`;

const pageProgram = `
import { parseScenario, run } from 'losscone';
import { drawFigures } from 'losscone/figures';
import { encodeResults } from 'losscone/results';

globalThis.result = (async () => {
  const result = await run(parseScenario(${JSON.stringify(small)}), { workers: 2 }).result;
  const figures = [];
  for await (const { svg } of drawFigures(result, { document, png: false })) figures.push(svg.startsWith('<svg'));
  const file = await encodeResults(result, { yaml: '' });
  const hdf5 = String.fromCharCode(...file.slice(1, 4));
  return { hash: result.hash, isolated: globalThis.crossOriginIsolated, figures: figures.every(Boolean) && figures.length, hdf5 };
})();
`;

/** What the installed package gives in Node. */
async function inNode(): Promise<{ hash: string; lossRate: { value: number; unit: string }; shape: number[] }> {
  project.write('program.js', program);
  return JSON.parse(await project.run(process.execPath, 'program.js', small));
}

it('has the version of package.json', () => {
  expect(version).toBe(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version);
});

it('contains what runs and what explains it, and nothing else', () => {
  const { files } = project.packed;
  for (const file of ['dist/index.js', 'dist/worker.js', 'dist/cli.js', 'dist/losscone.wasm', 'dist/types/index.d.ts'])
    expect(files).toContain(file);
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/THIRD-PARTY-LICENSES.txt'])
    expect(files).toContain(file);
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  for (const [, link] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) expect(files).toContain(link);
  expect(
    files.filter((file) => !/^(dist\/|src\/figures\/gallery\/|[A-Z-]+\.(md|cff)$|LICENSE$|package\.json$)/.test(file)),
  ).toEqual([]);
});

it('is in order for publint', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

it('runs in Node from an empty project', async () => {
  const result = await inNode();
  expect(result.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(result.lossRate.unit).toBe('1/s');
  expect(result.lossRate.value).toBeGreaterThan(0);
  expect(result.shape).toHaveLength(3);
});

it('installs the command', async () => {
  expect(await project.run('npx', '--no-install', 'losscone', '--version')).toBe(`${version}\n`);
});

const consumer = `
import { parseScenario, run, type Estimate } from 'losscone';
import { larmorRadius } from 'losscone/physics';
import { encodeResults } from 'losscone/results';
const result = await run(parseScenario('')).result;
export const rate: Estimate = result.lossRate;
export const file: Promise<Uint8Array> = encodeResults(result, { yaml: '' });
export const rho: number = larmorRadius(1e-21, 1.6e-19, 1);
// @ts-expect-error a rate is not text
export const wrong: string = result.lossRate;
`;

const drawer = `
import { parseScenario, run } from 'losscone';
import { drawFigures } from 'losscone/figures';
for await (const { svg } of drawFigures(await run(parseScenario('')).result)) console.log(svg.length);
`;

it('gives its types to TypeScript', async () => {
  project.write('consumer.ts', consumer);
  project.write('drawer.ts', drawer);
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const compile = (...options: string[]) =>
    project.run(process.execPath, tsc, '--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom', ...options);
  const both = ['consumer.ts', 'drawer.ts'];
  await compile('--module', 'nodenext', ...both);
  await compile('--module', 'esnext', '--moduleResolution', 'bundler', ...both);
  // Two compilations, each with every library's types checked.
}, 300_000);

it('runs, draws and writes HDF5 in a page bundled by Vite, with the bits of Node', async () => {
  project.write('index.html', '<!doctype html><title>page</title><script type="module" src="/page.js"></script>');
  project.write('page.js', pageProgram);
  await build({ root: project.folder, logLevel: 'error', build: { target: 'es2022' } });
  const page = await serve(path.join(project.folder, 'dist'));
  const browser = await browsers.launch({ headless: true, ...(await chromium()) });
  try {
    const tab = await browser.newPage();
    const faults: string[] = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    await tab.goto(page.url);
    await tab.waitForFunction(() => 'result' in globalThis);
    const result = await tab.evaluate(() => (globalThis as unknown as { result: Promise<object> }).result);
    expect(faults).toEqual([]);
    expect(result).toEqual({ hash: (await inNode()).hash, isolated: false, figures: expect.any(Number), hdf5: 'HDF' });
  } finally {
    await browser.close();
    page.close();
  }
});
