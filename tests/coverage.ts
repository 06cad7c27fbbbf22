/**
 * Coverage of the 95 % intervals: `npm run coverage [runs [synthetic runs [case]]]`; a case is part of a name.
 *
 * Real runs of the engine, small ones with seeds 1, 2, ..., and synthetic ones whose answers are linear algebra. For each
 * case and estimate: in how many runs the data allowed one; the mean; the reference (exact theory, or the mean of all);
 * how many errors of the mean lie between them; the spread over the quoted errors; the share of intervals that hold
 * the reference; and the share of fits with a p-value below 5 %. Exit 1 if a coverage lies outside 93 - 97 %.
 */
import { existsSync, readFileSync } from 'node:fs';
import { calibrate, calibrationCases } from './analysis/calibration.js';
import { calibrateReal, realCases } from './analysis/realRuns.js';
import { coverageUntil, untilCases } from './analysis/untilRuns.js';

const kernel = 'dist/losscone.wasm';
if (!existsSync(kernel)) {
  console.error(`${kernel}: not there (build it first: npm run build)`);
  process.exit(2);
}
const module = new WebAssembly.Module(readFileSync(kernel));
const runs = Number(process.argv[2] ?? 2000);
const synthetic = Number(process.argv[3] ?? runs);
const asked = process.argv[4] ?? '';
const start = performance.now();
const seconds = () => ((performance.now() - start) / 1000).toFixed(0);
let failed = false;
const judge = (coverage: number) => {
  const right = coverage >= 0.93 && coverage <= 0.97;
  failed ||= !right;
  return `${(100 * coverage).toFixed(1).padStart(6)} %${right ? '' : '!'}`;
};

if (runs > 0) {
  console.log(`${runs} runs of the engine each`);
  console.log(
    `${'case and estimate'.padEnd(46)} ${'given'.padStart(6)} ${'mean'.padStart(12)} ${'reference'.padStart(18)} ${'bias/err'.padStart(8)} ${'spread'.padStart(7)} coverage  p < 5 %`,
  );
}
for (const one of runs > 0 ? realCases.filter(({ name }) => name.includes(asked)) : []) {
  const every = Math.max(1, Math.floor(runs / 4));
  const results = calibrateReal(module, one, runs, (done) => {
    if (done % every === 0) console.error(`${one.name}: ${done} of ${runs} runs, ${seconds()} s`);
  });
  for (const { name, given, mean, reference, exact, bias, spread, coverage, surprised } of results) {
    const against = `${reference.toPrecision(6)} ${exact ? 'exact' : 'mean '}`;
    console.log(
      `${name.padEnd(46)} ${String(given).padStart(6)} ${mean.toPrecision(6).padStart(12)} ${against.padStart(18)} ` +
        `${bias.toFixed(2).padStart(8)} ${spread.toFixed(3).padStart(7)} ${judge(coverage)}` +
        `${Number.isNaN(surprised) ? '' : ` ${(100 * surprised).toFixed(1).padStart(6)} %`}`,
    );
  }
}

if (runs > 0) console.log(`\n${runs} runs to a precision each, judged at doubling prefixes from 1,024 particles on`);
for (const one of runs > 0 ? untilCases.filter(({ name }) => name.includes(asked)) : []) {
  const { name, given, mean, reference, exact, coverage, ended } = coverageUntil(module, one, runs);
  const shares = ended.map((share) => `${(100 * share).toFixed(0)} %`).join(', ');
  console.log(
    `${name.padEnd(46)} ${String(given).padStart(6)} ${mean.toPrecision(6).padStart(12)} ` +
      `${`${reference.toPrecision(6)} ${exact ? 'exact' : 'mean '}`.padStart(18)} ${judge(coverage)}  ended at ${shares}`,
  );
}

if (synthetic > 0) {
  console.log(`\n${synthetic} synthetic runs each`);
  console.log(
    `${'case and estimate'.padEnd(46)} ${'given'.padStart(6)} ${'bias'.padStart(8)} ${'spread'.padStart(7)} coverage`,
  );
}
for (const one of synthetic > 0 ? calibrationCases(40).filter(({ name }) => name.includes(asked)) : []) {
  for (const { name, given, coverage, spread, mean, error, truth } of calibrate(one, synthetic)) {
    const bias = (mean - truth) / error / Math.sqrt(given);
    console.log(
      `${name.padEnd(46)} ${String(given).padStart(6)} ${bias.toFixed(3).padStart(8)} ${spread.toFixed(3).padStart(7)} ${judge(coverage)}`,
    );
  }
}
console.log(`\n${seconds()} s`);
process.exitCode = failed ? 1 : 0;
