import { describe, expect, it } from 'vitest';
import { orbitsHere } from './runHere.js';

/** Largest rms change of mu along a bounce in a bottle, with the first-order term and raw, and the median of epsilon at the start. */
function swing(speed: number) {
  const { estimates } = orbitsHere({
    motion: 'fullOrbit',
    field: { kind: 'bottle', B: '1 T', scale: '1 m' },
    particles: {
      count: 256,
      speed: `${speed} m/s`,
      pitch: { kind: 'cosine', xi: 0.6 },
      place: ['0.2 m', '0 m', '0 m'],
    },
    times: { until: `${5 / speed} s`, count: 5 },
  });
  return {
    corrected: Math.max(...estimates.muSpread.value),
    raw: Math.max(...estimates.rawMuSpread.value),
    energy: estimates.meanEnergy.value[5] / estimates.meanEnergy.value[0] - 1,
  };
}

describe('mu at the guiding centre', () => {
  const [a, b, c] = [4e6, 2e6, 1e6].map(swing);

  it('swings with the square of epsilon, where the raw one swings with epsilon', () => {
    for (const [coarse, fine] of [
      [a, b],
      [b, c],
    ]) {
      expect(coarse.corrected / fine.corrected).toBeGreaterThan(3.5);
      expect(coarse.corrected / fine.corrected).toBeLessThan(4.5);
      expect(coarse.raw / fine.raw).toBeGreaterThan(1.6);
      expect(coarse.raw / fine.raw).toBeLessThan(2.4);
    }
    expect(a.corrected).toBeLessThan(1e-3);
    expect(a.raw).toBeGreaterThan(5e-3);
  });

  it('and a magnetic field does no work', () => {
    for (const { energy } of [a, b, c]) expect(Math.abs(energy)).toBeLessThan(1e-9);
  });
});
