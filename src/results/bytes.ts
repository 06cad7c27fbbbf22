/**
 * Pieces of a file as one.
 *
 * @param parts in order
 * @returns a copy
 * @example joined([Uint8Array.of(1), Uint8Array.of(2, 3)]).length // 3
 */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
