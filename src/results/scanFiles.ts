/** The files of a scan: one tidy table as CSV, the same on its grid as HDF5, and one file for each point. */
import { z } from 'zod';
import { isPlain, printableJson } from '../scenario/faults.js';
import { csvText } from './csv.js';
import { attribute, buildHdf5, dataset, textDataset } from './hdf5.js';
import { estimateNames, type ScanAxis, type ScanData, type ScanNumber, type ScanPoint } from './scan.js';
import type { Cell } from './tables.js';

/** Raised whenever a reader of the old layout would misread the new one. */
export const scanSchema = 'losscone.scan/1';

/** The estimates that exact theory stands beside at some point. */
const exactNames = ({ points }: ScanData) =>
  new Set(
    points.flatMap(({ estimates }) => Object.keys(estimates).filter((name) => estimates[name].reference !== undefined)),
  );

const determined = (value: number): Cell => (Number.isNaN(value) ? undefined : value);

const unitIn = (unit: string) => (unit === '1' ? '' : ` [${unit}]`);

/**
 * A scan as CSV: one row for a point that was run; the varied keys, the particles, two columns for every estimate (value and
 * standard error, units in the header, empty where it is not determined) and a third where some point has exact theory, the
 * hash of the run.
 */
export function scanCsv(scan: ScanData): string {
  const names = estimateNames(scan);
  const exact = exactNames(scan);
  const unitOf = (name: string) => scan.points.find(({ estimates }) => estimates[name])?.estimates[name].unit ?? '1';
  const header: Cell[] = [
    'point',
    ...scan.axes.map(({ key, unit }) => `${key}${unitIn(unit)}`),
    'particles',
    ...names.flatMap((name) =>
      ['', '.standardError', ...(exact.has(name) ? ['.reference'] : [])].map(
        (part) => `${name}${part}${unitIn(unitOf(name))}`,
      ),
    ),
    ...(scan.points.some(({ precision }) => precision) ? ['precisionReached'] : []),
    'hash',
  ];
  const rows = scan.points.map((point): Cell[] => [
    point.index,
    ...point.values,
    point.particles,
    ...names.flatMap((name) => {
      const one = point.estimates[name];
      const known = exact.has(name) ? [one?.reference] : [];
      return one ? [determined(one.value), determined(one.standardError), ...known] : [undefined, undefined, ...known];
    }),
    ...(point.precision ? [point.precision.reached ? 1 : 0] : []),
    point.hash,
  ]);
  return csvText([header, ...rows]);
}

const readme = `Written by losscone scan. /axes/<n>: the values of the n-th varied key (attributes key, unit, spacing).
/estimates/<name>/value and /standardError: on the grid of the axes, the last of them running fastest; NaN where a point was
not run or its estimate is not determined; /reference beside them where there is exact theory. Attributes unit and label. /particles: on the same grid. /hashes: one line a point.
  import h5py, matplotlib.pyplot as plt
  with h5py.File('scan.h5') as h:
    x = h['axes/0'][:]; rate = h['estimates/lossRate']
    plt.errorbar(x, rate['value'][:].reshape(len(x), -1)[:, 0], rate['standardError'][:].reshape(len(x), -1)[:, 0]); plt.show()
`;

/** A scan as the bytes of an HDF5 file, its estimates on the grid of the axes. */
export async function scanHdf5(scan: ScanData): Promise<Uint8Array> {
  const shape = scan.axes.map(({ values }) => values.length);
  const grid = (of: (point: ScanPoint) => number) => {
    const cells = new Float64Array(scan.total).fill(Number.NaN);
    for (const point of scan.points) cells[point.index] = of(point);
    return cells;
  };
  const exact = exactNames(scan);
  return buildHdf5((file) => {
    attribute(file, 'format', scanSchema);
    attribute(file, 'name', scan.name);
    attribute(file, 'description', scan.description);
    attribute(file, 'scanHash', scan.hash);
    attribute(file, 'complete', scan.complete);
    textDataset(file, 'readme', readme);
    const axes = file.create_group('axes');
    scan.axes.forEach(({ key, values, unit, spacing }: ScanAxis, i) => {
      const numbers = values.map((value) => (typeof value === 'number' ? value : Number.NaN));
      const axis = dataset(axes, String(i), Float64Array.from(numbers), [values.length]);
      attribute(axis, 'key', key);
      attribute(axis, 'unit', unit);
      attribute(axis, 'spacing', spacing);
      if (values.some((value) => typeof value === 'string')) attribute(axis, 'words', values.map(String));
    });
    const estimates = file.create_group('estimates');
    for (const name of estimateNames(scan)) {
      const group = estimates.create_group(name);
      const known = scan.points.map((point) => point.estimates[name]).find((one) => one !== undefined) as ScanNumber;
      attribute(group, 'unit', known.unit);
      attribute(group, 'label', known.label);
      for (const part of ['value', 'standardError', ...(exact.has(name) ? (['reference'] as const) : [])] as const)
        dataset(
          group,
          part,
          grid((point) => point.estimates[name]?.[part] ?? Number.NaN),
          shape,
        );
    }
    dataset(
      file,
      'particles',
      grid(({ particles }) => particles),
      shape,
    );
    textDataset(file, 'hashes', scan.points.map(({ index, hash }) => `${index} ${hash}`).join('\n'));
  });
}

/** A point as its file holds it: what is not a number is null. */
export function pointText(point: ScanPoint): string {
  return `${JSON.stringify({ schema: scanSchema, ...point }, (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value), 2)}\n`;
}

/** What is printed. */
const words = z.string().max(10_000).refine(isPlain);
/** Null stands for what is not a number. */
const number = z.number().nullable();
/** What files and figures take for granted of a point: the file may come from somebody else. */
const pointShape = z.looseObject({
  schema: z.string(),
  index: z.number().int(),
  values: z.array(z.union([z.number(), z.string()])).max(20),
  scenario: z.string(),
  hash: z.string(),
  particles: z.number().int().nonnegative(),
  seconds: number,
  reference: z.record(z.string(), number),
  field: words,
  fieldNumbers: z.record(z.string(), number).optional(),
  boundary: words.optional(),
  estimates: z.record(
    // Figures are files of these names.
    z
      .string()
      .max(100)
      .regex(/^[A-Za-z]\w*(\.\w+)*$/),
    z.looseObject({
      value: number,
      standardError: number,
      unit: words,
      label: words,
      reference: number.optional(),
      note: words.optional(),
    }),
  ),
  precision: z.looseObject({ reached: z.boolean(), why: words }).optional(),
  warnings: z.array(words),
});

/**
 * Reads a point's file.
 *
 * @returns the point; undefined where the text is not one of this layout
 */
export function readPoint(text: string): ScanPoint | undefined {
  try {
    const { schema, ...point } = pointShape.parse(JSON.parse(text)) as unknown as ScanPoint & { schema: string };
    if (schema !== scanSchema) return undefined;
    const asNumber = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
    const estimates = Object.entries(point.estimates).map(([name, one]) => [
      name,
      { ...one, value: asNumber(one.value), standardError: asNumber(one.standardError) },
    ]);
    return { ...point, estimates: Object.fromEntries(estimates) };
  } catch {
    return undefined;
  }
}

/** `scan.json`: the scan in a few lines, and every point in full, for programs. */
export function scanText(scan: ScanData): string {
  const plain = (_: string, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? null : value);
  return printableJson(`${JSON.stringify({ schema: scanSchema, ...scan }, plain, 2)}\n`);
}
