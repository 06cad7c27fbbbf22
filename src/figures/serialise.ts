/**
 * A drawn figure as text that is safe to put anywhere: only shapes and text, every string escaped, no script, no style
 * sheet, no address but an embedded PNG. Written by hand because a DOM's own serialiser writes HTML (named entities),
 * which is not always XML, and because the same figure must give the same bytes in Node and in a browser.
 */

const elements = new Set([
  'svg',
  'g',
  'path',
  'rect',
  'line',
  'circle',
  'polygon',
  'text',
  'tspan',
  'title',
  'desc',
  'image',
  'defs',
  'clipPath',
  'linearGradient',
  'stop',
]);
const attributes =
  /^(class|id|x|y|x1|x2|y1|y2|dx|dy|cx|cy|r|rx|ry|width|height|d|points|viewBox|xmlns|role|transform|offset|opacity|overflow|href|preserveAspectRatio|image-rendering|text-anchor|text-rendering|paint-order|clip-path|aria-[a-z]+|fill(-[a-z]+)?|stroke(-[a-z]+)?|font-[a-z]+|stop-color|dominant-baseline|letter-spacing)$/;

/** What is read of a DOM node; both the browser's and linkedom's have it. */
interface NodeLike {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<NodeLike>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

/**
 * Text as it may stand in XML: reserved characters escaped, characters XML forbids replaced by `\uFFFD`.
 *
 * @param text any string
 * @returns escaped text, fit for content and for quoted attributes
 * @example escapeXml('<a & "b">') // '&lt;a &amp; &quot;b&quot;&gt;'
 */
export function escapeXml(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === '&') out += '&amp;';
    else if (character === '<') out += '&lt;';
    else if (character === '>') out += '&gt;';
    else if (character === '"') out += '&quot;';
    else if (code === 9 || code === 10 || code === 13) out += ' ';
    else if (code < 32 || (code >= 0xd800 && code < 0xe000) || code === 0xfffe || code === 0xffff) out += '\ufffd';
    else out += character;
  }
  return out;
}

/**
 * An SVG element as text.
 *
 * @param root an `<svg>` element of any DOM
 * @returns XML without a declaration; elements and attributes that are not on the short list above are left out
 */
export function serialiseSvg(root: unknown): string {
  return write(root as NodeLike, 'svg');
}

function write(node: NodeLike, parent: string): string {
  if (node.nodeType === 3)
    return parent === 'text' || parent === 'tspan' || parent === 'title' || parent === 'desc'
      ? escapeXml(node.nodeValue ?? '')
      : '';
  if (node.nodeType !== 1) return '';
  const name = canonical(node.nodeName);
  if (!elements.has(name)) return '';
  let out = `<${name}`;
  // Sorted, since documents list attributes in different orders.
  for (const { name: key, value } of Array.from(node.attributes ?? []).sort(byName)) {
    if (!attributes.test(key)) continue;
    if (key === 'href' && !value.startsWith('data:image/png;base64,')) continue;
    if (/^(fill|stroke|clip-path)$/.test(key) && /url\(/i.test(value) && !/^url\(#[\w-]+\)$/.test(value)) continue;
    out += ` ${key}="${escapeXml(value)}"`;
  }
  const children = Array.from(node.childNodes)
    .map((child) => write(child, name))
    .join('');
  return children ? `${out}>${children}</${name}>` : `${out}/>`;
}

type Attribute = { readonly name: string };

/** The name space first, as people expect it; then by name. */
function byName(a: Attribute, b: Attribute): number {
  const first = Number(b.name === 'xmlns') - Number(a.name === 'xmlns');
  return first || (a.name < b.name ? -1 : Number(a.name > b.name));
}

/** Element names keep their case in XML; some DOMs give HTML's capitals. */
function canonical(nodeName: string): string {
  const name = nodeName.replace(/^svg:/i, '');
  return [...elements].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name.toLowerCase();
}
