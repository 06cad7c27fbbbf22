/** Limits of numbers, and what is said where one is broken. */
import { BOLTZMANN_CONSTANT } from '../physics/constants.js';
import { Refusal } from './faults.js';
import { DIMENSIONS, readQuantity } from './units.js';

/** Limits of a number; `what` completes "… is not …". */
export interface Limits {
  readonly what: string;
  readonly above?: number;
  readonly min?: number;
  readonly below?: number;
  readonly max?: number;
  readonly nonzero?: boolean;
}

/**
 * A number to so many digits, large ones as 6.24e15.
 * @example
 * toldNumber(6.2415e15, 3) // => "6.24e15"
 * toldNumber(0.00123456, 3) // => "0.00123"
 */
export function toldNumber(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1e6 ? rounded.toExponential().replace('e+', 'e') : String(rounded);
}

/**
 * The unit that an energy or a temperature was written in, and its joules: nobody reckons particles in joules.
 * @param shown the text as `show` quotes it
 */
function energyUnit(shown: string): { unit: string; factor: number } {
  const unit = /^"\s*[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*([^"…]+?)\s*"$/.exec(shown)?.[1] ?? 'J';
  const { value, exponents } = readQuantity(`1 ${unit}`);
  const kelvin = exponents.every((exponent, i) => exponent === DIMENSIONS.temperature.exponents[i]);
  return { unit, factor: kelvin ? value * BOLTZMANN_CONSTANT : value };
}

/**
 * The value, within its limits.
 *
 * @param shown what was found, for the message
 * @param value in SI
 * @param unit of the limits; '' for a plain number. Limits in J are told in the unit of an energy that was written
 * @throws Refusal where it breaks them
 * @example
 * withinLimits('3', 3, { what: 'a ratio', above: 1 }, '') // => 3
 * withinLimits('"2 T"', 2, { what: 'a field', max: 1 }, 'T') // throws "2 T" is not a field (must be <= 1 T)
 * withinLimits('"1 GeV"', 1.6e-10, { what: 'an energy', max: 1.602176634e-16 }, 'J') // throws must be <= 0.000001 GeV
 */
export function withinLimits(shown: string, value: number, limits: Limits, unit: string): number {
  const { above, min, below, max, nonzero } = limits;
  const told = (limit: number | undefined) => {
    if (limit === undefined || unit !== 'J') return unit === '' ? `${limit}` : `${limit} ${unit}`;
    const written = energyUnit(shown);
    return `${written.unit === 'J' ? limit : toldNumber(limit / written.factor, 6)} ${written.unit}`;
  };
  const broken = [
    above === undefined || value > above ? '' : `> ${told(above)}`,
    min === undefined || value >= min || value <= (above ?? -Infinity) ? '' : `>= ${told(min)}`,
    below === undefined || value < below ? '' : `< ${told(below)}`,
    max === undefined || value <= max ? '' : `<= ${told(max)}`,
    nonzero && value === 0 ? 'not 0' : '',
  ].filter((rule) => rule !== '');
  if (broken.length > 0) throw new Refusal(`${shown} is not ${limits.what}`, `must be ${broken.join(' and ')}`);
  // -0 becomes 0: no text tells them apart, and a hash must not.
  return value + 0;
}
