import { expect, it } from 'vitest';
import type { EngineResult } from '../src/engine/result.js';
import { checkFaults, NumericalFaultError } from '../src/faults.js';

/** A result of a million particles whose groups hold these numbers of faults. */
function resultWith(faults: Record<number, number>): EngineResult {
  const fates = (n: number) => Float64Array.of(0, 0, 0, 0, n);
  const tallies = {
    total: () => fates(Object.values(faults).reduce((sum, n) => sum + n, 0)),
    group: (_: string, g: number) => fates(faults[g] ?? 0),
  };
  return { tallies, particles: { done: 1e6, total: 1e6 }, plan: { groups: 32 } } as unknown as EngineResult;
}

it('lets one fault in a million pass', () => {
  expect(() => checkFaults(resultWith({}))).not.toThrow();
  expect(() => checkFaults(resultWith({ 5: 1 }))).not.toThrow();
});

it('fails above that and says where', () => {
  expect(() => checkFaults(resultWith({ 3: 1, 17: 1 }))).toThrow(NumericalFaultError);
  expect(() => checkFaults(resultWith({ 3: 1, 17: 1 }))).toThrow(
    'numerical faults: 2 of 1000000 particles (must be at most 1 in 1e6), in the blocks b with b mod 32 = 3, 17',
  );
});
