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

it('keeps paths, the same by any number of workers, and draws and exports them from the file', async () => {
  const paths = ['--set', 'outputs={ trajectories: [60, 3] }', '-q'];
  const { stdout } = await losscone(folder, ['run', 'orbits.yaml', ...paths, '-w', '1', '-o', 'paths']);
  const again = await losscone(folder, ['run', 'paths/scenario.yaml', '-q', '--json', '--no-figures', '-w', '3']);
  expect(stdout).toContain(`hash ${JSON.parse(again.stdout).hash}\n`);
  expect(readdirSync(path.join(folder, 'paths/figures'))).toContain('orbit-phase-portrait.svg');
  const drawn = ['plot', 'paths', '--only', 'orbit-path', '-o', 'drawn'];
  expect((await losscone(folder, drawn)).code).toBe(0);
  expect(readdirSync(path.join(folder, 'drawn'))).toContain('orbit-path.svg');
  expect((await losscone(folder, ['export', 'paths', '-o', 'paths-csv', '--only', 'trajectories'])).code).toBe(0);
  const rows = readFileSync(path.join(folder, 'paths-csv/trajectories.csv'), 'utf8').trimEnd().split('\n');
  expect(rows[0]).toMatch(/^particle,time.*,x.*,mu/);
  expect(rows[1]).toMatch(/^60,0,/);
  expect(rows[rows.length - 1]).toMatch(/^3,/);
  const described = await losscone(folder, ['describe', 'paths/scenario.yaml']);
  expect(described.stdout).toMatch(/paths +2 .*a point every .* s, at most .* each/);
});

it('compares motions, and writes the files of each', async () => {
  const { code, stdout, stderr } = await losscone(folder, ['compare', 'orbits.yaml', '-w', '2']);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'results/orbits-compare-1: comparison.json, fullOrbit/, driftOrbit/\n',
  });
  expect(stdout).toMatch(/^orbits: 64 electrons, dipole field, seed 1; differences from fullOrbit/);
  const written = path.join(folder, 'results/orbits-compare-1');
  expect(readdirSync(written)).toEqual(['comparison.json', 'driftOrbit', 'fullOrbit']);
  const { runs } = JSON.parse(readFileSync(path.join(written, 'comparison.json'), 'utf8'));
  const again = await losscone(folder, [
    'run',
    `${written}/driftOrbit/scenario.yaml`,
    '--json',
    '-q',
    '--no-figures',
    '-o',
    'again',
  ]);
  expect(JSON.parse(again.stdout).hash).toBe(runs.driftOrbit.hash);
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
    ['compare', 'mirror'],
    /^losscone: mirror: is one of motion guidingCentre, along a line \(compare takes orbits in space/,
  ],
  [
    ['compare', 'orbits.yaml', '--motions', 'fullOrbit,driftOrbits'],
    /^losscone: --motions: "driftOrbits" is no motion in space \(did you mean driftOrbit/,
  ],
  [
    ['compare', 'orbits.yaml', '--motions', 'fullOrbit'],
    /^losscone: --motions: fullOrbit \(must be two or more, each once\)/,
  ],
  [
    ['compare', 'orbits.yaml', '--set', 'collisions={operator: exact, rate: 1 /s}'],
    /^losscone: orbits\.yaml: collisions\.operator: is not offered for driftOrbit/,
  ],
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
  [
    ['run', 'orbits.yaml', '--set', 'outputs={ trajectories: { every: 1e-18 s } }'],
    /outputs\.trajectories: 8 paths with a point every 1e-18 s take .* MB \(must be at most 64 MB: every at least/,
  ],
  [
    ['run', 'orbits.yaml', '--set', 'outputs.particles=3'],
    /outputs: particles lists the fates of a motion along a line/,
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
