import { tanh } from '../../physics/elementary.js';
import { quantity, section, tag, variants } from '../../scenario/leaves.js';
import { fieldStrength } from '../keys.js';
import { PASSES, type SpaceField, type SpaceProfile } from './types.js';

const time = (description: string, example: string) =>
  quantity('time', { description, what: 'a time', min: -1e18, max: 1e18, example });
const duration = (description: string) => quantity('time', { description, what: 'a duration', above: 0, max: 1e18 });

const courses = [
  section(
    {
      kind: tag('tanh', 'B^2 goes over as tanh((t - centre)/(2 width))'),
      centre: time('Time at which B^2 is midway', '50 us'),
      width: duration('Width in time: s of tanh(t/2s)'),
    },
    'A smooth change.',
  ),
  section(
    {
      kind: tag('linear', 'B changes linearly'),
      start: time('Time at which the change begins', '0 s').prefault('0 s'),
      duration: duration('How long it takes'),
    },
    'A change at a constant rate.',
  ),
] as const;

const schema = section(
  {
    kind: tag('ramp', 'A uniform field that changes in time'),
    from: quantity('magneticField', fieldStrength('Field strength before')),
    to: quantity('magneticField', fieldStrength('Field strength after')),
    course: variants('kind', ['tanh', 'linear'], courses),
  },
  'A uniform field along z that changes in time, with the electric field that it induces about the z axis.',
);

type Course =
  | { readonly kind: 'tanh'; readonly centre: number; readonly width: number }
  | { readonly kind: 'linear'; readonly start: number; readonly duration: number };

/** B [T] and dB/dt [T/s] at a time, the largest |dB/dt|/B, and the kernel's numbers. */
function courseOf(from: number, to: number, course: Course) {
  if (course.kind === 'linear') {
    const slope = (to - from) / course.duration;
    return {
      at: (t: number): readonly [number, number] => {
        const since = t - course.start;
        const inside = since > 0 && since < course.duration;
        return [from + slope * Math.max(0, Math.min(course.duration, since)), inside ? slope : 0];
      },
      frequency: Math.max(1 / course.duration, Math.abs(slope) / Math.min(from, to)),
      numbers: (field: number, unit: number) => [
        1,
        from / field,
        (slope / field) * unit,
        course.duration / unit,
        course.start / unit,
      ],
    };
  }
  const sum = (from * from + to * to) / 2;
  const half = (to * to - from * from) / 2;
  const inverse = 0.5 / course.width;
  return {
    at: (t: number): readonly [number, number] => {
      const g = tanh((t - course.centre) * inverse);
      const B = Math.sqrt(sum + half * g);
      return [B, (0.5 * half * inverse * (1 - g * g)) / B];
    },
    frequency: 1 / course.width,
    numbers: (field: number, unit: number) => [
      0,
      sum / field / field,
      half / field / field,
      inverse * unit,
      course.centre / unit,
    ],
  };
}

/**
 * A uniform `B(t)` along z with its induced `E = -(1/2) dB/dt z x r` about the z axis. Either
 * `B^2 = (B1^2 + B2^2)/2 + (B2^2 - B1^2)/2 tanh((t - centre)/(2 width))`, for which the change of mu has a closed form, or B linear in time
 * between two constants.
 * @param spec from B1 [T], to B2 [T], course: tanh with centre and width [s], or linear with start and duration [s]
 * @example
 * const linear = buildRamp({ from: 1, to: 2, course: { kind: 'linear', start: 0, duration: 4 } });
 * linear.at(1, 0, 0, 2).B[2] // => 1.5
 * linear.at(1, 0, 0, 2).E[1] // => -0.125
 */
export function buildRamp({ from, to, course }: { from: number; to: number; course: Course }): SpaceField {
  const { at, frequency, numbers } = courseOf(from, to, course);
  return {
    kind: 'ramp',
    at: (x, y, _z, t) => {
      const [B, rate] = at(t);
      return { B: [0, 0, B], E: [0.5 * rate * y, -0.5 * rate * x, 0] };
    },
    strength: Math.max(from, to),
    scale: Infinity,
    frequency,
    electric: true,
    passes: ({ field, time: unit }) => [{ pass: PASSES.ramp, numbers: numbers(field, unit) }],
  };
}

export const ramp = {
  kind: 'ramp',
  schema,
  example: { kind: 'ramp', from: '1 T', to: '2 T', course: { kind: 'tanh', centre: '1 us', width: '100 ns' } },
  build: buildRamp,
} as const satisfies SpaceProfile<'ramp', typeof schema>;
