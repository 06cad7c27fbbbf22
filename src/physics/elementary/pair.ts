/**
 * Sums and products as an unevaluated pair `high + low`, exact: Dekker, Numer. Math. 18, 224 (1971); Knuth, TAOCP 2, 4.2.2.
 * Engines may not fuse a multiply with an add, so the pairs have the same bits everywhere.
 */
export type Pair = readonly [high: number, low: number];

/** `a + b`, exact. */
export function twoSum(a: number, b: number): Pair {
  const sum = a + b;
  const back = sum - a;
  return [sum, a - (sum - back) + (b - back)];
}

/** `a + b`, exact where `|a| >= |b|`. */
export function quickSum(a: number, b: number): Pair {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/** `a b`, exact while neither overflows nor underflows (|a|, |b| below 2^995). */
export function twoProduct(a: number, b: number): Pair {
  const product = a * b;
  const spreadA = 134217729 * a; // 2^27 + 1 halves the 53 bits
  const spreadB = 134217729 * b;
  const highA = spreadA - (spreadA - a);
  const highB = spreadB - (spreadB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return [product, lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB)];
}
