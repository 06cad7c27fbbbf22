/** Names that stand for something else than a file: nothing is waited for, and nothing is written through a link. */
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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

it('a name with the end of a line in it makes no second line', async () => {
  const { code, stderr } = await losscone(folder, ['resume', 'one\ntwo\u001b[31m']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'losscone: one\\u000atwo\\u001b[31m: there is no such file\n' });
});

it.runIf(process.platform === 'linux')('a current folder that is gone is said in one line', async () => {
  mkdirSync(at('gone'));
  const command = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
  const script = `cd gone && rmdir ../gone && '${process.execPath}' '${command}' run mirror --count 100 -o '${at('there')}'`;
  const run = () => execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
  expect(run).toThrow(
    expect.objectContaining({
      status: 2,
      stdout: '',
      stderr: 'losscone: the current folder is gone (change to one that is there)\n',
    }),
  );
});

it('a long table of the name of a result is refused before the run, and not written over', async () => {
  const rows = Array.from({ length: 60_001 }, (_, i) => `${(i / 30_000 - 1).toFixed(7)},${1 + (i / 30_000 - 1) ** 2}`);
  writeFileSync(at('summary.json'), `s,B\n${rows.join('\n')}\n`);
  writeFileSync(at('table.yaml'), 'field: { kind: table, file: summary.json }\nparticles: { count: 100 }\n');
  for (const how of [['--no-figures'], ['--shard', '1/2']])
    expect(await losscone(folder, ['run', 'table.yaml', '-q', '-o', 'tabled', ...how])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^losscone: summary\.json: a table as long as this is kept beside the scenario, where/,
      ),
    });
});

it.each(['utf16le', 'utf16be'])('a scenario in %s, as some shells write it, is read', async (encoding) => {
  const bytes = Buffer.from(`\ufeff${readFileSync(at('brief.yaml'), 'utf8')}`, 'utf16le');
  writeFileSync(at('wide.yaml'), encoding === 'utf16be' ? bytes.swap16() : bytes);
  const hashes: string[] = [];
  for (const name of ['brief.yaml', 'wide.yaml']) {
    const { stdout } = await losscone(folder, [
      'run',
      name,
      '-q',
      '--json',
      '--no-figures',
      '-o',
      `${encoding}-${name}`,
    ]);
    hashes.push(JSON.parse(stdout).hash);
  }
  expect(hashes[1]).toBe(hashes[0]);
});

it('a share that has no place is refused before it is computed', async () => {
  mkdirSync(at('short-1-of-2.part'));
  const share = (...more: string[]) =>
    losscone(folder, ['run', 'brief.yaml', '--set', 'name=short', '-q', '--shard', '1/2', ...more]);
  expect(await share('--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('and is no file') });
  for (const output of ['/proc/x', 'brief.yaml', ''])
    expect(await share('-o', output)).toMatchObject({ code: 2, stdout: '' });
});

it('a link in place of a folder of results leads nowhere', async () => {
  const run = (...more: string[]) =>
    losscone(folder, ['run', 'brief.yaml', '-q', '--set', 'outputs.figures=true', '-o', 'linked', ...more]);
  expect((await run('--no-figures')).code).toBe(0);
  mkdirSync(at('victim'));
  writeFileSync(at('victim', 'survival.svg'), 'kept');
  const link = 'a link of that name is in the way (must be a folder of its own: files in it are replaced)';
  for (const [name, command] of [
    ['figures', ['plot', 'linked', '--only', 'survival', '--format', 'svg']],
    ['figures', ['plot', 'linked', '--only', 'survival', '--format', 'svg', '--force']],
    ['csv', ['export', 'linked', '--only', 'survival']],
    ['figures', ['run', 'brief.yaml', '-q', '-o', 'linked', '--force']],
    ['points', ['scan', 'brief.yaml', '--vary', 'field.ratio=2,3', '-o', 'linked', '--force']],
  ] as const) {
    symlinkSync(at('victim'), at('linked', name));
    const { code, stderr } = await losscone(folder, command);
    expect(code, command.join(' ')).toBeGreaterThan(0);
    expect(stderr).toContain(`linked/${name}: `);
    expect(stderr).toContain(link);
    rmSync(at('linked', name));
  }
  expect(readdirSync(at('victim'))).toEqual(['survival.svg']);
  expect(readFileSync(at('victim', 'survival.svg'), 'utf8')).toBe('kept');
}, 60_000);

it.runIf(process.platform === 'linux')(
  'a pipe in the folder of a scan is not waited for, and its point is run again',
  async () => {
    const scan = (...more: string[]) =>
      losscone(folder, ['scan', 'brief.yaml', '--vary', 'field.ratio=2,3', '--no-figures', '-o', 'piped', ...more]);
    const first = await scan();
    rmSync(at('piped/points/00000.json'));
    rmSync(at('piped/points/00001.json'));
    execFileSync('mkfifo', [at('piped/points/00000.json')]);
    symlinkSync('/dev/zero', at('piped/points/00001.json'));
    const again = await scan();
    expect(again).toMatchObject({ code: 0, stdout: first.stdout });
    expect(again.stderr).toContain('points/00000.json, points/00001.json could not be read and were run again');
    // What it says of itself is not waited for either.
    rmSync(at('piped/scan.json'));
    execFileSync('mkfifo', [at('piped/scan.json')]);
    expect(await scan()).toMatchObject({
      code: 2,
      stderr: 'losscone: piped: is not empty and holds no scan (give another folder, or --force)\n',
    });
  },
  60_000,
);

it('a point that somebody else wrote says nothing but its numbers, at its place of the grid', async () => {
  const scan = () =>
    losscone(folder, ['scan', 'brief.yaml', '--vary', 'field.ratio=2,3', '--no-figures', '-o', 'forged']);
  const first = await scan();
  const name = at('forged/points/00000.json');
  const point = JSON.parse(readFileSync(name, 'utf8'));
  const [[estimate, one]] = Object.entries<object>(point.estimates);
  const forged = (change: object) => writeFileSync(name, JSON.stringify({ ...point, ...change }));
  forged({ values: ['=2\u001b[31mRED'] });
  expect(await scan()).toMatchObject({ code: 0, stdout: first.stdout });
  for (const change of [
    { estimates: { ...point.estimates, [estimate]: { ...one, unit: '\u001b[31m' } } },
    { estimates: { ...point.estimates, '=cmd|x': one } },
    { estimates: { ...point.estimates, '.': one } },
    { estimates: { ...point.estimates, ['a'.repeat(300)]: one } },
    { particles: -1e308 },
    { warnings: ['\u202e'] },
  ]) {
    forged(change);
    const again = await scan();
    expect(again, JSON.stringify(change)).toMatchObject({ code: 0, stdout: first.stdout });
    expect(again.stderr).toContain('points/00000.json could not be read and was run again');
  }
}, 120_000);

it('a scenario that names files without end is refused before they are all read', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `k${i}: { file: t${i}.csv }`);
  writeFileSync(at('bomb.yaml'), names.join('\n'));
  writeFileSync(at('t0.csv'), ' '.repeat(8_000_000));
  for (let i = 1; i < 40; i++) symlinkSync(at('t0.csv'), at(`t${i}.csv`));
  const { code, stderr } = await losscone(folder, ['describe', 'bomb.yaml']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^losscone: bomb\.yaml: 40 faults\n/);
  writeFileSync(
    at('bomb.yaml'),
    `field: { kind: table, file: t0.csv }\nparticles: { table: { file: t1.csv } }\n${names.join('\n')}`,
  );
  expect((await losscone(folder, ['describe', 'bomb.yaml'])).code).toBe(2);
}, 60_000);

it.runIf(process.platform === 'linux')(
  'what cannot be said on a full disk changes no exit code',
  async () => {
    const command = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
    const codeOf = (args: string) => {
      try {
        execFileSync('sh', ['-c', `'${process.execPath}' '${command}' ${args} 2>/dev/full`], {
          cwd: folder,
          stdio: 'pipe',
        });
        return 0;
      } catch (error) {
        return (error as { status: number }).status;
      }
    };
    expect(codeOf('run nonsense')).toBe(2);
    expect(codeOf('run brief.yaml --no-figures -o unsaid')).toBe(0);
  },
  60_000,
);

it('JSON for programs has nothing in it that a terminal would obey', async () => {
  writeFileSync(
    at('obeyed.yaml'),
    'description: "\\x9b31mRED\\u202egpj\\x7f"\nparticles: { count: 100 }\ntimes: { count: 2, collisionTimes: 0.1 }\n',
  );
  const { code, stdout } = await losscone(folder, [
    'run',
    'obeyed.yaml',
    '--json',
    '--no-figures',
    '-q',
    '-o',
    'obeyed',
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('"\\u009b31mRED\\u202egpj\\u007f"');
  expect(JSON.parse(stdout).description).toBe('\u009b31mRED\u202egpj\u007f');
}, 60_000);
