/**
 * The seven powers (length, mass, time, current, temperature, amount, luminous intensity) that openPMD calls `unitDimension`.
 */
const dimensions: Record<string, readonly number[]> = {
  m: [1, 0, 0, 0, 0, 0, 0],
  kg: [0, 1, 0, 0, 0, 0, 0],
  s: [0, 0, 1, 0, 0, 0, 0],
  A: [0, 0, 0, 1, 0, 0, 0],
  K: [0, 0, 0, 0, 1, 0, 0],
  J: [2, 1, -2, 0, 0, 0, 0],
  T: [0, 1, -2, -1, 0, 0, 0],
  V: [2, 1, -3, -1, 0, 0, 0],
  C: [0, 0, 1, 1, 0, 0, 0],
  rad: [0, 0, 0, 0, 0, 0, 0],
};

/**
 * Powers of the SI base units in a unit.
 *
 * @param unit products of SI units with integer powers, one `/` before the divisors: `s^3/m^3`, `J^2/(T^2 s)`, `J^2 T^-2 s^-1`
 * @returns seven powers
 * @throws Error for a unit that is not one of m, kg, s, A, K, J, T, V, C, rad
 * @example unitDimension('J/T') // [2, 0, 0, 1, 0, 0, 0]
 */
export function unitDimension(unit: string): number[] {
  const powers = [0, 0, 0, 0, 0, 0, 0];
  unit.split('/').forEach((part, divisors) => {
    for (const factor of part
      .replace(/[()]/g, ' ')
      .trim()
      .split(/[\s*·]+/)) {
      if (factor === '' || factor === '1') continue;
      const [name, power = '1'] = factor.split('^');
      const dimension = dimensions[name];
      if (!dimension || !/^-?\d+$/.test(power))
        throw new Error(
          `unit: ${JSON.stringify(unit)} holds ${JSON.stringify(factor)} (must be an SI unit with an integer power)`,
        );
      for (let i = 0; i < 7; i++) powers[i] += dimension[i] * Number(power) * (divisors > 0 ? -1 : 1);
    }
  });
  return powers.map((power) => power + 0);
}
