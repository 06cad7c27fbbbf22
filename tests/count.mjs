/**
 * Prints `123 passed, 0 failed` from vitest's JSON report and fails unless that is good news.
 *
 *   node tests/count.mjs REPORT STATUS
 *
 * A run can fail outside its tests (a file that does not load, an unhandled error): such a failure counts as one.
 */
import { readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);

function read() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [],
      success: false,
    };
  }
}

const report = read();
const passed = report.numPassedTests;
const skipped = report.numPendingTests + report.numTodoTests;
const broken = report.testResults.filter(
  (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
);
let failed = report.numFailedTests + broken.length;
if (failed === 0 && (passed === 0 || status !== '0' || !report.success)) failed = 1;
for (const result of broken) console.log(`did not run: ${result.name}`);
// The very last line has one form.
if (skipped > 0) console.log(`${skipped} skipped, each for the reason printed above`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
