import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Expects equal values: at the speed of memory where they are, while `toEqual` takes seconds for the tables of a plan. */
export function expectSame(found: unknown, wanted: unknown, what?: string): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found, what).toEqual(wanted);
}
