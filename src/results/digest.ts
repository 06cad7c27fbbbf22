/**
 * A file that carries the SHA-256 of its own bytes, so that one flipped bit anywhere in it is seen.
 *
 * The digest is computed with a mark of the same length in its place and then written over the mark.
 */
import { sha256 } from '../engine/sha256.js';

/** 64 bytes that stand where the digest will: the length of a SHA-256 in hexadecimal, and no digest. */
export const digestMark = 'digest-not-yet-computed-'.padEnd(64, '.');

/**
 * Puts a file's digest in place of the mark.
 *
 * @param bytes the file, changed in place; must contain `digestMark`
 * @returns the digest, hexadecimal
 * @throws Error where there is no mark
 */
export function seal(bytes: Uint8Array): string {
  const digest = sha256(bytes);
  if (!replace(bytes, digestMark, digest)) throw new Error('file: no place for its digest');
  return digest;
}

/**
 * Whether a sealed file is as it was written.
 *
 * @param bytes the file; left as it is
 * @param digest the digest read from it
 * @returns false if any byte differs
 */
export function isSealed(bytes: Uint8Array, digest: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(digest)) return false;
  // not slice: that of a Node Buffer is no copy
  const copy = new Uint8Array(bytes);
  return replace(copy, digest, digestMark) && sha256(copy) === digest;
}

/** Replaces every copy of an ASCII text by another of the same length (the file may repeat it). */
function replace(bytes: Uint8Array, from: string, to: string): boolean {
  const wanted = Uint8Array.from(from, (c) => c.charCodeAt(0));
  const given = Uint8Array.from(to, (c) => c.charCodeAt(0));
  let found = false;
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    let same = 1;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
    if (same < wanted.length) continue;
    bytes.set(given, at);
    found = true;
  }
  return found;
}
