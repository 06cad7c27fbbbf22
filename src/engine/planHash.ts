import { detectPlatform } from '../platform/index.js';
import type { EnginePlan } from './result.js';

/** What a plan says to the host alone: none of it decides a bit. */
const hostsOwn = new Set(['memory', 'stepsEstimate', 'warnings', 'axes', 'reference', 'resonances', 'ahead']);

/** A plan does not change, and with its tables it may be long. */
const known = new WeakMap<EnginePlan, string>();

/**
 * SHA-256 of what of a plan decides the bits of a run. The same scenario may be planned otherwise by another version.
 *
 * @returns 64 hexadecimal digits
 */
export function planHash(plan: EnginePlan): string {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const decisive = Object.entries(plan).filter(([key]) => !hostsOwn.has(key));
  const plain = (_: string, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
  const digest = detectPlatform().digest();
  digest.update(new TextEncoder().encode(JSON.stringify(Object.fromEntries(decisive), plain)));
  const hash = digest.hex();
  known.set(plan, hash);
  return hash;
}
