/**
 * Argument checks of the formulary. Wording of the house: `argument: what was found (what would be right)`.
 * The checked value is returned, so that a check can stand where the value is used.
 */

function fail(argument: string, value: unknown, what: string, right: string): never {
  throw new RangeError(`${argument}: ${String(value)} is not ${what} (must be ${right})`);
}

/**
 * A finite number.
 * @example
 * finite('phi', -3, 'a potential in V') // => -3
 * finite('phi', NaN, 'a potential in V') // throws phi: NaN is not a potential in V (must be a finite number)
 */
export function finite(argument: string, value: number, what: string): number {
  return Number.isFinite(value) ? value : fail(argument, value, what, 'a finite number');
}

/**
 * A finite number above zero.
 * @example
 * positive('B', 0.5, 'a field strength in T') // => 0.5
 * positive('B', 0, 'a field strength in T') // throws B: 0 is not a field strength in T (must be > 0 and finite)
 */
export function positive(argument: string, value: number, what: string): number {
  return value > 0 && value < Infinity ? value : fail(argument, value, what, '> 0 and finite');
}

/**
 * A finite number, zero or above.
 * @example
 * notNegative('energy', 0, 'a kinetic energy in J') // => 0
 * notNegative('energy', -1, 'a kinetic energy in J') // throws energy: -1 is not a kinetic energy in J (must be >= 0
 */
export function notNegative(argument: string, value: number, what: string): number {
  return value >= 0 && value < Infinity ? value : fail(argument, value, what, '>= 0 and finite');
}

/**
 * A number in the closed interval [from, to].
 * @example
 * within('xi', -1, -1, 1, 'a pitch-angle cosine') // => -1
 * within('xi', 1.2, -1, 1, 'a pitch-angle cosine') // throws xi: 1.2 is not a pitch-angle cosine (must be in [-1, 1])
 */
export function within(argument: string, value: number, from: number, to: number, what: string): number {
  return value >= from && value <= to ? value : fail(argument, value, what, `in [${from}, ${to}]`);
}

/**
 * A whole number in [from, to].
 * @example
 * wholeNumber('l', 6, 0, 100, 'a Legendre degree') // => 6
 * wholeNumber('l', 1.5, 0, 100, 'a Legendre degree') // throws l: 1.5 is not a Legendre degree (must be a whole number
 */
export function wholeNumber(argument: string, value: number, from: number, to: number, what: string): number {
  const right = `a whole number in [${from}, ${to}]`;
  return Number.isInteger(value) && value >= from && value <= to ? value : fail(argument, value, what, right);
}

/**
 * A mirror ratio Bmax/Bmin above 1.
 * @example
 * mirrorRatioAbove1('mirrorRatio', 5) // => 5
 * mirrorRatioAbove1('mirrorRatio', 0.8) // throws mirrorRatio: 0.8 is not a mirror ratio (must be > 1 and finite)
 */
export function mirrorRatioAbove1(argument: string, value: number): number {
  return value > 1 && value < Infinity ? value : fail(argument, value, 'a mirror ratio', '> 1 and finite');
}

/**
 * A charge: finite and not zero.
 * @example
 * chargeNotZero('charge', -1.6e-19) // => -1.6e-19
 * chargeNotZero('charge', 0) // throws charge: 0 is not a charge in C (must be finite and not 0)
 */
export function chargeNotZero(argument: string, value: number): number {
  return Number.isFinite(value) && value !== 0 ? value : fail(argument, value, 'a charge in C', 'finite and not 0');
}
