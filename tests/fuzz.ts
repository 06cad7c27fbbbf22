/**
 * Fuzzing of every way in: `npm run fuzz -- [--cases 100000] [--seed N] [--target NAME] [--path P]`.
 *
 * Prints the seed first, then for each target how many cases were accepted and refused and how many it takes a second. Where
 * anything but an error of the project's own escapes, a message holds what a terminal obeys, or a case hangs, the smallest
 * such case found is printed with the command that shows it again, and the exit code is 1. A control must fail at first.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { control } from './fuzz/control.js';
import { shares, type Target } from './fuzz/target.js';
import { targets } from './fuzz/targets.js';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    target: { type: 'string' },
    path: { type: 'string' },
  },
});
const cases = Number(values.cases);
const seed = Number(values.seed ?? randomInt(2 ** 31 - 1));
const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
if (!(Number.isInteger(cases) && cases > 0 && Number.isInteger(seed)) || chosen.length === 0) {
  console.error(
    `fuzz: ${process.argv.slice(2).join(' ')} (--cases and --seed are whole numbers; --target is one of ${targets.map(({ name }) => name).join(', ')})`,
  );
  process.exit(2);
}

/** @returns whether nothing escaped */
async function fuzz(one: Target, numRuns: number): Promise<boolean> {
  const count = { accepted: 0, refused: 0 };
  const start = performance.now();
  const details = await one.check({ seed, numRuns, path: values.path, endOnFailure: false }, (outcome) => {
    count[outcome]++;
  });
  const each = (details.numRuns / ((performance.now() - start) / 1000)).toFixed(0);
  console.log(
    `${one.name.padEnd(22)} ${String(details.numRuns).padStart(8)} ${String(count.accepted).padStart(9)} ${String(count.refused).padStart(9)} ${each.padStart(8)}`,
  );
  if (!details.failed) return true;
  const error = details.errorInstance as Error;
  console.log(`  ${error.message.slice(0, 500)}\n  ${String((error.cause as Error)?.stack ?? '').slice(0, 1500)}`);
  console.log(
    `  case: ${JSON.stringify(details.counterexample, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner)).slice(0, 2000)}`,
  );
  console.log(
    `  again: npm run fuzz -- --target '${one.name}' --cases ${numRuns} --seed ${seed} --path ${details.counterexamplePath}`,
  );
  return false;
}

const start = performance.now();
console.log(`seed ${seed}, ${cases} cases`);
if (!(await control(seed)).failed) {
  console.error('fuzz: the control, which throws a TypeError, was not noticed');
  process.exit(1);
}
console.log('control: a TypeError is noticed');
console.log(
  `${'target'.padEnd(22)} ${'cases'.padStart(8)} ${'accepted'.padStart(9)} ${'refused'.padStart(9)} ${'cases/s'.padStart(8)}`,
);
let sound = true;
for (const [one, numRuns] of shares(chosen, cases)) sound = (await fuzz(one, numRuns)) && sound;
const seconds = (performance.now() - start) / 1000;
console.log(`${seconds.toFixed(0)} s; ${sound ? 'nothing escaped' : 'something escaped'}`);
process.exit(sound ? 0 : 1);
