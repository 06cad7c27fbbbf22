/** An electric field along the line, `Epar(s) g(t)`, that varies slowly in time. */
import type * as z from 'zod';
import { exp, sin } from '../physics/elementary.js';
import { type Column, tableSection } from '../scenario/columns.js';
import { Refusal, SectionFault, show } from '../scenario/faults.js';
import { isMapping, quantity, section, short, tag, variants } from '../scenario/leaves.js';
import { quantityShape } from '../scenario/unitPattern.js';
import { tableAlong } from './potential.js';
import { spline } from './spline.js';
import type { LineElectricField, LineField } from './types.js';

const strength = { what: 'an electric field', min: -1e15, max: 1e15 };

const uniform = section(
  {
    kind: tag('uniform', 'The same field everywhere'),
    E: quantity('electricField', { description: 'Electric field along +s', ...strength }),
  },
  'The same electric field everywhere on the line.',
);

const table = tableSection(
  { kind: tag('table', "A user's table of the electric field along the line") },
  {
    s: {
      description: 'Places along the line',
      dimensions: ['length'],
      limits: { what: 'a place on a line', min: -1e13, max: 1e13 },
      increasing: true,
      rows: 3,
    },
    E: {
      description: 'Electric field along +s at these places',
      dimensions: ['electricField'],
      limits: strength,
      rows: 3,
    },
  },
  (shape) => section(shape, "A user's table of the electric field: lists s and E, or a CSV file."),
).transform(({ kind, s, E }: { kind: 'table'; s: Column; E: Column }) => ({ kind, s: s.values, E: E.values }));

const duration = (description: string) => quantity('time', { description, what: 'a duration', above: 0, max: 1e18 });

const constant = section({ kind: tag('constant', 'g = 1') }, 'A field that does not change.');
const ramp = section(
  { kind: tag('ramp', 'g grows linearly from 0 to 1'), duration: duration('Time until the field is full') },
  'A field switched on linearly.',
);
const sine = section(
  {
    kind: tag('sine', 'g = sin(2 pi frequency t + phase)'),
    frequency: quantity('rate', {
      description: 'Frequency',
      what: 'a frequency',
      above: 0,
      max: 1e18,
      example: '1 kHz',
    }),
    phase: quantity('angle', { description: 'Phase at t = 0', what: 'a phase', min: -1e3, max: 1e3 }).prefault('0 rad'),
  },
  'A field that oscillates.',
);
const pulse = section(
  {
    kind: tag('pulse', 'g = exp(-(t - centre)^2/(2 width^2))'),
    centre: quantity('time', { description: 'Time of the maximum', what: 'a time', min: -1e18, max: 1e18 }),
    width: duration('Standard deviation of the pulse in time'),
  },
  'A single pulse.',
);

/** `g: constant` for `g: { kind: constant }`. */
const word = (value: unknown) => (typeof value === 'string' ? { kind: value } : value);
/** `profile: 1 V/m` for `profile: { kind: uniform, E: 1 V/m }`. */
const bareField = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? { kind: 'uniform', E: value } : value;

/** The schema of a scenario's `parallelField`. */
export const parallelFieldSchema = short(
  (value) => {
    if (typeof value === 'string' || typeof value === 'number') return { profile: value };
    if (!isMapping(value))
      throw new Refusal(`${show(value)} is not a section`, 'must have profile and time, or be a field such as 1 V/m');
    return value;
  },
  section(
    {
      profile: short(bareField, variants('kind', ['uniform', 'table'], [uniform, table]), {
        description: 'The field along the line for g = 1',
        shortForm: quantityShape('electricField'),
      }),
      time: short(word, variants('kind', ['constant', 'ramp', 'sine', 'pulse'], [constant, ramp, sine, pulse]), {
        description: 'How the field varies in time: g(t)',
        shortForm: { const: 'constant' },
      }).prefault('constant'),
    },
    'An electric field along the line, Epar(s) g(t)',
  ),
  {
    description: 'An electric field along the line that varies slowly in time, Epar(s) g(t)',
    shortForm: quantityShape('electricField'),
  },
);

/** A parallel field as a scenario's validated form holds it. */
export type ParallelFieldSpec = z.output<typeof parallelFieldSchema>;

const TWO_PI = 6.283185307179586;

function timeFunction(time: ParallelFieldSpec['time']): (t: number) => number {
  switch (time.kind) {
    case 'constant':
      return () => 1;
    case 'ramp':
      return (t) => Math.max(0, Math.min(1, t / time.duration));
    case 'sine':
      return (t) => sin(TWO_PI * time.frequency * t + time.phase);
    case 'pulse':
      return (t) => {
        const x = (t - time.centre) / time.width;
        return exp(-0.5 * x * x);
      };
  }
}

/**
 * Builds the electric field a validated specification describes, along a magnetic field's line.
 * @throws SectionFault where a table does not reach from throat to throat
 * @example
 * import { buildField } from './index.js'
 * buildParallelField({ profile: { kind: 'uniform', E: 2 }, time: { kind: 'ramp', duration: 4 } }, buildField({ kind: 'uniform', B: 1, length: 2 })).time(1) // => 0.25
 */
export function buildParallelField({ profile, time }: ParallelFieldSpec, field: LineField): LineElectricField {
  const g = { time: timeFunction(time), timeKind: time.kind };
  if (profile.kind === 'uniform') {
    return { ...g, value: () => profile.E, gradient: () => 0, kernel: { kind: 'uniform', E: profile.E } };
  }
  const { s, E } = profile;
  const slack = 1e-9 * field.length;
  if (s[0] > field.sLeft + slack || s[s.length - 1] < field.sRight - slack) {
    throw new SectionFault({
      path: 'profile.s',
      found: `${s[0]} to ${s[s.length - 1]} m`,
      message: `reaches from ${s[0]} to ${s[s.length - 1]} m (must cover the line, ${field.sLeft} to ${field.sRight} m)`,
    });
  }
  const curve = spline(s, E);
  return { ...g, value: curve.value, gradient: curve.slope, kernel: tableAlong(curve, field).table };
}
