import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * How the tests' Firefox is started. Its compiler mixes SSE and AVX instructions, and where the upper halves of the registers are in use each
 * change costs 70 ns on some processors: runs took 40 times as long. Without AVX the bits are the same.
 */
export const launch = {
  browser: 'firefox',
  headless: true,
  timeout: 90_000,
  extraPrefsFirefox: { 'javascript.options.wasm_simd_avx': false },
} as const;

const names = ['firefox', 'firefox-esr'];

/** A Firefox: `FIREFOX_PATH`, else one on the PATH; undefined where there is none. */
export function firefox(): string | undefined {
  const own = process.env.FIREFOX_PATH;
  if (own) {
    if (!existsSync(own)) throw new Error(`FIREFOX_PATH: ${own} does not exist`);
    return own;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}
