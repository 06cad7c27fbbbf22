import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type Plugin } from 'vitest/config';
import { chromium } from './browser/chromium.js';
import { runInNode } from './browser/commands.js';
import LongestFirst from './order.js';

/** A `.wasm` import is its bytes, as in the build. */
const wasmBytes: Plugin = {
  name: 'wasm-bytes',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.wasm')) return null;
    return `export default Uint8Array.from(atob('${readFileSync(id).toString('base64')}'), (c) => c.charCodeAt(0));`;
  },
};

const root = fileURLToPath(new URL('..', import.meta.url));
/** Tests of what a user installs or types: they run on dist/, which is built first. */
const built = [
  'tests/cli/command/**/*.test.ts',
  'tests/lab/page/**/*.test.ts',
  'tests/package/**/*.test.ts',
  'tests/readme*.test.ts',
];
const browser = ['tests/browser/**/*.test.ts'];
/** The reference cases, and error bars of many runs: minutes of particles, which `npm test` runs and `npm run check` does not. */
const validation = [
  'tests/validation/**/*.test.ts',
  'tests/analysis/{*Runs,calibration}.test.ts',
  'tests/lab/learn/answers.test.ts',
  'tests/product/product.test.ts',
];
const globalSetup = ['tests/build.ts'];
/** What is waited for may take long where others have the machine. */
const expect = { poll: { timeout: 50_000 } };
/** One process runs many files, so that modules are loaded and compiled once: no test changes what others see of them. */
const shared = { environment: 'node', isolate: false, expect };

export default defineConfig({
  root,
  test: {
    // by default a core is left idle; and tests that wait, for processes and pages, leave a core to others
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './tests/alarms.ts'],
    projects: [
      {
        root,
        plugins: [wasmBytes],
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...built, ...browser, ...validation],
          testTimeout: 60_000,
        },
      },
      {
        root,
        plugins: [wasmBytes],
        test: {
          ...shared,
          name: 'validation',
          include: validation,
          testTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          ...shared,
          name: 'built',
          include: built,
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        root,
        resolve: { alias: { losscone: fileURLToPath(new URL('../dist/index.js', import.meta.url)) } },
        test: {
          name: 'browser',
          include: browser,
          expect,
          globalSetup,
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: await chromium() }),
            commands: { runInNode },
          },
        },
      },
    ],
  },
});
