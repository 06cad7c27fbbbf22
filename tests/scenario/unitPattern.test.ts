import { describe, expect, it } from 'vitest';
import { quantityShape } from '../../src/scenario/unitPattern.js';
import { DIMENSIONS, type Dimension, PREFIXES, parseQuantity, UNITS } from '../../src/scenario/units.js';

const dimensions = Object.keys(DIMENSIONS) as Dimension[];
const patternOf = (dimension: Dimension) => new RegExp(quantityShape(dimension).pattern, 'u');

/** Every unit with every prefix, and what is put together for the dimensions that have none. */
const texts = [
  ...Object.entries(UNITS).flatMap(([name, { prefixes }]) =>
    ['', ...(prefixes ? Object.keys(PREFIXES) : [])].map((prefix) => `2.5e1 ${prefix}${name}`),
  ),
  ...['1e6m/s', '3 km / s', '.5 c', '1 kHz', '1e3 /s', '2 1/s', '2 ms^-1', '2 s⁻¹', '1e19 m^-3', '1e13cm⁻³', '5 1/m^3'],
  ...['1 V/m', '2 kV / cm', '1 N/C', '938 MeV/c^2', '1 kg m^2 s^-2', '1 kg/(A s^2)', '2 T m', '1 J/C', '1 A*s'],
];

const reads = (text: string, dimension: Dimension) => {
  try {
    parseQuantity(text, dimension);
    return true;
  } catch {
    return false;
  }
};

describe('the pattern of a number with a unit', () => {
  it.each(dimensions)('takes all that is read as %s', (dimension) => {
    const pattern = patternOf(dimension);
    expect(texts.filter((text) => reads(text, dimension) && !pattern.test(text))).toEqual([]);
  });

  it.each(dimensions)('refuses single units that are not %s, and what is plainly of another dimension', (dimension) => {
    const pattern = patternOf(dimension);
    const examples = dimensions.map((of) => DIMENSIONS[of].example.replace(/ or .*/, ''));
    const wrong = [...texts.filter((text) => /^2\.5e1 \S+$/.test(text)), ...examples];
    expect(wrong.filter((text) => !reads(text, dimension) && pattern.test(text))).toEqual([]);
  });
});
