import { describe, expect, it } from 'vitest';
import { childDataset, childGroup, openHdf5, readAttribute, readNumbers, readText } from '../../src/results/hdf5.js';
import { mainEstimates, type ScanData, type ScanPoint } from '../../src/results/scan.js';
import { pointText, readPoint, scanCsv, scanHdf5, scanText } from '../../src/results/scanFiles.js';
import { scanOf, scanPoint } from './scanFixture.js';

const scan = scanOf([1, 100], [2, 5, 10], ['exact', '=cmd|x']);

describe('the table of a scan', () => {
  const lines = scanCsv(scan).split('\n');

  it('has one row for a point, units in the header', () => {
    expect(lines[0]).toBe(
      'point,collisions.rate [1/s],field.ratio,collisions.operator,particles,lossRate [1/s],lossRate.standardError [1/s],filling,filling.standardError,fates.lostLeft,fates.lostLeft.standardError,hash',
    );
    expect(lines).toHaveLength(2 * 3 * 2 + 2);
    const [first] = scan.points;
    const { value, standardError } = first.estimates.lossRate;
    expect(lines[1]).toBe(`0,1,2,exact,1000,${value},${standardError},,,0.5,0.01,${first.hash}`);
    expect(Number(lines[1].split(',')[5])).toBe(value);
  });

  it('has exact theory in a third column, empty where a point has none', async () => {
    const [first, second] = scan.points;
    const known = { ...second.estimates, lossRate: { ...second.estimates.lossRate, reference: 12.5 } };
    const two: ScanData = { ...scan, points: [first, { ...second, estimates: known }] };
    const [header, ...rows] = scanCsv(two)
      .split('\n')
      .map((line) => line.split(','));
    const at = header.indexOf('lossRate.reference [1/s]');
    expect(header).not.toContain('filling.reference');
    expect(rows.slice(0, 2).map((row) => row[at])).toEqual(['', '12.5']);
    const stored = await openHdf5(await scanHdf5(two), (file) =>
      readNumbers(childDataset(childGroup(childGroup(file, 'estimates'), 'lossRate'), 'reference')),
    );
    expect([...stored.slice(0, 2)]).toEqual([Number.NaN, 12.5]);
  });

  it('holds nothing that a spreadsheet would run', () => {
    expect(lines[2]).toMatch(/^1,1,2,'=cmd\|x,1000,/);
    expect(scanCsv(scan)).not.toMatch(/(^|,|")[=+@]/m);
  });

  it('says where a precision was not reached', () => {
    const precision = { reached: false, why: 'too few' };
    const [header, row] = scanCsv({ ...scan, points: [{ ...scan.points[0], precision }] }).split('\n');
    expect(header).toMatch(/,precisionReached,hash$/);
    expect(row).toMatch(/,0,hash0$/);
  });
});

it('a scan as HDF5 has its estimates on the grid, NaN where a point was not run', async () => {
  const missing = { ...scan, points: scan.points.filter(({ index }) => index !== 7), complete: false };
  const found = await openHdf5(await scanHdf5(missing), (file) => {
    const rate = childGroup(childGroup(file, 'estimates'), 'lossRate');
    const value = childDataset(rate, 'value');
    return {
      shape: value.shape,
      value: readNumbers(value),
      error: readNumbers(childDataset(rate, 'standardError')),
      unit: readAttribute(rate, 'unit'),
      key: readAttribute(childDataset(childGroup(file, 'axes'), '0'), 'key'),
      axis: readNumbers(childDataset(childGroup(file, 'axes'), '1')),
      hash: readAttribute(file, 'scanHash'),
      complete: readAttribute(file, 'complete'),
      hashes: readText(childDataset(file, 'hashes')).split('\n').length,
    };
  });
  expect(found).toMatchObject({ shape: [2, 3, 2], unit: '1/s', key: 'collisions.rate', complete: false, hashes: 11 });
  expect([...found.axis]).toEqual([2, 5, 10]);
  expect(found.hash).toBe(scan.hash);
  scan.points.forEach(({ estimates }, i) => {
    expect(found.value[i]).toBe(i === 7 ? Number.NaN : estimates.lossRate.value);
    expect(found.error[i]).toBe(i === 7 ? Number.NaN : estimates.lossRate.standardError);
  });
});

describe('the file of a point', () => {
  it('gives the point back, what is not determined as NaN', () => {
    expect(readPoint(pointText(scan.points[0]))).toEqual(scan.points[0]);
    expect(JSON.parse(pointText(scan.points[0])).estimates.filling.value).toBeNull();
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"schema":"losscone.scan/2"}',
    '{"schema":"losscone.scan/1","hash":1}',
    pointText(scanPoint(0, [1])).slice(0, 200),
  ])('that is none is no point: %s', (text) => {
    expect(readPoint(text)).toBeUndefined();
  });
});

it('the scan as JSON holds no NaN', () => {
  const { schema, points, axes } = JSON.parse(scanText(scan)) as ScanData & { schema: string };
  expect(schema).toBe('losscone.scan/1');
  expect(points).toHaveLength(12);
  expect((points as ScanPoint[])[0].estimates.filling.value).toBeNull();
  expect(axes[0].values).toEqual([1, 100]);
});

it('names as main what is a whole quantity and was determined somewhere', () => {
  expect(mainEstimates(scan)).toEqual(['lossRate', 'filling']);
});
