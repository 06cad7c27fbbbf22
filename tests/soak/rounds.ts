/** What the soak does in Node: a program that answers each message with a round of runs. `--leak`: each keeps a megabyte and a descriptor. */
import { openSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Losscone from '../../src/index.js';
import { root } from '../root.js';
import { CANCELS, type Round } from './child.js';
import { descriptors, residentBytes, threads, wasmPages } from './process.js';

async function answerRounds(leak: boolean): Promise<void> {
  const library: typeof Losscone = await import(pathToFileURL(path.join(root, 'dist/index.js')).href);
  const { parseOrbits, parseScenario, run, runOrbits } = library;
  const line = parseScenario({ particles: { count: 4096 }, times: { count: 5, collisionTimes: 0.5 } });
  const long = parseScenario({ particles: { count: 4_000_000 } });
  const orbits = parseOrbits(
    'motion: fullOrbit\nfield: { kind: bottle, B: 0.5 T, scale: 1 m }\nparticles: { count: 256, energy: 10 keV, place: [0.2 m, 0 m, 0 m] }\ntimes: { until: 1 us, count: 4 }',
  );
  const kept: Uint8Array[] = [];

  async function round(): Promise<Round> {
    const hashes = [
      (await run(line, { workers: 2 }).result).hash,
      (await runOrbits(orbits, { workers: 2 }).result).hash,
    ];
    let pages = 0;
    for (let i = 0; i < CANCELS; i++) {
      const going = run(long, { workers: 2 });
      // One of them once particles are under way, the others wherever they are: at the start of the workers too.
      if (i > 0) await new Promise((resolve) => setTimeout(resolve, 30 * i));
      else for await (const _ of going) break;
      if (i === 0) pages = wasmPages();
      going.abort();
      await going.result.catch(() => {});
    }
    if (leak) {
      kept.push(new Uint8Array(1e6).fill(1));
      openSync('/dev/null', 'r');
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    (globalThis as { gc?: () => void }).gc?.();
    const { heapUsed } = process.memoryUsage();
    return {
      hashes,
      sampled: {
        'pages in a run': pages,
        'pages after': wasmPages(),
        'resident [MB]': residentBytes() / 1e6,
        'JavaScript [MB]': heapUsed / 1e6,
        threads: threads(),
        descriptors: descriptors(),
      },
    };
  }

  process.on('message', async () => process.send?.(await round()));
  process.on('disconnect', () => process.exit(0));
}

await answerRounds(process.argv.includes('--leak'));
