import { type Column, tableSection } from '../../scenario/columns.js';
import { SectionFault } from '../../scenario/faults.js';
import { section, tag } from '../../scenario/leaves.js';
import { spline } from '../spline.js';
import type { LineField, PotentialProfile } from '../types.js';

const schema = tableSection(
  { kind: tag('table', "A user's table of the potential along the line") },
  {
    s: {
      description: 'Places along the line',
      dimensions: ['length'],
      limits: { what: 'a place on a line', min: -1e13, max: 1e13 },
      increasing: true,
      rows: 3,
    },
    phi: {
      description: 'Potential at these places',
      dimensions: ['voltage'],
      limits: { what: 'a potential', min: -1e12, max: 1e12 },
      rows: 3,
    },
  },
  (shape) => section(shape, "A user's table of the potential along the line: lists s and phi, or a CSV file."),
).transform(({ kind, s, phi }: { kind: 'table'; s: Column; phi: Column }) => ({ kind, s: s.values, phi: phi.values }));

/**
 * The potential through the rows of a table (cubic spline, slopes limited where it would overshoot).
 * @param spec s [m] increasing, from throat to throat at least; phi [V]
 * @throws SectionFault where the table does not reach from throat to throat
 * @example
 * import { buildParabolic } from '../parabolic.js'
 * buildPotentialTable({ s: [-1, 0, 1], phi: [4, 0, 4] }, buildParabolic({ B: 1, ratio: 2, length: 2 })).value(1) // => 4
 */
export function buildPotentialTable({ s, phi }: { s: readonly number[]; phi: readonly number[] }, field: LineField) {
  const slack = 1e-9 * field.length;
  if (s[0] > field.sLeft + slack || s[s.length - 1] < field.sRight - slack) {
    throw new SectionFault({
      path: 's',
      found: `${s[0]} to ${s[s.length - 1]} m`,
      message: `reaches from ${s[0]} to ${s[s.length - 1]} m (must cover the line, ${field.sLeft} to ${field.sRight} m)`,
    });
  }
  const curve = spline(s, phi);
  return { value: curve.value, gradient: curve.slope };
}

export const potentialTable = {
  kind: 'table',
  schema,
  example: { kind: 'table', s: { unit: 'm', values: [-1, 0, 1] }, phi: { unit: 'V', values: [100, 0, 100] } },
  build: buildPotentialTable,
} as const satisfies PotentialProfile<'table', typeof schema>;
