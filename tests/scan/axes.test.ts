import { describe, expect, it } from 'vitest';
import { gridOf, readAxis, settingOf } from '../../src/scan/axes.js';

describe('the values of an axis', () => {
  it.each([
    ['2,5,10', [2, 5, 10], '1', 'linear'],
    ['0.01, 1, 100', [0.01, 1, 100], '1', 'log'],
    ['1 keV, 10 keV', [1, 10], 'keV', 'linear'],
    ['-1 m,0 m,1 m', [-1, 0, 1], 'm', 'linear'],
    ['exact, binomial', ['exact', 'binomial'], '1', 'linear'],
    ['1..5:3', [1, 3, 5], '1', 'linear'],
    ['1..5:linear:3', [1, 3, 5], '1', 'linear'],
    ['5..1:3', [5, 3, 1], '1', 'linear'],
    ['1..100:log:3', [1, 10, 100], '1', 'log'],
    ['1..1e5:log:6', [1, 10, 100, 1000, 1e4, 1e5], '1', 'log'],
    ['1/s..1e4/s:log:3', [1, 100, 1e4], '/s', 'log'],
    ['1..1e4 /s:log:3', [1, 100, 1e4], '/s', 'log'],
    ['1keV..100keV:log:3', [1, 10, 100], 'keV', 'log'],
    ['1. .. 3.:3', [1, 2, 3], '1', 'linear'],
    ['.5...7:3', [0.5, 0.6, 0.7], '1', 'linear'],
  ])('%s', (text, values, unit, spacing) => {
    expect(readAxis('a.b', text)).toEqual({ key: 'a.b', values, unit, spacing });
  });

  it('may be a list of a program', () => {
    expect(readAxis('a', [1, 2.5]).values).toEqual([1, 2.5]);
    expect(readAxis('a', ['1 keV', '2keV'])).toMatchObject({ values: [1, 2], unit: 'keV' });
  });

  it('has its ends to the bit, and values between that are short enough to type', () => {
    const { values } = readAxis('a', '0.1..0.7:log:7');
    expect([values[0], values[6]]).toEqual([0.1, 0.7]);
    for (const value of values) expect(String(value).length).toBeLessThanOrEqual(11);
    for (let i = 1; i < 6; i++)
      expect((values[i] as number) ** 2 / Number(values[i - 1]) / Number(values[i + 1])).toBeCloseTo(1, 7);
  });

  it.each([
    ['1..5', 'a: 1..5 lacks a number of values (must be e.g. 1..5:log:25)'],
    ['1..5:log', 'a: 1..5 lacks a number of values'],
    ['1..5:1', 'a: 1..5 cannot have 1 values (must have from 2 to 10000)'],
    ['1..5:99999', 'a: 1..5 cannot have 99999 values'],
    ['0..5:log:3', 'a: 0..5 cannot be divided by factors (both ends must be > 0)'],
    ['-1..5:log:3', 'cannot be divided by factors'],
    ['5..5:3', 'a: 5..5 is not a range (must have two ends)'],
    ['1..1e999:3', 'is not a range'],
    ['1 m..2 km:3', 'a: 1..2 ends in m and km (must have one unit)'],
    ['1..x:3', 'a: "1..x:3" is not a range (must be from..to:n'],
    ['1..2:lin:3', 'is not a range'],
    ['1 m, 2', 'a: has values in m and no unit (must all have the same unit)'],
    ['1, exact', 'a: has numbers and words'],
    ['2,5,2', 'a: has 2 twice (must have each value once)'],
    ['2,,5', 'a: "" is not a value'],
    ['1e999', 'a: has a value that is not finite'],
  ])('is refused: %s', (text, words) => {
    expect(() => readAxis('a', text)).toThrow(words);
  });

  it('belongs to a key', () => {
    expect(() => readAxis('a..b', '1,2')).toThrow(
      '"a..b" is not a key of a scenario (must be a path such as field.ratio)',
    );
    expect(() => readAxis('__proto__', '1,2')).toThrow('is not a key');
    expect(() => readAxis('a', [])).toThrow('a: has no values');
    expect(() => readAxis('a', [{} as never])).toThrow('a: a section is not a value');
  });
});

it('a grid has all combinations, the last axis running fastest', () => {
  const axes = [readAxis('a', '1,2'), readAxis('b', '10 m,20 m')];
  expect(gridOf(axes)).toEqual([
    [1, 10],
    [1, 20],
    [2, 10],
    [2, 20],
  ]);
  expect([settingOf(axes[0], 1), settingOf(axes[1], 10)]).toEqual([1, '10 m']);
});
