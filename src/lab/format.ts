/** Numbers as the page shows them, beside those that the results' own format has. */
import { measured } from '../results/format.js';

/**
 * A quantity with its standard error, with the minus sign of print: a hyphen is lost before a digit.
 * @example quantity(-2.5, 0.1, 'm') // => "−2.50 ± 0.10 m"
 */
export const quantity = (value: number, standardError: number, unit: string, digits?: number): string =>
  measured(value, standardError, unit, true, digits).replace(/^(\(?)-/, '$1−');

/**
 * A quantity to three digits, without an error: of what was set and not measured.
 * @example short(3.456e-5, 's') // => "34.6 µs"
 */
export const short = (value: number, unit: string): string => quantity(value, 0, unit, 3);

/**
 * Seconds as a clock would say them.
 * @example duration(61.2) // => "1 min 2 s"
 */
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
