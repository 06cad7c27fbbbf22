/** The programs that test a stream of bytes: PractRand's RNG_test where there is one, else dieharder. */
import { spawn, spawnSync } from 'node:child_process';

/** One test's p-value: uniform between 0 and 1 for random numbers, so that both ends are suspicious. */
export interface Outcome {
  test: string;
  p: number;
  /** Probability of a p-value as near to its nearer end: 2 min(p, 1 - p). */
  tail: number;
}

/** What a stream was put through. */
export interface Report {
  bytes: number;
  outcomes: Outcome[];
}

export interface Program {
  name: string;
  /** Tests at least (PractRand) or about (dieharder) so many bytes; chunks are numbered from 0. */
  test(next: (chunk: number) => Uint8Array, bytes: number): Promise<Report>;
}

/** What to say where there is none. */
export const MISSING =
  'battery: neither RNG_test (PractRand) nor dieharder found (apt-get install dieharder; RNG_test is built from PractRand and stands on the PATH or in PRACTRAND)';

function runs(program: string): boolean {
  return spawnSync(program, ['-l'], { stdio: 'ignore' }).error === undefined;
}

/** @param asked practrand or dieharder; without it the stronger one at hand */
export function findProgram(asked?: string): Program | undefined {
  const file = process.env.PRACTRAND ?? 'RNG_test';
  if (asked !== 'dieharder' && runs(file)) return { name: 'PractRand', test: (...args) => practrand(file, ...args) };
  if (asked !== 'practrand' && runs('dieharder')) return { name: 'dieharder', test: dieharder };
}

/** Feeds a program until it has read enough and ends. Chunks are made while earlier ones are read. */
async function feed(program: string, args: string[], next: (chunk: number) => Uint8Array, first: number) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  const ended = new Promise<false>((resolve, reject) => child.on('error', reject).on('close', () => resolve(false)));
  // it closes its end when it has seen enough
  child.stdin.on('error', () => {});
  let bytes = 0;
  let chunk = first;
  let before: Promise<boolean> = Promise.resolve(true);
  while (child.exitCode === null) {
    const data = next(chunk);
    if (!(await before)) break;
    chunk++;
    const written = new Promise<boolean>((resolve) => {
      child.stdin.write(data, (error) => {
        if (!error) bytes += data.length;
        resolve(!error);
      });
    });
    before = Promise.race([written, ended]);
  }
  await ended;
  return { text, bytes, chunk };
}

/** Lines such as `  BCFN(2+0,13-5,T)   R=  -1.9  p = 0.783     normal`; a tail may be written `1-6.6e-3`. */
export function readPractrand(text: string): Outcome[] {
  return [...text.matchAll(/^ {2}(\S.*?) +R= *\S+ +p *~?= *(1-)?([\d.]+(?:e[-+]?\d+)?)/gm)].map(
    ([, test, upper, digits]) => {
      const number = Number(digits);
      return { test, p: upper ? 1 - number : number, tail: 2 * Math.min(number, upper ? 1 : 1 - number) };
    },
  );
}

async function practrand(file: string, next: (chunk: number) => Uint8Array, bytes: number): Promise<Report> {
  const power = Math.max(24, Math.ceil(Math.log2(bytes)));
  // looked at once, at the end: each look would be one more chance of a false alarm
  const args = ['stdin32', '-a', '-multithreaded', '-tlmin', String(power), '-tlmax', String(power)];
  const { text } = await feed(file, args, next, 0);
  const outcomes = readPractrand(text);
  if (outcomes.length === 0) throw new Error(`${file}: no p-value in what it printed`);
  return { bytes: 2 ** power, outcomes };
}

/** Lines such as `diehard_birthdays|   0|       100|     100|0.94529360|  PASSED`. */
export function readDieharder(text: string): Outcome[] {
  return [...text.matchAll(/^ *(\w+)\| *(\d+)\| *\d+\| *\d+\| *([\d.]+)\|/gm)].map(([, test, tuple, digits]) => {
    const p = Number(digits);
    return { test: `${test} ${tuple}`, p, tail: 2 * Math.min(p, 1 - p) };
  });
}

const tuples = (test: number, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ['-d', String(test), '-n', String(from + i)]);

/**
 * Those that its authors trust (5, 6, 7 and 14 are not), in the order in which they are done until the bytes are used up: greatest
 * common divisors (8 GB) and sums of numbers that lie 0 to 32 apart (220 GB) use most.
 */
const DIEHARDER = [
  ...[0, 3, 4, 8, 102, 205, 208, 100, 101, 15, 16, 13].map((test) => ['-d', String(test)]),
  ...tuples(200, 1, 12),
  ...tuples(201, 2, 5),
  ...tuples(202, 2, 5),
  ...[204, 206, 207, 209, 10, 11, 12, 1, 2, 9, 17].map((test) => ['-d', String(test)]),
  ...tuples(203, 0, 32),
];
const FIELDS = ['test_name', 'ntuple', 'tsamples', 'psamples', 'pvalues', 'assessment'].flatMap((name) => ['-D', name]);

async function dieharder(next: (chunk: number) => Uint8Array, bytes: number): Promise<Report> {
  const report: Report = { bytes: 0, outcomes: [] };
  let first = 0;
  for (const test of DIEHARDER) {
    if (report.bytes >= bytes && report.outcomes.length > 0) break;
    const { text, bytes: read, chunk } = await feed('dieharder', ['-g', '200', ...FIELDS, ...test], next, first);
    const outcomes = readDieharder(text);
    if (outcomes.length === 0) throw new Error(`dieharder ${test.join(' ')}: no p-value in what it printed`);
    report.outcomes.push(...outcomes);
    report.bytes += read;
    first = chunk;
  }
  return report;
}
