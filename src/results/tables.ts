/**
 * A result as tidy tables (Wickham 2014, doi:10.18637/jss.v059.i10): one row for each observation, one column for each
 * variable, standard errors beside values. Every estimate, curve and distribution of a result becomes one by its shape, so a
 * new one needs no line here.
 */

import { type Trajectory, trajectoryColumns } from '../analysis/fullOrbits/trajectories.js';
import { pitchCourse } from '../analysis/pitchCourse.js';
import type { Curve, Distribution, Equilibrium, Estimate, SteadyDistribution } from '../analysis/types.js';
import { FATES } from '../plan/tallySpecs.js';
import { type AnyResult, isOrbits } from './data.js';
import { particleColumns, particleTable } from './particles.js';
import { referenceUnits } from './units.js';

export type Cell = number | string | undefined;

export interface Column {
  readonly name: string;
  /** SI, `1` for pure numbers; absent where rows have units of their own, or none. */
  readonly unit?: string;
  readonly cell: (row: number) => Cell;
}

export interface Table {
  /** A basename: `estimates`, `survival`, `distribution-midplane`. */
  readonly name: string;
  readonly description: string;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/**
 * Every table of a result: `estimates` (all numbers), `limits` (what they tend to), `equilibrium` (whether it was reached, and by what
 * evidence), `reference` (what the scenario fixes), one for each curve or list of
 * curves, `distribution-<name>` for each distribution, `steadyState-<name>` where there is a source, `particles` where single particles were asked for, `trajectories` where
 * paths were.
 *
 * @param result a run, or one read back from a file
 * @returns tables with their cells computed on demand
 */
export function resultTables(result: AnyResult): Table[] {
  const { estimates, distributions, plan } = result;
  const curves = Object.entries(estimates as unknown as Record<string, unknown>).flatMap(([name, value]) => {
    const found = leaves<Curve>(value, isCurve);
    return found.length > 0 ? [curveTable(name, found)] : [];
  });
  const particles = particleTable(result);
  const exact = exactOf(result);
  return [
    estimateTable(leaves<Estimate>(estimates, isEstimate)),
    limitTable(leaves<Estimate>(estimates, isEstimate)),
    ...('equilibrium' in estimates ? [equilibriumTable(estimates.equilibrium)] : []),
    referenceTable(plan.reference as unknown as Record<string, unknown>),
    ...curves,
    ...leaves<Binned>(estimates, isBinned).map(({ path, value }) => distributionTable(path.join('-'), value)),
    ...Object.entries(distributions ?? {}).map(([name, value]) =>
      distributionTable(`distribution-${name}`, value, name === 'place' ? undefined : exact),
    ),
    ...(particles ? [particlesTable(particles)] : []),
    ...(isOrbits(result) && result.trajectories.length > 0 ? [trajectoriesTable(result.trajectories)] : []),
  ];
}

/** A member of a tree and the keys that lead to it. */
interface Leaf<T> {
  readonly path: readonly string[];
  readonly value: T;
}

/** Members of a tree of records and lists that are of a kind, in order. */
function leaves<T>(tree: unknown, is: (value: object) => boolean, path: readonly string[] = []): Leaf<T>[] {
  if (typeof tree !== 'object' || tree === null || ArrayBuffer.isView(tree)) return [];
  if (is(tree)) return [{ path, value: tree as T }];
  if ('label' in tree && 'unit' in tree) return [];
  return Object.entries(tree).flatMap(([key, value]) => leaves<T>(value, is, [...path, key]));
}

export const isCurve = (value: object): boolean => 'x' in value && ArrayBuffer.isView(value.x);
export const isEstimate = (value: object): boolean =>
  'unit' in value && 'value' in value && typeof value.value === 'number';

export const isBinned = (value: object): boolean => 'f' in value && ArrayBuffer.isView(value.f);

/** A distribution with its counts, or one that is a sum of several and has none. */
export type Binned = SteadyDistribution & Partial<Pick<Distribution, 'counts'>>;

function estimateTable(rows: readonly Leaf<Estimate>[]): Table {
  const column = (name: string, cell: (estimate: Estimate) => Cell): Column => ({
    name,
    cell: (row) => cell(rows[row].value),
  });
  return {
    name: 'estimates',
    description: 'every number of the run; NaN with a note: not determined by these data',
    rows: rows.length,
    columns: [
      { name: 'name', cell: (row) => rows[row].path.join('.') },
      column('value', ({ value }) => value),
      column('standardError', ({ standardError }) => standardError),
      column('unit', ({ unit }) => unit),
      column('reference', ({ reference }) => reference),
      column('degreesOfFreedom', ({ degreesOfFreedom }) => degreesOfFreedom),
      { ...column('fitFrom', ({ fit }) => fit?.from), unit: 's' },
      { ...column('fitTo', ({ fit }) => fit?.to), unit: 's' },
      column('fitPoints', ({ fit }) => fit?.points),
      column('fitWorst', ({ fit }) => fit?.worst),
      column('fitChiSquared', ({ fit }) => fit?.chiSquared),
      column('fitFreedom', ({ fit }) => fit?.freedom),
      column('fitPValue', ({ fit }) => fit?.pValue),
      column('label', ({ label }) => label),
      column('note', ({ note }) => note),
    ],
  };
}

function limitTable(estimates: readonly Leaf<Estimate>[]): Table {
  const rows = estimates.flatMap(({ path, value: { limits, unit } }) =>
    (limits ?? []).map(({ value, label }) => ({ name: path.join('.'), value, unit, label })),
  );
  return {
    name: 'limits',
    description: 'what an estimate tends to in limits that the scenario may be near or far from',
    rows: rows.length,
    columns: [
      { name: 'name', cell: (row) => rows[row].name },
      { name: 'value', cell: (row) => rows[row].value },
      { name: 'unit', cell: (row) => rows[row].unit },
      { name: 'limit', cell: (row) => rows[row].label },
    ],
  };
}

function equilibriumTable({ kind, reached, since, evidence, words }: Equilibrium): Table {
  return {
    name: 'equilibrium',
    description: words,
    rows: evidence.length,
    columns: [
      { name: 'of', cell: () => kind },
      { name: 'reached', cell: () => reached },
      { name: 'since', unit: 's', cell: () => since },
      { name: 'moment', cell: (row) => evidence[row].label },
      { name: 'value', unit: '1', cell: (row) => evidence[row].value },
      { name: 'standardError', unit: '1', cell: (row) => evidence[row].standardError },
      { name: 'expected', unit: '1', cell: (row) => evidence[row].expected },
      { name: 'lastOff', unit: 's', cell: (row) => evidence[row].lastOff },
    ],
  };
}

function referenceTable(reference: Record<string, unknown>): Table {
  const rows = Object.entries(reference).filter(([, value]) => typeof value === 'number');
  return {
    name: 'reference',
    description: 'numbers that the scenario fixes',
    rows: rows.length,
    columns: [
      { name: 'name', cell: (row) => rows[row][0] },
      { name: 'value', cell: (row) => rows[row][1] as number },
      { name: 'unit', cell: (row) => referenceUnits[rows[row][0]] ?? '1' },
    ],
  };
}

/** Several lists below each other: which of them a row is of, and the row in it. */
function below(lengths: readonly number[]): { readonly rows: number; at(row: number): readonly [number, number] } {
  const starts = [0];
  for (const length of lengths) starts.push(starts[starts.length - 1] + length);
  const at = (row: number) => {
    let k = 0;
    while (row >= starts[k + 1]) k++;
    return [k, row - starts[k]] as const;
  };
  return { rows: starts[starts.length - 1], at };
}

/** One curve, or several below each other with what tells them apart in front. */
function curveTable(name: string, curves: readonly Leaf<Curve>[]): Table {
  const { rows, at: placeOf } = below(curves.map(({ value }) => value.x.length));
  const at = (row: number): [Leaf<Curve>, number] => {
    const [k, i] = placeOf(row);
    return [curves[k], i];
  };
  const pick = (part: (curve: Curve) => Float64Array | undefined) => (row: number) => {
    const [{ value }, i] = at(row);
    return part(value)?.[i];
  };
  const [{ path, value: first }] = curves;
  const keys = path.map(
    (_, level): Column => ({
      name: path.length === 1 ? 'index' : `index${level}`,
      cell: (row) => {
        const key = at(row)[0].path[level];
        return /^\d+$/.test(key) ? Number(key) : key;
      },
    }),
  );
  return {
    name,
    description: curves.length === 1 ? first.label : `${first.label}, and ${curves.length - 1} more`,
    rows,
    columns: [
      ...keys,
      { name: columnName(first.xLabel), unit: first.xUnit, cell: pick(({ x }) => x) },
      { name: 'value', unit: first.unit, cell: pick(({ value }) => value) },
      { name: 'standardError', unit: first.unit, cell: pick(({ standardError }) => standardError) },
      ...(curves.some(({ value }) => value.reference)
        ? [{ name: 'reference', unit: first.unit, cell: pick(({ reference }) => reference) }]
        : []),
      ...(curves.length > 1 ? [{ name: 'label', cell: (row: number) => at(row)[0].value.label }] : []),
    ],
  };
}

/** `starting mu` as a program would call it: `startingMu`. */
function columnName(label: string): string {
  const words = label.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word, i) => (i === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('') || 'x';
}

/** The exact f of pitch by snapshot, each worked out when its first row is asked for. */
function exactOf(result: AnyResult): ((snapshot: number) => Float64Array) | undefined {
  if (isOrbits(result)) return undefined;
  const course = pitchCourse(result.scenario, result.plan);
  const known = new Map<number, Float64Array>();
  return (
    course &&
    ((snapshot) => {
      const f = known.get(snapshot) ?? course(snapshot);
      known.set(snapshot, f);
      return f;
    })
  );
}

function distributionTable(
  name: string,
  { f, standardError, counts, axes, shape, label, unit }: Binned,
  exact?: (snapshot: number) => Float64Array,
): Table {
  const inner = shape.map((_, i) => shape.slice(i + 1).reduce((product, n) => product * n, 1));
  const index = (row: number, axis: number) => Math.floor(row / inner[axis]) % shape[axis];
  const bins = axes.flatMap((axis, i): Column[] =>
    axis.name === 'time'
      ? [{ name: 'time', unit: axis.unit, cell: (row) => axis.edges[index(row, i)] }]
      : [
          { name: `${axis.name}Low`, unit: axis.unit, cell: (row) => axis.edges[index(row, i)] },
          { name: `${axis.name}High`, unit: axis.unit, cell: (row) => axis.edges[index(row, i) + 1] },
        ],
  );
  return {
    name,
    description: label,
    rows: f.length,
    columns: [
      ...bins,
      { name: 'f', unit, cell: (row) => f[row] },
      { name: 'standardError', unit, cell: (row) => standardError[row] },
      ...(exact ? [{ name: 'exact', unit, cell: (row: number) => exact(index(row, 0))[row % inner[0]] }] : []),
      ...(counts ? [{ name: 'count', unit: '1', cell: (row: number) => counts[row] }] : []),
    ],
  };
}

function particlesTable({ fate, values }: NonNullable<ReturnType<typeof particleTable>>): Table {
  const fates = ['notRun', ...FATES];
  return {
    name: 'particles',
    description: 'the first particles one by one',
    rows: fate.length,
    columns: [
      { name: 'particle', cell: (row) => row },
      { name: 'fate', cell: (row) => fates[fate[row]] },
      ...particleColumns.map(([name, , unit]): Column => ({ name, unit, cell: (row) => values[name][row] })),
    ],
  };
}

function trajectoriesTable(paths: readonly Trajectory[]): Table {
  const { rows, at } = below(paths.map(({ time }) => time.length));
  return {
    name: 'trajectories',
    description: 'the paths of chosen particles, point by point',
    rows,
    columns: [
      { name: 'particle', cell: (row) => paths[at(row)[0]].particle },
      ...trajectoryColumns.map(
        ({ name, unit }): Column => ({
          name,
          unit,
          cell: (row) => {
            const [path, point] = at(row);
            return paths[path][name][point];
          },
        }),
      ),
    ],
  };
}
