/** The figures of a scan: every main estimate against the first varied key, a curve for each value of the others. */
import * as Plot from '@observablehq/plot';
import { prettyUnit, symbols as spell } from '../results/format.js';
import { mainEstimates, type ScanAxis, type ScanData } from '../results/scan.js';
import { type Drawing, type LegendEntry, onePanel } from './figure.js';
import { axisFor, linearScale, logScale } from './scales.js';
import { blue, dashes, orderedColours, symbols, theoryInk } from './style.js';

/** A figure of a scan, ready to be drawn. */
export interface ScanFigure {
  /** Basename of its files. */
  readonly name: string;
  readonly drawing: Drawing;
}

/** A point of a curve with its error bar. */
export interface ScanMark {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  /** What exact theory gives there. */
  readonly exact?: number;
}

/** The markers that the legend can show. */
const markers = symbols.slice(0, 4);
/** More curves than this cannot be told apart. */
const MOST_CURVES = 8;

/** One line: what was scanned. */
export function scanLine({ name, axes, points, total, complete }: ScanData): string {
  const keys = axes.map(({ key, values }) => `${values.length} of ${key}`).join(' × ');
  return `${name}: ${complete ? `${total} points` : `${points.length} of ${total} points`}, ${keys}`;
}

/** Error bars, one standard error up and down, and the markers on them. */
export function errorBars(marks: readonly ScanMark[], colour: string, symbol: string) {
  const bars = marks.filter(({ low, high }) => high > low);
  return [
    Plot.ruleX(bars, { x: 'x', y1: 'low', y2: 'high', stroke: colour, strokeWidth: 1.4 }),
    Plot.dot(marks, {
      x: 'x',
      y: 'y',
      r: 3.5,
      symbol: symbol as Plot.SymbolType,
      fill: colour,
      stroke: 'white',
      strokeWidth: 0.6,
    }),
  ];
}

/** What the blackboard calls a key that is often varied; the key itself stands in the subtitle. */
const nameOfKey = (key: string) =>
  ({
    'collisions.rate': 'scattering rate, ν',
    'collisions.strength': 'strength of scattering, ν length/v',
    'field.B': 'field at the midplane, B',
    'field.length': 'length from throat to throat',
    'field.ratio': 'mirror ratio, R',
    'boundary.ratio': 'mirror ratio, R',
    'field.thickness': 'half thickness of the sheet, L',
    'field.normalField': 'field across the sheet, Bn',
    'particles.energy': 'kinetic energy',
    'particles.temperature': 'temperature, T',
    'particles.count': 'number of particles',
  })[key] ?? key;

const withUnit = (name: string, unit: string) => {
  const pretty = prettyUnit(unit);
  return pretty ? `${name} (${pretty})` : name;
};

/** A range with a margin, so that no marker lies on the frame. */
export function padded(values: readonly number[], log: boolean, room = 0.04): [number, number] {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  if (log) {
    const margin = (to / from) ** room * 1.05;
    return [from / margin, to * margin];
  }
  // what differs by rounding alone is the same
  const size = Math.max(Math.abs(from), Math.abs(to));
  const margin = to - from > 1e-9 * size ? room * (to - from) : size * 0.1 || 1;
  return [from - margin, to + margin];
}

const nothing = { value: Number.NaN, standardError: Number.NaN, reference: undefined };

/** The curves of an estimate: one for each combination of the other axes' values. */
function curvesOf(scan: ScanData, name: string): { label: string; marks: ScanMark[] }[] {
  const others = scan.axes.slice(1);
  const curves = new Map<string, ScanMark[]>();
  for (const { values, estimates } of scan.points) {
    const label = others.map(
      ({ key, unit }, i) => `${key.split('.').at(-1)} ${show(values[i + 1])}${unit === '1' ? '' : ` ${unit}`}`,
    );
    const marks = curves.get(label.join(', ')) ?? [];
    curves.set(label.join(', '), marks);
    const { value, standardError, reference } = estimates[name] ?? nothing;
    const x = values[0];
    if (typeof x !== 'number' || !Number.isFinite(value)) continue;
    const error = standardError || 0;
    marks.push({ x, y: value, low: value - error, high: value + error, exact: reference });
  }
  return [...curves]
    .map(([label, marks]) => ({ label, marks: marks.toSorted((a, b) => a.x - b.x) }))
    .filter(({ marks }) => marks.length > 0);
}

const show = (value: number | string) => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : value);

function estimateFigure(scan: ScanData, axis: ScanAxis, name: string): Drawing {
  const known = scan.points.map(({ estimates }) => estimates[name]).find((one) => one && Number.isFinite(one.value));
  const [title] = (known?.label ?? name).replace(/D_(?=mu|xi)/, 'D').split(/ \(|, /);
  const all = curvesOf(scan, name);
  const curves = all.slice(0, MOST_CURVES);
  const marks = curves.flatMap((curve) => curve.marks);
  const values = marks.map(({ y }) => y);
  const log = values.every((y) => y > 0) && Math.max(...values) > 30 * Math.min(...values);
  const floor = log ? Math.min(...values) / 10 : Number.NEGATIVE_INFINITY;
  const theory = marks.flatMap(({ exact }) => (exact !== undefined && (!log || exact > floor) ? [exact] : []));
  const ends = [...marks.flatMap(({ low, high }) => [Math.max(low, floor), high]), ...theory];
  const unit = known?.unit ?? '1';
  const y = log ? { factor: 1, label: withUnit(spell(title), unit) } : axisFor(ends, spell(title), unit);
  const [bottom, top] = padded(ends, log).map((end) => end / y.factor) as [number, number];
  const logX = axis.spacing === 'log' && marks.every(({ x }) => x > 0);
  const [left, right] = padded(
    marks.map(({ x }) => x),
    logX,
  );
  const colours = curves.length === 1 ? [blue] : orderedColours(curves.length);
  const scaled = curves.map((curve) =>
    curve.marks.map((mark) => ({
      x: mark.x,
      y: mark.y / y.factor,
      low: Math.max(mark.low, floor) / y.factor,
      high: mark.high / y.factor,
    })),
  );
  const exact = curves.map((curve) =>
    curve.marks.flatMap((mark) =>
      mark.exact !== undefined && theory.includes(mark.exact) ? [{ x: mark.x, y: mark.exact / y.factor }] : [],
    ),
  );
  const entries = curves.map(
    ({ label }, i): LegendEntry => ({
      label: label || 'estimate ± 1σ',
      colour: colours[i],
      dash: dashes[i % dashes.length],
      symbol: markers[i % markers.length],
    }),
  );
  return onePanel({ title: spell(title.charAt(0).toUpperCase() + title.slice(1)) }, scanLine(scan), {
    xLabel: withUnit(nameOfKey(axis.key), axis.unit),
    yLabel: y.label,
    ...(curves.length > 1 && { legend: { entries, place: 'side' as const } }),
    footnote: `Bars: one standard error.${theory.length > 0 ? ' Black: exact theory.' : ''}${all.length > MOST_CURVES ? ` ${MOST_CURVES} of ${all.length} curves are shown.` : ''}`,
    panel: () => ({
      x: logX ? logScale(left, right) : linearScale(left, right),
      y: log ? logScale(bottom, top) : linearScale(bottom, top),
      marks: scaled.flatMap((points, i) => [
        Plot.line(points, {
          x: 'x',
          y: 'y',
          stroke: colours[i],
          strokeWidth: 1.2,
          strokeOpacity: 0.6,
          strokeDasharray: dashes[i % dashes.length],
        }),
        ...errorBars(points, colours[i], markers[i % markers.length]),
        // One point is no line.
        exact[i].length > 1
          ? Plot.line(exact[i], { x: 'x', y: 'y', stroke: theoryInk, strokeWidth: 1.4 })
          : Plot.dot(exact[i], { x: 'x', y: 'y', r: 6, symbol: 'diamond', stroke: theoryInk, strokeWidth: 1.4 }),
      ]),
    }),
  });
}

/**
 * The figures of a scan.
 *
 * @param scan finished or not
 * @returns one for every main estimate that has a number somewhere; none where the first axis is of words
 */
export function scanFigures(scan: ScanData): ScanFigure[] {
  const [axis] = scan.axes;
  if (axis.values.some((value) => typeof value !== 'number')) return [];
  return mainEstimates(scan).map((name) => ({ name, drawing: estimateFigure(scan, axis, name) }));
}
