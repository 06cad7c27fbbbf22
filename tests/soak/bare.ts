/**
 * The soak's control: Node without this project, which starts and ends as many workers in a round as the runs do, and hands each the
 * kernel. What it keeps is Node's own.
 */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { root } from '../root.js';
import { CANCELS, type Round, WORKERS } from './child.js';
import { residentBytes } from './process.js';

const script = `const { parentPort } = require('node:worker_threads');
let memory;
parentPort.on('message', () => {
  memory = new WebAssembly.Memory({ initial: 26 });
  parentPort.postMessage('ready');
});`;
const kernel = await WebAssembly.compile(await readFile(`${root}dist/losscone.wasm`));

async function startAndEnd(count: number, after?: number): Promise<void> {
  const workers = Array.from({ length: count }, () => new Worker(script, { eval: true }));
  const ready = workers.map((worker) => new Promise((resolve) => worker.once('message', resolve)));
  for (const worker of workers) worker.postMessage(kernel);
  await (after === undefined ? Promise.all(ready) : new Promise((resolve) => setTimeout(resolve, after)));
  await Promise.all(workers.map((worker) => worker.terminate()));
}

async function round(): Promise<Round> {
  // Two runs to their end; one that is cancelled under way, and those that are wherever they may be.
  for (let i = 0; i < 3; i++) await startAndEnd(WORKERS);
  for (let i = 1; i < CANCELS; i++) await startAndEnd(WORKERS, 30 * i);
  (globalThis as { gc?: () => void }).gc?.();
  return { hashes: [], sampled: { 'Node alone [MB]': residentBytes() / 1e6 } };
}

process.on('message', async () => process.send?.(await round()));
process.on('disconnect', () => process.exit(0));
