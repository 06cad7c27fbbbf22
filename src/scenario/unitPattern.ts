/**
 * Numbers with units as patterns of the JSON Schema, for editors: a single unit must be one of the dimension wanted, and of
 * units that are put together, those that plainly make another dimension are refused. All that `readQuantity` takes matches.
 */
import { DIMENSIONS, type Dimension, PREFIXES, UNITS } from './units.js';

const either = (parts: readonly string[]) => `(?:${parts.join('|')})`;

const prefix = `${either(Object.keys(PREFIXES))}?`;

/** Units of one dimension, each with its prefixes; a temperature may be an energy. */
function single(dimension: Dimension): string {
  const wanted = [DIMENSIONS[dimension], ...(dimension === 'temperature' ? [DIMENSIONS.energy] : [])];
  const units = Object.entries(UNITS).filter(([, { exponents }]) =>
    wanted.some((of) => of.exponents.every((exponent, i) => exponent === exponents[i])),
  );
  return either(units.map(([name, { prefixes }]) => (prefixes ? `${prefix}${name}` : name)));
}

const power = (exponent: number) => either([`(?:\\^|\\*\\*)?-${exponent}`, `⁻${'⁰¹²³⁴⁵⁶⁷⁸⁹'[exponent]}`]);
const per = (above: string, below: string) => `${above}\\s*/\\s*${below}`;

/** What is written for the dimensions that have no unit of one word. */
const PUT_TOGETHER: Partial<Record<Dimension, string>> = {
  speed: per(single('length'), single('time')),
  rate: either([per('1?', single('time')), `${single('time')}${power(1)}`]),
  density: either([`${single('length')}${power(3)}`, per('1?', `${single('length')}${either(['\\^?3', '³'])}`)]),
  electricField: per(single('voltage'), single('length')),
};

/** Any expression of more than one unit, or of a power of one. */
const EXPRESSION = '(?=.*[/^*·\\s\\d⁻⁰¹²³⁴⁵⁶⁷⁸⁹])[A-Za-zµμ°_/1].*';

/**
 * The pattern of a unit of some dimensions, without its ends.
 * @example
 * const B = new RegExp(`^${unitPattern(['magneticField'])}$`, 'u')
 * ['mT', 'gauss', 'kg/(A s^2)'].map((unit) => B.test(unit)) // => [true,true,true]
 * ['m', 'keV', 'm/s', 'm^-3', 'Tt'].map((unit) => B.test(unit)) // => [false,false,false,false,false]
 */
export function unitPattern(dimensions: readonly Dimension[]): string {
  const others = Object.entries(PUT_TOGETHER).flatMap(([of, text]) =>
    dimensions.includes(of as Dimension) ? [] : [text],
  );
  return either([...dimensions.map(single), `(?!${either(others)}\\s*$)${EXPRESSION}`]);
}

/**
 * The JSON Schema of a number with a unit of some dimensions.
 * @example
 * const energy = new RegExp(quantityShape('energy', 'speed').pattern, 'u')
 * ['10 keV', '1e6m/s', '5 T', '5 km', '10'].map((text) => energy.test(text)) // => [true,true,false,false,false]
 */
export function quantityShape(...dimensions: readonly Dimension[]) {
  const pattern = `^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?(?![\\d.]|[eE][+-]?\\d)\\s*${unitPattern(dimensions)}\\s*$`;
  return { type: 'string', pattern } as const;
}
