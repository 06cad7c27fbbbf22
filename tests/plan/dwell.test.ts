import { describe, expect, it } from 'vitest';
import { layOutDwell, looksOf } from '../../src/plan/dwell.js';

/** Integral of f over the run by the samples. */
function integral(f: (t: number) => number, ...plan: Parameters<typeof layOutDwell>): number {
  const { times, panels, lengths, cell } = layOutDwell(...plan);
  return times.reduce((sum, t, i) => sum + f(t) * lengths[panels[i]] * cell, 0);
}

describe('samples for an integral over time', () => {
  it.each([
    [3, 1, 0, 64],
    [3, 1, 0.1, 64],
    [2, 1e-3, 0.5, 16],
    [7, 0, 0, 8],
  ])('cover a run of %f, nu %f, bounce period %f, %i bins, once', (end, nu, bounce, bins) => {
    expect(integral(() => 1, end, nu, bounce, bins) / end).toBeCloseTo(1, 12);
    expect(integral((t) => t, end, nu, bounce, bins) / (end * end)).toBeCloseTo(0.5, 12);
    const { times, lengths, cell } = layOutDwell(end, nu, bounce, bins);
    expect(times.every((t, i) => t > (times[i - 1] ?? 0) && t < end)).toBe(true);
    expect(lengths.every(Number.isInteger)).toBe(true);
    // the pitch spreads over half a bin, sqrt(4 nu t) = 1/bins, in one cell at the most, with as many panels as there may be
    expect(4 * nu * cell <= 1.0001 / bins ** 2 || lengths.length === 8).toBe(true);
    expect(times.length).toBeLessThanOrEqual(8 * 192);
  });

  it('are short at first, where f goes as 1/sqrt(t): equal cells, as many, are ten times as far off', () => {
    const f = (t: number) => 1 / Math.sqrt(t);
    const exact = 2 * Math.sqrt(3);
    const { times } = layOutDwell(3, 1, 0, 64);
    const equal = times.reduce((sum, _, i) => sum + (f((3 * (i + 0.5)) / times.length) * 3) / times.length, 0);
    expect(Math.abs(integral(f, 3, 1, 0, 64) / exact - 1)).toBeLessThan(2e-3);
    expect(Math.abs(equal / exact - 1)).toBeGreaterThan(1e-2);
  });

  it('take their place among the snapshots; two at one time are one look', () => {
    const dwell = { times: Float64Array.of(0.5, 1, 3), panels: Uint8Array.of(0, 0, 1), lengths: [1, 3], cell: 1 };
    const { times, rows } = looksOf(Float64Array.of(0, 1, 2, 4), dwell);
    expect(Array.from(times)).toEqual([0, 0.5, 1, 2, 3, 4]);
    expect(rows).toEqual([[0], [4], [1, 4], [2], [5], [3]]);
    expect(looksOf(Float64Array.of(0, 1, 2), null).rows).toEqual([[0], [1], [2]]);
  });
});
