import { column } from '../columns.js';
import { Refusal, show } from '../faults.js';
import { isMapping, leaf, oneOf, orAbsent, plainNumber, section, short, toldRange, withinLimits } from '../leaves.js';
import { quantityShape } from '../unitPattern.js';
import { readAs } from '../units.js';

/** When the run ends. */
export type Until = { readonly seconds: number } | { readonly collisionTimes: number } | { readonly bounces: number };

const UNITS = ['seconds', 'collisionTimes', 'bounces'] as const;
const example = '50 ms, { collisionTimes: 2 } or { bounces: 10 }';

/** Of the time of the last look, and of the number of collision times or bounces up to it. */
const LENGTH = { what: 'a time of a run', above: 0, max: 1e18 };
const COUNTED = { above: 0, max: 1e12 };
const COUNTED_SHAPE = { type: 'number', exclusiveMinimum: COUNTED.above, maximum: COUNTED.max } as const;
const COUNTED_RANGE = toldRange({ what: '', ...COUNTED }, '');

const until = leaf<string | { seconds: string } | { collisionTimes: number } | { bounces: number }, Until>(
  (value) => {
    if (!isMapping(value))
      return { seconds: withinLimits(show(value), readAs(value, ['time'], example).value, LENGTH, 's') };
    const keys = Object.keys(value);
    const unit = UNITS.find((name) => name === keys[0]);
    if (keys.length !== 1 || unit === undefined) {
      throw new Refusal(`has the keys ${keys.map(show).join(', ')}`, `must be a time, e.g. ${example}`);
    }
    const number = value[unit];
    if (unit === 'seconds') return { seconds: withinLimits(show(number), readAs(number, ['time']).value, LENGTH, 's') };
    if (typeof number !== 'number')
      throw new Refusal(`${unit} ${show(number)} is not a number`, 'must be a number > 0');
    const counted = { what: `a number of ${unit === 'bounces' ? 'bounces' : 'collision times'}`, ...COUNTED };
    const checked = withinLimits(show(number), number, counted, '');
    return unit === 'collisionTimes' ? { collisionTimes: checked } : { bounces: checked };
  },
  {
    description: 'When the run ends: a time, a number of collision times nu t, or a number of bounces',
    range: toldRange(LENGTH, 's'),
    anyOf: [
      quantityShape('time'),
      ...UNITS.map((name) => ({
        type: 'object',
        properties: { [name]: name === 'seconds' ? quantityShape('time') : COUNTED_SHAPE },
        required: [name],
        additionalProperties: false,
      })),
    ],
  },
);

/** `{ collisionTimes: 2 }`, `{ bounces: 10 }` beside count. */
function expand(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const { collisionTimes, bounces, ...rest } = value;
  if (collisionTimes !== undefined) return { until: { collisionTimes }, ...rest };
  if (bounces !== undefined) return { until: { bounces }, ...rest };
  return value;
}

/** When the ensemble is looked at. */
export const timesSchema = short(
  expand,
  section(
    {
      at: orAbsent(
        column({
          description: 'Times, in place of count and until',
          dimensions: ['time'],
          limits: { what: 'a time after the start', above: 0, max: 1e18 },
          increasing: true,
          rows: 1,
        }),
      ),
      count: plainNumber({
        description: 'Number of times, besides the start',
        what: 'a number of times',
        min: 1,
        max: 10_000,
        whole: true,
        example: 50,
      }).prefault(50),
      until: until.optional(),
      spacing: oneOf(['linear', 'log'], 'Equal steps, or equal ratios').prefault('linear'),
    },
    'When the ensemble is looked at',
    ['collisionTimes', 'bounces'],
  ),
  {
    description: 'When the ensemble is looked at',
    shortKeys: {
      collisionTimes: {
        ...COUNTED_SHAPE,
        range: COUNTED_RANGE,
        description: 'nu t of the last time, in place of until',
        unit: '1',
      },
      bounces: {
        ...COUNTED_SHAPE,
        range: COUNTED_RANGE,
        description: 'Bounces up to the last time, in place of until',
        unit: '1',
      },
    },
  },
);
