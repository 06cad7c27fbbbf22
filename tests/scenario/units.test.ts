import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Dimension, parseQuantity, readQuantity } from '../../src/scenario/units.js';
import { cpuTime } from '../cpu.js';

const e = 1.602176634e-19;
const cases: [text: string, dimension: Dimension, value: number][] = [
  ['10 keV', 'energy', 10e3 * e],
  ['10keV', 'energy', 10e3 * e],
  ['1.5MeV', 'energy', 1.5e6 * e],
  ['1e-15 J', 'energy', 1e-15],
  ['0.5 T', 'magneticField', 0.5],
  ['5 nT', 'magneticField', 5e-9],
  ['50 uT', 'magneticField', 50e-6],
  ['50 µT', 'magneticField', 50e-6],
  ['50 μT', 'magneticField', 50e-6],
  ['3 kG', 'magneticField', 0.3],
  ['300 gauss', 'magneticField', 0.03],
  ['1 Wb/m^2', 'magneticField', 1],
  ['1 kg s^-2 A^-1', 'magneticField', 1],
  ['2 m', 'length', 2],
  ['2cm', 'length', 0.02],
  ['-3 mm', 'length', -3e-3],
  ['3 R_E', 'length', 3 * 6.371e6],
  ['1e19 m^-3', 'density', 1e19],
  ['1e19 m-3', 'density', 1e19],
  ['1e19 m**-3', 'density', 1e19],
  ['1e19 m⁻³', 'density', 1e19],
  ['1e19 /m^3', 'density', 1e19],
  ['1e13 cm^-3', 'density', 1e19],
  ['50 ms', 'time', 0.05],
  ['1.5 h', 'time', 5400],
  ['2 min', 'time', 120],
  ['1e3 /s', 'rate', 1e3],
  ['1e3/s', 'rate', 1e3],
  ['1e3 1/s', 'rate', 1e3],
  ['1e3 s^-1', 'rate', 1e3],
  ['1 kHz', 'rate', 1e3],
  ['2 /ms', 'rate', 2e3],
  ['30 deg', 'angle', 30 * 0.017453292519943295],
  ['30°', 'angle', 30 * 0.017453292519943295],
  ['5 mrad', 'angle', 5e-3],
  ['20 V', 'voltage', 20],
  ['2 kV', 'voltage', 2000],
  ['1 V/m', 'electricField', 1],
  ['3 kV/cm', 'electricField', 3e5],
  ['1e6 m/s', 'speed', 1e6],
  ['100 km/s', 'speed', 1e5],
  ['0.9 c', 'speed', 0.9 * 299792458],
  ['1 u', 'mass', 1.6605390666e-27],
  ['2 g', 'mass', 2e-3],
  ['2 m_p', 'mass', 2 * 1.67262192369e-27],
  ['2 e', 'charge', 2 * e],
  ['-1 e', 'charge', -e],
  ['1 kA', 'current', 1000],
  ['1 MA', 'current', 1e6],
];

describe('quantities', () => {
  for (const [text, dimension, value] of cases) {
    it(`${text} is ${value} ${DIMENSIONS[dimension].unit}`, () => {
      expect(Math.abs(parseQuantity(text, dimension) - value)).toBeLessThanOrEqual(2e-16 * Math.abs(value));
    });
  }

  it('moves powers of ten into the literal: no rounding but the literal itself', () => {
    expect(parseQuantity('5 nT', 'magneticField')).toBe(5e-9);
    expect(parseQuantity('50 ms', 'time')).toBe(0.05);
    expect(parseQuantity('0.1 km', 'length')).toBe(100);
    expect(parseQuantity('3 cm^-3', 'density')).toBe(3e6);
    expect(parseQuantity('7 G', 'magneticField')).toBe(7e-4);
    // The naive product is not the same double, so the test can fail.
    expect(3 * 1e-4 * 1e-3).not.toBe(parseQuantity('3 mG', 'magneticField'));
  });

  it('gives a mass by its rest energy', () => {
    expect(parseQuantity('938.27208816 MeV/c^2', 'mass') / 1.67262192369e-27).toBeCloseTo(1, 9);
    expect(parseQuantity('0.51099895 MeV/c2', 'mass') / 9.1093837015e-31).toBeCloseTo(1, 8);
    expect(parseQuantity('0.51099895 MeV/c²', 'mass') / 9.1093837015e-31).toBeCloseTo(1, 8);
  });

  it('takes temperatures in kelvin or energy and gives joules', () => {
    expect(parseQuantity('5 K', 'temperature')).toBe(5 * 1.380649e-23);
    expect(parseQuantity('1 keV', 'temperature')).toBe(1e3 * e);
  });

  it('does not mistake one unit for another', () => {
    expect(readQuantity('1 mT').exponents).toEqual(DIMENSIONS.magneticField.exponents);
    expect(readQuantity('1 Pa').exponents).toEqual([-1, 1, -2, 0, 0, 0]);
    expect(readQuantity('1 min').value).toBe(60);
    expect(readQuantity('1 d').value).toBe(86400);
    expect(readQuantity('1 dm').value).toBe(0.1);
    expect(readQuantity('1 m^2/s').exponents).toEqual([2, 0, -1, 0, 0, 0]);
    expect(readQuantity('1 J/m/s').exponents).toEqual([1, 1, -3, 0, 0, 0]);
  });

  const bad: [text: unknown, dimension: Dimension, message: string][] = [
    ['5 km', 'magneticField', '"5 km" is a length (must be a magnetic field, e.g. 0.5 T)'],
    ['0.5', 'magneticField', '"0.5" has no unit (must be a magnetic field, e.g. 0.5 T)'],
    [0.5, 'magneticField', '0.5 has no unit (must be a magnetic field, e.g. 0.5 T)'],
    [Number.NaN, 'length', 'NaN is not finite (must be a length, e.g. 2 m)'],
    ['nan m', 'length', '"nan m" is not finite'],
    ['1e999 m', 'length', '"1e999 m" is not finite'],
    ['-inf m', 'length', '"-inf m" is not finite'],
    ['10 kev', 'energy', '"10 kev": "kev" is not a unit (did you mean keV? It must be an energy, e.g. 10 keV)'],
    ['10 parsec', 'length', '"10 parsec": "parsec" is not a unit (must be a length, e.g. 2 m)'],
    ['ten metres', 'length', '"ten metres" is not a number with a unit'],
    ['1 m^99', 'length', 'is not a unit (exponents go up to 12'],
    ['1 m *', 'length', 'is not a unit'],
    ['1 __proto__', 'length', '"__proto__" is not a unit'],
    ['1 constructor', 'length', '"constructor" is not a unit'],
    ['1 m/s', 'energy', '"1 m/s" is a speed (must be an energy, e.g. 10 keV)'],
    ['1 kg m', 'energy', '"1 kg m" is in m kg (must be an energy'],
    ['1 m/m', 'length', '"1 m/m" is a plain number (must be a length'],
    ['1.2.3 m', 'length', '"1.2.3 m" is not a number with a unit'],
    [undefined, 'time', 'is missing (must be a time, e.g. 50 ms)'],
    [{}, 'time', 'a section is not a number with a unit (must be a time'],
    ['1 \u001b[31mm', 'length', '\\u001b'],
  ];
  for (const [text, dimension, message] of bad) {
    it(`refuses ${String(JSON.stringify(text))} as ${DIMENSIONS[dimension].called}`, () => {
      expect(() => parseQuantity(text, dimension)).toThrow(message);
    });
  }

  it('answers long hostile texts quickly', () => {
    const start = cpuTime();
    for (const text of ['1'.repeat(1e5), `1 ${'m '.repeat(1e5)}`, `1${' '.repeat(1e5)}`, `${'('.repeat(1e5)}`]) {
      expect(() => parseQuantity(text, 'length')).toThrow();
    }
    expect(cpuTime() - start).toBeLessThan(1000);
  });
});
