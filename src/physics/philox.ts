/**
 * Philox4x32-10: four random words as a pure function of a counter and a key, as the kernel draws them.
 * @param counter four words of 32 bits
 * @param key two words of 32 bits
 * Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC11 (2011), doi:10.1145/2063384.2063405.
 * @example
 * philox([0, 0, 0, 0], [0, 0]) // => [1713891541,3781805453,3159862348,2600524760]
 */
export function philox(counter: readonly number[], key: readonly [number, number]): number[] {
  let [c0, c1, c2, c3] = counter.map((word) => BigInt(word >>> 0));
  let [k0, k1] = key.map((word) => BigInt(word >>> 0));
  const low = 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const a = c0 * 0xd2511f53n;
    const b = c2 * 0xcd9e8d57n;
    [c0, c1, c2, c3] = [(b >> 32n) ^ c1 ^ k0, b & low, (a >> 32n) ^ c3 ^ k1, a & low];
    k0 = (k0 + 0x9e3779b9n) & low;
    k1 = (k1 + 0xbb67ae85n) & low;
  }
  return [c0, c1, c2, c3].map(Number);
}
