import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pitchCourse } from '../../src/analysis/pitchCourse.js';
import { csvCell, tableCsv } from '../../src/results/csv.js';
import { npy, npz, resultArrays } from '../../src/results/npz.js';
import { resultTables, type Table } from '../../src/results/tables.js';
import { expectSame } from '../same.js';
import { closedRun, mirrorRun, smallRun } from './fixture.js';

/** A CSV file as lists of cells (RFC 4180). */
function parseCsv(bytes: Uint8Array): string[][] {
  const text = new TextDecoder().decode(bytes);
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

const find = (tables: readonly Table[], name: string) => tables.find((table) => table.name === name)!;

/** A .npy file's header and data. */
function readNpy(bytes: Uint8Array): { header: string; data: Uint8Array } {
  expect(Array.from(bytes.subarray(0, 8))).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  expect((10 + length) % 64).toBe(0);
  return { header: new TextDecoder().decode(bytes.subarray(10, 10 + length)), data: bytes.slice(10 + length) };
}

describe('tidy tables', () => {
  it('are one for each curve and distribution, named with units, all of a length', () => {
    for (const run of [mirrorRun(), closedRun(), smallRun()]) {
      const tables = resultTables(run);
      const names = tables.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of ['estimates', 'reference', 'survival', 'legendre', 'muSpread', 'distribution-midplane'])
        expect(names).toContain(name);
      for (const table of tables) {
        const [header, ...rows] = parseCsv(tableCsv(table));
        expect(rows, table.name).toHaveLength(table.rows);
        expect(new Set(header).size, table.name).toBe(header.length);
        for (const row of rows) if (row.length !== header.length) expect(row).toHaveLength(header.length);
      }
    }
    const [header] = parseCsv(tableCsv(find(resultTables(mirrorRun()), 'distribution-midplane')));
    expect(header).toEqual([
      'time [s]',
      'speedLow [m/s]',
      'speedHigh [m/s]',
      'xi0Low [1]',
      'xi0High [1]',
      'f [1]',
      'standardError [1]',
      'exact [1]',
      'count [1]',
    ]);
    expect(parseCsv(tableCsv(find(resultTables(closedRun()), 'legendre')))[0]).toEqual([
      'index',
      'time [s]',
      'value [1]',
      'standardError [1]',
      'reference [1]',
      'label',
    ]);
  });

  it('have the exact distribution beside that of the run, where there is one', () => {
    const run = closedRun();
    const { local, midplane } = run.distributions;
    const bins = local.shape[2];
    const course = pitchCourse(run.scenario, run.plan)!;
    for (const [name, of] of Object.entries({ local, midplane })) {
      const { rows, columns } = find(resultTables(run), `distribution-${name}`);
      const { cell } = columns.find((column) => column.name === 'exact')!;
      expect(rows).toBe(of.f.length);
      for (const snapshot of [1, 30])
        expect(Array.from({ length: bins }, (_, i) => cell(snapshot * bins + i))).toEqual([...course(snapshot)]);
    }
    const without = [
      find(resultTables(run), 'distribution-place'),
      find(resultTables(smallRun()), 'distribution-local'),
    ];
    for (const { columns } of without) expect(columns.map((column) => column.name)).not.toContain('exact');
  });

  it('read back to the same bits: curves, distributions, every estimate', () => {
    const run = closedRun();
    const tables = resultTables(run);
    const column = (name: string, header: string) => {
      const [first, ...rows] = parseCsv(tableCsv(find(tables, name)));
      return rows.map((row) => row[first.indexOf(header)]);
    };
    const numbers = (list: string[]) => Float64Array.from(list, Number);
    const { survival, legendre } = run.estimates;
    expect(numbers(column('survival', 'value [1]'))).toEqual(survival.value);
    expect(numbers(column('survival', 'time [s]'))).toEqual(survival.x);
    const third = numbers(column('legendre', 'value [1]').filter((_, i) => column('legendre', 'index')[i] === '3'));
    expect(third).toEqual(legendre[3].value);
    const { local } = run.distributions;
    expectSame(numbers(column('distribution-local', 'f [1]')), local.f);
    expectSame(numbers(column('distribution-local', 'standardError [1]')), local.standardError);
    const xi = column('distribution-local', 'xiHigh [1]').slice(0, local.shape[2]);
    expect(numbers(xi)).toEqual(local.axes[2].edges.slice(1));
    const names = column('estimates', 'name');
    for (const [name, { value }] of [
      ['isotropisationRate', run.estimates.isotropisationRate],
      ['fates.confined', run.estimates.fates.confined],
      ['legendreRates.2', run.estimates.legendreRates[2]],
    ] as const)
      expect(Number(column('estimates', 'value')[names.indexOf(name)]), name).toBe(value);
    expect(column('estimates', 'value')[names.indexOf('legendreRates.0')]).toBe('NaN');
    expect(column('estimates', 'note')[names.indexOf('legendreRates.0')]).toBe('P0 is 1');
  });

  it('say what the estimates tend to, and by what evidence equilibrium was reached', () => {
    const run = mirrorRun();
    const { lossRate, equilibrium } = run.estimates;
    const limits = [{ value: 12.5, label: 'nu -> 0' }];
    const tables = resultTables({ ...run, estimates: { ...run.estimates, lossRate: { ...lossRate, limits } } });
    expect(parseCsv(tableCsv(find(tables, 'limits')))).toEqual([
      ['name', 'value', 'unit', 'limit'],
      ['lossRate', '12.5', '1/s', 'nu -> 0'],
    ]);
    const [header, ...rows] = parseCsv(tableCsv(find(tables, 'equilibrium')));
    expect(rows.length).toBe(equilibrium.evidence.length);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => Number(row[header.indexOf('value [1]')]))).toEqual(
      equilibrium.evidence.map(({ value }) => value),
    );
    expect(rows[0][header.indexOf('reached')]).toBe(equilibrium.reached);
  });

  it('keep every double', () => {
    for (const x of [0, -0, 1 / 3, 5e-324, 1.7976931348623157e308, -2.5e-15, Number.POSITIVE_INFINITY])
      expect(Object.is(Number(csvCell(x)), x), String(x)).toBe(true);
    expect(csvCell(Number.NaN)).toBe('NaN');
    expect(csvCell(undefined)).toBe('');
  });

  it('run nothing in a spreadsheet, and keep text that is harmless', () => {
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =cmd', '\r=1', '＝1', '|x', '%0a'])
      expect(csvCell(evil).replace(/^"/, ''), evil).toMatch(/^'/);
    expect(csvCell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(csvCell('loss rate (1/s)')).toBe('loss rate (1/s)');
    expect(csvCell(-1)).toBe('-1');
    const run = smallRun();
    const estimates = { ...run.estimates, lossRate: { ...run.estimates.lossRate, label: '=HYPERLINK("x")' } };
    const rows = parseCsv(tableCsv(find(resultTables({ ...run, estimates }), 'estimates')));
    expect(rows.find(([name]) => name === 'lossRate')).toContain(`'=HYPERLINK("x")`);
  });
});

describe('arrays for NumPy', () => {
  it('have the headers of NEP 1', () => {
    const one = readNpy(npy({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] }));
    expect(one.header.trimEnd()).toBe("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3,), }");
    expect(one.header).toMatch(/ \n$/);
    expect(new Float64Array(one.data.buffer)).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(readNpy(npy({ data: BigInt64Array.of(-1n), shape: [] })).header).toContain(
      "'<i8', 'fortran_order': False, 'shape': ()",
    );
    expect(readNpy(npy({ data: 'ξ𝛏', shape: [] }))).toMatchObject({
      data: Uint8Array.of(0xbe, 3, 0, 0, 0xcf, 0xd6, 1, 0),
    });
    expect(() => npy({ data: Float64Array.of(1), shape: [2] })).toThrow(
      'npy: 1 numbers (must be 2, as the shape says)',
    );
  });

  it('hold a result to the bit, the same bytes every time', () => {
    const run = closedRun();
    const bytes = npz(resultArrays(run));
    expectSame(npz(resultArrays(run)), bytes);
    const files = unzipSync(bytes);
    const doubles = (name: string) => new Float64Array(readNpy(files[`${name}.npy`]).data.buffer);
    expect(doubles('survival.value')).toEqual(run.estimates.survival.value);
    expect(doubles('legendre.2.reference')).toEqual(run.estimates.legendre[2].reference);
    expectSame(doubles('distribution-local.f'), run.distributions.local.f);
    expect(doubles('axes.xi0')).toEqual(Float64Array.from(run.plan.axes.xiEdges));
    const { value, standardError } = run.estimates.isotropisationRate;
    expect(doubles('estimates.isotropisationRate')).toEqual(Float64Array.of(value, standardError));
    expect(readNpy(files['distribution-local.f.npy']).header).toContain(
      `(${run.distributions.local.shape.join(', ')},)`,
    );
  });

  it('are those that were asked for', () => {
    const names = [...resultArrays(smallRun(), ['survival']).keys()];
    expect(names).toContain('survival.value');
    expect(names).toContain('summary');
    expect(names.filter((name) => !/^(survival|axes|summary)/.test(name))).toEqual([]);
  });
});

const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import numpy']).status === 0);
const pandas = python && spawnSync(python, ['-c', 'import pandas']).status === 0;
if (!python) console.warn('tables.test: no Python with numpy: its tests are left out (Debian: python3-numpy)');
else if (!pandas) console.warn('tables.test: no pandas: its part is left out (Debian: python3-pandas)');

it.runIf(python)('NumPy and pandas read the same bits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'losscone-'));
  try {
    const run = mirrorRun();
    writeFileSync(join(folder, 'r.npz'), npz(resultArrays(run)));
    for (const name of ['survival', 'estimates'])
      writeFileSync(join(folder, `${name}.csv`), tableCsv(find(resultTables(run), name)));
    const script = `
import sys, json, os, numpy as np
z = np.load(os.path.join(sys.argv[1], 'r.npz'), allow_pickle=False)
out = {'names': sorted(z.files), 'survival': [x.hex() for x in z['survival.value']], 'shape': z['distribution-local.f'].shape,
  'sum': float(z['distribution-local.count'].sum()), 'summary': json.loads(str(z['summary']))['name'], 'xi': z['axes.xi'].dtype.str}
if sys.argv[2] == 'pandas':
    import pandas as pd
    t = pd.read_csv(os.path.join(sys.argv[1], 'survival.csv'), float_precision='round_trip')
    e = pd.read_csv(os.path.join(sys.argv[1], 'estimates.csv'), float_precision='round_trip').set_index('name')
    out['csv'] = [x.hex() for x in t['value [1]']]
    out['rate'] = float(e.loc['lossRate', 'standardError'])
    out['nan'] = bool(np.isnan(e.loc['legendreRates.0', 'value']))
print(json.dumps(out))`;
    const args = ['-c', script, folder, pandas ? 'pandas' : ''];
    const { stdout, stderr } = spawnSync(python!, args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    const seen = JSON.parse(stdout);
    expect(seen.names).toEqual([...resultArrays(run).keys()].sort());
    expect(seen.shape).toEqual(run.distributions.local.shape);
    expect(seen.sum).toBe(run.distributions.local.counts.reduce((sum, n) => sum + n, 0));
    expect(seen.summary).toBe(run.scenario.name);
    expect(seen.xi).toBe('<f8');
    // Python writes a double's bits in hexadecimal: 0x1.8p+1.
    const value = (hex: string) => {
      const [, sign, whole, fraction, power] = /^(-?)0x(\d)\.([0-9a-f]*)p([+-]\d+)$/.exec(hex)!;
      return (
        Number(`${sign}1`) *
        (Number(whole) + Number.parseInt(fraction, 16) / 16 ** fraction.length) *
        2 ** Number(power)
      );
    };
    expect(seen.survival.map(value)).toEqual(Array.from(run.estimates.survival.value));
    if (pandas) {
      expect(seen.csv).toEqual(seen.survival);
      expect(seen.rate).toBe(run.estimates.lossRate.standardError);
      expect(seen.nan).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
