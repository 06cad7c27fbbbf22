import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const program = fileURLToPath(new URL('count.mjs', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'losscone-count-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const good = { numPassedTests: 123, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: true };
const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

function count(report: object | string, status = '0'): { line: string; code: number | null } {
  const place = path.join(folder, 'report.json');
  writeFileSync(place, typeof report === 'string' ? report : JSON.stringify({ testResults: [], ...report }));
  const { stdout, status: code } = spawnSync(process.execPath, [program, place, status], { encoding: 'utf8' });
  return { line: stdout.trimEnd().split('\n').at(-1) as string, code };
}

it('counts a good run', () => {
  expect(count(good)).toEqual({ line: '123 passed, 0 failed', code: 0 });
  expect(count({ ...good, numPendingTests: 2, numTodoTests: 1 })).toEqual({
    line: '123 passed, 0 failed',
    code: 0,
  });
});

it('fails for a failed test', () => {
  const failed = { ...good, numFailedTests: 2, success: false, testResults: [file('failed', 'passed', 'failed')] };
  expect(count(failed, '1')).toEqual({ line: '123 passed, 2 failed', code: 1 });
});

it('fails for a file that does not load', () => {
  const broken = { ...good, success: false, testResults: [file('failed'), file('passed', 'passed')] };
  expect(count(broken, '1')).toEqual({ line: '123 passed, 1 failed', code: 1 });
});

it('fails where nothing ran, where vitest failed otherwise, and where there is no report', () => {
  expect(count({ ...good, numPassedTests: 0 })).toEqual({ line: '0 passed, 1 failed', code: 1 });
  expect(count(good, '1')).toEqual({ line: '123 passed, 1 failed', code: 1 });
  expect(count({ ...good, success: false })).toEqual({ line: '123 passed, 1 failed', code: 1 });
  expect(count('{ "cut off', '1')).toEqual({ line: '0 passed, 1 failed', code: 1 });
});
