import type { ScanData, ScanPoint } from '../../src/results/scan.js';
import { gridOf, readAxis } from '../../src/scan/axes.js';

/** A point of a parabolic mirror of length 2 m at 1e6 m/s, whose first value is nu [1/s] and second the mirror ratio. */
export function scanPoint(index: number, values: readonly (number | string)[], rate = 100 / (index + 1)): ScanPoint {
  const nu = Number(values[0]);
  return {
    index,
    values,
    scenario: `scenario${index}`,
    hash: `hash${index}`,
    particles: 1000,
    seconds: 0.5,
    reference: { nu, length: 2, speed: 1e6, mirrorRatio: Number(values[1] ?? 5) },
    field: 'parabolic',
    boundary: 'throat',
    estimates: {
      lossRate: { value: rate, standardError: 0.03 * rate, unit: '1/s', label: 'loss rate (slowest mode)' },
      filling:
        index === 0
          ? {
              value: Number.NaN,
              standardError: Number.NaN,
              unit: '1',
              label: 'filling of the loss cone',
              note: 'too little',
            }
          : { value: index / 20, standardError: 0.01, unit: '1', label: 'filling of the loss cone' },
      'fates.lostLeft': { value: 0.5, standardError: 0.01, unit: '1', label: 'lost left' },
    },
    warnings: [],
  };
}

/** A scan of nu, of the mirror ratio, and of words. */
export function scanOf(rates: readonly number[], ratios: readonly number[], words?: readonly string[]): ScanData {
  const axes = [
    readAxis(
      'collisions.rate',
      rates.map((rate) => `${rate} 1/s`),
    ),
    readAxis('field.ratio', ratios),
    ...(words ? [readAxis('collisions.operator', words)] : []),
  ];
  const points = gridOf(axes).map((values, index) => scanPoint(index, values));
  return { name: 'fixture', description: '', hash: 'abc', axes, total: points.length, points, complete: true };
}
