/** Numbers as people read them; what is written to files never passes through here. */
import { readQuantity } from '../scenario/units.js';

export { parseBytes } from '../scenario/sizes.js';

/** A time such as `30s` or `5 min` in seconds; undefined for anything else. */
export function parseSeconds(text: string): number | undefined {
  try {
    const { value, exponents } = readQuantity(text);
    const second = readQuantity('1 s').exponents;
    return exponents.every((power, i) => power === second[i]) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A number to `digits` significant digits, without an exponent between 1e-3 and 1e6: `0.1`, `1.2e7`. */
export function significant(x: number, digits = 3): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const [mantissa, power] = x.toExponential(digits - 1).split('e');
  const size = Math.abs(x);
  return size < 1e-3 || size >= 1e6 ? `${Number(mantissa)}e${Number(power)}` : String(Number(x.toPrecision(digits)));
}

/** A duration in the unit that suits it: `0.8 s`, `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes: `1.5 GB`. */
export function bytes(n: number): string {
  let unit = 0;
  let left = n;
  while (left >= 1000 && unit < byteUnits.length - 1) {
    left /= 1000;
    unit++;
  }
  return `${unit === 0 ? left : left.toPrecision(3)} ${byteUnits[unit]}`;
}
