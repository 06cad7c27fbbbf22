/** Two scenarios in a link: `#compare/c=` and both texts. */
import type { Files } from '../messages.js';
import { LinkError, pack, unpack } from '../scenario/link.js';

const key = 'c=';

/** @returns what stands behind the `#` of a link to a comparison of one's own */
export async function toComparison(texts: readonly [string, string]): Promise<string> {
  return `compare/${key}${await pack(JSON.stringify(texts))}`;
}

/**
 * The scenarios of a link; undefined where it carries none.
 * @param rest what stands behind `#compare/`
 * @throws LinkError where what it carries cannot be unpacked
 */
export async function fromComparison(rest: string): Promise<readonly [string, string] | undefined> {
  const code = rest.replace(/^\//, '');
  if (!code.startsWith(key)) return undefined;
  const found = pairIn(await unpack(code.slice(key.length)));
  if (found === undefined) throw new LinkError('link: it carries no pair of scenarios (must be copied whole)');
  return found;
}

function pairIn(text: string): readonly [string, string] | undefined {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return undefined;
  }
  const pair = Array.isArray(found) && found.length === 2 && found.every((one) => typeof one === 'string');
  return pair ? (found as unknown as readonly [string, string]) : undefined;
}

/** Files of a scenario that came from the Run part: a link carries none. */
let carried: Files = {};

/** Hands a scenario and its files over to the comparison, as both of its sides. */
export async function handOver(text: string, files: Files): Promise<void> {
  carried = files;
  location.hash = await toComparison([text, text]);
}

/** The files that were last handed over. */
export const filesCarried = (): Files => carried;
