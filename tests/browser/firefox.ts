import { existsSync } from 'node:fs';
import path from 'node:path';

const names = ['firefox', 'firefox-esr'];

/** A Firefox: `FIREFOX_PATH`, else one on the PATH; undefined where there is none. */
export function firefox(): string | undefined {
  const own = process.env.FIREFOX_PATH;
  if (own) {
    if (!existsSync(own)) throw new Error(`FIREFOX_PATH: ${own} does not exist`);
    return own;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}
