/** Answers that take long to find and are asked for again: by a plan's parts, by runs with other seeds, in a page. */

/**
 * The answer to what was asked, found once while it is among the last ones kept.
 * @param store what is kept
 * @param kept how many answers at most; the oldest goes first
 * @param asked all that the answer depends on
 * @param find the answer; who gets it must not change it
 * @example
 * const store = new Map();
 * remembered(store, 10, 2, () => 4) // => 4
 * remembered(store, 10, 2, () => 5) // => 4
 */
export function remembered<K, T>(store: Map<K, T>, kept: number, asked: K, find: () => T): T {
  let found = store.get(asked);
  if (found === undefined) {
    found = find();
    if (store.size >= kept) store.delete(store.keys().next().value as K);
    store.set(asked, found);
  }
  return found;
}
