/**
 * Numbers with units: `10 keV`, `0.5 T`, `1e19 m^-3`, `1e3 /s`. Powers of ten (prefixes, gauss, gram) are moved into the
 * decimal literal before it is read, so `5 nT` is exactly the double `5e-9`; what remains is at most one product with an
 * exact factor. No host `Math.pow` is used: scenario numbers end in a result's hash.
 */
import {
  BOLTZMANN_CONSTANT,
  EARTH_RADIUS,
  ELECTRON_MASS,
  ELEMENTARY_CHARGE,
  PROTON_MASS,
  SPEED_OF_LIGHT,
} from '../physics/constants.js';
import { nearest, Refusal, show } from './faults.js';

/** Exponents of metre, kilogram, second, ampere, kelvin and radian. */
export type Exponents = readonly [m: number, kg: number, s: number, A: number, K: number, rad: number];

/** What a scenario can ask for, with its SI unit, an example of what to write, and the name used in messages. */
export const DIMENSIONS = {
  length: { exponents: [1, 0, 0, 0, 0, 0], unit: 'm', called: 'a length', example: '2 m' },
  mass: { exponents: [0, 1, 0, 0, 0, 0], unit: 'kg', called: 'a mass', example: '1 u or 938 MeV/c^2' },
  time: { exponents: [0, 0, 1, 0, 0, 0], unit: 's', called: 'a time', example: '50 ms' },
  current: { exponents: [0, 0, 0, 1, 0, 0], unit: 'A', called: 'a current', example: '10 kA' },
  temperature: { exponents: [0, 0, 0, 0, 1, 0], unit: 'K', called: 'a temperature', example: '1 keV or 1e7 K' },
  angle: { exponents: [0, 0, 0, 0, 0, 1], unit: 'rad', called: 'an angle', example: '30 deg' },
  speed: { exponents: [1, 0, -1, 0, 0, 0], unit: 'm/s', called: 'a speed', example: '1e6 m/s' },
  rate: { exponents: [0, 0, -1, 0, 0, 0], unit: '1/s', called: 'a rate', example: '1e3 /s' },
  energy: { exponents: [2, 1, -2, 0, 0, 0], unit: 'J', called: 'an energy', example: '10 keV' },
  charge: { exponents: [0, 0, 1, 1, 0, 0], unit: 'C', called: 'a charge', example: '-1 e' },
  magneticField: { exponents: [0, 1, -2, -1, 0, 0], unit: 'T', called: 'a magnetic field', example: '0.5 T' },
  voltage: { exponents: [2, 1, -3, -1, 0, 0], unit: 'V', called: 'a potential', example: '2 kV' },
  electricField: { exponents: [1, 1, -3, -1, 0, 0], unit: 'V/m', called: 'an electric field', example: '1 V/m' },
  density: { exponents: [-3, 0, 0, 0, 0, 0], unit: 'm^-3', called: 'a density', example: '1e19 m^-3' },
} as const satisfies Record<string, { exponents: Exponents; unit: string; called: string; example: string }>;

/** The name of a dimension. */
export type Dimension = keyof typeof DIMENSIONS;

/** A physical quantity: its value in SI and its dimension's exponents. */
export interface Quantity {
  readonly value: number;
  readonly exponents: Exponents;
}

interface Unit {
  /** What remains of the factor to SI besides the power of ten. */
  readonly factor: number;
  /** The power of ten of the factor to SI. */
  readonly ten: number;
  readonly exponents: Exponents;
  readonly prefixes: boolean;
}

const unit = (exponents: Exponents, factor = 1, ten = 0, prefixes = false): Unit => ({
  factor,
  ten,
  exponents,
  prefixes,
});
const D = DIMENSIONS;

/** Units by their name. */
export const UNITS: Readonly<Record<string, Unit>> = {
  m: unit(D.length.exponents, 1, 0, true),
  g: unit(D.mass.exponents, 1, -3, true),
  s: unit(D.time.exponents, 1, 0, true),
  A: unit(D.current.exponents, 1, 0, true),
  K: unit(D.temperature.exponents, 1, 0, true),
  rad: unit(D.angle.exponents, 1, 0, true),
  deg: unit(D.angle.exponents, 0.017453292519943295),
  '°': unit(D.angle.exponents, 0.017453292519943295),
  Hz: unit(D.rate.exponents, 1, 0, true),
  J: unit(D.energy.exponents, 1, 0, true),
  eV: unit(D.energy.exponents, ELEMENTARY_CHARGE, 0, true),
  C: unit(D.charge.exponents, 1, 0, true),
  e: unit(D.charge.exponents, ELEMENTARY_CHARGE),
  T: unit(D.magneticField.exponents, 1, 0, true),
  tesla: unit(D.magneticField.exponents),
  G: unit(D.magneticField.exponents, 1, -4, true),
  gauss: unit(D.magneticField.exponents, 1, -4),
  V: unit(D.voltage.exponents, 1, 0, true),
  N: unit([1, 1, -2, 0, 0, 0], 1, 0, true),
  W: unit([2, 1, -3, 0, 0, 0], 1, 0, true),
  Pa: unit([-1, 1, -2, 0, 0, 0], 1, 0, true),
  Wb: unit([2, 1, -2, -1, 0, 0], 1, 0, true),
  min: unit(D.time.exponents, 60),
  h: unit(D.time.exponents, 3600),
  d: unit(D.time.exponents, 86400),
  u: unit(D.mass.exponents, 1.6605390666e-27),
  m_e: unit(D.mass.exponents, ELECTRON_MASS),
  m_p: unit(D.mass.exponents, PROTON_MASS),
  c: unit(D.speed.exponents, SPEED_OF_LIGHT),
  R_E: unit(D.length.exponents, EARTH_RADIUS),
};

/** Prefixes and their powers of ten. */
export const PREFIXES: Readonly<Record<string, number>> = {
  Y: 24,
  Z: 21,
  E: 18,
  P: 15,
  T: 12,
  G: 9,
  M: 6,
  k: 3,
  h: 2,
  da: 1,
  d: -1,
  c: -2,
  m: -3,
  u: -6,
  µ: -6,
  μ: -6,
  n: -9,
  p: -12,
  f: -15,
  a: -18,
};

const own = (table: object, key: string) => Object.hasOwn(table, key);

function findUnit(symbol: string): Unit | null {
  if (own(UNITS, symbol)) return UNITS[symbol];
  for (const length of [2, 1]) {
    const prefix = symbol.slice(0, length);
    const rest = symbol.slice(length);
    if (own(PREFIXES, prefix) && own(UNITS, rest) && UNITS[rest].prefixes) {
      return { ...UNITS[rest], ten: UNITS[rest].ten + PREFIXES[prefix] };
    }
  }
  return null;
}

/** Names worth suggesting for a unit that does not exist: the ones scenarios use, told apart by their case first. */
const COMMON =
  'T mT nT tesla G gauss eV keV MeV GeV J K m cm mm km R_E s ms us ns h min kg g u m/s km/s c V kV C e deg rad Hz A kA';

function unknownUnit(symbol: string): never {
  const names = COMMON.split(' ');
  const likely = names.find((name) => name.toLowerCase() === symbol.toLowerCase()) ?? nearest(symbol, names);
  throw new Refusal(`${show(symbol)} is not a unit`, likely === null ? '' : `did you mean ${likely}?`);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const plainExponents = (text: string) =>
  text.replace(
    /[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g,
    (run) => `^${[...run].map((c) => (c === '⁻' ? '-' : SUPERSCRIPTS.indexOf(c))).join('')}`,
  );

const FACTOR = /^(1|[A-Za-zµμ°_]+)(?:(?:\^|\*\*)?([+-]?\d{1,2}))?/;

/** A unit expression as factor, power of ten and exponents: `keV`, `m^-3`, `1/s`, `MeV/c^2`, `/s`. */
function readUnit(expression: string): { factor: number; ten: number; exponents: Exponents } {
  const total = { factor: 1, ten: 0, exponents: [0, 0, 0, 0, 0, 0] };
  let rest = plainExponents(expression).trim();
  let sign = 1;
  while (rest !== '') {
    if (rest.startsWith('/')) {
      sign = -1;
      rest = rest.slice(1).trimStart();
    }
    const match = FACTOR.exec(rest);
    if (match === null) throw new Refusal(`${show(expression)} is not a unit`, '');
    const found = match[1] === '1' ? unit([0, 0, 0, 0, 0, 0]) : (findUnit(match[1]) ?? unknownUnit(match[1]));
    const power = sign * Number(match[2] ?? 1);
    if (Math.abs(power) > 12) throw new Refusal(`${show(expression)} is not a unit`, 'exponents go up to 12');
    for (let i = 0; i < Math.abs(power); i++)
      total.factor = power > 0 ? total.factor * found.factor : total.factor / found.factor;
    total.ten += power * found.ten;
    for (let i = 0; i < 6; i++) total.exponents[i] += power * found.exponents[i];
    const separator = /^\s*([*·]|\/)?\s*/.exec(rest.slice(match[0].length))!;
    sign = separator[1] === '/' ? -1 : 1;
    rest = rest.slice(match[0].length + separator[0].length);
    if (rest === '' && separator[1] !== undefined) throw new Refusal(`${show(expression)} is not a unit`, '');
  }
  return { ...total, exponents: total.exponents as unknown as Exponents };
}

const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,5}))?(?![\d.])/;

/** A decimal literal times a power of ten times a factor, rounded once by the literal and once by the product. */
function scaled(text: string, number: RegExpExecArray, ten: number, factor: number): number {
  const literal = Number(`${number[1]}${number[2]}e${Number(number[3] ?? 0) + ten}`);
  if (!Number.isFinite(literal * factor)) throw new Refusal(`${show(text)} is not finite`, '');
  return literal * factor;
}

/**
 * Reads a number with a unit.
 * @param text e.g. `10 keV`, `10keV`, `1e19 m^-3`, `1e3 /s`
 * @returns value in SI and the exponents of m, kg, s, A, K, rad
 * @throws Refusal saying what was found and what would be right
 * @example
 * readQuantity('5 nT').value // => 5e-9
 * readQuantity('10 keV').value // ≈ 1.602176634e-15
 * readQuantity('938.272 MeV/c^2').value // ≈ 1.672622e-27
 * readQuantity('1e3 1/s').exponents // => [0,0,-1,0,0,0]
 */
export function readQuantity(text: string): Quantity {
  const trimmed = text.trim();
  if (/^[+-]?(nan|inf|infinity|\.inf|\.nan)\b/i.test(trimmed)) throw new Refusal(`${show(text)} is not finite`, '');
  if (/^[\u2212\u2012\u2013\u2014\uff0d]/.test(trimmed))
    throw new Refusal(
      `${show(text)} begins with a sign that is not "-"`,
      `write -${show(trimmed.slice(1)).slice(1, -1)}`,
    );
  if (/^[+-]?\d+,\d+(?![\d,])/.test(trimmed))
    throw new Refusal(
      `${show(text)} has a decimal comma`,
      `write a point: ${show(trimmed.replace(',', '.')).slice(1, -1)}`,
    );
  const number = trimmed.length > 200 ? null : NUMBER.exec(trimmed);
  if (number === null) throw new Refusal(`${show(text)} is not a number with a unit`, '');
  const rest = trimmed.slice(number[0].length);
  if (rest === '') throw new Refusal(`${show(text)} has no unit`, '');
  const { factor, ten, exponents } = readUnit(rest);
  return { value: scaled(text, number, ten, factor), exponents };
}

/** What `read` gives; its refusal says what would be right here. */
function withRight<T>(right: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A correction says all; a guess at a unit does not.
    if (error.right.startsWith('write ')) throw error;
    throw new Refusal(error.found, error.right === '' ? right : `${error.right} It ${right}`);
  }
}

/** The factor from a bare unit to SI, for tables whose header names one. @throws Refusal */
export function readUnitAlone(text: string, right: string): (value: number) => Quantity {
  const { factor, ten, exponents } = withRight(right, () => readUnit(text));
  return (value) => {
    const literal = NUMBER.exec(String(value));
    if (literal === null) throw new Refusal(`${show(value)} is not finite`, '');
    return { value: scaled(String(value), literal, ten, factor), exponents };
  };
}

const same = (a: Exponents, b: Exponents) => a.every((exponent, i) => exponent === b[i]);

/** The name of a dimension by its exponents, or the exponents themselves where it has none. */
function called(exponents: Exponents): string {
  const named = Object.values(DIMENSIONS).find((dimension) => same(dimension.exponents, exponents));
  if (named !== undefined) return named.called;
  const powers = ['m', 'kg', 's', 'A', 'K', 'rad'].flatMap((base, i) =>
    exponents[i] === 0 ? [] : [exponents[i] === 1 ? base : `${base}^${exponents[i]}`],
  );
  return powers.length === 0 ? 'a plain number' : `in ${powers.join(' ')}`;
}

/** What would be right where one of some dimensions is wanted: `must be a magnetic field, e.g. 0.5 T`. */
export function wantedOf(dimensions: readonly Dimension[], example?: string): string {
  return `must be ${dimensions.map((d) => DIMENSIONS[d].called).join(' or ')}, e.g. ${example ?? DIMENSIONS[dimensions[0]].example}`;
}

/**
 * The value of a quantity as one of the dimensions wanted; a temperature may be given as an energy and comes out in joules.
 * @throws Refusal where the dimension is another
 */
export function asDimension(
  shown: string,
  quantity: Quantity,
  dimensions: readonly Dimension[],
  example?: string,
): { dimension: Dimension; value: number } {
  const right = wantedOf(dimensions, example);
  for (const dimension of dimensions) {
    if (same(quantity.exponents, DIMENSIONS[dimension].exponents)) {
      return { dimension, value: dimension === 'temperature' ? quantity.value * BOLTZMANN_CONSTANT : quantity.value };
    }
    if (dimension === 'temperature' && same(quantity.exponents, DIMENSIONS.energy.exponents)) {
      return { dimension, value: quantity.value };
    }
  }
  throw new Refusal(`${shown} is ${called(quantity.exponents)}`, right);
}

/**
 * Reads a number with a unit of one wanted dimension. Temperatures (energy or kelvin) come out in joules.
 * @throws Refusal (a message such as `"5 km" is a length (must be a magnetic field, e.g. 0.5 T)`)
 * @example
 * parseQuantity('0.5 T', 'magneticField') // => 0.5
 * parseQuantity('50 ms', 'time') // => 0.05
 * parseQuantity('5 km', 'magneticField') // throws "5 km" is a length (must be a magnetic field, e.g. 0.5 T)
 */
export function parseQuantity(text: unknown, ...dimensions: Dimension[]): number {
  return readAs(text, dimensions).value;
}

/** Like `parseQuantity`, saying which of the dimensions was found, with an example of the caller's. @throws Refusal */
export function readAs(
  input: unknown,
  dimensions: readonly Dimension[],
  example?: string,
): { dimension: Dimension; value: number } {
  const right = wantedOf(dimensions, example);
  if (input === undefined) throw new Refusal('is missing', right);
  if (typeof input === 'number' || typeof input === 'bigint') {
    const finite = typeof input === 'bigint' || Number.isFinite(input);
    throw new Refusal(`${show(input)} ${finite ? 'has no unit' : 'is not finite'}`, right);
  }
  if (typeof input !== 'string') throw new Refusal(`${show(input)} is not a number with a unit`, right);
  const quantity = withRight(right, () => {
    try {
      return readQuantity(input);
    } catch (error) {
      if (!(error instanceof Refusal) || error.found.startsWith(show(input))) throw error;
      throw new Refusal(`${show(input)}: ${error.found}`, error.right);
    }
  });
  return asDimension(show(input), quantity, dimensions, example);
}
