import { EngineError } from './errors.js';
import { sha256 } from './sha256.js';

/** A kernel that workers can be given. */
export interface Compiled {
  readonly hash: string;
  readonly module: Promise<WebAssembly.Module>;
}

let last: Compiled | undefined;

/**
 * The compiled kernel of these bytes and their SHA-256. The last kernel is kept: a runtime does not give back all that compiling took
 * (Node 1.7 kB each time), which adds up in a program of a hundred thousand short runs.
 */
export function compile(wasm: Uint8Array<ArrayBuffer>): Compiled {
  const hash = sha256(wasm); // of the bytes as they are now: an array can be written to
  if (last?.hash === hash) return last;
  const compiled = { hash, module: compileAnew(wasm) };
  last = compiled;
  // What failed may work the next time, where memory was short.
  compiled.module.catch(() => {
    if (last === compiled) last = undefined;
  });
  return compiled;
}

async function compileAnew(wasm: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(wasm);
  } catch (error) {
    throw new EngineError('BAD_KERNEL', `wasm: this runtime cannot compile the kernel (${(error as Error).message})`);
  }
}
