/** Numbers as the page shows them. */

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (exponent: number) =>
  `×10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join('')}`;
const minus = (text: string) => text.replace('-', '−');
/** `1/s`, `J^2 T^-2 s^-1` with real superscripts. */
const unitText = (unit: string) =>
  unit === '1'
    ? ''
    : unit.replace(/\^?(-?)(\d+)/g, (all, sign: string, digits: string) =>
        all.startsWith('^')
          ? (sign ? '⁻' : '') + [...digits].map((digit) => superscripts[Number(digit)]).join('')
          : all,
      );

/**
 * A number with its standard error, to two digits of the error, and its unit.
 * @example measured(1234.4, 12.3, '1/s') // => "1234 ± 12 1/s"
 * @example measured(2.7123e-7, 1.2e-9, 's') // => "(2.712 ± 0.012)×10⁻⁷ s"
 * @example measured(NaN, NaN, 's') // => "not known"
 */
export function measured(value: number, error: number, unit: string): string {
  if (!Number.isFinite(value)) return 'not known';
  const size = Math.max(Math.abs(value), Number.isFinite(error) ? error : 0);
  const exponent = size > 0 ? Math.floor(Math.log10(size)) : 0;
  const shift = exponent >= 4 || exponent < -3 ? exponent : 0;
  const scale = 10 ** shift;
  const after = unitText(unit);
  const end = after && ` ${after}`;
  if (!(error > 0)) return `${minus(String(Number((value / scale).toPrecision(6))))}${shift ? power(shift) : ''}${end}`;
  const digits = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(error / scale))));
  const pair = `${minus((value / scale).toFixed(digits))} ± ${(error / scale).toFixed(digits)}`;
  return shift ? `(${pair})${power(shift)}${end}` : `${pair}${end}`;
}

const prefixes: readonly (readonly [number, string])[] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
  [1e-3, 'm'],
  [1e-6, 'µ'],
  [1e-9, 'n'],
  [1e-12, 'p'],
];

/** The prefix that suits a size. */
export function prefixFor(size: number): readonly [factor: number, prefix: string] {
  return prefixes.find(([factor]) => Math.abs(size) >= factor * 0.9999) ?? [1, ''];
}

/**
 * A quantity to three digits, with a prefix.
 * @example short(3.456e-5, 's') // => "34.6 µs"
 * @example short(1.2e8, 'steps/s') // => "120 Msteps/s"
 */
export function short(value: number, unit: string): string {
  if (value === 0 || !Number.isFinite(value)) return `${value} ${unit}`;
  const [factor, prefix] = prefixFor(value);
  return `${minus(String(Number((value / factor).toPrecision(3))))} ${prefix}${unit}`;
}

/**
 * A count with its thousands apart.
 * @example grouped(1234567) // => "1,234,567"
 */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** Seconds as a clock would say them. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '…';
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Round values between two ends.
 * @example ticks(-1, 1, 4) // => [-1,-0.5,0,0.5,1]
 */
export function ticks(from: number, to: number, about: number): number[] {
  const raw = (to - from) / about;
  const decade = 10 ** Math.floor(Math.log10(raw));
  const step = decade * ([1, 2, 5, 10].find((factor) => factor * decade >= raw * 0.999) ?? 10);
  const all: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
    all.push(Number((i * step).toPrecision(12)) + 0);
  return all;
}
