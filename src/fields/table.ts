import { type Column, tableSection } from '../scenario/columns.js';
import { SectionFault } from '../scenario/faults.js';
import { section, tag } from '../scenario/leaves.js';
import { type Spline, spline } from './spline.js';
import { MARGIN, MAX_NODES, tabulate } from './tabulate.js';
import type { FieldProfile, LineField, LineGrid } from './types.js';

const read = tableSection(
  { kind: tag('table', "A user's table of the field along the line") },
  {
    s: {
      description: 'Places along the line',
      dimensions: ['length'],
      limits: { what: 'a place on a line', min: -1e13, max: 1e13 },
      increasing: true,
      rows: 3,
    },
    B: {
      description: 'Field strength at these places',
      dimensions: ['magneticField'],
      limits: { what: 'a field strength', above: 0, max: 1e12 },
      rows: 3,
    },
  },
  (shape) => section(shape, "A user's table of the field along the line: lists s and B, or a CSV file."),
);
const schema = read.transform(({ kind, s, B }: { kind: 'table'; s: Column; B: Column }) => ({
  kind,
  s: s.values,
  B: B.values,
}));

/**
 * Largest relative error of B, at the rows left out, of the curve through every second row. The error of the whole table, which its
 * rows cannot tell, is about a sixteenth of it where B is smooth (a cubic's error goes as the fourth power of the distance).
 * @param spec s [m] increasing and B [T] > 0, at least 5 rows
 * @example
 * coarserTableError({ s: [-2, -1, 0, 1, 2], B: [5, 2, 1, 2, 5] }) // => 0.125
 */
export function coarserTableError({ s, B }: { s: readonly number[]; B: readonly number[] }): number {
  const kept = Array.from(s.keys()).filter((i) => i % 2 === 0 || i === s.length - 1);
  const curve = spline(
    kept.map((i) => s[i]),
    kept.map((i) => B[i]),
  );
  return s.reduce((worst, place, i) => Math.max(worst, Math.abs(curve.value(place) / B[i] - 1)), 0);
}

/** A grid whose nodes include the rows, where these stand at equal distances: the kernel's cubics are then the spline's own. */
function alignedGrid(s: readonly number[], sLeft: number, sRight: number): LineGrid | undefined {
  const last = s.length - 1;
  const ds = (s[last] - s[0]) / last;
  if (s.length + 2 * MARGIN > MAX_NODES) return undefined;
  // The rows' own rounding decides what counts as equal: 1e-12 of the table's length.
  if (s.some((place, i) => Math.abs(place - (s[0] + i * ds)) > 1e-12 * (s[last] - s[0]))) return undefined;
  const from = Math.floor((sLeft - s[0]) / ds) - MARGIN;
  const to = Math.ceil((sRight - s[0]) / ds) + MARGIN;
  return { s0: s[0] + from * ds, ds, nodes: to - from + 1 };
}

/** The curve, and beyond its ends a straight line where B grows outward, `B/(1 + d/scale)` where it falls: it stays above 0. */
function extended(curve: Spline, first: number, last: number) {
  const end = (s: number) => (s < first ? first : last);
  return {
    strength(s: number): number {
      if (s >= first && s <= last) return curve.value(s);
      const B = curve.value(end(s));
      const rise = (s - end(s)) * curve.slope(end(s));
      return rise >= 0 ? B + rise : (B * B) / (B - rise);
    },
    gradient(s: number): number {
      if (s >= first && s <= last) return curve.slope(s);
      const B = curve.value(end(s));
      const slope = curve.slope(end(s));
      const rise = (s - end(s)) * slope;
      return rise >= 0 ? slope : (slope * B * B) / ((B - rise) * (B - rise));
    },
  };
}

/**
 * The field through the rows of a table (cubic spline, slopes limited where it would overshoot). The midplane is where the
 * curve is least, the throats are its greatest values on either side.
 * @param spec s [m] increasing and B [T] > 0, at least 3 rows
 * @throws SectionFault where B is least at an end of the table, or the curve between two rows is not positive
 * @example
 * buildTable({ s: [-1, 0, 1], B: [2, 1, 2] }).Bmax // => 2
 */
export function buildTable({ s, B }: { s: readonly number[]; B: readonly number[] }): LineField {
  const curve = spline(s, B);
  const places = curve.extremes();
  const values = places.map((place) => curve.value(place));
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[least]) least = i;
  if (!(values[least] > 0)) {
    throw new SectionFault({
      path: 'B',
      found: `${values[least]} T`,
      message: `the curve through the rows falls to ${values[least]} T at s = ${places[least]} m (must stay > 0: give more rows there)`,
    });
  }
  const sMid = places[least];
  // Of equal maxima the one nearest the midplane is the throat: what lies beyond is never reached from inside.
  let left = least;
  for (let i = least; i >= 0; i--) if (values[i] > values[left]) left = i;
  let right = least;
  for (let i = least; i < values.length; i++) if (values[i] > values[right]) right = i;
  if (left === least || right === least) {
    throw new SectionFault({
      path: 'B',
      found: `${values[least]} T`,
      message: `B is least at the ${left === least ? 'first' : 'last'} row (must rise on both sides of its least value, or there is no mirror)`,
    });
  }
  const [sLeft, sRight] = [places[left], places[right]];
  return tabulate(
    {
      kind: 'table',
      sLeft,
      sRight,
      sMid,
      Bmin: values[least],
      Bmax: Math.min(values[left], values[right]),
      ...extended(curve, s[0], s[s.length - 1]),
    },
    alignedGrid(s, sLeft, sRight),
  );
}

export const table = {
  kind: 'table',
  schema,
  example: {
    kind: 'table',
    s: { unit: 'm', values: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2] },
    B: { unit: 'T', values: [1.2, 0.9, 0.7, 0.55, 0.5, 0.55, 0.72, 1, 1.4] },
  },
  build: buildTable,
} as const satisfies FieldProfile<'table', typeof schema>;
