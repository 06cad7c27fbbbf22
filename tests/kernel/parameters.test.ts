import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PARAMETER_NAMES } from '../../src/kernel/parameters.js';

it('the host and the kernel mean the same parameters, in the same order', () => {
  const layout = readFileSync(new URL('../../assembly/layout.ts', import.meta.url), 'utf8');
  const fields = layout.slice(layout.indexOf('class Parameters'));
  const names = [...fields.matchAll(/^ {2}(\w+): f64;/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(50);
  expect([...PARAMETER_NAMES]).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
  // what stands between two blocks of the memory map: 8 bytes each below CONSTANTS
  const address = (name: string) => Number(layout.match(new RegExp(`export const ${name}: usize = (\\d+);`))?.[1]);
  expect(address('PARAMETERS') + 8 * names.length).toBeLessThanOrEqual(address('CONSTANTS'));
});
