import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundled } from './build.js';

let script: URL;
let workerUrl: URL;

beforeAll(async () => {
  workerUrl = await bundled('fakeWorker', 'exit');
  script = await bundled('exitScript', 'exit');
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function program(how: string): Promise<Ended> {
  return new Promise((resolve) => {
    // With little memory for JavaScript, in workers too.
    const options = how.includes('memory') ? ['--max-old-space-size=24'] : [];
    const child = spawn(process.execPath, [...options, fileURLToPath(script), how, workerUrl.href], {
      timeout: 30_000,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('a process that used the engine ends by itself', () => {
  it.each([
    ['completes', 'complete'],
    ['retries', 'complete'],
    ['breaks', 'complete'],
    ['aborts', 'incomplete'],
    ['pauses', 'incomplete'],
    ['fails', 'BLOCK_FAILED'],
    ['runs out of memory', 'complete'],
    ['runs out of memory again', 'BLOCK_FAILED'],
  ])('after a run that %s', async (how, outcome) => {
    const { code, stdout, stderr } = await program(how);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ outcome, holding: [] });
  });

  it('after a run whose result nobody asked for', async () => {
    expect(await program('forgets')).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
