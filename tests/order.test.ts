import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { longest, placeOf } from './order.js';

it('names files that are there, each once', () => {
  expect(new Set(longest).size).toBe(longest.length);
  for (const name of longest) expect(existsSync(fileURLToPath(new URL(`..${name}`, import.meta.url))), name).toBe(true);
});

it('puts the longest of a project first, and what is not named after them', () => {
  expect(placeOf('validation', `/any${longest[0]}`)).toEqual([2, 0]);
  expect(placeOf('unit', '/any/tests/order.test.ts')).toEqual([3, longest.length]);
});
