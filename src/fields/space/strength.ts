/** Keys that several fields in space share. */
import { quantity } from '../../scenario/leaves.js';

/** A component of B of either sign; 0 if left out. */
export const component = (description: string, example?: string) =>
  quantity('magneticField', {
    description,
    what: 'a component of B',
    min: -1e12,
    max: 1e12,
    ...(example === undefined ? {} : { example }),
  });

/** A component of E of either sign. */
export const electricComponent = (description: string) =>
  quantity('electricField', { description, what: 'a component of E', min: -1e18, max: 1e18 });
