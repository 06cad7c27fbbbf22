/**
 * Coverage of the 95 % intervals over many synthetic runs: `npm run coverage [runs [particles in a group]]`. For each
 * case and estimate: the share of intervals that hold the truth, the spread of the estimates over their quoted errors,
 * the bias in units of the spread. Exit 1 if a coverage lies outside 93 - 97 %.
 */
import { calibrate, calibrationCases } from './analysis/calibration.js';

const runs = Number(process.argv[2] ?? 2000);
let failed = false;
console.log(`${runs} runs each`);
console.log(`${'case and estimate'.padEnd(48)} ${'given'.padStart(6)} coverage  spread   bias`);
for (const one of calibrationCases(Number(process.argv[3] ?? 40))) {
  for (const { name, given, coverage, spread, bias } of calibrate(one, runs)) {
    const right = coverage >= 0.93 && coverage <= 0.97;
    failed ||= !right;
    console.log(
      `${name.padEnd(48)} ${String(given).padStart(6)} ${(100 * coverage).toFixed(1).padStart(6)} % ` +
        `${spread.toFixed(3).padStart(8)} ${bias.toFixed(3).padStart(6)}${right ? '' : '   outside 93 - 97 %'}`,
    );
  }
}
process.exitCode = failed ? 1 : 0;
