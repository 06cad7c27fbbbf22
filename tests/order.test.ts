import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { computing, placeOf, waiting } from './order.js';

const names = [...Object.keys(waiting), ...Object.keys(computing)];
const fileOf = (name: string) => `/any/tests/${name}.test.ts`;

it('names files that are there, each once', () => {
  expect(new Set(names).size).toBe(names.length);
  for (const name of names)
    expect(existsSync(fileURLToPath(new URL(`${name}.test.ts`, import.meta.url))), name).toBe(true);
});

it('puts the longest of a kind first, both kinds side by side, and what is not named after them', () => {
  const inOrder = names.toSorted((a, b) => placeOf('any', fileOf(a)) - placeOf('any', fileOf(b)));
  for (const kind of [waiting, computing]) {
    const seconds = inOrder.filter((name) => name in kind).map((name) => kind[name]);
    expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
    // In each half of the order there is as much of either as there can be.
    const half = inOrder.slice(0, inOrder.length / 2).filter((name) => name in kind).length;
    expect(half).toBeGreaterThan(Object.keys(kind).length / 4);
  }
  const others = ['browser', 'built', 'validation', 'unit'].map((project) => placeOf(project, fileOf('order')));
  expect(others).toEqual([1, 2, 3, 4]);
});
