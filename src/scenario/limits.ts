/** Limits of numbers, and what is said where one is broken. */
import { BOLTZMANN_CONSTANT, ELEMENTARY_CHARGE, SPEED_OF_LIGHT } from '../physics/constants.js';
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
 * Above this Lorentz factor a speed in double precision no longer holds the energy: its relative rounding of 1e-16 stands for
 * gamma^2 times as much in gamma, 1e-8 here.
 */
export const GAMMA_LIMIT = 1e4;

/** Above this many rest energies a temperature is none that speeds are drawn from. */
export const REST_ENERGIES_LIMIT = 100;

/** A limit without its unit, and the unit that people reckon in: eV for J, degrees for part of a turn, c for the speed of light. */
function familiar(limit: number, unit: string): { number: string; unit: string } {
  if (unit === 'J') return { number: toldNumber(limit / ELEMENTARY_CHARGE, 3), unit: 'eV' };
  if (unit === 'rad' && Math.abs(limit) <= 2 * Math.PI)
    return { number: toldNumber((limit * 180) / Math.PI, 6), unit: 'deg' };
  if (unit === 'm/s' && limit === SPEED_OF_LIGHT) return { number: '', unit: 'c' };
  const small = limit !== 0 && Math.abs(limit) < 1e-3;
  return { number: small ? limit.toExponential() : toldNumber(limit, 17), unit };
}

/**
 * What limits allow, in words for whoever fills in a value.
 *
 * @param limits as `withinLimits` has them
 * @param unit of the limits; '' for a plain number. Limits in J are told in eV, angles in degrees
 * @example
 * toldRange({ what: 'a ratio', above: 1 }, '') // => "above 1"
 * toldRange({ what: 'a field', above: 0, min: 1e-18, max: 1e12 }, 'T') // => "1e-18 to 1e12 T"
 * toldRange({ what: 'an angle', min: 0, max: Math.PI }, 'rad') // => "0 to 180 deg"
 * toldRange({ what: 'a speed', above: 0, below: 299792458 }, 'm/s') // => "above 0, below c"
 * toldRange({ what: 'a time', min: 0 }, 's') // => "0 or more"
 */
export function toldRange({ above, min, below, max, nonzero }: Limits, unit: string): string {
  const told = (limit: number) => {
    const one = familiar(limit, unit);
    return limit === 0 ? '0' : `${one.number} ${one.unit}`.trim();
  };
  const least = min !== undefined && !(above !== undefined && min <= above) ? min : undefined;
  const parts = [
    least === undefined && above !== undefined ? `above ${told(above)}` : '',
    least !== undefined && max === undefined ? `${told(least)} or more` : '',
    least !== undefined && max !== undefined ? `${familiar(least, unit).number} to ${told(max)}` : '',
    least === undefined && max !== undefined ? `up to ${told(max)}` : '',
    below !== undefined ? `below ${told(below)}` : '',
    nonzero ? 'not 0' : '',
  ].filter(Boolean);
  return parts.join(', ') || 'any finite number';
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
