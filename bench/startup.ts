/** Process start to the first block dispatched, the built command on the default scenario. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { machine, median, spread } from './machine.js';

export async function bench(root: string): Promise<void> {
  console.log(machine());
  const folder = mkdtempSync(path.join(tmpdir(), 'losscone-bench-'));
  const times: number[] = [];
  for (let i = 0; i < 9; i++) {
    const done = spawnSync(
      process.execPath,
      [
        path.join(root, 'dist/cli.js'),
        'run',
        'mirror',
        '--count',
        '64',
        '--quiet',
        '--no-figures',
        '-o',
        folder,
        '--force',
      ],
      { encoding: 'utf8', env: { ...process.env, LOSSCONE_TRACE: '1' } },
    );
    const found = /first block dispatched after ([\d.]+) ms/.exec(done.stderr);
    if (found === null) throw new Error(`no trace was printed: ${done.stderr}`);
    times.push(Number(found[1]));
  }
  rmSync(folder, { recursive: true });
  console.log(
    `process start to first block: ${median(times).toFixed(0)} ms (median of ${times.length}; ${spread(times)})`,
  );
}
