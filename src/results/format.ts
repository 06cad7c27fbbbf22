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

/** How to show numbers of one size: divide by `factor`, write `label` after them. */
export interface Scale {
  readonly factor: number;
  /** Unit with its prefix or power of ten: `ms`, `10⁻¹⁵ J/T`; empty for pure numbers. */
  readonly label: string;
  /** The power of ten in the label, 0 where there is none. */
  readonly power: number;
}

/**
 * A factor and the unit that goes with it, so that numbers of a given size read without a string of zeros.
 *
 * @param magnitude a typical (largest) absolute value, in `unit`
 * @param unit SI unit; one that takes no prefix is left as it is between 1e-3 and 1e4
 * @param unicode whether superscripts and `µ` may be used
 * @returns what to divide by and what to write: `{ factor: 1e-3, label: 'ms', power: 0 }`
 * @example scaleFor(0.0123, 's').label // 'ms'
 */
export function scaleFor(magnitude: number, unit: string, unicode = true): Scale {
  const name = prettyUnit(unit, unicode);
  const plain = { factor: 1, label: name, power: 0 };
  const size = Math.abs(magnitude);
  if (!(size > 0) || !Number.isFinite(size)) return plain;
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  if (prefixable.has(unit)) {
    const found = prefixes.find(([power]) => exponent >= power);
    if (found && exponent < 15) {
      const letter = found[1] === 'µ' && !unicode ? 'u' : found[1];
      return { factor: Number(`1e${found[0]}`), label: `${letter}${name}`, power: 0 };
    }
  } else if (exponent >= -3 && exponent < 4) {
    return plain;
  }
  const power = unicode ? `10${superscript(exponent)}` : `1e${exponent}`;
  return { factor: Number(`1e${exponent}`), label: name ? `${power} ${name}` : power, power: exponent };
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
 * @param digits significant digits where there is no standard error to round by
 * @returns e.g. `12.340 ± 0.021 ms`, `(1.234 ± 0.012) × 10⁻¹⁵ J/T`
 * @example measured(0.01234, 2.1e-5, 's') // '12.340 ± 0.021 ms'
 */
export function measured(value: number, standardError: number, unit: string, unicode = true, digits = 6): string {
  if (Number.isNaN(value)) return 'not determined';
  if (!Number.isFinite(value)) return unicode ? '∞' : 'infinite';
  const { factor, label, power } = scaleFor(Math.max(Math.abs(value), standardError || 0), unit, unicode);
  const name = power ? prettyUnit(unit, unicode) : label;
  const written = (number: string, paired: boolean) => {
    const base = power && paired ? `(${number})` : number;
    const times = power === 0 ? '' : unicode ? ` × 10${superscript(power)}` : `e${power}`;
    return `${base}${times} ${name}`.trimEnd();
  };
  // Below the rounding of a sum it is no scatter.
  const error = standardError < 1e-13 * Math.abs(value) ? 0 : standardError / factor;
  if (!(error > 0)) return written(Number((value / factor).toPrecision(digits)).toString(), false);
  // An error larger than 100 keeps its two digits by rounding, not by an exponent of its own.
  const places = decimalsFor(error);
  const rounded = error >= 100 ? Number(error.toPrecision(2)) : error;
  const step = error >= 100 ? 10 ** (Math.floor(Math.log10(rounded)) - 1) : 0;
  const shown = step ? Math.round(value / factor / step) * step : value / factor;
  return written(`${clean(shown.toFixed(places))} ${unicode ? '±' : '+/-'} ${rounded.toFixed(places)}`, true);
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

const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/**
 * The ASCII names of quantities as they are written on a blackboard: `<P2>` as `⟨P₂⟩`, `D_mumu` as `D_μμ`.
 *
 * @param text a label or note of an estimate
 * @returns the same with Greek letters, angle brackets and subscripts
 * @example symbols('decay of <P2>') // 'decay of ⟨P₂⟩'
 */
export function symbols(text: string): string {
  // Keys of a scenario (`tallies.xi`) stay as they are typed.
  return text
    .replace(/\bP_?(\d)(?=\b|[>(])/g, (_, digit: string) => `P${subscripts[Number(digit)]}`)
    .replace(/\bmu0\b/g, 'μ₀')
    .replace(/\bxi0\b/g, 'ξ₀')
    .replace(/mumu/g, 'μμ')
    .replace(/xixi/g, 'ξξ')
    .replace(/d?(?<![a-z]\.)\bmu\b|\bdmu\b/g, (name) => (name === 'dmu' ? 'Δμ' : 'μ'))
    .replace(/(?<![a-z]\.)\bxi\b/g, 'ξ')
    .replace(/(?<![a-z]\.)\bnu\b/g, 'ν')
    .replace(/<(?=[^<>=\s])([^<>]*[^<>\s])>/g, '⟨$1⟩')
    .replace(/\^(-?\d+)/g, (_, power: string) => superscript(Number(power)));
}

const formulaWords: Readonly<Record<string, string>> = {
  lambda: 'λ',
  omega: 'ω',
  phi: 'φ',
  pi: 'π',
  alpha: 'α',
  Theta: 'Θ',
  tau_b: 'τ_b',
  B0: 'B₀',
  vPerp: 'v⊥',
  vPerp0: 'v⊥₀',
  vPar: 'v∥',
  vT: 'v_T',
};

/**
 * A formula on one line as it is written on a blackboard: `symbols`, and what else a title or a source holds.
 *
 * @param text of a reference case
 * @example formula('lambda << sqrt(1 - 1/R), omega = vPerp/scale') // 'λ ≪ √(1 - 1/R), ω = v⊥/scale'
 */
export function formula(text: string): string {
  return symbols(text)
    .replace(/\b[A-Za-z]+(?:_b|0)?(?![A-Za-z0-9_])/g, (word) =>
      Object.hasOwn(formulaWords, word) ? formulaWords[word] : word,
    )
    .replace(/\bsqrt ?(?=\(|[A-Z]\b)/g, '√')
    .replace(/<</g, '≪');
}

/**
 * Words in lines of at most `width` characters, all but the first indented; a longer word has a line of its own.
 * @example
 * wrap('as many words as fit', 10, '  ') // => ['as many', '  words as', '  fit']
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line && [...line].length + 1 + [...word].length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line ? `${line} ${word}` : word;
  }
  if (line) lines.push(line);
  return lines;
}
