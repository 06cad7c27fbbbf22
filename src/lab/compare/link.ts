/** Two scenarios in a link: `#compare/c=` and both texts. */
import { pack, unpack } from '../scenario/link.js';

const key = 'c=';

/** @returns what stands behind the `#` of a link to a comparison of one's own */
export async function toComparison(texts: readonly [string, string]): Promise<string> {
  return `compare/${key}${await pack(JSON.stringify(texts))}`;
}

/**
 * The scenarios of a link; undefined where it carries none.
 * @param rest what stands behind `#compare/`
 * @throws Error where what it carries cannot be unpacked
 */
export async function fromComparison(rest: string): Promise<readonly [string, string] | undefined> {
  const code = rest.replace(/^\//, '');
  if (!code.startsWith(key)) return undefined;
  const found: unknown = JSON.parse(await unpack(code.slice(key.length)));
  if (Array.isArray(found) && found.length === 2 && found.every((text) => typeof text === 'string'))
    return found as unknown as readonly [string, string];
  throw new Error('link: it carries no pair of scenarios (must be copied whole)');
}
