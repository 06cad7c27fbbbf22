import { expect, it } from 'vitest';
import { angleLaw } from '../../src/plan/angle.js';
import { remembered } from '../../src/plan/remembered.js';

it('finds an answer once, until as many others were asked for as are kept', () => {
  const store = new Map<string, number>();
  const found: string[] = [];
  const ask = (asked: string) =>
    remembered(store, 2, asked, () => {
      found.push(asked);
      return asked.length;
    });
  expect(['a', 'bb', 'a', 'bb', 'ccc', 'bb', 'a'].map(ask)).toEqual([1, 2, 1, 2, 3, 2, 1]);
  expect(found).toEqual(['a', 'bb', 'ccc', 'a']);
});

it('keeps laws of the angle apart, to the last bit of tau', () => {
  const laws = [0.2, 0.2 + 2 ** -53].map(angleLaw);
  expect(angleLaw(0.2)).toBe(laws[0]);
  expect(laws[1].coefficients).not.toEqual(laws[0].coefficients);
});
