import { describe, expect, it } from 'vitest';
import { axisFor, linearFormat, linearTicks, logFormat, logTicks } from '../../src/figures/scales.js';

describe('linear ticks', () => {
  it('are whole multiples within the ends', () => {
    expect(linearTicks(0, 29, 6)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(linearTicks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(linearTicks(2.53, 2.69, 6)).toEqual([2.55, 2.6, 2.65]);
  });
  it('are none where there is no range', () => {
    for (const [from, to] of [
      [1, 1],
      [2, 1],
      [0, Number.POSITIVE_INFINITY],
      [Number.NaN, 1],
    ]) {
      expect(linearTicks(from, to, 5, true)).toEqual([]);
      expect(logTicks(from, to)).toEqual([]);
    }
    expect(logTicks(0, 1)).toEqual([]);
  });
  it('keep clear of the ends where neighbours are near, and are two at least', () => {
    for (const [from, to] of [
      [-1, 1],
      [0, 4.15],
      [0.2, 0.3],
      [0, 1],
    ]) {
      const ticks = linearTicks(from, to, 3, true);
      expect(ticks.length, `${from} to ${to}`).toBeGreaterThanOrEqual(2);
      for (const tick of ticks) expect(Math.min(tick - from, to - tick)).toBeGreaterThanOrEqual(0.12 * (to - from));
    }
  });
  it('are labelled with equal decimals and a proper minus', () => {
    expect([2.55, 2.6].map(linearFormat([2.55, 2.6]))).toEqual(['2.55', '2.60']);
    expect([-1, -0.5, 0].map(linearFormat([-1, -0.5, 0]))).toEqual(['−1.0', '−0.5', '0.0']);
    expect([0, 50].map(linearFormat([0, 50]))).toEqual(['0', '50']);
  });
});

describe('logarithmic ticks', () => {
  it('are decades, thinned, or 1-2-5 in a short range', () => {
    expect(logTicks(1e-4, 1)).toEqual([1e-4, 1e-3, 1e-2, 1e-1, 1]);
    expect(logTicks(0.04, 1.1)).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
    expect(logTicks(1e-12, 1).length).toBeLessThanOrEqual(7);
  });
  it('are plain numbers near 1 and powers of ten throughout elsewhere', () => {
    expect([0.001, 1].map(logFormat([0.001, 1]))).toEqual(['0.001', '1']);
    expect([1e-5, 1].map(logFormat([1e-5, 1]))).toEqual(['10⁻⁵', '10⁰']);
    expect([2e4].map(logFormat([2e4]))).toEqual(['2×10⁴']);
  });
});

describe('axisFor', () => {
  it('picks a unit that suits the largest value', () => {
    expect(axisFor([0, 2.9e-5], 'time', 's')).toEqual({ factor: 1e-6, label: 'time (µs)' });
    expect(axisFor([2.5e-15, Number.NaN], '⟨μ⟩', 'J/T')).toEqual({ factor: 1e-15, label: '⟨μ⟩ (10⁻¹⁵ J/T)' });
    expect(axisFor([0.5], 'fraction', '1')).toEqual({ factor: 1, label: 'fraction' });
  });
});
