import { describe, expect, it } from 'vitest';
import { unitDimension } from '../../src/results/dimension.js';

describe('unitDimension', () => {
  it('gives the powers of the SI base units', () => {
    expect(unitDimension('1')).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(unitDimension('1/m')).toEqual([-1, 0, 0, 0, 0, 0, 0]);
    expect(unitDimension('s^3/m^6')).toEqual([-6, 0, 3, 0, 0, 0, 0]);
    // A magnetic moment is a current times an area.
    expect(unitDimension('J/T')).toEqual(unitDimension('A m^2'));
    expect(unitDimension('J^2/T^2/s')).toEqual(unitDimension('J^2 T^-2 s^-1'));
    expect(unitDimension('J/(T s)')).toEqual([2, 0, -1, 1, 0, 0, 0]);
    expect(unitDimension('V')).toEqual(unitDimension('J/C'));
    expect(unitDimension('T')).toEqual(unitDimension('V s/m^2'));
  });
  it('refuses what is no SI unit', () => {
    expect(() => unitDimension('furlong/s')).toThrow('"furlong"');
    expect(() => unitDimension('m^x')).toThrow('"m^x"');
  });
});
