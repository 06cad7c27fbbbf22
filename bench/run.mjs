/**
 * `npm run bench [name ...]`: measures what the README states. Never part of the tests: times depend on the machine.
 *
 *   kernel    the mirror step against native C, one core            (needs gcc)
 *   orbits    the push of full orbits against native C, one core    (needs gcc)
 *   workers   two workers against one
 *   tallies   the cost of fifty snapshots
 *   startup   process start to the first block
 *   memory    a hundred million particles
 *   rare      splitting and stratified starts against plain runs
 *   lossRate  time to 1 % on the loss rate, beside Euler-Maruyama in numba   (needs python3 with numba)
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, '..', 'node_modules', '.cache', 'losscone-bench');
mkdirSync(out, { recursive: true });
const all = ['kernel', 'orbits', 'workers', 'tallies', 'startup', 'memory', 'rare', 'lossRate'];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`bench: ${unknown.join(', ')} is not a benchmark (known: ${all.join(', ')})`);
  process.exit(2);
}
await build({
  entryPoints: all.map((name) => path.join(here, `${name}.ts`)),
  outdir: out,
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  external: ['losscone', '@observablehq/plot', 'linkedom', '@resvg/resvg-js', 'h5wasm', 'h5wasm/node'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
for (const name of asked.length > 0 ? asked : all) {
  console.log(`\n== ${name}`);
  const { bench } = await import(pathToFileURL(path.join(out, `${name}.js`)).href);
  await bench(path.join(here, '..'));
}
