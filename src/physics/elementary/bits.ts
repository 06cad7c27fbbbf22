/**
 * Reading and writing the exponent of a double. Byte order is stated, so no engine or machine can differ.
 * With `+ - * /` and `Math.sqrt`, which IEEE 754 rounds correctly, this is all that elementary functions here use.
 */

const view = new DataView(new ArrayBuffer(8));

/** `2^k` for `-1022 <= k <= 1023`, exact. */
function powerOfTwo(k: number): number {
  view.setUint32(0, (k + 1023) << 20);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}

/** `x 2^k` for any whole `k`; rounds once (on underflow) and overflows to infinity. */
export function scaleByPowerOfTwo(x: number, k: number): number {
  if (k > 1023) return x * powerOfTwo(1023) * powerOfTwo(Math.min(k - 1023, 1023));
  if (k < -1022) return x * powerOfTwo(Math.max(k + 1022, -1022)) * powerOfTwo(-1022);
  return x * powerOfTwo(k);
}

/** `[m, k]` with `x = m 2^k`, `1 <= m < 2`, for finite `x > 0` (subnormal ones too). */
export function splitExponent(x: number): [mantissa: number, exponent: number] {
  const subnormal = x < 2.2250738585072014e-308;
  view.setFloat64(0, subnormal ? x * 18014398509481984 : x); // 2^54
  const high = view.getUint32(0);
  view.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  return [view.getFloat64(0), (high >>> 20) - (subnormal ? 1077 : 1023)];
}
