/** Files that somebody else may have laid there: nothing is waited for, and nothing is read without end. */
import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';

/** A text in UTF-8, or in UTF-16 where it begins as such: some shells write that into a file (`losscone presets mirror > mirror.yaml`). */
function decoded(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const utf16 = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : undefined;
  return utf16 ? new TextDecoder(utf16).decode(bytes) : bytes.toString('utf8');
}

/** At most `limit` bytes of a file as text, or undefined where it has more: what it says of its size may be wrong, as of /dev/zero. */
export function readAtMost(file: string | number, limit: number): string | undefined {
  // A named pipe that nobody writes to would otherwise be waited for.
  const descriptor = typeof file === 'number' ? file : openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const parts: Buffer[] = [];
    let size = 0;
    for (;;) {
      const part = Buffer.alloc(65536);
      let read = 0;
      try {
        read = readSync(descriptor, part);
      } catch (error) {
        // Standard input that a terminal or a pipe has left open for later.
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
          continue;
        }
        if ((error as NodeJS.ErrnoException).code !== 'EOF') throw error;
      }
      if (read === 0) return decoded(Buffer.concat(parts));
      parts.push(part.subarray(0, read));
      size += read;
      if (size > limit) return undefined;
    }
  } finally {
    if (typeof file !== 'number') closeSync(descriptor);
  }
}

/**
 * As `readAtMost`, of a regular file alone: a pipe that stays open would be waited for without end.
 * @throws Error with the code IRREGULAR for anything else; what the system throws where there is none
 */
export function readRegular(file: string, limit: number): string | undefined {
  if (!statSync(file).isFile()) throw Object.assign(new Error('no regular file'), { code: 'IRREGULAR' });
  return readAtMost(file, limit);
}
