import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { losscone, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
writeFileSync(
  path.join(folder, 'orbits.yaml'),
  `name: orbits
motion: fullOrbit
field: { kind: dipole, B0: 4 T, radius: 1 m }
species: electron
particles: { count: 64, energy: 1 MeV, place: [4 m, 0 m, 0 m] }
times: { until: 10 ns, count: 2 }
`,
);

it('runs, writes and prints orbits in space, which run again to the same bits', async () => {
  const { code, stdout, stderr } = await losscone(folder, ['run', 'orbits.yaml', '-w', '2']);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'results/orbits-1: scenario.yaml, results.h5, summary.json, figures/\n',
  });
  expect(stdout).toMatch(/^orbits: 64 electrons, dipole field, full orbits, seed 1\n/);
  expect(readdirSync(path.join(folder, 'results/orbits-1/figures'))).toContain('orbit-mu-spread.png');
  const again = await losscone(folder, [
    'run',
    'results/orbits-1/scenario.yaml',
    '--json',
    '-q',
    '--no-figures',
    '-w',
    '1',
  ]);
  const { hash, kind } = JSON.parse(again.stdout);
  expect(kind).toBe('orbits');
  expect(stdout).toContain(`hash ${hash}\n`);
});

it('takes settings, and keeps what was set', async () => {
  const set = ['--set', 'motion.tolerance=1e-2', '--count', '70', '--seed', '5'];
  const { code, stdout } = await losscone(folder, [
    'run',
    'orbits.yaml',
    ...set,
    '--json',
    '-q',
    '--no-figures',
    '-o',
    'set',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ seed: '5', particles: { done: 70 } });
  expect(readFileSync(path.join(folder, 'set/scenario.yaml'), 'utf8')).toMatch(/kind: fullOrbit\n +tolerance: 0\.01/);
});

it('exports and draws what it has, and says what it has not', async () => {
  const exported = await losscone(folder, ['export', 'results/orbits-1', '-o', 'csv']);
  expect(exported.stdout).toContain('csv/muSpread.csv\n');
  expect((await losscone(folder, ['export', 'results/orbits-1', '-o', 'all.npz'])).code).toBe(0);
  expect((await losscone(folder, ['plot', 'results/orbits-1', '--list'])).stdout).toMatch(/^orbit-mu-spread +Change/);
  expect((await losscone(folder, ['plot', 'results/orbits-1', '--only', 'survival'])).stderr).toMatch(
    /^losscone: --only: survival is no figure of a run of fullOrbit \(known: orbit-mu-spread/,
  );
});

it.each([
  [['run', 'orbits.yaml', '--until', 'dMuMu=1%'], /^losscone: --until: is not offered for motion fullOrbit/],
  [
    ['scan', 'orbits.yaml', '--vary', 'field.B0=3T,4T', '--until', 'dMuMu=1%'],
    /^losscone: until: is not offered for motion fullOrbit \(must be left out\)/,
  ],
  [
    ['scan', 'orbits.yaml', '--vary', 'field.radius=1m,5m'],
    /scan: a fault\n {2}particles\.place: .* at field\.radius = 5 m/,
  ],
  [['run', 'orbits.yaml', '--set', 'motion=fulOrbit'], /motion: "fulOrbit" is not known \(did you mean fullOrbit\?/],
  [['run', 'orbits.yaml', '--set', 'field.B0=3 m'], /field\.B0: "3 m" is a length \(must be a magnetic field/],
  [
    ['run', 'orbits.yaml', '--set', 'particles.place=[0.5 m, 0 m, 0 m]'],
    /particle 0 at \(0\.5, 0, 0\) m lies 0\.5 m from the origin, inside of 1 m/,
  ],
  [
    ['run', 'orbits.yaml', '--set', 'particles.place={ kind: box, at: [2 m, 0 m, 0 m], halfWidth: [1.5 m, 0 m, 0 m] }'],
    /particle \d+ at \(0\.\d+, 0, 0\) m lies 0\.\d+ m from the origin, inside of 1 m/,
  ],
  [
    ['run', 'orbits.yaml', '--set', 'particles.place=[0 m, 0 m, 0 m]'],
    /particles\.place: particle 0 at \(0, 0, 0\) m lies 0 m from the origin/,
  ],
  [['run', 'orbits.yaml', '--set', 'motion.step=1 s'], /motion\.step: 1 s turns the particle by/],
] as const)('refuses %j', async (args, words) => {
  const { code, stderr, stdout } = await losscone(
    folder,
    [...args, '-q'].filter((arg) => arg !== '-q' || args[0] === 'run'),
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
});
