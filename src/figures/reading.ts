/**
 * What a drawn figure says at each of its points, so that whoever shows it can answer the pointer: value, error, unit, and theory's
 * value at that place. It is read from the very marks that Plot draws, so no figure has to say its numbers twice.
 */
import * as Plot from '@observablehq/plot';
import type { Legend, LegendEntry, Panel } from './figure.js';
import type { Aside, AxisReading, Box, PanelReading, SeriesReading } from './readingTypes.js';

/** What a mark is that holds no data of the run: a name for theory, nothing for what is not read at all. */
interface Role {
  readonly name?: string;
  readonly of?: string;
}
const roles = new WeakMap<object, Role>();

/**
 * Marks a line as theory: it is read beside the points of its colour, or of all where no points have its colour.
 *
 * @param mark of Plot
 * @param name what it is, e.g. `exact`
 * @param of the colour of the points that it is of, where that is not its own
 */
export function theory<M extends object>(mark: M, name = 'exact', of?: string): M {
  roles.set(mark, { name, of });
  return mark;
}

/** Marks what holds no number of its own: a line that joins points, a floor, a frame. */
export function unread<M extends object>(mark: M): M {
  roles.set(mark, {});
  return mark;
}

/** What is read of Plot's marks; they are not typed so. */
interface MarkLike {
  readonly data?: unknown;
  readonly ariaLabel?: string;
  readonly channels?: Readonly<Record<string, { readonly value?: unknown; readonly scale?: unknown } | undefined>>;
  readonly stroke?: unknown;
  readonly fill?: unknown;
  readonly strokeDasharray?: unknown;
  readonly symbol?: unknown;
}

/** The scales of a panel that was drawn. */
export interface Drawn {
  scale(name: 'x' | 'y'): { apply(value: number): number; invert?(at: number): number } | undefined;
}

/** `time (µs)` as a name and a unit; `log₂(μ/μ₀)` has none. */
export function axisReading(label: string): AxisReading {
  const found = /^(.*\S) \(([^()]+)\)$/.exec(label);
  return found ? { name: found[1], unit: found[2] } : { name: label, unit: '' };
}

interface Found {
  readonly mark: MarkLike;
  readonly colour: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly data: readonly unknown[];
}

/** What a panel says. @param offset from Plot's pixels to the whole drawing's */
export function panelReading(
  panel: Panel,
  options: Plot.PlotOptions,
  plot: Drawn,
  offset: { readonly x: number; readonly y: number },
  box: Box,
  labels: { readonly x: string; readonly y: string; readonly legend?: Legend },
): PanelReading {
  const named = (label: string, axis: unknown) =>
    (axis as { axis?: unknown } | undefined)?.axis === null ? { name: '', unit: '' } : axisReading(label);
  const [x, y] = [named(labels.x, options.x), named(labels.y, options.y)];
  const frame = { title: panel.title ?? '', box, x, y };
  const scales = { x: plot.scale('x'), y: plot.scale('y') };
  if (!scales.x || !scales.y) return { ...frame, series: [], ...(panel.cells && { cells: panel.cells }) };
  const marks = (options.marks ?? []).flat(3).filter((mark) => typeof mark === 'object' && mark !== null) as MarkLike[];
  const points: Found[] = [];
  const lines: (Found & { readonly name: string })[] = [];
  for (const mark of marks) {
    const role = roles.get(mark);
    const found = role && role.name === undefined ? undefined : pointsOf(mark);
    if (!found) continue;
    if (role?.name !== undefined) lines.push({ ...found, name: role.name, colour: role.of ?? found.colour });
    else points.push(found);
  }
  const own = new Set(points.map(({ colour }) => colour));
  const series = joined(points, labels.legend).map((one): SeriesReading => {
    const beside = lines.filter(({ colour }) => colour === one.colour || !own.has(colour));
    const inside = Array.from(one.x, (_, i) => i).filter((i) => Number.isFinite(one.y[i]));
    const pick = (values: Float64Array) => Float64Array.from(inside, (i) => values[i]);
    const [px, py] = [pick(one.x).map((v) => scales.x!.apply(v)), pick(one.y).map((v) => scales.y!.apply(v))];
    return {
      label: one.label,
      colour: one.colour,
      px: Float32Array.from(px, (at) => at + offset.x),
      py: Float32Array.from(py, (at) => at + offset.y),
      x: pick(one.x),
      y: pick(one.y),
      error: pick(one.error),
      theory: asides(beside, pick(one.x), scales),
      more: one.more.map(({ name, values }) => ({ name, values: pick(values) })),
    };
  });
  return {
    ...frame,
    series: series.filter((one) => one.x.length > 0),
    ...(panel.cells && { cells: panel.cells }),
  };
}

const numbers = (data: readonly unknown[], value: unknown): Float64Array | undefined => {
  const all = Plot.valueof(data as never, value as never) as ArrayLike<unknown> | null | undefined;
  return all ? Float64Array.from(all, (one) => (typeof one === 'number' ? one : Number.NaN)) : undefined;
};

/** The points of a mark that has any: dots, lines, and bars of data that say their middle value. */
function pointsOf(mark: MarkLike): Found | undefined {
  const { channels = {} } = mark;
  if (!Array.isArray(mark.data) || mark.data.length === 0) return undefined;
  const data = mark.data as readonly unknown[];
  const take = (name: string) =>
    channels[name]?.value === undefined ? undefined : numbers(data, channels[name].value);
  const colour = [mark.stroke, mark.fill].find((one) => typeof one === 'string' && /^#/.test(one) && one !== '#ffffff');
  if (typeof colour !== 'string') return undefined;
  if (mark.ariaLabel === 'dot' || mark.ariaLabel === 'line') {
    const [x, y] = [take('x'), take('y')];
    return x && y && { mark, colour, x, y, data };
  }
  // A bar without a marker is read where its value is, a level where it stands.
  if (mark.ariaLabel === 'rule' && channels.y1) {
    const [x, y] = [take('x'), numbers(data, (one: { value?: unknown }) => one?.value)];
    return x && y?.some(Number.isFinite) ? { mark, colour, x, y, data } : undefined;
  }
  if (mark.ariaLabel === 'link') {
    const [x1, x2, y] = [take('x1'), take('x2'), take('y1')];
    return x1 && x2 && y && { mark, colour, x: x1.map((from, i) => (from + x2[i]) / 2), y, data };
  }
  return undefined;
}

interface Joined {
  readonly label: string;
  readonly colour: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly error: Float64Array;
  readonly more: readonly Aside[];
}

/** One series of each colour and name: markers, the line that joins them and their bars are the same points. */
function joined(points: readonly Found[], legend: Legend | undefined): Joined[] {
  const series = new Map<string, Joined>();
  for (const found of points) {
    const label = (entryOf(found.mark, found.colour, legend?.entries ?? [])?.label ?? '').replace(/ ± 1σ$/, '');
    const key = `${found.colour} ${label}`;
    const before = series.get(key);
    const known = new Set(before ? Array.from(before.x, (x, i) => `${x} ${before.y[i]}`) : []);
    const fresh = Array.from(found.x, (_, i) => i).filter((i) => !known.has(`${found.x[i]} ${found.y[i]}`));
    if (before && fresh.length === 0) continue;
    const pick = (values: Float64Array) => Float64Array.from(fresh, (i) => values[i]);
    const one: Joined = {
      label,
      colour: found.colour,
      x: pick(found.x),
      y: pick(found.y),
      error: Float64Array.from(fresh, (i) => errorOf(found.data[i], found.y[i])),
      more: extras(found).map(({ name, values }) => ({ name, values: pick(values) })),
    };
    series.set(key, before ? appended(before, one) : one);
  }
  return [...series.values()];
}

function appended(one: Joined, other: Joined): Joined {
  const both = (a: Float64Array, b: Float64Array) => Float64Array.of(...a, ...b);
  const names = [...new Set([...one.more, ...other.more].map(({ name }) => name))];
  const none = ({ x }: Joined) => new Float64Array(x.length).fill(Number.NaN);
  const valuesOf = (of: Joined, wanted: string) => of.more.find(({ name }) => name === wanted)?.values ?? none(of);
  return {
    ...one,
    x: both(one.x, other.x),
    y: both(one.y, other.y),
    error: both(one.error, other.error),
    more: names.map((name) => ({ name, values: both(valuesOf(one, name), valuesOf(other, name)) })),
  };
}

/** Bars may be cut where the axis ends, but at one end only: the longer half is the error. */
function errorOf(datum: unknown, y: number): number {
  const { low, high } = (datum ?? {}) as { low?: unknown; high?: unknown };
  if (typeof low !== 'number' || typeof high !== 'number') return Number.NaN;
  const error = Math.max(high - y, y - low);
  // what is left of a rounding is none
  return error > 1e-12 * Math.abs(y) ? error : Number.NaN;
}

/** Channels that a figure names in words are there to be read. */
function extras({ mark, data }: Found): Aside[] {
  const own = new Set(['x', 'y', 'x1', 'x2', 'y1', 'y2', 'z', 'r', 'rotate', 'symbol', 'fill', 'stroke', 'title']);
  return Object.entries(mark.channels ?? {}).flatMap(([name, channel]) => {
    const values = own.has(name) || /^(fill|stroke)/.test(name) ? undefined : numbers(data, channel?.value);
    return values ? [{ name, values }] : [];
  });
}

/** The legend's entry of a mark: that of its colour, and of its dashes or marker where several have it. */
function entryOf(mark: MarkLike, colour: string, entries: readonly LegendEntry[]): LegendEntry | undefined {
  const same = entries.filter((entry) => entry.colour === colour);
  const dash = typeof mark.strokeDasharray === 'string' ? mark.strokeDasharray : 'none';
  return (
    same.find((entry) => mark.ariaLabel === 'line' && (entry.dash ?? 'none') === dash) ??
    same.find((entry) => mark.ariaLabel === 'dot' && entry.symbol !== undefined) ??
    same[0]
  );
}

/** Lines at the places of points: straight between their ends, as they are drawn. */
function asides(
  lines: readonly (Found & { readonly name: string })[],
  at: Float64Array,
  scales: { readonly x?: ReturnType<Drawn['scale']>; readonly y?: ReturnType<Drawn['scale']> },
): Aside[] {
  const byName = new Map<string, Float64Array>();
  for (const { name, x, y } of lines) {
    const values = Float64Array.from(at, (place) => between(x, y, place, scales));
    const before = byName.get(name);
    // A line may be drawn in pieces: each says what it can.
    byName.set(name, before ? before.map((value, i) => (Number.isNaN(value) ? values[i] : value)) : values);
  }
  return [...byName].map(([name, values]) => ({ name, values })).filter(({ values }) => !values.every(Number.isNaN));
}

function between(
  x: Float64Array,
  y: Float64Array,
  place: number,
  scales: { readonly x?: ReturnType<Drawn['scale']>; readonly y?: ReturnType<Drawn['scale']> },
): number {
  for (let i = 0; i < x.length; i++) {
    const slack = 1e-9 * Math.abs(place);
    if (Math.abs(x[i] - place) <= slack) return y[i];
    const next = i + 1;
    if (next >= x.length || !(Math.min(x[i], x[next]) < place && place < Math.max(x[i], x[next]))) continue;
    const [sx, sy] = [scales.x, scales.y];
    if (!sx || !sy?.invert) return Number.NaN;
    const part = (sx.apply(place) - sx.apply(x[i])) / (sx.apply(x[next]) - sx.apply(x[i]));
    return Number(sy.invert(sy.apply(y[i]) + part * (sy.apply(y[next]) - sy.apply(y[i]))));
  }
  return Number.NaN;
}
