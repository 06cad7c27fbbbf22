/** The engine's random numbers as bytes: `assembly/random/streams.ts`, compiled beside the product and kept. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';

/** How draws lie one after another; the position is the number that the program knows. */
export const LAYOUTS = [
  { name: 'kernel', what: "the kernel's own order: 256 particles, draw after draw" },
  { name: 'draws', what: 'all draws of one particle' },
  { name: 'particles', what: 'one kick of all particles' },
  { name: 'steps', what: 'every fourth kick of one particle' },
  { name: 'seeds', what: '64 neighbouring seeds in turn' },
  { name: 'purposes', what: 'kick, start, rim, phase and 64 further kicks in turn' },
  { name: 'replicas', what: '64 replicas of a particle in turn' },
  { name: 'angle', what: "the 24 bits of a kick's angle" },
  { name: 'azimuth', what: "the word of a kick's azimuth" },
  { name: 'signs', what: 'the sign bit of each word: a binomial kick' },
  { name: 'uniforms', what: '52 bits of each uniform number of 53' },
] as const;

/** Generators that are known to be bad. */
export const CONTROLS = [
  { name: 'congruential', layout: LAYOUTS.length, rounds: 10, what: 'x -> 1103515245 x + 12345 (mod 2^32)' },
  { name: 'kernel, 2 rounds', layout: 0, rounds: 2, what: 'Philox with 2 of its 10 rounds' },
  { name: 'draws, 2 rounds', layout: 1, rounds: 2, what: 'the same, one particle' },
  { name: 'seeds, 2 rounds', layout: 4, rounds: 2, what: 'the same, neighbouring seeds' },
] as const;

interface Exports {
  memory: WebAssembly.Memory;
  CHUNKS: WebAssembly.Global;
  prepare(seedLow: number, seedHigh: number, rounds: number): void;
  fill(layout: number, chunk: number): number;
}

const CHUNK = 1 << 22;
const root = path.resolve(import.meta.dirname, import.meta.filename.endsWith('.mjs') ? '../../..' : '../..');

/** Compiles the program unless it was compiled from the same sources before. */
function compiled(): WebAssembly.Module {
  const sources = path.join(root, 'assembly');
  const hash = createHash('sha256');
  for (const name of ['layout.ts', ...['random', 'math'].flatMap((folder) => within(sources, folder))])
    hash.update(name).update(readFileSync(path.join(sources, name)));
  const cache = path.join(root, 'node_modules/.cache/losscone-battery');
  const file = path.join(cache, `${hash.digest('hex').slice(0, 16)}.wasm`);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    // beside its place and then renamed: another process may be doing the same
    const draft = `${file}.${process.pid}`;
    const compiler = path.join(root, 'node_modules/assemblyscript/bin/asc.js');
    const options = ['--config', 'tests/battery/asconfig.json', '--outFile', draft];
    execFileSync(process.execPath, [compiler, 'assembly/random/streams.ts', ...options], { cwd: root, stdio: 'pipe' });
    renameSync(draft, file);
  }
  return new WebAssembly.Module(readFileSync(file));
}

function within(parent: string, folder: string): string[] {
  return readdirSync(path.join(parent, folder))
    .sort()
    .map((name) => `${folder}/${name}`);
}

let module: WebAssembly.Module | undefined;

/**
 * Chunks of a stream; chunk n is a pure function of n, and its bytes stand until chunk n + 2 is made.
 * @param layout position in LAYOUTS, or a control's
 * @param rounds of Philox: 10, or fewer for a control
 */
export function stream(layout: number, seed: bigint, rounds = 10): (chunk: number) => Uint8Array {
  module ??= compiled();
  const kernel = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  kernel.prepare(Number(seed & 0xffffffffn), Number(seed >> 32n), rounds);
  return (chunk) => {
    const bytes = kernel.fill(layout, chunk);
    return new Uint8Array(kernel.memory.buffer, (kernel.CHUNKS.value as number) + (chunk & 1) * CHUNK, bytes);
  };
}
