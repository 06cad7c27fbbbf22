/** Two distributions beside each other, and what differs between them. */
import type { HeatData } from '../messages.js';
import { zOf } from './numbers.js';

const equal = (a: Float64Array, b: Float64Array) =>
  a.length === b.length &&
  a.every((value, i) => Math.abs(value - b[i]) <= 1e-9 * Math.max(Math.abs(value), Math.abs(b[i])));

/** Why two distributions have no difference bin by bin; undefined where they have one. */
export function mismatch(a: HeatData, b: HeatData): string | undefined {
  if (a.name !== b.name) return 'they are of different kinds';
  if (a.shape.some((n, i) => n !== b.shape[i])) return 'they have different numbers of bins or times';
  if (!equal(a.times, b.times)) return 'their times differ';
  if (!equal(a.edges, b.edges) || !equal(a.xiEdges, b.xiEdges)) return 'their bins have different edges';
  return undefined;
}

/** B less A in standard errors, bin by bin; 0 where both are empty. */
export function differenceMap(a: HeatData, b: HeatData): HeatData {
  const f = Float32Array.from(a.f, (value, i) => {
    const z = zOf(b.f[i] - value, Math.hypot(a.standardError[i], b.standardError[i]), Math.max(value, b.f[i]));
    return Number.isFinite(z) ? z : 0;
  });
  const { cone: _, ...rest } = a;
  return {
    ...rest,
    label: 'difference of f, B less A, in standard errors',
    unit: '1',
    f,
    standardError: new Float32Array(f.length),
  };
}
