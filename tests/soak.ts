/**
 * Endurance: `npm run soak -- [--minutes 60] [--no-page] [--leak]`, on Linux, with what `npm run build` made.
 *
 * Rounds of runs to their end, orbits, and runs that are cancelled, in this process; and of runs that are started and stopped in
 * a page of the lab. After each round: resident memory, pages of WebAssembly, threads and file descriptors; what is alive in the
 * page, and its workers. Prints the slope of each with its standard error; exit 1 where one rises by 5 of them or more.
 * `--leak` is the control: each round keeps a megabyte, a descriptor and some of the page's memory, and must be refused.
 */
import { openSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type * as Losscone from '../src/index.js';
import { alive, cycles, lasting } from './lab/page/cycles.js';
import { begin, end, open, write } from './lab/page/open.js';
import { root } from './root.js';
import { descriptors, residentBytes, threads, wasmPages } from './soak/process.js';
import { slopeOf } from './soak/slope.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    'no-page': { type: 'boolean', default: false },
    leak: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0) || process.platform !== 'linux') {
  console.error(`soak: ${values.minutes} minutes on ${process.platform} (must be a number above 0, and Linux)`);
  process.exit(2);
}
const { parseOrbits, parseScenario, run, runOrbits }: typeof Losscone = await import(
  pathToFileURL(path.join(root, 'dist/index.js')).href
);
const line = parseScenario({ particles: { count: 4096 }, times: { count: 5, collisionTimes: 0.5 } });
const long = parseScenario({ particles: { count: 4_000_000 } });
const orbits = parseOrbits(
  'motion: fullOrbit\nfield: { kind: bottle, B: 0.5 T, scale: 1 m }\nparticles: { count: 256, energy: 10 keV, place: [0.2 m, 0 m, 0 m] }\ntimes: { until: 1 us, count: 4 }',
);
const cancels = 4;
const stops = 3;

/** @returns WebAssembly pages while a run was going on */
async function roundHere(hashes: Set<string>): Promise<number> {
  hashes.add((await run(line, { workers: 2 }).result).hash);
  hashes.add((await runOrbits(orbits, { workers: 2 }).result).hash);
  let pages = 0;
  for (let i = 0; i < cancels; i++) {
    const going = run(long, { workers: 2 });
    // One of them once particles are under way, the others wherever they are: at the start of the workers too.
    if (i > 0) await new Promise((resolve) => setTimeout(resolve, 30 * i));
    else for await (const _ of going) break;
    if (i === 0) pages = wasmPages();
    going.abort();
    await going.result.catch(() => {});
  }
  return pages;
}

const hours: number[] = [];
const series: Record<string, number[]> = {};
const note = (name: string, value: number) => {
  series[name] ??= [];
  series[name].push(value);
};
const kept: Uint8Array[] = [];
const hashes = new Set<string>();
const settle = () => new Promise((resolve) => setTimeout(resolve, 200));

const paged = !values['no-page'];
if (paged) await begin();
const opened = paged ? await open() : undefined;
const protocol = opened && (await opened.page.context().newCDPSession(opened.page));
if (opened) await write(opened.page, lasting);
const start = performance.now();
let told = start;
while (performance.now() - start < 60_000 * minutes) {
  note('pages in a run', await roundHere(hashes));
  if (values.leak) {
    kept.push(new Uint8Array(1e6).fill(1));
    openSync('/dev/null', 'r');
  }
  await settle();
  (globalThis as { gc?: () => void }).gc?.();
  hours.push((performance.now() - start) / 3.6e6);
  note('resident [MB]', residentBytes() / 1e6);
  note('pages after', wasmPages());
  note('threads', threads());
  note('descriptors', descriptors());
  if (opened && protocol) {
    await cycles(opened.page, stops, values.leak ? 8000 : 0);
    note('page alive [MB]', (await alive(protocol)) / 1e6);
    note('page workers', opened.page.workers().length);
  }
  if (performance.now() - told > 60_000) {
    told = performance.now();
    const last = Object.entries(series).map(([name, list]) => `${name} ${list[list.length - 1].toPrecision(5)}`);
    console.error(`${((told - start) / 60_000).toFixed(0)} min, ${hours.length} rounds: ${last.join(', ')}`);
  }
}
if (paged) await end();

const rounds = hours.length;
console.log(
  `${rounds} rounds in ${((performance.now() - start) / 60_000).toFixed(1)} min: ${2 * rounds} runs, ${cancels * rounds} cancelled${paged ? `, ${stops * rounds} stopped in the page` : ''}`,
);
console.log(
  `${'sampled'.padEnd(18)} ${'mean'.padStart(9)} ${'slope [1/h]'.padStart(12)} ${'its error'.padStart(11)}  verdict`,
);
let sound = true;
for (const [name, list] of Object.entries(series)) {
  const { slope, standardError, mean, flat } = slopeOf(hours, list);
  sound &&= flat === true;
  const verdict = flat === undefined ? 'too few rounds' : flat ? 'flat' : 'RISES';
  console.log(
    `${name.padEnd(18)} ${mean.toPrecision(5).padStart(9)} ${slope.toPrecision(3).padStart(12)} ${standardError.toPrecision(3).padStart(11)}  ${verdict}`,
  );
}
if (hashes.size !== 2) {
  sound = false;
  console.log(`hashes: ${hashes.size} (must be 2: the same for each round)`);
}
if (opened && opened.wrong.length > 0) {
  sound = false;
  console.log(`the page said: ${opened.wrong.slice(0, 5).join(' | ')}`);
}
process.exit(sound ? 0 : 1);
