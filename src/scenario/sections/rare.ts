import { Refusal, show } from '../faults.js';
import { leaf, section, short, toldRange, withinLimits } from '../leaves.js';

const LEVELS = { what: 'a number of levels', min: 1, max: 32 };
const right = 'must be auto or a whole number from 1 to 32, about log2(1/probability)';

const levels = leaf<number | 'auto', number | 'auto'>(
  (value) => {
    if (value === 'auto') return value;
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw new Refusal(`${show(value)} is not a number of levels`, right);
    return withinLimits(show(value), value, LEVELS, '');
  },
  {
    description:
      'Levels at which a particle splits in two on its way to the loss cone: about log2(1/probability of a loss), or auto',
    range: `whole, ${toldRange(LEVELS, '')}`,
    anyOf: [{ const: 'auto' }, { type: 'integer', minimum: LEVELS.min, maximum: LEVELS.max }],
  },
);

/** Splitting for losses that hardly ever happen. */
export const rareSchema = short(
  (value) => {
    if (value === 'none') return null;
    return value === 'auto' ? {} : value;
  },
  section({ levels: levels.prefault('auto') }, 'Splitting for losses that hardly ever happen').nullable(),
  {
    description:
      'Splitting for losses that hardly ever happen: their probability without bias, at a fraction of the cost',
    shortForm: { enum: ['none', 'auto'] },
  },
);
