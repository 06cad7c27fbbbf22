/**
 * Philox4x32-10: four random words as a pure function of a counter and a key, as the kernel draws them.
 * @param counter four words of 32 bits
 * @param key two words of 32 bits
 * Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC11 (2011), doi:10.1145/2063384.2063405.
 * @example
 * philox([0, 0, 0, 0], [0, 0]) // => [1713891541,3781805453,3159862348,2600524760]
 */
export function philox(counter: readonly number[], key: readonly [number, number]): number[] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const [a, b] = [c0, c2];
    c0 = highProduct(b, 0xcd9e8d57) ^ c1 ^ k0;
    c1 = Math.imul(b, 0xcd9e8d57);
    c2 = highProduct(a, 0xd2511f53) ^ c3 ^ k1;
    c3 = Math.imul(a, 0xd2511f53);
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** The upper 32 bits of the product of two words. */
function highProduct(x: number, y: number): number {
  const [xh, xl, yh, yl] = [x >>> 16, x & 0xffff, y >>> 16, y & 0xffff];
  const middle = xh * yl + ((xl * yl) >>> 16);
  const carry = (middle & 0xffff) + xl * yh;
  return (xh * yh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) | 0;
}
