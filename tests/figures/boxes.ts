/** Where the texts of a figure lie, by the font's own widths: to see what is clipped or written over something else. */
import { parseHTML } from 'linkedom';
import { bold, exactWidth, regular } from './font.js';

export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Boxes {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly TextBox[];
}

interface Style {
  readonly size: number;
  readonly anchor: string;
  readonly heavy: boolean;
  readonly x: number;
  readonly y: number;
  readonly turned: boolean;
}

/** The boxes of all texts of an SVG of `renderFigure`, in the units of its viewBox. */
export function boxesOf(svg: string): Boxes {
  const root = parseHTML(`<html><body>${svg}</body></html>`).document.querySelector('svg')!;
  const [, , width, height] = (root.getAttribute('viewBox') ?? root.getAttribute('viewbox'))!.split(' ').map(Number);
  const texts: TextBox[] = [];
  const start = { size: 12, anchor: 'start', heavy: false, x: 0, y: 0, turned: false };
  walk(root, start, texts);
  return { width, height, texts };
}

function walk(element: Element, above: Style, found: TextBox[]): void {
  const own = (name: string) => element.getAttribute(name);
  const transform = own('transform') ?? '';
  const [, dx = '0', dy = '0'] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(transform) ?? [];
  const style: Style = {
    size: Number.parseFloat(own('font-size') ?? '') || above.size,
    anchor: own('text-anchor') ?? above.anchor,
    heavy: own('font-weight') === 'bold' || above.heavy,
    x: above.x + Number(dx),
    y: above.y + Number(dy),
    turned: above.turned || /rotate\(-90\)/.test(transform),
  };
  if (element.nodeName.toLowerCase() === 'text') {
    const box = boxOf(element, style);
    if (box) found.push(box);
    return;
  }
  for (const child of Array.from(element.childNodes)) if (child.nodeType === 1) walk(child as Element, style, found);
}

function boxOf(element: Element, { size, anchor, heavy, x, y, turned }: Style): TextBox | undefined {
  const text = element.textContent ?? '';
  if (text === '') return undefined;
  const length = (name: string) => {
    const value = element.getAttribute(name) ?? '0';
    return Number.parseFloat(value) * (value.endsWith('em') ? size : 1);
  };
  const width = exactWidth(text, size, heavy ? bold : regular);
  const before = anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0;
  // From just above the capitals to just below the baseline: lines may be as close as they are set.
  const [along, up, down] = [length('x') + length('dx') - before, 0.74 * size, 0.2 * size];
  const base = length('y') + length('dy');
  return turned
    ? { text, left: x + base - up, right: x + base + down, top: y - along - width, bottom: y - along }
    : { text, left: x + along, right: x + along + width, top: y + base - up, bottom: y + base + down };
}

/** What is wrong: texts beyond the edge, and pairs that overlap. */
export function faultsOf({ width, height, texts }: Boxes): string[] {
  const name = ({ text, left, top }: TextBox) => `"${text}" at ${left.toFixed(0)}, ${top.toFixed(0)}`;
  const faults = texts
    .filter(({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > height)
    .map((box) => `${name(box)} is clipped`);
  texts.forEach((a, i) => {
    for (const b of texts.slice(0, i))
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        faults.push(`${name(a)} is written over ${name(b)}`);
  });
  return faults;
}
