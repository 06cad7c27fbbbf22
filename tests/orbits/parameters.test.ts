import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ORBIT_PARAMETER_NAMES } from '../../src/kernel/orbitParameters.js';

it('the host and the kernel mean the same parameters of orbits, in the same order', () => {
  const layout = readFileSync(new URL('../../assembly/orbits/layout.ts', import.meta.url), 'utf8');
  const fields = layout.slice(layout.indexOf('class OrbitParameters'));
  const names = [...fields.matchAll(/^ {2}(\w+): f64;/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(50);
  expect([...ORBIT_PARAMETER_NAMES]).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
  // they stand where those of the motion along a line do
  const map = readFileSync(new URL('../../assembly/layout.ts', import.meta.url), 'utf8');
  const address = (name: string) => Number(map.match(new RegExp(`export const ${name}: usize = (\\d+);`))?.[1]);
  expect(address('PARAMETERS') + 8 * names.length).toBeLessThanOrEqual(address('CONSTANTS'));
});
