import { expect, it } from 'vitest';
import { gaps } from '../../src/cli/merge.js';

it('finds the shards that are missing, however many they are', () => {
  expect(gaps([2, 1, 3], 3)).toEqual([]);
  expect(gaps([3, 9], 10)).toEqual([
    [1, 2],
    [4, 8],
    [10, 10],
  ]);
  expect(gaps([1], 1e9)).toEqual([[2, 1e9]]);
});
