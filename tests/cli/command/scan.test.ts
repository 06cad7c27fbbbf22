import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { small } from '../../small.js';
import { signalled } from './fromWithin.js';
import { losscone, start, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
writeFileSync(path.join(folder, 'small.yaml'), small);
const firstPoint = 'points/00000.json';
const read = (...parts: string[]) => readFileSync(path.join(folder, ...parts), 'utf8');
const scan = (out: string, ...more: string[]) => [
  'scan',
  'small.yaml',
  '--vary',
  'field.ratio=2,3,5,8',
  '--no-figures',
  '-o',
  out,
  ...more,
];

it('goes on where it was stopped, by a signal or without a word, to the same table', async () => {
  const whole = await losscone(folder, scan('whole'));
  expect(whole.code).toBe(0);
  expect(whole.stdout).toMatch(/^small: 4 points\n/);
  expect(JSON.parse(read('whole/scan.json')).complete).toBe(true);

  const long = ['--count', '1e5'];
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const) {
    const ended = await start(folder, scan(signal, ...long), '', signalled({ file: firstPoint, signal })).ended;
    const points = path.join(folder, signal, 'points');
    expect(ended.code).toBe(code);
    const done = list(points);
    expect(done).toEqual([path.basename(firstPoint)]);
    expect(JSON.parse(read(signal, 'scan.json')).complete).toBe(false);
    if (signal === 'SIGINT') expect(ended.stdout).toMatch(/^small: INCOMPLETE: \d of 4 points\n/);
    const kept = done.map((name) => readFileSync(path.join(points, name), 'utf8'));
    expect((await losscone(folder, scan(signal, ...long))).code).toBe(0);
    // what was finished is what it was, and was not run again
    expect(done.map((name) => readFileSync(path.join(points, name), 'utf8'))).toEqual(kept);
  }
  expect(read('SIGKILL/scan.csv')).toBe(read('SIGINT/scan.csv'));
}, 240_000);

it('of orbits in space goes on where it was stopped, and its points are the runs themselves', async () => {
  const yaml = `name: sheet
motion: fullOrbit
field: { kind: currentSheet, B0: 5 nT, thickness: 500 km, normalField: 5 nT }
particles: { count: 4096, speed: 1.4142e6 m/s, pitch: { kind: cosine, xi: -0.7 }, place: [0 m, 0 m, 2e7 m] }
times: { until: 60 s, count: 1 }
`;
  writeFileSync(path.join(folder, 'sheet.yaml'), yaml);
  const command = [
    'scan',
    'sheet.yaml',
    '--vary',
    'field.thickness=1e5 m,2e5 m,4e5 m,8e5 m',
    '--no-figures',
    '-o',
    'orbits',
  ];
  const { ended } = start(folder, command, '', signalled({ file: firstPoint }));
  const points = path.join(folder, 'orbits/points');
  expect((await ended).code).toBe(130);
  const done = list(points);
  expect(done).toEqual([path.basename(firstPoint)]);
  const kept = done.map((name) => readFileSync(path.join(points, name), 'utf8'));
  const { code, stdout } = await losscone(folder, command);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^sheet: 4 points\n\n +field\.thickness \[m\] +rmsKick/);
  expect(done.map((name) => readFileSync(path.join(points, name), 'utf8'))).toEqual(kept);
  const set = ['--set', 'field.thickness=2e5 m', '--json', '-q', '--no-figures', '-o', 'alone'];
  const alone = JSON.parse((await losscone(folder, ['run', 'sheet.yaml', ...set])).stdout);
  const { hash, estimates } = JSON.parse(read('orbits/points/00001.json'));
  expect(hash).toBe(alone.hash);
  expect(estimates.rmsKick.value).toBe(alone.estimates.rmsKick.value);
  expect(read('orbits/scan.csv')).toMatch(/^point,field\.thickness \[m\],particles,.*rmsKick,rmsKick\.standardError/);
}, 120_000);

function list(place: string): string[] {
  try {
    return readdirSync(place).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  } catch {
    return [];
  }
}

it.each([
  ['field.ration=2,5', 'field.ration: is not a key here (did you mean ratio? '],
  ['field.B=1 m,2 m', 'field.B: "1 m" is a length (must be a magnetic field'],
  ['field.B=1 T..2 m:3', 'field.B: 1..2 ends in T and m (must have one unit)'],
  ['collisions.strength=0..1:log:3', 'collisions.strength: 0..1 cannot be divided by factors (both ends must be > 0)'],
  ['collisions.strength=1..2:1', 'collisions.strength: 1..2 cannot have 1 values (must have from 2 to 10000)'],
  ['collisions.strength=1..10:99999', 'cannot have 99999 values (must have from 2 to 10000)'],
  ['collisions.strength=1e-320,1', 'times: '],
])('refuses %s before anything runs', async (vary, says) => {
  const { code, stdout, stderr } = await losscone(folder, ['scan', 'small.yaml', '--vary', vary, '-o', 'refused']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(list(path.join(folder, 'refused'))).toEqual([]);
});

it('says in one line where a file cannot be written, and that the points are kept', async () => {
  mkdirSync(path.join(folder, 'blocked'));
  mkdirSync(path.join(folder, 'blocked/scan.h5'));
  const { code, stderr } = await losscone(folder, scan('blocked', '--force', '--quiet'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^losscone: blocked\/scan\.h5: cannot be written: .*finished points are kept\)\n$/);
  expect(list(path.join(folder, 'blocked/points'))).toHaveLength(4);
});
