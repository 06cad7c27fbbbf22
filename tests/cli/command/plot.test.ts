import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { small } from '../../small.js';
import { losscone, start, temporaryFolder } from './losscone.js';

const folder = temporaryFolder();
const at = (...parts: string[]) => path.join(folder, ...parts);
const size = (file: string) => {
  const png = readFileSync(at(file));
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

beforeAll(async () => {
  writeFileSync(at('small.yaml'), small);
  const { code, stderr } = await losscone(folder, ['run', 'small.yaml', '-n', '4000', '-o', 'out', '--quiet']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

it.each([
  ['export', 'csv'],
  ['plot', 'svg'],
])('%s writes every file where nobody reads their names', async (name, format) => {
  const args = [name, 'out', '--format', format, '-o'];
  const all = await losscone(folder, [...args, `${name}-read`]);
  const { child, ended } = start(folder, [...args, `${name}-unread`]);
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(at(`${name}-unread`))).toHaveLength(all.stdout.trim().split('\n').length);
});

describe('losscone plot', () => {
  it('redraws from the file what the run drew, to the byte', async () => {
    const { code, stdout, stderr } = await losscone(folder, ['plot', 'out', '-o', 'again', '--format', 'svg']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const drawn = readdirSync(at('again'));
    expect(drawn).toEqual(readdirSync(at('out/figures')).filter((name) => name.endsWith('.svg')));
    expect(stdout.trim().split('\n').sort()).toEqual(drawn.map((name) => path.join('again', name)).sort());
    for (const name of drawn)
      expect(readFileSync(at('again', name)), name).toEqual(readFileSync(at('out/figures', name)));
  });

  it('draws what is asked for, as large as is asked for', async () => {
    const args = ['plot', 'out/results.h5', '--only', 'legendre,survival', '-o', 'talk'];
    const { code } = await losscone(folder, [...args, '--width', '1920', '--height', '1080']);
    expect(code).toBe(0);
    expect(readdirSync(at('talk'))).toEqual(['legendre.png', 'legendre.svg', 'survival.png', 'survival.svg']);
    expect(size('talk/survival.png')).toEqual([1920, 1080]);
    expect(readFileSync(at('talk/survival.svg'), 'utf8')).toMatch(/^<svg [^>]*height="1080"[^>]*width="1920"/);
    const standard = await losscone(folder, [...args, '--force', '--format', 'png']);
    expect(standard.stdout).toBe('talk/survival.png\ntalk/legendre.png\n');
    expect(size('talk/survival.png')).toEqual([1280, 800]);
  });

  it('draws over its own figures, and over nobody else’s', async () => {
    expect((await losscone(folder, ['plot', 'out', '--only', 'survival'])).code).toBe(0);
    writeFileSync(at('out/figures/mine.txt'), 'mine');
    const { code, stderr } = await losscone(folder, ['plot', 'out', '--only', 'survival']);
    expect(code).toBe(2);
    expect(stderr).toContain('out/figures: is not empty (give another folder, or --force to write over its files)');
    expect((await losscone(folder, ['plot', 'out', '--only', 'survival', '--force'])).code).toBe(0);
    expect(readFileSync(at('out/figures/mine.txt'), 'utf8')).toBe('mine');
  });

  it('lists figures, and what a result has nothing for', async () => {
    const names = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]);
    const all = await losscone(folder, ['plot', '--list']);
    expect(names(all.stdout)).toContain('survival');
    const closed = small
      .replace('boundary: throat', 'boundary: periodic')
      .replace('kind: parabolic, B: 0.5 T, ratio: 5', 'kind: uniform, B: 0.5 T');
    writeFileSync(at('closed.yaml'), closed);
    const ran = await losscone(folder, ['run', 'closed.yaml', '-n', '2000', '-o', 'closed', '--quiet', '--no-figures']);
    expect(ran.stderr).toBe('');
    const { stdout } = await losscone(folder, ['plot', 'closed', '--list']);
    expect(names(all.stdout)).toContain('orbit-mu-spread');
    expect(names(stdout)).toEqual(names(all.stdout).filter((name) => !name.startsWith('orbit-')));
    expect(stdout).toMatch(/^loss-times +\(empty\) No particle was lost\.$/m);
    expect(existsSync(at('closed/figures'))).toBe(false);
  });

  it.each([
    [['plot'], /results: no file was named \(must be a results\.h5/],
    [['plot', 'out', '--only', 'survivl'], /--only: "survivl" is not a figure \(did you mean survival\? known: /],
    [['plot', 'out', '--only', ','], /--only: names nothing \(known: /],
    [
      ['plot', 'out', '--width', '20'],
      /--width: 20 is not a width of a figure \(must be a whole number of pixels from 240/,
    ],
    [['plot', 'out', '--width', 'wide'], /argument 'wide' is invalid/],
    [['plot', 'out', '--format', 'pdf'], /argument 'pdf' is invalid. Allowed choices are svg, png/],
    [['plot', 'out', '-o', 'out'], /out: is not empty/],
    [['plot', 'out', '-o', 'small.yaml/below'], /small\.yaml\/below: cannot be written: .*not a folder/],
    [['export', 'out', '--only', 'survivl'], /"survivl" is not a table of these results \(did you mean survival\?/],
    [['export', 'out', '-o', 'all.csv'], /all\.csv: is one file for \d+ tables \(name one of them with --only/],
    [['export', 'out', '-o', 'small.yaml', '--format', 'npz'], /small\.yaml: is there already \(give another name/],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stdout, stderr } = await losscone(folder, args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('losscone export', () => {
  it('writes a table for each curve and distribution', async () => {
    const { code, stdout, stderr } = await losscone(folder, ['export', 'out']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const written = readdirSync(at('out/csv'));
    expect(written).toEqual(expect.arrayContaining(['estimates.csv', 'survival.csv', 'distribution-midplane.csv']));
    expect(stdout.trim().split('\n')).toHaveLength(written.length);
    const rate = JSON.parse(readFileSync(at('out/summary.json'), 'utf8')).estimates.lossRate;
    const row = readFileSync(at('out/csv/estimates.csv'), 'utf8')
      .split('\n')
      .find((line) => line.startsWith('lossRate,'));
    expect(row?.split(',').slice(1, 4)).toEqual([String(rate.value), String(rate.standardError), '1/s']);
    expect((await losscone(folder, ['export', 'out'])).stderr).toContain('out/csv: is not empty');
    expect((await losscone(folder, ['export', 'out', '--force'])).code).toBe(0);
  });

  it('writes one table into one file, and arrays into a zip', async () => {
    const one = await losscone(folder, ['export', 'out', '--only', 'survival', '-o', 'new/survival.csv']);
    expect(one.stdout).toBe('new/survival.csv\n');
    expect(readFileSync(at('new/survival.csv'), 'utf8')).toMatch(/^time \[s\],value \[1\],standardError \[1\]\n0,1,/);
    const zip = await losscone(folder, ['export', 'out', '-o', 'r.npz']);
    expect(zip.stdout).toBe('r.npz\n');
    const both = await losscone(folder, ['export', 'out', '-o', 'csv.npz', '--format', 'csv']);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('csv.npz: is no name for CSV tables') });
    expect(readFileSync(at('r.npz')).toString('latin1', 0, 4)).toBe('PK\x03\x04');
    expect((await losscone(folder, ['export', 'out', '-o', 'r.npz'])).stderr).toContain('r.npz: is there already');
    expect((await losscone(folder, ['export', 'out', '--format', 'npz'])).stdout).toBe('out/results.npz\n');
  });
});

describe.each(['plot', 'export'])('losscone %s of something else', (command) => {
  beforeAll(() => {
    if (existsSync(at('bad'))) return;
    mkdirSync(at('bad'));
    mkdirSync(at('none'));
    const whole = readFileSync(at('out/results.h5'));
    const file = (name: string, bytes: Uint8Array | string) => writeFileSync(at('bad', name), bytes);
    file('empty.h5', '');
    file('scan.json', '{}');
    for (const part of [1, 8, 9, 100, 5000, whole.length >> 1, whole.length - 1])
      file(`cut-${part}.h5`, whole.subarray(0, part));
    const flipped = Buffer.from(whole);
    flipped[whole.length - 1000] ^= 1;
    file('flipped.h5', flipped);
    file('zeros.h5', Buffer.alloc(4096));
    file('signature.h5', Buffer.concat([whole.subarray(0, 8), Buffer.alloc(4096, 0xff)]));
    copyFileSync(at('out/figures/survival.png'), at('bad/picture.h5'));
    symlinkSync('/dev/zero', at('bad/endless.h5'));
    // A hole of 3 GB: too large to read, and not a byte of it on the disk.
    const { openSync, ftruncateSync, closeSync } = process.getBuiltinModule('node:fs');
    const hole = openSync(at('bad/hole.h5'), 'w');
    ftruncateSync(hole, 3e9);
    closeSync(hole);
  });

  it.each([
    ['bad/empty.h5', /the file is empty/],
    ['bad/cut-1.h5', /not an HDF5 file/],
    ['bad/cut-8.h5', /cut short|damaged/],
    ['bad/cut-9.h5', /cut short|damaged/],
    ['bad/cut-100.h5', /cut short|damaged/],
    ['bad/cut-5000.h5', /cut short|damaged/],
    ['bad/flipped.h5', /does not match its digest|damaged/],
    ['bad/zeros.h5', /not an HDF5 file/],
    ['bad/signature.h5', /damaged/],
    ['bad/picture.h5', /not an HDF5 file \(must be a results\.h5 that losscone wrote\)/],
    ['bad/endless.h5', /is no regular file/],
    ['bad/hole.h5', /has 3000000000 bytes/],
    ['small.yaml', /not an HDF5 file/],
    ['bad', /bad: holds a scan and no results\.h5 \(its table is scan\.csv/],
    ['none', /none: holds no results\.h5 \(must be a folder that losscone run wrote/],
    ['nowhere', /nowhere: there is no such file or folder/],
    ['mirror', /mirror: there is no such file or folder/],
  ])('%s: one line, exit 2', async (source, message) => {
    const { code, stdout, stderr } = await losscone(folder, [command, source, '-o', 'never']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^losscone: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(at('never'))).toBe(false);
  });
});
