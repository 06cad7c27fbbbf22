import { orExplain } from '../results/write.js';
import { files } from './folder.js';
import { legible } from './terminal.js';

/**
 * Writes files one after the other, then prints their names: a reader that leaves early (`| head -1`) ends the command,
 * and must not leave half of the files. Those that were written before a failure are named too.
 *
 * @param contents place and content of each
 * @throws ResultsWriteError where one cannot be written
 */
export async function writeAll(
  contents: AsyncIterable<readonly [string, Uint8Array]> | Iterable<readonly [string, Uint8Array]>,
): Promise<void> {
  const written: string[] = [];
  try {
    for await (const [place, bytes] of contents) {
      await orExplain(place, () => files.writeBytes(place, bytes));
      written.push(`${legible(place)}\n`);
    }
  } finally {
    process.stdout.write(written.join(''));
  }
}
