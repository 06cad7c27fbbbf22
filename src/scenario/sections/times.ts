import { column } from '../columns.js';
import { Refusal, show } from '../faults.js';
import { isMapping, leaf, oneOf, orAbsent, plainNumber, section, short, withinLimits } from '../leaves.js';
import { quantityShape } from '../unitPattern.js';
import { readAs } from '../units.js';

/** When the run ends. */
export type Until = { readonly seconds: number } | { readonly collisionTimes: number } | { readonly bounces: number };

const UNITS = ['seconds', 'collisionTimes', 'bounces'] as const;
const example = '50 ms, { collisionTimes: 2 } or { bounces: 10 }';

const until = leaf<string | { seconds: string } | { collisionTimes: number } | { bounces: number }, Until>(
  (value) => {
    const limits = { what: 'a time of a run', above: 0, max: 1e18 };
    if (!isMapping(value))
      return { seconds: withinLimits(show(value), readAs(value, ['time'], example).value, limits, 's') };
    const keys = Object.keys(value);
    const unit = UNITS.find((name) => name === keys[0]);
    if (keys.length !== 1 || unit === undefined) {
      throw new Refusal(`has the keys ${keys.map(show).join(', ')}`, `must be a time, e.g. ${example}`);
    }
    const number = value[unit];
    if (unit === 'seconds') return { seconds: withinLimits(show(number), readAs(number, ['time']).value, limits, 's') };
    if (typeof number !== 'number')
      throw new Refusal(`${unit} ${show(number)} is not a number`, 'must be a number > 0');
    const counted = { what: `a number of ${unit === 'bounces' ? 'bounces' : 'collision times'}`, above: 0, max: 1e12 };
    const checked = withinLimits(show(number), number, counted, '');
    return unit === 'collisionTimes' ? { collisionTimes: checked } : { bounces: checked };
  },
  {
    description: 'When the run ends: a time, a number of collision times nu t, or a number of bounces',
    anyOf: [
      quantityShape('time'),
      ...UNITS.map((name) => ({
        type: 'object',
        properties: { [name]: name === 'seconds' ? quantityShape('time') : { type: 'number', exclusiveMinimum: 0 } },
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
        type: 'number',
        exclusiveMinimum: 0,
        description: 'nu t of the last time, in place of until',
        unit: '1',
      },
      bounces: {
        type: 'number',
        exclusiveMinimum: 0,
        description: 'Bounces up to the last time, in place of until',
        unit: '1',
      },
    },
  },
);
