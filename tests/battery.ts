/**
 * A battery of statistical tests on the random numbers as the engine uses them: `npm run battery -- [options]`.
 *
 *   --gigabytes N     in all, shared evenly by the layouts; 44
 *   --layout NAME     one layout alone; may be repeated
 *   --program NAME    practrand or dieharder; the stronger one at hand
 *   --seed N          1
 *   --stdout NAME     no tests: writes the layout's bytes, for a program of your own
 *
 * Controls come first: generators known to be bad, which must fail. Exit 1 if a layout fails or a control does not, 2 if
 * there is no program. The stream is not looked at again after a failure.
 */
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findProgram, MISSING, type Report } from './battery/programs.js';
import { CONTROLS, LAYOUTS, stream } from './battery/streams.js';
import { FALSE_ALARM, judge, WEAK } from './battery/verdict.js';

function usage(problem: string): never {
  console.error(`battery: ${problem}`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        gigabytes: { type: 'string', default: '44' },
        layout: { type: 'string', multiple: true, default: [] },
        program: { type: 'string' },
        seed: { type: 'string', default: '1' },
        stdout: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return usage((error as Error).message);
  }
}

const asked = options();
const gigabytes = Number(asked.gigabytes);
if (!(gigabytes > 0 && gigabytes <= 1e5)) usage(`--gigabytes ${asked.gigabytes} (would be right: 0.1 to 100000)`);
if (!/^\d{1,20}$/.test(asked.seed) || BigInt(asked.seed) >= 2n ** 64n)
  usage(`--seed ${asked.seed} (would be right: an integer below 2^64)`);
const seed = BigInt(asked.seed);
const names = LAYOUTS.map(({ name }) => name as string);
for (const name of asked.stdout === undefined ? asked.layout : [asked.stdout])
  if (!names.includes(name)) usage(`${name} is not a layout (known: ${names.join(', ')})`);

if (asked.stdout !== undefined) {
  const next = stream(names.indexOf(asked.stdout), seed);
  try {
    for (let chunk = 0; ; chunk++) {
      const data = next(chunk);
      for (let at = 0; at < data.length; ) at += writeSync(1, data, at);
    }
  } catch (error) {
    // the reader has seen enough
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    process.exit(0);
  }
}

if (asked.program !== undefined && !['practrand', 'dieharder'].includes(asked.program))
  usage(`--program ${asked.program} (would be right: practrand or dieharder)`);
const program = findProgram(asked.program);
if (program === undefined) {
  console.error(MISSING);
  process.exit(2);
}

const start = performance.now();
const columns = (cells: (string | number)[]) =>
  `${String(cells[0]).padEnd(18)}${String(cells[1]).padStart(9)}${String(cells[2]).padStart(7)}${String(cells[3]).padStart(6)}${String(cells[4]).padStart(11)}  ${cells[5]}`;
const size = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
const show = (name: string, { bytes, outcomes }: Report, all: number) => {
  const { tests, weak, worst, failed } = judge(outcomes, all);
  console.log(
    columns([
      name,
      size(bytes),
      tests,
      weak.length,
      worst.tail.toPrecision(2),
      `${failed ? 'failed' : 'passed'}  ${worst.test}`,
    ]),
  );
  return failed;
};

console.log(`${program.name}, seed ${seed}. p is two-sided; weak: p < ${WEAK}\n`);
console.log(columns(['stream', 'bytes', 'tests', 'weak', 'least p', 'verdict and test']));
let wrong = false;
for (const { name, layout, rounds } of CONTROLS) {
  // the controls are so bad that little of them is enough
  const report = await program.test(stream(layout, seed, rounds), 2 ** 26);
  if (!show(name, report, report.outcomes.length)) {
    console.log(`${name}: a bad generator passed; what follows proves nothing`);
    wrong = true;
  }
}

const chosen = LAYOUTS.map(({ name, what }, layout) => ({ name, what, layout })).filter(
  ({ name }) => asked.layout.length === 0 || asked.layout.includes(name),
);
const share = (gigabytes * 1e9) / chosen.length;
const reports: Report[] = [];
for (const { name, what, layout } of chosen) {
  console.error(`${name}: ${what} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
  const report = await program.test(stream(layout, seed), share);
  reports.push(report);
  // a failure is judged again below, among all tests; a lone layout's count is the strictest bound known by now
  show(name, report, report.outcomes.length * chosen.length);
}
const outcomes = reports.flatMap((report) => report.outcomes);
const { tests, weak, worst, failed } = judge(outcomes);
const bytes = reports.reduce((sum, report) => sum + report.bytes, 0);
console.log(
  `${columns(['all layouts', size(bytes), tests, weak.length, worst.tail.toPrecision(2), `${failed ? 'failed' : 'passed'}  ${worst.test}`])}\n`,
);
for (const { test, p, tail } of weak.slice(0, 40))
  console.log(`weak: ${test}, p = ${p} (two-sided ${tail.toPrecision(2)})`);
console.log(
  `${weak.length} of ${tests} weak (${(WEAK * tests).toFixed(1)} expected); the least p times the tests is ${(worst.tail * tests).toPrecision(2)}, ` +
    `and below ${FALSE_ALARM} a battery fails. ${((performance.now() - start) / 1000).toFixed(0)} s`,
);
process.exitCode = failed || wrong ? 1 : 0;
