/**
 * Endurance: `npm run soak -- [--minutes 60] [--no-page] [--leak]`, on Linux, with what `npm run build` made.
 *
 * Rounds of runs to their end, orbits, and runs that are cancelled, in a process of their own; and of runs that are started and stopped in
 * a page of the lab. After each round: resident memory, what JavaScript keeps, pages of WebAssembly, threads and file descriptors; what is alive in the
 * page, and its workers. Prints the slope of each with its standard error; exit 1 where one rises by 5 of them or more.
 *
 * Freed memory that the allocator keeps, and compiled code, grow for some 2,000 runs. So that most of the hour comes after that, runs go on in
 * their process for as long as the page takes; and their process is kept from most of both (see `soak/child.ts`).
 * `--leak` is the control: each round keeps a megabyte, a descriptor and some of the page's memory, and must be refused.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { alive, cycles, lasting } from './lab/page/cycles.js';
import { begin, end, open, write } from './lab/page/open.js';
import { CANCELS, type Round, rounds } from './soak/child.js';
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
const stops = 3;

/** The page of the lab, whose runs are started and stopped. */
async function page() {
  await begin();
  const opened = await open();
  const protocol = await opened.page.context().newCDPSession(opened.page);
  await write(opened.page, lasting);
  return {
    wrong: opened.wrong,
    async next() {
      await cycles(opened.page, stops, values.leak ? 8000 : 0);
      return { 'page alive [MB]': (await alive(protocol)) / 1e6, 'page workers': opened.page.workers().length };
    },
  };
}

/** Samples, by what was sampled, and when they were taken. */
interface Sampled {
  /** Rounds in Node; in the page there is one for each sample. */
  readonly count: number;
  readonly hours: number[];
  readonly series: Record<string, number[]>;
  readonly hashes: Set<string>;
  /** What the page said. */
  readonly wrong: string[];
}

/** Rounds in Node for as long as one in the page takes, and one at least. */
async function meanwhile(
  round: () => Promise<Round>,
  page: (() => Promise<Readonly<Record<string, number>>>) | undefined,
) {
  let over = page === undefined;
  const inPage = page?.().finally(() => {
    over = true;
  });
  inPage?.catch(() => {}); // it is waited for below
  const inNode: Round[] = [];
  do inNode.push(await round());
  while (!over);
  return [inNode, await inPage] as const;
}

async function sample(): Promise<Sampled> {
  let count = 0;
  const hours: number[] = [];
  const series: Record<string, number[]> = {};
  const hashes = new Set<string>();
  const script = fileURLToPath(new URL('soak/rounds.mjs', import.meta.url));
  const here = rounds(script, process.argv.slice(2));
  try {
    const opened = values['no-page'] ? undefined : await page();
    const start = performance.now();
    const sinceStart = () => (performance.now() - start) / 60_000;
    let told = 0;
    while (sinceStart() < minutes) {
      const [inNode, inPage] = await meanwhile(here.next, opened?.next);
      for (const hash of inNode.flatMap((round) => round.hashes)) hashes.add(hash);
      const sampled = { ...inNode.at(-1)!.sampled, ...inPage };
      count += inNode.length;
      hours.push(sinceStart() / 60);
      for (const [name, value] of Object.entries(sampled)) {
        series[name] ??= [];
        series[name].push(value);
      }
      if (sinceStart() - told < 1) continue;
      told = sinceStart();
      const last = Object.entries(sampled).map(([name, value]) => `${name} ${value.toPrecision(5)}`);
      console.error(`${told.toFixed(0)} min, ${count} rounds: ${last.join(', ')}`);
    }
    return { count, hours, series, hashes, wrong: opened?.wrong ?? [] };
  } finally {
    here.end();
    await end();
  }
}

function judge({ count, hours, series, hashes, wrong }: Sampled): boolean {
  const stopped = values['no-page'] ? '' : `, ${stops * hours.length} stopped in the page`;
  console.log(
    `${count} rounds in ${(60 * (hours.at(-1) ?? 0)).toFixed(1)} min: ${2 * count} runs, ${CANCELS * count} cancelled${stopped}`,
  );
  const row = ['sampled', 'mean', 'slope [1/h]', 'its error', 'verdict'];
  const show = ([name, ...rest]: readonly string[]) =>
    console.log([name.padEnd(18), ...rest.map((cell, i) => (i < 3 ? cell.padStart(12) : cell))].join(' '));
  show(row);
  const verdicts = Object.entries(series).map(([name, list]) => {
    const { slope, standardError, mean, flat } = slopeOf(hours, list);
    const verdict = flat === undefined ? 'too few rounds' : flat ? 'flat' : 'RISES';
    show([name, mean.toPrecision(5), slope.toPrecision(3), standardError.toPrecision(3), verdict]);
    return flat === true;
  });
  if (hashes.size !== 2) console.log(`hashes: ${hashes.size} (must be 2: the same for each round)`);
  if (wrong.length > 0) console.log(`the page said: ${wrong.slice(0, 5).join(' | ')}`);
  return verdicts.every(Boolean) && hashes.size === 2 && wrong.length === 0;
}

process.exit(judge(await sample()) ? 0 : 1);
