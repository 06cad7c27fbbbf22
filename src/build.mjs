/**
 * Builds dist/: the kernel (AssemblyScript), the library, the worker, the command and the lab (esbuild), the types (tsc).
 *
 *   node src/build.mjs            everything
 *   node src/build.mjs --quick    without the types: what running the command needs
 *
 * Each stage remembers a hash of what it read and is left out while that has not changed. A file is replaced by a rename
 * and only where its content is new, so a build never pulls a file from under a run that is using it.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const stamps = path.join(root, 'node_modules/.cache/losscone-build');
const quick = process.argv.includes('--quick');

/** Left to the package manager: they are loaded only when a file or a figure is written, or are Node's alone. */
const packages = [
  '@observablehq/plot',
  '@resvg/resvg-js',
  'cli-progress',
  'commander',
  'dejavu-fonts-ttf',
  'h5wasm',
  'linkedom',
];
const external = ['node:*', ...packages.flatMap((name) => [name, `${name}/*`])];

/** Engines without SIMD are older than these. Without a target, esbuild embeds bytes with a call that Node 20 lacks. */
const target = ['es2022', 'node20', 'chrome111', 'firefox114', 'safari16.4'];

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  const files = sources.flatMap((source) => {
    const place = path.join(root, source);
    if (!existsSync(place)) return [];
    return statSync(place).isDirectory() ? filesUnder(place) : [place];
  });
  for (const file of files.sort())
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** Runs `work` unless it ran before on the same sources and its products still exist. */
async function stage(name, sources, products, work) {
  const stamp = path.join(stamps, name);
  const before = fingerprint(sources);
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === before;
  if (done && products.every((product) => existsSync(path.join(dist, product)))) return;
  const started = performance.now();
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, before);
  console.error(`build: ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs a compiler. What it says is shown, but for lines that match `idle`. */
function node(args, idle) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const name of ['stdout', 'stderr'])
      createInterface({ input: child[name] }).on('line', (line) => {
        if (!idle?.test(line)) process[name].write(`${line}\n`);
      });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${path.basename(args[0])} failed`))));
  });
}

function replace(file, content) {
  if (existsSync(file) && readFileSync(file).equals(content)) return;
  const fresh = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(fresh, content);
  renameSync(fresh, file);
}

/** The licences of the packages that the bundle contains, which their authors ask to travel with it. */
function notices(inputs) {
  const names = new Set(
    inputs.map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean),
  );
  return [...names].sort().map((name) => {
    const folder = path.join(root, 'node_modules', name);
    const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    const text = licence ? readFileSync(path.join(folder, licence), 'utf8').trim() : '';
    return `${name} ${about.version} (${about.license})\n\n${text}\n`;
  });
}

async function kernel() {
  // `--converge` optimises until the code grows again, which it reports as if something were amiss.
  await node(['node_modules/assemblyscript/bin/asc.js', '--target', 'release'], /^Last converge was suboptimal\.$/);
  // The host instantiates the module itself; the compiler's bindings are nobody's.
  for (const name of ['losscone.js', 'losscone.d.ts']) rmSync(path.join(dist, name), { force: true });
}

async function bundle() {
  const common = {
    absWorkingDir: root,
    outdir: dist,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target,
    loader: { '.wasm': 'binary' },
    external,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  };
  // The worker stands alone, so that one URL is all a page has to serve. The library and the command share their code in
  // chunks, and what a run does not need at once (figures, files, help) is a chunk that is loaded when it is needed.
  const results = await Promise.all([
    build({ ...common, entryPoints: { worker: 'src/worker.ts' } }),
    build({
      ...common,
      entryPoints: {
        index: 'src/index.ts',
        physics: 'src/physics/index.ts',
        results: 'src/results/index.ts',
        figures: 'src/figures/index.ts',
        format: 'src/results/format.ts',
        cli: 'src/cli/main.ts',
      },
      splitting: true,
      chunkNames: 'chunk-[hash]',
    }),
  ]);
  const outputs = results.flatMap((result) => result.outputFiles);
  for (const output of outputs) replace(output.path, Buffer.from(output.contents));
  const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
  replace(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), Buffer.from(notices(inputs).join(`\n${'-'.repeat(80)}\n\n`)));
  const current = new Set(outputs.map((output) => output.path));
  for (const name of readdirSync(dist))
    if (/\.js(\.map)?$/.test(name) && !current.has(path.join(dist, name))) rmSync(path.join(dist, name));
}

/** The lab: a folder that any static host can serve, also from a sub-path. */
async function lab() {
  const folder = path.join(dist, 'lab');
  const common = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['browser'],
    target,
    loader: { '.wasm': 'binary' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // In a worker there is no document: figures are drawn in linkedom's, whose build for workers needs nothing of Node.
    alias: { linkedom: 'linkedom/worker' },
    // Never reached in a page: PNG files are made by Node's library there, by a canvas here.
    external: ['node:*', '@resvg/resvg-js', 'dejavu-fonts-ttf'],
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  };
  const [page, worker] = await Promise.all([
    build({
      ...common,
      entryPoints: { app: 'src/lab/app.tsx', session: 'src/lab/session/worker.ts' },
      splitting: true,
      chunkNames: 'chunk-[hash]',
    }),
    build({ ...common, entryPoints: { worker: 'src/worker.ts' } }),
  ]);
  const outputs = new Map(
    [...page.outputFiles, ...worker.outputFiles].map(({ path: file, contents }) => [path.basename(file), contents]),
  );
  for (const name of ['index.html', 'style.css', 'icon.svg'])
    outputs.set(name, readFileSync(path.join(root, 'src/lab', name)));
  // What the parts of the page add to its style follows in one file.
  for (const name of readdirSync(path.join(root, 'src/lab/style')).sort())
    outputs.set(
      'style.css',
      Buffer.concat([outputs.get('style.css'), readFileSync(path.join(root, 'src/lab/style', name))]),
    );
  const inputs = [page, worker].flatMap((result) => Object.keys(result.metafile.inputs));
  outputs.set('THIRD-PARTY-LICENSES.txt', Buffer.from(notices(inputs).join(`\n${'-'.repeat(80)}\n\n`)));
  // The HDF5 library is larger than all the rest: it is fetched, and kept, when it is asked for.
  const heavy = (name) => Object.keys(outputInputs(page, name)).some((input) => input.includes('node_modules/h5wasm/'));
  const kept = [...outputs.keys()].filter((name) => !name.endsWith('.txt') && !heavy(name)).sort();
  const content = createHash('sha256');
  for (const name of kept) content.update(`${name}\0`).update(outputs.get(name)).update('\0');
  const service = await build({
    ...common,
    entryPoints: { 'service-worker': 'src/lab/serviceWorker.ts' },
    format: 'iife',
    define: {
      LAB_BUILD: JSON.stringify(content.digest('hex').slice(0, 16)),
      LAB_FILES: JSON.stringify(kept),
    },
  });
  outputs.set('service-worker.js', service.outputFiles[0].contents);
  for (const [name, contents] of outputs) replace(path.join(folder, name), Buffer.from(contents));
  for (const name of readdirSync(folder)) if (!outputs.has(name)) rmSync(path.join(folder, name));
}

/** What a file of a build was made of. */
function outputInputs({ metafile }, name) {
  const found = Object.entries(metafile.outputs).find(([file]) => path.basename(file) === name);
  return found ? found[1].inputs : {};
}

mkdirSync(dist, { recursive: true });
try {
  await stage(
    'kernel',
    ['assembly', 'asconfig.json', 'node_modules/assemblyscript/package.json'],
    ['losscone.wasm'],
    kernel,
  );
  const work = [
    stage(
      'bundle',
      ['src', 'package.json', 'dist/losscone.wasm'],
      ['index.js', 'worker.js', 'cli.js', 'THIRD-PARTY-LICENSES.txt'],
      bundle,
    ),
    stage('lab', ['src', 'package.json', 'dist/losscone.wasm'], ['lab/index.html', 'lab/service-worker.js'], lab),
  ];
  if (!quick)
    work.push(
      stage('types', ['src', 'tsconfig.json'], ['types/index.d.ts'], () =>
        node(['node_modules/typescript/bin/tsc', '-p', 'src/tsconfig.build.json']),
      ),
    );
  const failed = (await Promise.allSettled(work)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
