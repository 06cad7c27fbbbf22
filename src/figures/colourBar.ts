/** The scale of a heat map's colours. */
import type { ColourBar } from './figure.js';
import { dataUrl, indexedPng } from './image.js';
import { fontSize, heatPalette, ink, labelSize } from './style.js';
import { type Make, round } from './svg.js';
import { textWidth, wrapText } from './text.js';

const barWidth = 14;

/** Room for a colour bar of a height [px]. */
export function colourBarWidth(bar: ColourBar, height: number): number {
  const labels = Math.max(0, ...bar.ticks.map(({ label }) => textWidth(label, fontSize)));
  return Math.ceil(barWidth + 7 + labels + 4 + labelLines(bar, height).length * (labelSize + 3));
}

const labelLines = ({ label }: ColourBar, height: number) => wrapText(label, height, labelSize, false, 2);

/** Draws a colour bar, dark or rare at the bottom, with its left edge at x. */
export function drawColourBar(svg: Element, make: Make, bar: ColourBar, x: number, top: number, bottom: number): void {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
  const group = make('g', { class: 'colour-bar' });
  const frame = { x, y: top, width: barWidth, height: bottom - top };
  group.appendChild(
    make('image', {
      ...frame,
      preserveAspectRatio: 'none',
      href: dataUrl(indexedPng(levels, 1, 256, heatPalette())),
    }),
  );
  group.appendChild(make('rect', { ...frame, fill: 'none', stroke: ink }));
  let last = Number.POSITIVE_INFINITY;
  for (const { at, label } of bar.ticks) {
    const y = bottom - at * (bottom - top);
    group.appendChild(make('line', { x1: x + barWidth, x2: x + barWidth + 4, y1: y, y2: y, stroke: ink }));
    if (last - y < fontSize + 3) continue;
    group.appendChild(make('text', { x: x + barWidth + 7, y: y + 4 }, label));
    last = y;
  }
  const labels = Math.max(0, ...bar.ticks.map(({ label }) => textWidth(label, fontSize)));
  labelLines(bar, bottom - top).forEach((line, i) => {
    const at = x + barWidth + 7 + labels + 4 + labelSize + i * (labelSize + 3);
    group.appendChild(
      make(
        'text',
        {
          transform: `translate(${round(at)},${round((top + bottom) / 2)}) rotate(-90)`,
          'text-anchor': 'middle',
          'font-size': labelSize,
        },
        line,
      ),
    );
  });
  svg.appendChild(group);
}
