/** Names that stand for something else than a file: nothing is waited for, and nothing is written through a link. */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { losscone, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
const at = (...parts: string[]) => path.join(folder, ...parts);
writeFileSync(
  at('brief.yaml'),
  'description: "\\e[31mred\\u202e"\nparticles: { count: 100 }\ntimes: { count: 2, collisionTimes: 0.1 }\n',
);

it.runIf(process.platform !== 'win32')(
  'a pipe is not waited for: as a scenario, a checkpoint, a share',
  async () => {
    execFileSync('mkfifo', [at('pipe')]);
    for (const [args, message] of [
      [['run', 'pipe'], 'pipe: is a pipe that nobody writes to (must be a scenario file)'],
      [['resume', 'pipe'], 'pipe: it is no regular file'],
      [
        ['run', 'brief.yaml', '--checkpoint', 'pipe'],
        'pipe: is there already, and is no checkpoint (give another name)',
      ],
    ] as const)
      expect(await losscone(folder, args)).toMatchObject({ code: 2, stdout: '', stderr: `losscone: ${message}\n` });
  },
  60_000,
);

it('a link in place of a result or a checkpoint is not followed', async () => {
  writeFileSync(at('precious'), 'kept');
  mkdirSync(at('out'));
  for (const name of ['out/results.h5', 'out/summary.json', 'a.ckpt', 'b.ckpt.old'])
    symlinkSync(at('precious'), at(name));
  const run = (...more: string[]) =>
    losscone(folder, ['run', 'brief.yaml', '-q', '--no-figures', '-o', 'out', '--force', ...more]);
  for (const [name, place] of [
    ['a.ckpt', 'a.ckpt'],
    ['b.ckpt', 'b.ckpt.old'],
  ])
    expect(await run('--checkpoint', name)).toMatchObject({
      code: 2,
      stderr: `losscone: ${place}: is there already, and is no checkpoint (give another name)\n`,
    });
  expect((await run()).code).toBe(0);
  expect(lstatSync(at('out/results.h5')).isSymbolicLink()).toBe(false);
  expect(readFileSync(at('precious'), 'utf8')).toBe('kept');
}, 60_000);

it('a description is shown without what a terminal would obey', async () => {
  const { code, stdout } = await losscone(folder, ['describe', 'brief.yaml']);
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toContain(': \\u001b[31mred\\u202e');
});
