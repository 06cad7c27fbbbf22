/** A whole scenario in a link: `#s=` and its text, deflated, in base64url. */

const key = 's=';
/** Characters that a scenario may have; a link that unpacks to more is no scenario. */
const longest = 1024 * 1024;
/** Characters of a link: what deflate cannot shrink, of four bytes each, in base64. */
const longestCode = 6 * longest;

/** A link that carries no scenario, though it looks like it. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/** @returns what stands behind the `#` of a link to a scenario */
export const toFragment = async (text: string): Promise<string> => key + (await pack(text));

/** A text, deflated, in base64url. */
export async function pack(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The scenario of a link; undefined where it carries none.
 * @throws LinkError where what it carries cannot be unpacked, or is too long
 */
export async function fromFragment(fragment: string): Promise<string | undefined> {
  const code = fragment.replace(/^#/, '');
  return code.startsWith(key) ? unpack(code.slice(key.length)) : undefined;
}

/**
 * The text that was packed.
 * @throws LinkError where it cannot be unpacked, or is too long
 */
export async function unpack(code: string): Promise<string> {
  const broken = () => new LinkError('link: its scenario cannot be unpacked (must be copied whole)');
  let bytes: Uint8Array<ArrayBuffer>;
  if (code.length > longestCode)
    throw new LinkError(`link: it has ${code.length} characters (must have at most ${longestCode})`);
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
    bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  } catch {
    throw broken();
  }
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw broken();
    });
    try {
      text += decoder.decode(value, { stream: !done });
    } catch {
      throw broken();
    }
    if (done) return text;
    if (text.length > longest) {
      await reader.cancel();
      throw new LinkError(`link: its scenario has more than ${longest} characters (must have fewer)`);
    }
  }
}
