import { expect, it } from 'vitest';
import { bytes, duration, parseBytes, significant } from '../../src/cli/number.js';

it('writes plain numbers between 1e-3 and 1e6', () => {
  expect(significant(0.1)).toBe('0.1');
  expect(significant(123456, 3)).toBe('123000');
  expect(significant(1.234e7)).toBe('1.23e7');
  expect(significant(1e-9)).toBe('1e-9');
  expect(significant(1e10)).toBe('1e10');
  expect(significant(1.2e-10, 4)).toBe('1.2e-10');
  expect(significant(1.02e-10, 4)).toBe('1.02e-10');
  expect(significant(0)).toBe('0');
  expect(significant(Number.POSITIVE_INFINITY)).toBe('Infinity');
});

it('writes durations', () => {
  expect(duration(0.84)).toBe('0.8 s');
  expect(duration(45.4)).toBe('45 s');
  expect(duration(200)).toBe('3 min 20 s');
  expect(duration(7500)).toBe('2 h 5 min');
  expect(duration(Number.POSITIVE_INFINITY)).toBe('?');
});

it('reads and writes sizes in bytes', () => {
  expect(parseBytes('4GB')).toBe(4e9);
  expect(parseBytes('512 MB')).toBe(512e6);
  expect(parseBytes('2GiB')).toBe(2 * 1024 ** 3);
  expect(parseBytes('1.5k')).toBe(1500);
  expect(parseBytes('1000000')).toBe(1e6);
  for (const wrong of ['', '4 apples', '-1GB', '0', 'GB', '1e9', 'Infinity']) expect(parseBytes(wrong)).toBeUndefined();
  expect(bytes(1.5e9)).toBe('1.50 GB');
  expect(bytes(999)).toBe('999 B');
});
