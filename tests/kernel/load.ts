/** The kernel as it is shipped: dist/losscone.wasm, built first where it is missing. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = `${root}dist/losscone.wasm`;

let compiled: WebAssembly.Module | undefined;

/** The compiled kernel. */
export function kernelModule(): WebAssembly.Module {
  if (compiled === undefined) {
    if (!existsSync(file)) {
      // beside its place and then renamed: another test file may be doing the same
      const draft = `${file}.${process.pid}`;
      const compiler = `${root}node_modules/assemblyscript/bin/asc.js`;
      execFileSync(process.execPath, [compiler, '--target', 'release', '--outFile', draft], { cwd: root });
      renameSync(draft, file);
    }
    compiled = new WebAssembly.Module(readFileSync(file));
  }
  return compiled;
}
