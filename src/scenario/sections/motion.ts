import { Refusal, show } from '../faults.js';
import { leaf, oneOf, plainNumber, section, short, toldRange, withinLimits } from '../leaves.js';
import { readAs } from '../units.js';

const STEP = { what: 'a time step', above: 0, max: 1e15 };
const step = leaf<string | null, number | null>(
  (value) => {
    if (value === null || value === 'auto') return null;
    if (value === undefined) throw new Refusal('is missing', 'must be a time, e.g. 50 ms, or auto');
    return withinLimits(show(value), readAs(value, ['time'], '1 ns or auto').value, STEP, 's');
  },
  {
    description: 'Time step, or auto: chosen from bounce time, scattering rate and tolerance',
    unit: 's',
    range: toldRange(STEP, 's'),
    type: ['string', 'null'],
  },
);

/** Names of the motions along a line. */
export const LINE_MOTIONS = ['guidingCentre', 'homogeneous'] as const;

/** How particles move between collisions. */
export const motionSchema = short(
  (value) => (typeof value === 'string' ? { kind: value } : value),
  section(
    {
      kind: oneOf(LINE_MOTIONS, 'Guiding centres along the line, or no place at all').prefault('guidingCentre'),
      step: step.prefault('auto'),
      tolerance: plainNumber({
        description: 'Relative error that the choice of the step aims at, for times and rates',
        what: 'a tolerance',
        min: 1e-8,
        max: 0.1,
        example: 1e-3,
      }).prefault(1e-3),
    },
    'How particles move between collisions',
  ),
  { description: 'How particles move between collisions', shortForm: { enum: [...LINE_MOTIONS] } },
);
