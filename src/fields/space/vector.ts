import * as z from 'zod';
import { plainNumber, quantity } from '../../scenario/leaves.js';
import type { Dimension } from '../../scenario/units.js';

/** Three components with a unit, e.g. `[0 T, 0 T, 1 T]`. */
export function vector(
  dimension: Dimension,
  what: { description: string; what: string; max: number; example?: string },
) {
  const component = quantity(dimension, { ...what, min: -what.max });
  return z
    .tuple([component, component, component], {
      error: (issue) =>
        issue.input === undefined
          ? 'is missing (must be a list of three components)'
          : 'is no list of three components (must be e.g. [0 m, 0 m, 1 m])',
    })
    .meta({ description: what.description });
}

/** Three plain numbers. */
export function direction(description: string) {
  const component = plainNumber({ description, what: 'a component', min: -1e9, max: 1e9, example: 1 });
  return z.tuple([component, component, component]).meta({ description });
}
