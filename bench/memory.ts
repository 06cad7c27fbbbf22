/** Resident memory of a run of 100,000,000 particles, all workers together (they are threads of one process). */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { machine } from './machine.js';

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const folder = mkdtempSync(path.join(tmpdir(), 'losscone-bench-'));
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'dist/cli.js'),
      'run',
      'mirror',
      '--count',
      '100000000',
      '--set',
      'times.count=2',
      '--set',
      'times.collisionTimes=0.002',
      '--quiet',
      '--no-figures',
      '-o',
      folder,
      '--force',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  let most = 0;
  const watch = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (found) most = Math.max(most, Number(found[1]) * 1024);
    } catch {
      // it has just ended
    }
  }, 200);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  rmSync(folder, { recursive: true });
  if (code !== 0) throw new Error(`the run ended with ${code}`);
  console.log(
    `100,000,000 particles in ${((performance.now() - started) / 1e3).toFixed(1)} s, at most ${(most / 1e6).toFixed(0)} MB resident`,
  );
}
