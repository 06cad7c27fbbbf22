/**
 * The number of bytes in `4GB`, `512 MB`, `2GiB` or `1000000`; undefined for anything else.
 * @example
 * parseBytes('64 MB') // => 64000000
 * parseBytes('2GiB') // => 2147483648
 * parseBytes('much') // => undefined
 */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kMGT]?)(i?)B?\s*$/i.exec(text);
  if (!match) return undefined;
  const [, digits = '', prefix = '', binary = ''] = match;
  const power = ['', 'k', 'm', 'g', 't'].indexOf(prefix.toLowerCase());
  let size = Number(digits);
  for (let i = 0; i < power; i++) size *= binary ? 1024 : 1000;
  return Number.isFinite(size) && size >= 1 ? Math.floor(size) : undefined;
}
