import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { version } from '../../../src/version.js';
import { losscone, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();

it('prints its version', async () => {
  expect(await losscone(folder, ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it.each([
  [],
  ['run'],
  ['resume'],
  ['merge'],
  ['plot'],
  ['export'],
  ['scan'],
  ['compare'],
  ['validate'],
  ['describe'],
  ['presets'],
  ['schema'],
  ['physics'],
])('explains %s with examples', async (...names) => {
  const { code, stdout, stderr } = await losscone(folder, [...names, '--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(new RegExp(`^Usage: losscone ${names.join(' ')}`));
  expect(stdout).toMatch(/Examples:\n {2}\$ losscone /);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

it('shows the help where nothing was asked for', async () => {
  const { code, stdout, stderr } = await losscone(folder, []);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Usage: losscone/);
});

it.each([
  [['rnu', 'mirror'], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  [['run', 'mirror', '--worker', '2'], /unknown option '--worker'\n\(Did you mean --workers\?\)/],
  [['run'], /missing required argument 'scenario'/],
  [['run', 'a', 'b'], /too many arguments/],
  [
    ['run', 'mirror', '--workers', '0'],
    /'--workers <n>'|'-w, --workers <n>' argument '0' is invalid. It must be a whole number/,
  ],
  [['run', 'mirror', '--workers', '1.5'], /argument '1\.5' is invalid/],
  [['run', 'mirror', '--count', 'many'], /argument 'many' is invalid/],
  [['run', 'mirror', '--seed', '18446744073709551616'], /It must be a whole number below 2\^64/],
  [['run', 'mirror', '--memory', 'lots'], /It must be a size such as 4GB/],
  [['run', 'miror'], /"miror" is not a preset, nor is there such a file \(did you mean mirror\? known: /],
  [['describe', 'mirorr'], /is not a preset/],
  [['presets', 'miror'], /"miror" is not a preset \(did you mean mirror\?/],
  [['physics', 'protn', '10keV', '0.5T'], /"protn" is not a known species \(did you mean proton\?/],
  [['physics', 'proton', '10kev', '0.5T'], /energy: "10kev": "kev" is not a unit \(did you mean keV\?/],
  [['physics', 'proton', '10keV', '0.5'], /B: "0.5" has no unit \(must be a magnetic field/],
  [['physics', 'proton', '10keV', '1T', '--ratio', '0.5'], /--ratio: 0\.5 is not a mirror ratio \(must be > 1/],
  [['physics', 'proton', '0eV', '1T'], /energy: "0eV" is not a kinetic energy/],
  [['physics', 'proton', '-10keV', '1T'], /unknown option '-10keV'\n\(a quantity here cannot be negative/],
  [['physics', 'proton', '10,5 keV', '1T'], /energy: "10,5 keV" has a decimal comma \(write a point: 10\.5 keV\)/],
  [['physics', 'proton', '10keV', '−1T'], /B: "−1T" begins with a sign that is not "-" \(write -1T\)/],
  [['physics', 'proton', '10keV', '1T', '--length', '2m'], /--length: needs a mirror ratio \(give --ratio too\)/],
  [
    ['physics', 'proton', '10keV', '1T', '--pitch', '200deg'],
    /--pitch: "200deg" is not a pitch angle \(must be 0 to 180 deg\)/,
  ],
  [
    ['physics', 'proton', '10keV', '1T', '--nu', '1/s', '--background', 'electron,1e19m^-3,1keV'],
    /--nu: is given beside --background \(give one of the two\)/,
  ],
])('refuses %j', async (args, message) => {
  const { code, stdout, stderr } = await losscone(folder, args);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^losscone: /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

it('lists presets and prints one that it can run', async () => {
  const { code, stdout } = await losscone(folder, ['presets']);
  expect(code).toBe(0);
  const names = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/\s{2,}/)[0]);
  expect(names).toContain('mirror');
  expect(names.length).toBeGreaterThanOrEqual(5);
  for (const name of names) {
    const preset = await losscone(folder, ['presets', name]);
    const described = await losscone(folder, ['describe', '-'], preset.stdout);
    expect(described.stderr).toBe('');
    expect(described.code).toBe(0);
    expect(described.stdout).toMatch(/^(mirror ratio|gyrofrequency) +\S+/m);
  }
});

it('describes a field: what can be checked by hand, and what the potential and the rows of a table do', async () => {
  const described = async (source: string, input = '') => {
    const { stdout, stderr } = await losscone(folder, ['describe', source, '--json'], input);
    expect(stderr).toBe('');
    const rows: { quantity: string; value: number; note?: string }[] = JSON.parse(stdout).rows;
    return (name: string) => rows.find(({ quantity }) => quantity === name);
  };
  const cells = await described('multi-mirror');
  // 1 keV protons that turn in their own cell of 2 m: quadrature of B = 0.5 (1 + 1 + cos(2 pi s/2 m + pi)) T at xi0 = xiLC/2.
  expect(cells('bounce period')!.value).toBeCloseTo(7.266557439711e-6, 14);
  expect(cells('trapped fraction')!.value).toBeCloseTo(0.6081734479, 9);
  const plugged = await described('ambipolar');
  expect(plugged('potential at the throats')!.value).toBeCloseTo(-300 * Math.log(1 / 0.3), 6);
  expect(plugged('loss cone')!.note).toContain('without the potential');
  const rows = Array.from({ length: 21 }, (_, i) => (i - 10) / 10);
  const B = rows.map((s) => 0.5 + 2 * s ** 4);
  const table = await described(
    '-',
    JSON.stringify({ field: { kind: 'table', s: { unit: 'm', values: rows }, B: { unit: 'T', values: B } } }),
  );
  const error = table('error of every second row alone')!.value;
  expect(error).toBeGreaterThan(1e-4);
  expect(error).toBeLessThan(0.05);
  expect((await losscone(folder, ['describe', 'beam'])).stdout).toMatch(/^beam: Isotropisation of a beam\n/);
});

it('finds a preset beside a folder of its name', async () => {
  mkdirSync(path.join(folder, 'mirror'), { recursive: true });
  expect((await losscone(folder, ['describe', 'mirror'])).code).toBe(0);
});

it('prints the schema as JSON', async () => {
  const { code, stdout } = await losscone(folder, ['schema']);
  expect(code).toBe(0);
  const schema = JSON.parse(stdout);
  expect(Object.keys(schema.else.properties)).toContain('parallelField');
  expect(Object.keys(schema.then.properties)).toContain('motion');
});

it('prints the physics of a particle', async () => {
  const { code, stdout, stderr } = await losscone(folder, ['physics', 'proton', '10keV', '0.5T', '--ratio', '5']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^Larmor radius +rho +0\.0288995 m/m);
  expect(stdout).toMatch(/^loss cone +alphaLC +26\.5651 deg/m);
});

it('calls the worked case of the current sheet not adiabatic', async () => {
  const args = ['physics', 'proton', '1e6m/s', '5nT', '--gradient-length', '5e5m', '--json'];
  const rows: { symbol: string; value: number | string }[] = JSON.parse((await losscone(folder, args)).stdout);
  const value = (symbol: string) => rows.find((row) => row.symbol === symbol)?.value;
  expect(value('rho')).toBeCloseTo(2.088e6, -3);
  expect(value('epsilon')).toBeCloseTo(4.176, 3);
  expect(value('verdict')).toBe('not adiabatic');
});

it.each([
  [['1e300keV', '1T'], 'energy: "1e300keV" is not a kinetic energy (must be <= 6.24151e27 keV)'],
  [['0m/s', '1T'], 'energy: "0m/s" is not the speed of a particle (must be > 0 m/s)'],
  [['4e8m/s', '1T'], 'energy: "4e8m/s" is not the speed of a particle (must be < 299792458 m/s)'],
  [['1keV', '1e300T'], 'B: "1e300T" is not a field strength (must be <= 1000000000000 T)'],
])('names what is out of reach, in the unit it was typed in: %s', async (typed, says) => {
  const { code, stdout, stderr } = await losscone(folder, ['physics', 'proton', ...typed]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `losscone: ${says}\n` });
});
