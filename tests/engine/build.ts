import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a file, named from this folder, as the package's build does; returns its address. Each test file has a folder of its own. */
export async function bundled(name: string, forTest: string): Promise<URL> {
  const outdir = `${root}node_modules/.cache/losscone-tests/engine/${forTest}`;
  await build({
    entryPoints: [`${root}tests/engine/${name}.ts`],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: ['es2022', 'node20'],
    logLevel: 'warning',
  });
  return pathToFileURL(`${outdir}/${path.basename(name)}.mjs`);
}
