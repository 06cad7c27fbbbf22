import { expect, it } from 'vitest';
import { choose } from '../src/validate.js';
import { cases } from '../src/validation/index.js';

it('chooses cases by their id, in upper or lower case, in their own order', () => {
  const ids = (only?: string[]) => choose(cases, only).map(({ id }) => id);
  expect(ids(['c2', 'B3', 'b3', 'POTENTIAL'])).toEqual(['B3', 'C2', 'potential']);
  expect(ids()).toEqual(cases.map(({ id }) => id));
  expect(new Set(ids().map((id) => id.toLowerCase())).size).toBe(cases.length);
  expect(() => ids(['B3', 'b9'])).toThrow(/^only: 'b9' is not a reference case \(must be of A1, .*\)$/);
});
