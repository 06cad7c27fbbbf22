/**
 * Numbers as people read them: a value and its standard error with the same power of ten and no digit that means nothing.
 */

const prefixes: readonly [exponent: number, letter: string][] = [
  [12, 'T'],
  [9, 'G'],
  [6, 'M'],
  [3, 'k'],
  [0, ''],
  [-3, 'm'],
  [-6, 'µ'],
  [-9, 'n'],
  [-12, 'p'],
  [-15, 'f'],
];

/** Units that take an SI prefix without becoming ambiguous (`1/s` and `m^2` do not). */
const prefixable = new Set(['s', 'm', 'J', 'eV', 'V', 'T', 'Hz', 'm/s']);

const superscripts: Record<string, string> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/**
 * An integer exponent in superscript digits.
 *
 * @param exponent integer
 * @returns e.g. `⁻¹⁵` for -15
 * @example superscript(-15) // '⁻¹⁵'
 */
export function superscript(exponent: number): string {
  return [...String(exponent)].map((digit) => superscripts[digit] ?? digit).join('');
}

/** A unit in the form people write it, e.g. `m^2/s` as `m²/s`; the dimensionless `1` is empty. */
export function prettyUnit(unit: string, unicode = true): string {
  if (unit === '1') return '';
  return unicode ? unit.replace(/\^(-?\d+)/g, (_, digits: string) => superscript(Number(digits))) : unit;
}

/**
 * A factor and the unit that goes with it, so that numbers of a given size read without a string of zeros.
 *
 * @param magnitude a typical (largest) absolute value, in `unit`
 * @param unit SI unit; the dimensionless `1` is never rescaled between 1e-3 and 1e4
 * @param unicode whether superscripts and `µ` may be used
 * @returns `factor` to divide by, and the label of what is left: `{ factor: 1e-3, label: 'ms' }`
 * @example scaleFor(0.0123, 's').label // 'ms'
 */
export function scaleFor(magnitude: number, unit: string, unicode = true): { factor: number; label: string } {
  const plain = { factor: 1, label: prettyUnit(unit, unicode) };
  const size = Math.abs(magnitude);
  if (!(size > 0) || !Number.isFinite(size)) return plain;
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  if (prefixable.has(unit)) {
    const found = prefixes.find(([power]) => exponent >= power);
    if (found && exponent < 15) {
      const letter = found[1] === 'µ' && !unicode ? 'u' : found[1];
      return { factor: 10 ** found[0], label: `${letter}${prettyUnit(unit, unicode)}` };
    }
  } else if (exponent >= -3 && exponent < 5) {
    return plain;
  }
  const power = unicode ? `10${superscript(exponent)}` : `1e${exponent}`;
  return { factor: Number(`1e${exponent}`), label: plain.label ? `${power} ${plain.label}` : power };
}

/**
 * Decimal places that show a standard error with two significant digits.
 *
 * @param standardError > 0, in the unit that is printed
 * @returns places after the point, 0 where the error is 10 or more
 * @example decimalsFor(0.0213) // 3
 */
export function decimalsFor(standardError: number): number {
  // 0.0995 rounds to 0.10: the exponent is that of the rounded number, or the value would get a digit too many.
  const exponent = Math.floor(Math.log10(Number(standardError.toPrecision(2))) + 1e-9);
  return Math.min(15, Math.max(0, 1 - exponent));
}

/**
 * `value ± standardError unit`, the error with two digits and the value to match.
 *
 * @param value in `unit`; NaN reads `not determined`
 * @param standardError >= 0, in `unit`; 0 means exact, NaN unknown, and then only the value is printed
 * @param unit SI unit, `1` for none
 * @param unicode whether `±`, `µ` and superscripts may be used
 * @returns e.g. `12.340 ± 0.021 ms`, `(1.234 ± 0.012) 10⁻¹⁵ J/T`
 * @example measured(0.01234, 2.1e-5, 's') // '12.340 ± 0.021 ms'
 */
export function measured(value: number, standardError: number, unit: string, unicode = true): string {
  if (Number.isNaN(value)) return 'not determined';
  if (!Number.isFinite(value)) return unicode ? '∞' : 'infinite';
  const { factor, label } = scaleFor(Math.max(Math.abs(value), standardError || 0), unit, unicode);
  const error = standardError / factor;
  const sign = unicode ? '±' : '+/-';
  const power = /^(10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]|1e)/.test(label);
  if (!(error > 0)) {
    const digits = Number((value / factor).toPrecision(6)).toString();
    return `${digits}${power ? (unicode ? ' ×' : ' x') : ''} ${label}`.trimEnd();
  }
  // An error larger than 100 keeps its two digits by rounding, not by an exponent of its own.
  const places = decimalsFor(error);
  const rounded = error >= 100 ? Number(error.toPrecision(2)) : error;
  const step = error >= 100 ? 10 ** (Math.floor(Math.log10(rounded)) - 1) : 0;
  const shown = step ? Math.round(value / factor / step) * step : value / factor;
  const pair = `${clean(shown.toFixed(places))} ${sign} ${rounded.toFixed(places)}`;
  return (power ? `(${pair}) ${unicode ? '×' : 'x'} ${label}` : `${pair} ${label}`).trimEnd();
}

/** `-0.00` without its sign. */
function clean(text: string): string {
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/**
 * A count with separators: `1,000,000`.
 *
 * @param count integer >= 0
 * @returns digits in groups of three
 * @example grouped(1234567) // '1,234,567'
 */
export function grouped(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
