/**
 * What once escaped, hung or obeyed: each found by hand or by `npm run fuzz`, and refused since. The bound
 * on time is one on hangs: of minutes, before.
 */
import { describe, expect, it } from 'vitest';
import { withSettings } from '../../src/cli/overrides.js';
import { fromComparison } from '../../src/lab/compare/link.js';
import { pack, unpack } from '../../src/lab/scenario/link.js';
import { faultOf } from '../../src/results/check.js';
import { readPoint } from '../../src/results/scanFiles.js';
import { printable } from '../../src/scenario/faults.js';
import { parseOrbits, parseScenario } from '../../src/scenario/index.js';
import { smallRun } from '../results/fixture.js';

/** Seconds of the processor that any of these may take: the tests' own machine may be shared. */
const bearable = 4;

const refusal = (use: () => unknown): string => {
  const before = process.cpuUsage();
  try {
    use();
  } catch (error) {
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(bearable);
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'accepted';
};
const line = (text: string) =>
  refusal(() => parseScenario({ field: { kind: 'table', file: 't.csv' } } as never, { files: () => text }));
const space = (kind: string, text: string) =>
  refusal(() =>
    parseOrbits({ motion: 'fullOrbit', field: { kind, file: 't.csv' }, times: { until: '1 us' } } as never, {
      files: () => text,
    }),
  );
const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join('\n');

describe('tables', () => {
  it('of two megabytes of blanks between two numbers take no minutes', () => {
    expect(line(`1${' '.repeat(3e5)}2\n`)).toContain('ScenarioError: field.file: "t.csv": line 1 has 1 column');
    expect(line(`s${' '.repeat(3e5)}[m,B\n0,1\n`)).toMatch(/^ScenarioError: field\.file/);
  });

  it('with blanks and tabs beside their commas are read as before', () => {
    const field = (text: string) =>
      JSON.stringify(parseScenario({ field: { kind: 'table', file: 't.csv' } } as never, { files: () => text }).field);
    const plain = field('s [m],B [T]\n-1,2\n0,1\n1,2\n');
    for (const text of ['s [m] , B [T]\n-1 ,2\n0\t,\t1\n1,  2\n', 's [m]\t\tB [T]\n-1\t2\n0 \t 1\n1;2\n'])
      expect(field(text)).toBe(plain);
  });
});

describe('lists of numbers that a program made', () => {
  it('have no more of them than a scenario may have', () => {
    const fault = refusal(() =>
      parseScenario({ field: { kind: 'table', s: new Float64Array(3e6), B: new Float64Array(3e6) } } as never),
    );
    expect(fault).toMatch(/^ScenarioError: field\.s: is more than \d+ values/);
  });
});

describe('grids', () => {
  it('whose rows lie on a diagonal ask for no memory', () => {
    const diagonal = space(
      'grid',
      rows(2000, (i) => `${i},${i},${i},0,0,1`),
    );
    expect(diagonal).toContain('ScenarioError: field.x: has 2000 rows, a grid of 2000 x 2000 x 2000 places');
  });

  it('of as many places as rows take no minutes', () => {
    const uneven = space(
      'grid',
      rows(40_000, (i) => `${i + 0.3 * Math.sin(i)},${i},${i},0,0,1`),
    );
    expect(uneven).toMatch(/^ScenarioError: field\.x: row \d+: .* is off an even grid of 40000 places/);
  });
});

describe('equilibria', () => {
  it('with a title of a megabyte of digits take no minutes, and numbers of a megabyte are told shortly', () => {
    expect(space('eqdsk', '1'.repeat(3e5))).toMatch(/^ScenarioError: field\.file: line 1: /);
    const long = space('eqdsk', `x 0 5 5\n${'1'.repeat(1e6)}\n`);
    expect(long).toContain('line 2: 11111111111111111111 of the box is not finite');
    expect(long.length).toBeLessThan(300);
  });
});

describe('values of --set', () => {
  it('have the limits of a scenario, and are told shortly', () => {
    const keys = refusal(() => withSettings({}, [`field={${rows(12_000, (i) => `k${i}: 1,`).replaceAll('\n', '')}}`]));
    expect(keys).toMatch(/^CommandError: --set field=\{k0.*is not a value/);
    expect(keys.length).toBeLessThan(300);
    expect(refusal(() => withSettings({}, [`field=${'['.repeat(60_000)}`]))).toMatch(/^CommandError/);
    expect(refusal(() => withSettings({}, ['field={__proto__: {kind: x}}']))).toMatch(/^CommandError/);
    expect(refusal(() => withSettings({}, ['a\u001b[31m=1']))).toContain('--set a\\u001b[31m=1: is not a setting');
    expect(withSettings({}, ['potential=', 'name=x', 'seed=18446744073709551615'])).toEqual({
      potential: null,
      name: 'x',
      seed: 18446744073709551615n,
    });
  });

  it('are shown without what a terminal would obey', () => {
    expect(printable('\u001b[31m\u202ex\u009b')).toBe('\\u001b[31m\\u202ex\\u009b');
  });
});

describe('links', () => {
  const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  it('of bytes that are no text, of no pair, and of many megabytes are refused as links', async () => {
    const stored = (...bytes: number[]) =>
      base64url(Uint8Array.of(1, bytes.length, 0, 255 - bytes.length, 255, ...bytes));
    await expect(unpack(stored(0xff, 0xfe))).rejects.toThrow(/^link: its scenario cannot be unpacked/);
    await expect(unpack(stored(0x61, 0xc3))).rejects.toThrow(/^link: its scenario cannot be unpacked/);
    expect(await unpack(stored(0x61, 0xc3, 0xa9))).toBe('aé');
    for (const text of ['{', '5', '["a"]', '["a", 5]'])
      await expect(fromComparison(`/c=${await pack(text)}`)).rejects.toThrow(/^link: it carries no pair/);
    await expect(unpack('A'.repeat(7e6))).rejects.toThrow(/^link: it has 7000000 characters/);
  });
});

describe('files of results', () => {
  it('whose estimates are named like paths are refused: tables are files of these names', () => {
    const run = smallRun();
    for (const name of ['..', '../../x', 'a\\b', 'a\nb'])
      expect(faultOf({ ...run, estimates: { ...run.estimates, [name]: run.estimates.survival } } as never)).toContain(
        'is no name',
      );
  });

  it('of a point of a scan that is not one are run again', () => {
    const point = { schema: 'losscone.scan/1', hash: 'x', scenario: 'y', estimates: { lossRate: 5 } };
    expect(readPoint(JSON.stringify(point))).toBeUndefined();
  });
});
